"""Addresses of certifications aimed at."""

from django.urls import path

from competences.screens.vae import views

urlpatterns = [
    path("personnes/<int:pk>/vae/", views.vae_new, name="vae_new"),
    path("vae/<int:pk>/", views.vae_move, name="vae_move"),
]
