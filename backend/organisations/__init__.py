"""Structures, their groups and their teams; builds the actor of a request."""
