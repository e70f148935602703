"""Habilitations and titles: written with their document, renewed, read as a team."""
