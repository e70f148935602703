"""Django registration of the shared frame."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Holds what has no domain of its own: remembered requests."""

    name = "backend.core"
    verbose_name = "socle"
