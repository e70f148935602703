"""Address of how a stay ended."""

from django.urls import path

from pathways.screens.exits import views

urlpatterns = [
    path("passages/<int:pk>/sortie/", views.exit_edit, name="exit_edit"),
]
