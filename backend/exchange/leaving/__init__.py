"""A structure takes its data away: what whoever asks may read, in the format it comes in by."""
