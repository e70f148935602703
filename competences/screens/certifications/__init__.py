"""Certifications, their blocs, and what a person has of them."""
