"""Addresses of the team and of one's own place."""

from backend.organisations.screens.account.urls import urlpatterns as account
from backend.organisations.screens.team.urls import urlpatterns as team

urlpatterns = [*account, *team]
