"""What a person says they can do, and what they think of what was seen."""
