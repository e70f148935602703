"""Address of what is recorded and still to settle."""

from django.urls import path

from pathways.screens.data_quality import views

urlpatterns = [
    path("equipe/qualite/", views.data_quality, name="data_quality"),
]
