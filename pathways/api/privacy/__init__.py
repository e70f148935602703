"""What a person asks of the data kept about them, for tools."""
