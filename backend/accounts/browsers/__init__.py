"""Where somebody is signed in: how long, on what, and how one closes another."""
