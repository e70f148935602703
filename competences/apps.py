"""Django registration of the competences."""

from django.apps import AppConfig


class CompetencesConfig(AppConfig):
    """The referential and what people were seen doing."""

    name = "competences"
    verbose_name = "compétences"
