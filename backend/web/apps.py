"""Django registration of the screens."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Screens and the drafts they keep."""

    name = "backend.web"
    verbose_name = "écrans"

    def ready(self) -> None:
        """The screens say where each gesture leads, and keep the forms that arrive at a closed door."""
        from backend.core.doors import keeps_what_was_sent
        from backend.web.addresses import register_all
        from backend.web.refused import keep_refused

        register_all()
        keeps_what_was_sent(keep_refused)
