"""Everyone who may be ranked, arranged once by what they hold: a requirement only meets whom it concerns."""
