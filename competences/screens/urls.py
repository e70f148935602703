"""Addresses of the competences' screens."""

from competences.screens.observe.urls import urlpatterns as observe
from competences.screens.vae.urls import urlpatterns as vae

urlpatterns = [*observe, *vae]
