"""The lives written by hand, that a visitor follows."""
