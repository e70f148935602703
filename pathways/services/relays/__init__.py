"""The relay of a person to another structure, gesture by gesture."""
