"""Addresses of certifications aimed at."""

from django.urls import path

from competences.screens.vae import views

urlpatterns = [
    path("personnes/<int:pk>/vae/", views.vae_page, name="vae"),
    path("personnes/<int:pk>/vae/nouvelle/", views.vae_new, name="vae_new"),
    path("vae/<int:pk>/", views.vae_describe, name="vae_describe"),
    path("vae/<int:pk>/etape/", views.vae_move, name="vae_move"),
    path("vae/<int:pk>/sans-suite/", views.vae_decline, name="vae_decline"),
    path("vae/etapes/<int:pk>/corriger/", views.vae_correct, name="vae_correct"),
    path("vae/etapes/<int:pk>/annuler/", views.vae_cancel, name="vae_cancel"),
]
