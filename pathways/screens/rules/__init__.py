"""Rules that law or practice moves: read by every professional, moved by the network."""
