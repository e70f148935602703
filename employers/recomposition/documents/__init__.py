"""Territories and plans in the exchange format, read and written."""
