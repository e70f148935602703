"""Move an installation from one database engine to the other: every row, as it is stored, counted and compared."""
