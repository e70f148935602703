"""Addresses of the published tables."""

from django.urls import path

from reports.screens.published import views

urlpatterns = [
    path("sorties/publies/", views.tables, name="published_tables"),
    path("sorties/publies/nouveau/", views.table_new, name="published_table_new"),
    path("sorties/publies/<int:pk>/", views.table, name="published_table"),
    path("sorties/publies/<int:pk>/fichier/", views.table_file, name="published_table_file"),
]
