"""Django registration of the screens."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Screens and the drafts they keep."""

    name = "backend.web"
    verbose_name = "écrans"

    def ready(self) -> None:
        """The alerts of every house stand on Ma journée."""
        from backend.web import panels  # noqa: F401 (panels register themselves when read)
