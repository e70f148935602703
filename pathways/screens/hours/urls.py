"""Address of the table of hours."""

from django.urls import path

from pathways.screens.hours import views

urlpatterns = [path("heures/", views.hours_month, name="hours_month")]
