"""The page of a PASS IAE, and the derogations of the person."""
