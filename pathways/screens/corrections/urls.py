"""Addresses of corrections and annulments."""

from django.urls import path

from pathways.screens.corrections import views
from pathways.screens.corrections.kinds import KINDS

_PLACES = {
    "contract": "contrats",
    "amendment": "avenants",
    "hours": "heures",
    "stay": "passages",
    "exit": "sorties",
    "pass": "pass-iae",
    "goal": "objectifs",
    "action": "actions",
    "appointment": "rendez-vous",
}

urlpatterns = [
    path("personnes/<int:pk>/saisies/", views.typed, name="typed"),
    *views.paths_of(KINDS, _PLACES),
]
