"""The API window on the pathways: a table of addresses, and one file per table."""
