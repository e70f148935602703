"""Addresses of what a person says of themselves."""

from django.urls import path

from competences.screens.self_assessment import views

urlpatterns = [
    path("mon-parcours/ce-que-je-sais-faire/", views.self_assess, name="self_assess"),
    path("mon-parcours/ce-que-je-sais-faire/<int:competence_pk>/", views.self_level, name="self_level"),
    path("mon-parcours/ce-que-je-sais-faire/<int:pk>/retirer/", views.self_undo, name="self_undo"),
    path("observations/<int:pk>/reponse/", views.reading_comment, name="reading_comment"),
]
