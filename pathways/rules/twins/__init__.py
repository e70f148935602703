"""Two files of one person: how likely, and what forbids to make them one."""
