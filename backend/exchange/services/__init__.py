"""Bringing data in: a whole bundle by the operator, a structure's spreadsheets by whoever answers for it; taking them away."""

from backend.exchange.services.bundles import import_bundle
from backend.exchange.services.column_maps import correct_column_map, forget_column_map, table_of
from backend.exchange.services.columns import asked_tables, choices_sent
from backend.exchange.services.imports import (
    can_be_confirmed,
    changes,
    choose_columns,
    confirm_import,
    diagnosis,
    download_lines,
    download_report,
    first_faults,
    forget_files_sent,
    give_up_on_lost_imports,
    has_report,
    is_kept,
    left_to_mend,
    notices,
    purge_old_imports,
    request_import,
    run_import,
)
from backend.exchange.services.rows import MOST_ROWS, put_rows
from backend.exchange.services.structure_copies import (
    ask_structure_copy,
    forget_structure_copies,
    take_structure_copy,
)

__all__ = [
    "MOST_ROWS",
    "ask_structure_copy",
    "asked_tables",
    "can_be_confirmed",
    "changes",
    "choices_sent",
    "choose_columns",
    "confirm_import",
    "correct_column_map",
    "diagnosis",
    "download_lines",
    "download_report",
    "first_faults",
    "forget_column_map",
    "forget_files_sent",
    "forget_structure_copies",
    "give_up_on_lost_imports",
    "has_report",
    "import_bundle",
    "is_kept",
    "left_to_mend",
    "notices",
    "purge_old_imports",
    "put_rows",
    "request_import",
    "run_import",
    "table_of",
    "take_structure_copy",
]
