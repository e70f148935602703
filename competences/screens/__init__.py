"""What is seen at work and certified, one folder a subject."""
