"""What takes place outside the structure, as files tell it: immersions and trainings."""
