"""Django registration of the competences."""

from django.apps import AppConfig


class CompetencesConfig(AppConfig):
    """The referential and what people were seen doing."""

    name = "competences"
    verbose_name = "compétences"

    def ready(self) -> None:
        """Panels of a person's page; what was gained and seen joins their thread."""
        from backend.web import navigation as menu
        from competences import navigation, panels, thread  # noqa: F401 (panels register themselves when read)
        from pathways.selectors import sources

        menu.register(*navigation.PLACES)
        sources.register(sources.marks, thread.gains)
        sources.register(sources.entries, thread.observations)
