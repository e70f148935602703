"""Certifications: what replaces what, what a bloc asks for, what a person has of it."""
