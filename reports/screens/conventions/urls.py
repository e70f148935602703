"""Addresses of the conventions."""

from django.urls import path

from reports.screens.conventions import views

urlpatterns = [
    path("conventions/", views.conventions, name="conventions"),
    path("conventions/<int:year>/fichier/", views.conventions_file, name="conventions_file"),
    path("conventions/structure/<int:pk>/nouvelle/", views.convention_new, name="convention_new"),
    path("conventions/<int:pk>/corriger/", views.convention_edit, name="convention_edit"),
    path("conventions/<int:pk>/annuler/", views.convention_cancel, name="convention_cancel"),
]
