"""Putting an invented territory into the base: many rows at a time, in the order they refer to one another."""
