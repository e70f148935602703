"""Titles people give, in their own tables, to what happens outside the structure: trainings and immersions."""

from __future__ import annotations


def _days(edge: tuple[str, ...], of: tuple[str, ...], *more: str) -> tuple[str, ...]:
    """« Début formation », « Date début stage »: each edge of each name, small words never mattering."""
    return (*(f"{date}{each} {name}" for date in ("", "date ") for each in edge for name in of), *more)


_TRAINING, _IMMERSION = ("formation", "stage"), ("PMSMP", "immersion")
TRAINING = {
    "intitule": (
        "formation", "nom formation", "libellé formation", "formation suivie", "action formation", "titre formation",
        "intitulé stage", "stage", "objet formation",
    ),
    "organisme": (
        "OF", "centre formation", "nom organisme", "prestataire formation", "organisme formateur", "formateur",
        "lieu formation", "organisme form", "prestataire",
    ),
    "date_debut": _days(("début", "entrée", "démarrage"), _TRAINING, "entrée en formation", "date entrée en formation"),
    "date_fin_prevue": _days(("fin", "fin prévue", "terme"), _TRAINING, "formation au"),
    "heures_prevues": (
        *(f"{many} {of}" for many in ("heures", "nb heures", "nombre heures", "total heures", "durée") for of in _TRAINING),
        "nb heures prévues", "nombre heures prévues", "volume horaire", "volume horaire formation", "durée formation en heures",
    ),
}  # fmt: skip
IMMERSION = {
    "employeur": (
        *(f"{who} {of}" for who in ("entreprise", "employeur", "lieu") for of in ("accueil", *_IMMERSION)),
        "entreprise accueillante", "lieu stage", "terrain stage", "organisme accueil", "entreprise immersion",
    ),
    "date_debut": _days(("début", "premier jour"), _IMMERSION, "PMSMP du", "immersion du"),
    "date_fin_prevue": _days(("fin", "fin prévue", "dernier jour"), _IMMERSION, "PMSMP au", "immersion au"),
    "tuteur": (
        "nom tuteur", "tuteur entreprise", "tuteur en entreprise", "tutrice", "tuteur PMSMP", "tuteur immersion",
        "maître stage", "référent entreprise", "référent en entreprise",
    ),
}  # fmt: skip
