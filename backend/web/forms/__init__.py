"""Shapes of what people type: types, required fields, choices; the domain decides the rest."""
