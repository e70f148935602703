"""Figures on screen, one folder a statistic."""
