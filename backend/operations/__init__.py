"""What whoever runs the service types: start it, look at it, save it, bring it back."""
