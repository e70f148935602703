"""Addresses of the exit figures."""

from django.urls import path

from reports.screens.exits import views

urlpatterns = [
    path("sorties/", views.exits, name="exits"),
    path("sorties/exporter/", views.export, name="exits_export"),
    path("sorties/exports/<uuid:pk>/", views.export_job, name="exits_job"),
    path("sorties/exports/<uuid:pk>/fichier/", views.export_file, name="exits_file"),
]
