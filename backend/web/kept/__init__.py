"""What was typed and not recorded yet, given back to its author."""
