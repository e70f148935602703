"""Addresses of the posts done."""

from django.urls import path

from reports.screens.fte import views

urlpatterns = [
    path("etp/", views.fte, name="fte"),
    path("etp/<int:year>/fichier/", views.fte_file, name="fte_file"),
]
