"""Addresses of the team and of one's own place."""

from backend.organisations.screens.account.urls import urlpatterns as account
from backend.organisations.screens.groups.urls import urlpatterns as groups
from backend.organisations.screens.invitations.urls import urlpatterns as invitations
from backend.organisations.screens.team.urls import urlpatterns as team

urlpatterns = [*account, *groups, *team, *invitations]
