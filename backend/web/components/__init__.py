"""Pictures drawn on the server: each has its title, its description and its table."""
