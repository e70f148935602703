"""Addresses of one's own account."""

from django.urls import path

from backend.organisations.screens.account import views

urlpatterns = [
    path("compte/", views.account, name="account"),
    path("compte/connexions/<str:mark>/fermer/", views.session_close, name="session_close"),
    path("role/", views.seats, name="seats"),
    path("jetons/", views.tokens, name="tokens"),
    path("jetons/<str:pk>/retirer/", views.token_revoke, name="token_revoke"),
    path("invitation/<int:pk>/<str:secret>/", views.invitation, name="invitation"),
]
