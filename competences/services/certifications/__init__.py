"""Certifications: brought from the registers, or typed once; their blocs read by people."""
