"""Recording what was said, and correcting one's own words."""
