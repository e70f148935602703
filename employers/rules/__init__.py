"""What practice says of a hire and of what follows it: pure functions."""
