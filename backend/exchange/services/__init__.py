"""Bringing data in: a whole bundle by the operator, a structure's spreadsheets by whoever answers for it."""

from backend.exchange.services.bundles import import_bundle
from backend.exchange.services.imports import (
    can_be_confirmed,
    confirm_import,
    download_report,
    first_faults,
    give_up_on_lost_imports,
    has_report,
    notices,
    purge_old_imports,
    request_import,
    run_import,
)

__all__ = [
    "can_be_confirmed",
    "confirm_import",
    "download_report",
    "first_faults",
    "give_up_on_lost_imports",
    "has_report",
    "import_bundle",
    "notices",
    "purge_old_imports",
    "request_import",
    "run_import",
]
