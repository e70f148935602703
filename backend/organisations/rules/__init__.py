"""Pure rules about teams: no database."""
