"""Reads that join or shape data for a page, an alert or a report."""

from reports.selectors.exit_figures import (
    ExitReport,
    NetworkLine,
    exit_report,
    exit_statistics,
    network_figures,
    structures_named,
)

__all__ = [
    "ExitReport",
    "NetworkLine",
    "exit_report",
    "exit_statistics",
    "network_figures",
    "structures_named",
]
