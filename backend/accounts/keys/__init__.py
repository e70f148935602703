"""Security keys: a small object on a key ring, a phone or a computer, that proves who one is beside the password."""
