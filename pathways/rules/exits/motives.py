"""Reasons for leaving, as the paying agency codes them, and the category each one falls in.

Labels and codes: Agence de services et de paiement, as read in the State's own statistics
(Pilotage de l'inclusion, August 2026). The official file of motives could not be read: each line says
how sure we are of its category, the screen repeats it, and a dated setting may change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from backend.core.findings import Confidence
from pathways.enums import ContractKind


class ExitCategory(StrEnum):
    """The five categories of the agency (« rcs_libelle »)."""

    SUSTAINABLE = "durable"
    TRANSITIONAL = "transition"
    POSITIVE = "positive"
    OTHER = "other"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The agency's own words."""
        return _CATEGORY_LABELS[self]

    @property
    def is_dynamic(self) -> bool:
        """Whether it counts as a « sortie dynamique »; never call the three « sorties positives »."""
        return self in DYNAMIC_CATEGORIES


_CATEGORY_LABELS = {
    ExitCategory.SUSTAINABLE: "Emploi durable",
    ExitCategory.TRANSITIONAL: "Emploi de transition",
    ExitCategory.POSITIVE: "Sorties positives",
    ExitCategory.OTHER: "Autres sorties",
    ExitCategory.WITHDRAWN: "Retrait des sorties constatées",
}
DYNAMIC_CATEGORIES = frozenset({ExitCategory.SUSTAINABLE, ExitCategory.TRANSITIONAL, ExitCategory.POSITIVE})


class ThreadAfter(StrEnum):
    """What becomes of the thread after this exit; a matter of each motive, never of its statistical category.

    A dismissal is withdrawn from the figures, and leaves someone without work all the same.
    """

    GOES_ON = "goes_on"
    """Nothing follows yet: the person is between two steps."""
    ELSEWHERE = "elsewhere"
    """A job or a training follows, with its own end if we know it: no gap begins here."""
    ENDED = "ended"
    """Nobody looks for a next step any more."""


@dataclass(frozen=True, slots=True)
class ExitMotive:
    """One reason for leaving; its category is None while nobody has settled it."""

    code: str
    label: str
    category: ExitCategory | None
    confidence: Confidence
    thread: ThreadAfter
    hired_under: ContractKind | None
    """The contract somebody else employs them under; None when nobody does, or when another team takes over."""


def _motive(
    code: int,
    label: str,
    category: ExitCategory | None,
    confidence: Confidence,
    thread: ThreadAfter,
    hired_under: ContractKind | None,
) -> ExitMotive:
    return ExitMotive(str(code), label, category, confidence, thread, hired_under)


_C, _P, _U = Confidence.CONFIRMED, Confidence.PROBABLE, Confidence.UNSETTLED
_DURABLE, _TRANSITION, _POSITIVE = ExitCategory.SUSTAINABLE, ExitCategory.TRANSITIONAL, ExitCategory.POSITIVE
_OTHER, _WITHDRAWN = ExitCategory.OTHER, ExitCategory.WITHDRAWN
_ON, _AWAY, _ENDED = ThreadAfter.GOES_ON, ThreadAfter.ELSEWHERE, ThreadAfter.ENDED
_CDI, _CDD = ContractKind.CDI, ContractKind.CDD


def codes_in_words(codes: Iterable[str]) -> str:
    """Numbers that follow each other as « 1 à 22 », the others one by one: « 1 à 22 et 96 »."""
    runs: list[list[int]] = []
    for number in sorted(map(int, codes)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [f"{run[0]} à {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return " et ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


MOTIVES: tuple[ExitMotive, ...] = (
    _motive(1, "Embauche en CDI dans la structure ou filiale", _DURABLE, _C, _AWAY, _CDI),
    _motive(2, "Embauche pour une durée déterminée dans une autre structure IAE", _POSITIVE, _C, _ON, None),
    _motive(3, "Embauche en CDI non aidé (par un autre employeur)", _DURABLE, _C, _AWAY, _CDI),
    _motive(4, "Création ou reprise d’entreprise à son compte", _DURABLE, _C, _AWAY, None),
    _motive(
        5, "Entrée en formation qualifiante ou poursuite de formation qualifiante", _POSITIVE, _C, _AWAY, None
    ),
    _motive(6, "Inactif", _OTHER, _P, _ON, None),
    _motive(7, "Au chômage", _OTHER, _C, _ON, None),
    _motive(8, "Sans nouvelle", _OTHER, _P, _ON, None),
    _motive(
        9,
        "Embauche en CDD (sans aide publique à l’emploi) d’une durée de 6 mois et plus",
        _DURABLE,
        _C,
        _AWAY,
        _CDD,
    ),
    _motive(
        10,
        "Embauche en CDD (sans aide publique à l’emploi) de moins de 6 mois (hors IAE)",
        _TRANSITION,
        _C,
        _AWAY,
        _CDD,
    ),
    _motive(11, "Intégration dans la fonction publique", _DURABLE, _C, _AWAY, _CDI),
    _motive(12, "Autre sortie reconnue comme positive", _POSITIVE, _C, _AWAY, None),
    _motive(13, "Embauche en CDI aidé (par un autre employeur)", _DURABLE, _P, _AWAY, _CDI),
    _motive(
        14,
        "Embauche en contrat aidé pour une durée déterminée par un autre employeur (hors IAE)",
        _TRANSITION,
        _C,
        _AWAY,
        _CDD,
    ),
    _motive(15, "Prise des droits à la retraite", _POSITIVE, _P, _ENDED, None),
    _motive(16, "Congés de longue durée (maternité, maladie)", _WITHDRAWN, _C, _ENDED, None),
    _motive(17, "Décès", _WITHDRAWN, _P, _ENDED, None),
    _motive(18, "Décision administrative / Décision de justice", _WITHDRAWN, _P, _ON, None),
    _motive(19, "Rupture employeur pour faute grave du salarié", _WITHDRAWN, _P, _ON, None),
    _motive(20, "Transfert d’employeur", _WITHDRAWN, _P, _AWAY, None),
    _motive(
        21, "Rupture pendant la période d’essai à l’initiative de l’employeur", _WITHDRAWN, _P, _ON, None
    ),
    _motive(22, "Rupture pendant la période d’essai à l’initiative du salarié", _WITHDRAWN, _P, _ON, None),
    # The State's own query leaves out the withdrawn exits, then this motive apart: it is probably not one of them.
    # Nobody says what it is: not settled, the rate is shown with and without, a dated setting settles it.
    _motive(96, "CDI inclusion", None, _U, _AWAY, None),
)
MOTIVES_BY_CODE = {motive.code: motive for motive in MOTIVES}
MOTIVE_CODES = codes_in_words(MOTIVES_BY_CODE)
"""« 1 à 22 et 96 », for people who type a code."""
MOTIVE_CHOICES = [(motive.code, motive.label) for motive in MOTIVES]

NO_NEWS = "8"
OTHER_SIAE = "2"
OPEN_ENDED = "3"
LONG_FIXED_TERM, SHORT_FIXED_TERM = "9", "10"
"""A CDI by another employer; a CDD of six months and more; a shorter one."""
CONTRACT_OF_A_JOB = {motive.code: motive.hired_under for motive in MOTIVES if motive.hired_under}
"""Left for a job somebody employs them in: without term (a civil servant's post too), or with one. Not one's own firm
(4), nor another insertion structure (2), whose team takes over; nobody left in a transfer (20) or a CDI inclusion (96)."""
JOB_MOTIVES = frozenset(CONTRACT_OF_A_JOB)
LONG_CONTRACT_MONTHS = 6
"""« 6 mois et plus » is the agency's wording: exactly six months is lasting employment."""


def motive_of_a_hire(*, contract_kind: str, months: int | None) -> str:
    """The motive code of a hire by an ordinary employer: CDI, or a fixed term of six months and more, or less.

    Missions have no code of their own in what could be read: they follow the fixed term (to be confirmed).
    """
    if contract_kind == ContractKind.CDI:
        return OPEN_ENDED
    is_long = months is not None and months >= LONG_CONTRACT_MONTHS
    return LONG_FIXED_TERM if is_long else SHORT_FIXED_TERM
