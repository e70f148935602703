"""The hire, and six months of support after it."""
