"""Exports prepared in the background, tables that were published, and which state of the data the figures were read from."""

from reports.models.export_job import ExportJob
from reports.models.kept_count import Figure, KeptCount
from reports.models.published_table import Breakdown, PublishedTable
from reports.models.source_change import SourceChange

__all__ = ["Breakdown", "ExportJob", "Figure", "KeptCount", "PublishedTable", "SourceChange"]
