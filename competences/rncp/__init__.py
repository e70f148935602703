"""The public exports of the national registers of certifications (RNCP, RS), read without a database.

Formats: `docs/certifications.md`.
"""
