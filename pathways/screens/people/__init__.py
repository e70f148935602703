"""Finding people, welcoming them, correcting their file."""
