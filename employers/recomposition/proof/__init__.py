"""Plans proved best: the same rules written as linear rows."""
