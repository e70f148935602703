"""A backup: the base and the files of one instant, counted and marked; the keys are never in it."""
