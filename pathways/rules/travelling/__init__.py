"""Rights that follow a person from one employer to the next: what is noted of them, what becomes of them at a border."""
