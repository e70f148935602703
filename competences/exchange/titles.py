"""Titles people give, in their own tables, to the file of a VAE."""

from __future__ import annotations

CERTIFICATION = (
    "diplôme visé",
    "titre visé",
    "VAE visée",
    "diplôme préparé",
    "titre professionnel visé",
    "diplôme VAE",
    "certification VAE",
    "certification préparée par la VAE",
    "titre ou diplôme visé",
    "VAE",
)
COMPANION = (
    "architecte de parcours",
    "AAP",
    "conseiller VAE",
    "référent VAE",
    "accompagnement VAE",
    "architecte",
    "architecte accompagnateur de parcours",
    "accompagnatrice VAE",
    "accompagnateur VAE",
    "conseillère VAE",
)
