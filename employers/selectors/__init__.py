"""Reads that join or shape data for a page, an alert or a report."""
