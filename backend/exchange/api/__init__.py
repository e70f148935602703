"""Imports through the API: the same as « Reprendre vos tableurs », with the same rights."""
