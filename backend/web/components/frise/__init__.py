"""The frise de parcours: every step of a person on one line, the gaps between them in plain view."""
