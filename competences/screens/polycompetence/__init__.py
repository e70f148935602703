"""The map of what one person can do, and the picture of a team: drawn, told in words, and as tables."""
