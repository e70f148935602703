"""Opening a file, taking one away."""
