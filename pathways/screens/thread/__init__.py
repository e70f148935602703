"""The thread drawn, and told in chapters."""
