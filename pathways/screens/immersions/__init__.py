"""Immersions (PMSMP) of a person."""
