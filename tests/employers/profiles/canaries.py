"""Somebody everything about whom is recognisable, and the words no page of an employer may hold."""

from __future__ import annotations

from datetime import date

CANARIES = {
    "last_name": "Canarinom",
    "first_name": "Canariprenom",
    "birth_date": date(1971, 3, 29),
    "phone": "0677889900",
    "email": "canari@example.org",
    "postcode": "48999",
    "external_id": "canari-dossier-17",
}
READABLE = ("canari", "0677889900", "48999", "1971")
