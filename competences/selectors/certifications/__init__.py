"""Certifications as pages, tools and papers read them."""
