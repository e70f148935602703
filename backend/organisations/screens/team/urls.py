"""Addresses of the team and its structures."""

from django.urls import path

from backend.organisations.screens.team import views

urlpatterns = [
    path("equipe/", views.team, name="team"),
    path("equipe/invitations/<int:pk>/accord/", views.invitation_approve, name="team_invitation_approve"),
    path("equipe/membres/<int:pk>/second-facteur/", views.second_factor_reset, name="team_second_factor"),
    path("equipe/inviter/", views.invite, name="team_invite"),
    path("equipe/membres/<int:pk>/fin/", views.membership_end, name="team_membership_end"),
    path("equipe/structures/nouvelle/", views.structure_new, name="team_structure_new"),
    path("equipe/structures/<int:pk>/", views.structure_settings, name="team_structure"),
    path("equipe/groupe/nouveau/", views.group_new, name="team_group_new"),
]
