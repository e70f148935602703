"""Hours a person wants."""
