"""Relays to another structure, and what is left to do before the welcome."""
