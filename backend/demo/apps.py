"""Django registration of the demonstration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """An invented territory, for visitors and for load tests."""

    name = "backend.demo"
    verbose_name = "démonstration"
