"""Looking at a file that somebody sent, in a process of its own, with a ceiling of memory and of time."""
