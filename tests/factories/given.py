"""What every factory takes as given: the day, the password, names that are obviously invented."""

from __future__ import annotations

from datetime import date

TODAY = date(2026, 11, 22)
PASSWORD = "un-long-mot-de-passe-invente"
LAST_NAMES = ("Fictive", "Inventé", "Imaginaire", "Supposée", "Modèle", "Exemple", "Prétendu", "Songe")
FIRST_NAMES = ("Solange", "Karim", "Jo", "Amina", "Lina", "Théo", "Paul", "Nadia")
