"""Structures as every screen names them."""
