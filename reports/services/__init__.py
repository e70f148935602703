"""Writes: one function per thing a user does, five beats each."""

from reports.services.exports import (
    dispatch,
    download_export,
    forget_exports,
    give_up_on_lost_exports,
    is_available,
    prepare_export,
    purge_old_exports,
    request_export,
)
from reports.services.kept_counts import keep_counts
from reports.services.published_tables import publish_table

__all__ = [
    "dispatch",
    "download_export",
    "forget_exports",
    "give_up_on_lost_exports",
    "is_available",
    "keep_counts",
    "prepare_export",
    "publish_table",
    "purge_old_exports",
    "request_export",
]
