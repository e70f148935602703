"""Addresses of the invitations that wait."""

from django.urls import path

from backend.organisations.screens.invitations import views

urlpatterns = [
    path("invitations/<int:pk>/renvoyer/", views.invitation_resend, name="invitation_resend"),
    path("invitations/<int:pk>/lien/", views.invitation_link, name="invitation_link"),
    path("invitations/<int:pk>/message/", views.invitation_message, name="invitation_message"),
    path("invitations/<int:pk>/retirer/", views.invitation_withdraw, name="invitation_withdraw"),
]
