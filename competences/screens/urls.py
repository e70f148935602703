"""Addresses of the competences' screens."""

from competences.screens.licences.urls import urlpatterns as licences
from competences.screens.observe.urls import urlpatterns as observe
from competences.screens.passport.urls import urlpatterns as passport
from competences.screens.vae.urls import urlpatterns as vae

urlpatterns = [*observe, *licences, *passport, *vae]
