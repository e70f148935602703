"""Django registration of the screens."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Screens and the drafts they keep."""

    name = "backend.web"
    verbose_name = "écrans"
