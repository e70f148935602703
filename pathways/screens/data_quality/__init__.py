"""What is recorded and still to settle."""
