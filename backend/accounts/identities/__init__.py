"""Signing in by an identity provider (OpenID Connect, ProConnect for one): off until the settings name it."""
