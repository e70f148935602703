"""How a stay ended."""
