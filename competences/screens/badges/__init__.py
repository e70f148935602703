"""Badges: taken away by the person, verified by whoever receives them, the keys and states that strangers read."""
