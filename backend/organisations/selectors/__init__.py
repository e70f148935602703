"""Reads that the team screens share."""
