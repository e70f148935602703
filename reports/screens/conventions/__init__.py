"""What was agreed with the State, what is made and what is foreseen."""
