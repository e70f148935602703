"""Django registration of the trail."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail exists from the first migration."""

    name = "backend.audit"
    verbose_name = "journal"
