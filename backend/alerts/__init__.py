"""What deserves attention today, gathered from every domain."""
