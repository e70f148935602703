"""Words and pictures templates may ask for."""
