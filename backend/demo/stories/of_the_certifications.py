"""Two invented certifications, typed once: somebody is half-way of the first, a jury gave two blocs of the second."""

from __future__ import annotations

from backend.demo.rows import Bloc, Certification
from backend.demo.stories.solange import DIPLOMA

_TO_READ = (
    "C1. Accueillir la personne et dire ce que l’on vient faire C2. Signaler ce qui inquiète "
    "C3. Garder pour soi ce que l’on voit au domicile"
)
CERTIFICATIONS = (
    Certification(
        DIPLOMA,
        3,
        "Ministère inventé du travail",
        (
            Bloc(
                "BC01", "Nettoyer et remettre en état des locaux", tuple(("K2204", rank) for rank in range(4))
            ),
            Bloc("BC02", "Entretenir un logement et son linge", tuple(("K1304", rank) for rank in range(5))),
            Bloc("BC03", "Préparer et ranger une livraison", tuple(("N1103", rank) for rank in range(3, 7))),
            Bloc("BC04", "Travailler au domicile d’une personne", content=_TO_READ),
        ),
    ),
    Certification(
        "CAP Maraîchage inventé",
        3,
        "Académie rêvée",
        tuple(
            Bloc(f"BC{rank + 1:02d}", label, tuple((trade, 2 * rank + step) for step in range(2)))
            for rank, (label, trade) in enumerate(
                (
                    ("Préparer le sol et semer", "A1402"),
                    ("Suivre une culture", "A1402"),
                    ("Récolter et conditionner", "A1402"),
                    ("Entretenir les abords", "A1203"),
                )
            )
        ),
    ),
)
