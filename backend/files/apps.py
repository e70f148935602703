"""Django registration of the files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files that people attach, for every domain."""

    name = "backend.files"
    verbose_name = "pièces jointes"

    def ready(self) -> None:
        """What is looked at to say whether PDFs can be drawn."""
        from backend.core.health.findings import register
        from backend.core.privacy import tables
        from backend.core.wall import beside
        from backend.files import privacy
        from backend.files.health import drawing
        from backend.files.models import StoredFile

        register(drawing)
        beside.register(beside.Beside(StoredFile, person="beneficiary_id"))
        tables.register(*privacy.TABLES)
        tables.before_erasing(privacy.erase)
