"""What takes place outside the structure: immersions."""
