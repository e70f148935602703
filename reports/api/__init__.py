"""The API window on this domain."""
