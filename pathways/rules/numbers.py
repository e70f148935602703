"""Plain numbers that the rule book and the engines share, where reading the whole book would cost too much."""

from __future__ import annotations

CDDI_LEAST_HOURS = 20
"""A week, in a CDDI (Code du travail, art. L5132-5, L5132-11-1 and L5132-15-1)."""
PART_TIME_LEAST_HOURS = 24
"""A week, in ordinary part time (art. L3123-27)."""
LEGAL_WEEK_HOURS = 35
"""Legal duration of work (art. L3121-27)."""
