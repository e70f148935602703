"""The CV: the choice that is kept, and the two files made of it."""
