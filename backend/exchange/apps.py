"""Django registration of the exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Bundle import and export."""

    name = "backend.exchange"
    verbose_name = "échange"

    def ready(self) -> None:
        """The frame's own files come first; each domain then declares its own."""
        from backend.exchange import registry, structures

        registry.register(*structures.FILES)
