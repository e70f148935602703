"""A group opens to others: structures opened apart, and another head."""
