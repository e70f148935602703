"""Addresses of the figures."""

from reports.screens.exits.urls import urlpatterns as exits

urlpatterns = [*exits]
