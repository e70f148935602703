"""The API window on this domain: a table of addresses, and one file per table."""
