"""The starter referential: the trades of the field in our own words, for an install without the ROME import."""
