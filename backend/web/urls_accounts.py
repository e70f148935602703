"""Addresses of one's own account and of the team."""

from django.urls import path

from backend.web.views import accesses, accounts, imports, team

urlpatterns = [
    path("role/", accounts.seats, name="seats"),
    path("jetons/", accounts.tokens, name="tokens"),
    path("jetons/<str:pk>/retirer/", accounts.token_revoke, name="token_revoke"),
    path("invitation/<int:pk>/<str:secret>/", accounts.invitation, name="invitation"),
    path("equipe/", team.team, name="team"),
    path("equipe/inviter/", team.invite, name="team_invite"),
    path("invitations/<int:pk>/retirer/", accesses.invitation_withdraw, name="invitation_withdraw"),
    path("equipe/invitations/<int:pk>/accord/", team.invitation_approve, name="team_invitation_approve"),
    path("equipe/membres/<int:pk>/fin/", team.membership_end, name="team_membership_end"),
    path("equipe/membres/<int:pk>/second-facteur/", team.second_factor_reset, name="team_second_factor"),
    path("equipe/structures/nouvelle/", team.structure_new, name="team_structure_new"),
    path("equipe/structures/<int:pk>/", team.structure_settings, name="team_structure"),
    path("equipe/groupe/nouveau/", team.group_new, name="team_group_new"),
    path("equipe/tableurs/", imports.imports, name="imports"),
    path("equipe/tableurs/modele/", imports.import_model, name="import_model"),
    path("equipe/tableurs/<uuid:pk>/", imports.import_job, name="import"),
    path("equipe/tableurs/<uuid:pk>/importer/", imports.import_confirm, name="import_confirm"),
    path("equipe/tableurs/<uuid:pk>/rapport/", imports.import_report, name="import_report"),
]
