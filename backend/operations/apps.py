"""Django registration of the operator's commands."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Commands only: no table, no page."""

    name = "backend.operations"
    verbose_name = "exploitation"
