"""Addresses of badges; all but the first two open to anybody."""

from django.urls import path

from competences.screens.badges import views

urlpatterns = [
    path("passeports/<uuid:pk>/badges/", views.badges_all, name="badges_all"),
    path("passeports/<uuid:pk>/badges/<slug:key>/", views.badge_one, name="badge_one"),
    path("badges/verifier/", views.badge_check, name="badge_check"),
    path("badges/emetteur/", views.badge_issuer, name="badge_issuer"),
    path("badges/emetteur/etats/<int:number>/", views.badge_states, name="badge_states"),
]
