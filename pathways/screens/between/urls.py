"""Address of people without a step today."""

from django.urls import path

from pathways.screens.between import views

urlpatterns = [
    path("entre-deux/", views.between, name="between"),
]
