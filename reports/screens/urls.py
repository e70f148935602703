"""Addresses of the figures."""

from reports.screens.conventions.urls import urlpatterns as conventions
from reports.screens.exits.urls import urlpatterns as exits
from reports.screens.fte.urls import urlpatterns as fte
from reports.screens.gaps.urls import urlpatterns as gaps
from reports.screens.published.urls import urlpatterns as published

urlpatterns = [*exits, *published, *fte, *gaps, *conventions]
