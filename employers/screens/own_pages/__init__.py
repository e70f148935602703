"""What an employer reads of their own needs."""
