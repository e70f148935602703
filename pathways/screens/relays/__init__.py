"""Relays to another structure: proposed, agreed by the person, answered, prepared, welcomed."""
