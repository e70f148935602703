"""Files of what changes a right: suspensions and prolongations of a PASS IAE, derogations."""
