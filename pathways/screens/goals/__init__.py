"""Goals, actions and appointments."""
