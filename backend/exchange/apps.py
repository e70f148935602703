"""Django registration of the exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Bundle import and export."""

    name = "backend.exchange"
    verbose_name = "échange"
