"""What is common to all our commands, and what they say in French."""
