"""Users and sign-in: an address, a password, a second factor for professionals."""
