"""Django registration of the screens."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Screens and the drafts they keep."""

    name = "backend.web"
    verbose_name = "écrans"

    def ready(self) -> None:
        """The screens say where each gesture leads."""
        from backend.web.addresses import register_all

        register_all()
