"""Addresses of the figures."""

from reports.screens.conventions.urls import urlpatterns as conventions
from reports.screens.exits.urls import urlpatterns as exits
from reports.screens.fte.urls import urlpatterns as fte

urlpatterns = [*exits, *fte, *conventions]
