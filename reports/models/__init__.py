"""Dated settings of the rules, and exports prepared in the background."""

from reports.models.export_job import ExportJob
from reports.models.rule_setting import RuleSetting

__all__ = ["ExportJob", "RuleSetting"]
