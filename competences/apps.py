"""Django registration of the competences."""

from django.apps import AppConfig


class CompetencesConfig(AppConfig):
    """The referential and what people were seen doing."""

    name = "competences"
    verbose_name = "compétences"

    def ready(self) -> None:
        """This domain's file travels with the others."""
        from backend.exchange import registry
        from competences import exchange

        registry.register(*exchange.FILES)
