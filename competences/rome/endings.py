"""How two files end in the versions we know: only their very last lines could be cut without another file telling.

The competences at the end of the table may be cited by no trade, and the last sentences of the last text have
nothing after them. Every other cut shows in the other files (see `integrity`).
"""

from __future__ import annotations

# Version → table → (number of records, key of the last record), counted in the published files.
KNOWN_ENDINGS: dict[str, dict[str, tuple[int, tuple[str, ...]]]] = {
    "60": {
        "referentiel_competence": (18_317, ("514890",)),
        "texte": (11_980, ("N4403", "acces_metier", "3")),
    },
}

# A longer cut shows elsewhere; a much smaller export of the same version is an extract someone made on purpose.
LONGEST_UNSEEN_CUT = 100
