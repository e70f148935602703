"""What files say of the right of people to enter."""
