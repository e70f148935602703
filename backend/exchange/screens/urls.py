"""Addresses of spreadsheets brought in, and of data taken away."""

from django.urls import path

from backend.exchange.screens import column_maps, taking_out, views

urlpatterns = [
    path("equipe/tableurs/", views.imports, name="imports"),
    path("equipe/tableurs/modele/", views.import_model, name="import_model"),
    path("equipe/tableurs/correspondances/", column_maps.column_maps, name="column_maps"),
    path("equipe/tableurs/correspondances/<int:pk>/", column_maps.column_map, name="column_map"),
    path(
        "equipe/tableurs/correspondances/<int:pk>/oublier/",
        column_maps.column_map_forget,
        name="column_map_forget",
    ),
    path("equipe/tableurs/<uuid:pk>/", views.import_job, name="import"),
    path("equipe/tableurs/<uuid:pk>/colonnes/", views.import_columns, name="import_columns"),
    path("equipe/tableurs/<uuid:pk>/importer/", views.import_confirm, name="import_confirm"),
    path("equipe/tableurs/<uuid:pk>/rapport/", views.import_report, name="import_report"),
    path("equipe/tableurs/<uuid:pk>/lignes/", views.import_lines, name="import_lines"),
    path("equipe/emporter/", taking_out.taking_out, name="taking_out"),
    path("equipe/emporter/demander/", taking_out.taking_out_ask, name="taking_out_ask"),
    path("equipe/emporter/<uuid:pk>/", taking_out.taking_out_job, name="taking_out_job"),
    path("equipe/emporter/<uuid:pk>/fichier/", taking_out.taking_out_file, name="taking_out_file"),
]
