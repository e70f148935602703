"""What the person reads of their own thread."""
