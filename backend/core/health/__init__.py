"""Is the service alive, is it ready, and what to type when it is not."""
