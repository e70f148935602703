"""Certifications aimed at, stage by stage."""
