"""What the list of exports may be filtered by."""

from __future__ import annotations

from django_filters import rest_framework as django_filters

from backend.core.api.filters import Filters
from reports.models.export_job import ExportStatus


class ExportFilter(Filters):
    """Exports by state."""

    status = django_filters.ChoiceFilter(choices=ExportStatus.choices)
