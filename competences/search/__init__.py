"""Finds a trade from the words people use, without a database."""
