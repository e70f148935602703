"""What takes place outside the structure: immersions and trainings."""
