"""Tables that were not made for us: each of their columns is one of ours, and every line becomes lines of the format."""
