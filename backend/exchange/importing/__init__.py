"""Storing the good lines: found again by the sender's own ids, a chunk at a time, the same twice as once."""
