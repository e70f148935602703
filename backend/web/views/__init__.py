"""One module per screen; each view about ten lines."""
