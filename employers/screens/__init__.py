"""Employers, their tasks, jobs composed, agreements and hires, one folder a subject."""
