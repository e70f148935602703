"""What a person agrees to show, and to whom."""
