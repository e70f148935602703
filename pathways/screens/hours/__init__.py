"""The hours of a whole structure, month by month, in one table."""
