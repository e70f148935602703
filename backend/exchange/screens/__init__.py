"""Bringing spreadsheets in: chosen, checked, taken in."""
