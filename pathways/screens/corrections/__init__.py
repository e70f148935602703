"""Correcting what was typed, and taking back what was typed by mistake."""
