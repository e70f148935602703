"""Rights that follow a person."""
