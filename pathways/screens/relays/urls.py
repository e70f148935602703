"""Addresses of the relays: one for each move of the table."""

from django.urls import path

from pathways.rules.relays.table import Move
from pathways.screens.relays import views

WORDS = {
    Move.CORRECT: "correction",
    Move.AGREE: "accord",
    Move.DENY: "non",
    Move.CHANGE: "choix",
    Move.ACCEPT: "acceptation",
    Move.SUGGEST: "autre-date",
    Move.CONFIRM: "confirmation",
    Move.DECLINE: "refus",
    Move.MEET: "rencontre",
    Move.WELCOME: "accueil",
    Move.WITHDRAW: "retrait",
    Move.CANCEL: "annulation",
}

urlpatterns = [
    path("relais/", views.relays, name="relays"),
    path("personnes/<int:pk>/relais/", views.relay_new, name="relay_new"),
    path("relais/<int:pk>/", views.relay, name="relay"),
    *(
        path(f"relais/<int:pk>/{word}/", views.gesture(move), name=f"relay_{move}")
        for move, word in WORDS.items()
    ),
    path("relais/<int:pk>/etape/", views.step_new, name="relay_step_new"),
    path("relais/etapes/<int:pk>/correction/", views.step_correct, name="relay_step_correct"),
    path("relais/etapes/<int:pk>/retrait/", views.step_cancel, name="relay_step_cancel"),
    path("relais/etapes/<int:pk>/fait/", views.step_settle, name="relay_step_settle"),
]
