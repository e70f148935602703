"""What people write, read in one way: days, numbers, names, telephone numbers, identifiers."""
