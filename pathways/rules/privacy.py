"""What stands in the way of erasing somebody, of refusing them, of keeping them longer; and until when they are answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import french_date, months_after
from pathways.enums import DataRequestKind
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.retention import ANSWER_MONTHS, EXCEPTION_MONTHS

REASONS_BASIS = "RGPD, art. 12, paragraphe 4"
ERASURE_BASIS = "RGPD, art. 17, paragraphe 3"


def answer_due_on(asked_on: date, *, book: RuleBook) -> date:
    """The last day to answer a request."""
    return months_after(asked_on, book.whole(ANSWER_MONTHS, on=asked_on))


def answer_findings(*, is_waiting: bool, is_granted: bool, answer: str) -> Iterator[Finding]:
    """What stands in the way of an answer: already given, or a refusal without its reasons."""
    if not is_waiting:
        yield Finding("already_answered", "Cette demande a déjà reçu une réponse.", is_contradiction=True)
    if not is_granted and not answer.strip():
        yield Finding(
            "refusal_needs_reasons",
            "Un refus se dit avec ses raisons.",
            basis=REASONS_BASIS,
            way_out="Écrivez-les ici : la personne les lira, avec la possibilité de saisir la CNIL.",
            field="answer",
            is_contradiction=True,
        )


def asking_findings(*, kind: str, words: str) -> Iterator[Finding]:
    """A correction says what is to be corrected."""
    if kind == DataRequestKind.CORRECTION and not words.strip():
        yield Finding(
            "say_what_is_wrong",
            "Dites ce qui est à corriger, et ce qui serait juste.",
            field="words",
            is_contradiction=True,
        )


def erasure_findings(*, is_accompanied: bool, is_known_elsewhere: bool) -> Iterator[Finding]:
    """Whom one cannot erase yet: who is still accompanied, who another structure also answers for."""
    if is_accompanied:
        yield Finding(
            "still_accompanied",
            "La personne est encore accompagnée : son parcours et ses contrats obligent à garder ses données.",
            basis=ERASURE_BASIS,
            way_out="Enregistrez d’abord sa sortie, ou corrigez seulement ce qui est faux.",
            is_contradiction=True,
        )
    if is_known_elsewhere:
        yield Finding(
            "known_elsewhere",
            "Une autre structure garde aussi ce qu’elle a noté de cette personne.",
            way_out="Mettez-vous d’accord avec elle ; l’exploitation du service efface ensuite la fiche entière.",
            is_contradiction=True,
        )


def exception_findings(*, until: date, because: str, today: date, book: RuleBook) -> Iterator[Finding]:
    """An exception to the time data are kept is written, dated, and looked at again."""
    if not because.strip():
        yield Finding(
            "exception_needs_reason", "Écrivez pourquoi ces données sont gardées plus longtemps.",
            field="kept_because", is_contradiction=True,
        )  # fmt: skip
    if until <= today:
        yield Finding(
            "exception_in_the_past", "Choisissez un jour à venir.", field="kept_until", is_contradiction=True
        )
    latest = months_after(today, book.whole(EXCEPTION_MONTHS, on=today))
    if until > latest:
        yield Finding(
            "exception_too_long",
            f"Une exception va au plus jusqu’au {french_date(latest)}.",
            way_out="Elle pourra être renouvelée ce jour-là.",
            field="kept_until",
            is_contradiction=True,
        )


def limitation_findings(*, is_limited: bool) -> Iterator[Finding]:
    """Whoever asked that their data not be used is proposed to nobody meanwhile (RGPD, art. 18)."""
    if is_limited:
        yield Finding(
            "data_not_used_meanwhile",
            "La personne a demandé que ses données ne soient plus utilisées, le temps d’éclaircir.",
            basis="RGPD, art. 18",
            way_out="Répondez d’abord à sa demande, sur la page « Données gardées ».",
            is_contradiction=True,
        )
