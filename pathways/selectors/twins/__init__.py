"""Two files of one person: those that look alike, and what making them one would do."""
