"""Exports prepared in the background, and which state of the data the figures were read from."""

from reports.models.export_job import ExportJob
from reports.models.kept_count import Figure, KeptCount
from reports.models.source_change import SourceChange

__all__ = ["ExportJob", "Figure", "KeptCount", "SourceChange"]
