"""Two files of one person made one, and two again; files that look alike."""
