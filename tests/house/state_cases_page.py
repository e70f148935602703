"""Write `docs/cas-de-la-plateforme.md` from the cases that are played: `python -m tests.house.state_cases_page`."""

from __future__ import annotations

from pathlib import Path

from tests.pathways.rules.state_cases import changes, entries, passes
from tests.pathways.rules.state_cases.case import Case, in_words

PAGE = Path(__file__).parents[2] / "docs" / "cas-de-la-plateforme.md"
CASES: tuple[Case, ...] = (*passes.CASES, *changes.CASES, *entries.CASES)
HEAD = """# Les cas de la plateforme de l’inclusion, un par un

Page écrite par `python -m tests.house.state_cases_page` ; un test joue chaque cas par les règles du produit et échoue si la
réponse change (`tests/pathways/rules/state_cases/`). Les faits et les chiffres viennent du code et des essais publics de la
plateforme (`gip-inclusion/les-emplois`), de ses statistiques et des textes, redits ici ; chacun peut les revoir. Les règles et
leurs valeurs datées : [Les règles, une par une](regles.md).

"""
TABLE = """| sujet | cas | la plateforme ou le texte | ici | d’où |
|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    differing = [case for case in CASES if case.why]
    count = f"{len(CASES)} cas : {len(CASES) - len(differing)} identiques, {len(differing)} différents pour une raison dite.\n\n"
    same = "".join(_line(case) for case in CASES if not case.why)
    held = "".join(f"- {what} : `{where}`\n" for what, where in entries.HELD.items())
    return (
        f"{HEAD}{count}## Différents, et pourquoi\n\n{TABLE}{''.join(_line(case) for case in differing)}\n"
        f"{''.join(_reason(case) for case in differing)}\n## Identiques\n\n{TABLE}{same}\n"
        f"## Comparé ailleurs\n\nCe que la comparaison de novembre 2026 a trouvé hors de ces sujets, et l’essai qui le tient.\n\n{held}"
    )


def _line(case: Case) -> str:
    cells = (case.subject, case.what, in_words(case.state), in_words(case.expected), case.source)
    return f"| {' | '.join(cells)} |\n"


def _reason(case: Case) -> str:
    return f"- {case.subject}, {case.what} : {case.why}\n"


if __name__ == "__main__":
    PAGE.write_text(page())
