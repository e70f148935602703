"""Django registration of the files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files that people attach, for every domain."""

    name = "backend.files"
    verbose_name = "pièces jointes"
