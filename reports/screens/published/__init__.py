"""Tables that left, and letting one more leave."""
