"""Hours wanted and obtained: what a person lives on, month by month."""
