"""Exports prepared in the background."""

from reports.models.export_job import ExportJob

__all__ = ["ExportJob"]
