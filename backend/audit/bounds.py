"""Between which bounds the trail is kept; read by the dated book, which knows no framework."""

LEAST_MONTHS, MOST_MONTHS = 6, 36
"""What the CNIL counsels: six months to one year, three years where the checks it serves are documented (2021-122)."""
