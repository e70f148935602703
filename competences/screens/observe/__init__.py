"""Ticking what was seen, standing, at which level."""
