"""Reads that join or shape data for a page, an alert or a report."""

from reports.selectors.exit_figures import (
    EXACT_ROLES,
    ExitReport,
    NetworkLine,
    exit_report,
    exit_statistics,
    network_figures,
    structures_named,
)

__all__ = [
    "EXACT_ROLES",
    "ExitReport",
    "NetworkLine",
    "exit_report",
    "exit_statistics",
    "network_figures",
    "structures_named",
]
