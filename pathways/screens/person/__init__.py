"""One person: the line, the story, what comes next."""
