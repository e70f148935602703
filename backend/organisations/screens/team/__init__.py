"""Who is here, who was invited, how the structure works."""
