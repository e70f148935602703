"""Contracts, hours and PASS."""
