"""What the base keeps without being able to read it: sealed texts, names known to one employer only."""
