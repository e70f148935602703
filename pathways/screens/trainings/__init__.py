"""Trainings of a person."""
