"""The ROME referential as published by France Travail, read without a database."""
