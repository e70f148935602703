"""What the team and the person see of a thread, one folder a subject."""
