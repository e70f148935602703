"""Django registration of the screens."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Screens and the drafts they keep."""

    name = "backend.web"
    verbose_name = "écrans"

    def ready(self) -> None:
        """The alerts of every house stand on Ma journée; forms that arrive at a closed door are kept."""
        from backend.core.pages.keepers import keeps_what_was_sent
        from backend.core.privacy import tables
        from backend.core.wall import beside
        from backend.web import (
            panels,  # noqa: F401 (panels register themselves when read)
            privacy,
        )
        from backend.web.kept.refused import keep_refused
        from backend.web.models import Draft

        beside.register(beside.Beside(Draft, account="user"))
        keeps_what_was_sent(keep_refused)
        tables.register(*privacy.TABLES)
        tables.before_erasing(privacy.erase)
