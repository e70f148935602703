"""Addresses of corrections and annulments."""

from django.urls import path

from pathways.screens.corrections import views
from pathways.screens.corrections.kinds import KINDS

_PLACES = {
    "contract": "contrats",
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
    *(
        path(
            f"{_PLACES[kind.name]}/<int:pk>/corriger/",
            views.correcting(kind, kind.form, kind.correct),
            name=kind.correct_route,
        )
        for kind in KINDS
        if kind.form and kind.correct
    ),
    *(
        path(f"{_PLACES[kind.name]}/<int:pk>/annuler/", views.cancelling(kind), name=f"{kind.name}_cancel")
        for kind in KINDS
    ),
]
