"""A PASS told in words and drawn: what is left, how it is counted, where suspensions and prolongations fall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.core.actor import Actor
from backend.core.values.dates import NBSP, days_in_words, days_inclusive, french_date, months_after
from backend.files.models import StoredFile
from backend.files.selectors import files_on
from pathways.enums import RequestStatus
from pathways.models import Beneficiary, Derogation, IaePass, PassProlongation, PassSuspension
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import CLOSING_MONTHS
from pathways.rules.passes.count import PassCount, count_days, difference_findings, status_in_words
from pathways.rules.passes.facts import PassFacts, run_start
from pathways.rules.passes.length import prolongation_in_words, waiting_end
from pathways.rules.passes.prolongations import window
from pathways.selectors.facts.rights import passes_with_changes, takes_files


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of the drawing, in percents of its width."""

    css: str
    x: str
    width: str
    words: str


@dataclass(frozen=True, slots=True)
class PassCard:
    """One PASS as the page shows it."""

    iae: IaePass
    facts: PassFacts
    count: PassCount
    status: str
    headline: str
    next_words: str
    blocks: list[Block]
    today_x: str
    suspensions: list[PassSuspension]
    prolongations: list[ProlongationLine]
    remarks: list[str]
    may_be_closed: bool

    @property
    def left_said(self) -> str:
        """Days left, with the sign of print once they are past."""
        left = self.count.left
        return f"−{NBSP}{-left}" if left < 0 else str(left)

    @property
    def is_closed(self) -> bool:
        """Whether the pathway was closed."""
        return self.facts.closed_on is not None


@dataclass(frozen=True, slots=True)
class DerogationLine:
    """One derogation, where it stands today, and whether the actor changes it."""

    row: Derogation
    state: str
    may_change: bool
    files: list[StoredFile]


@dataclass(frozen=True, slots=True)
class ProlongationLine:
    """One request, with its documents."""

    row: PassProlongation
    files: list[StoredFile]


def cards_of(actor: Actor, person: Beneficiary, *, today: date, book: RuleBook) -> list[PassCard]:
    """Every PASS of the person, newest first; a constant number of queries."""
    passes = list(IaePass.objects.visible_to(actor).filter(beneficiary=person).order_by("-starts_on"))
    facts = passes_with_changes(passes)
    changes = PassSuspension.objects.visible_to(actor).filter(iae_pass__in=passes)
    suspensions = list(changes.select_related("recorded_by", "organisation"))
    asked = PassProlongation.objects.visible_to(actor).filter(iae_pass__in=passes)
    prolongations = list(asked.select_related("recorded_by", "organisation"))
    files = files_on(actor, PassProlongation, prolongations)
    return [
        _card(
            iae,
            facts[iae.pk],
            [each for each in suspensions if each.iae_pass_id == iae.pk],
            [
                ProlongationLine(each, files.get(each.pk, []))
                for each in prolongations
                if each.iae_pass_id == iae.pk
            ],
            today=today,
            book=book,
        )
        for iae in passes
    ]


def derogations_of_page(actor: Actor, person: Beneficiary, *, today: date) -> list[DerogationLine]:
    """Every derogation the actor reads, newest first."""
    seen = Derogation.objects.visible_to(actor).filter(beneficiary=person)
    rows = list(seen.select_related("organisation", "beneficiary"))
    files = files_on(actor, Derogation, rows)
    return [
        DerogationLine(row, state_of(row, today), takes_files(actor, row), files.get(row.pk, []))
        for row in rows
    ]


def state_of(row: Derogation, today: date) -> str:
    """« Demandée », « Accordée », « Refusée »; « Terminée » once its last day has passed."""
    if row.cancelled_at is not None:
        return "Annulée"
    is_over = row.status == RequestStatus.GRANTED and row.ends_on is not None and row.ends_on < today
    return "Terminée" if is_over else row.get_status_display()


def _card(
    iae: IaePass,
    facts: PassFacts,
    suspensions: list[PassSuspension],
    prolongations: list[ProlongationLine],
    *,
    today: date,
    book: RuleBook,
) -> PassCard:
    count = count_days(facts, today=today, book=book)
    begun = run_start(facts.suspensions, today)
    return PassCard(
        iae=iae,
        facts=facts,
        count=count,
        status=status_in_words(facts, today),
        headline=_headline(facts, count, today),
        next_words=_next_words(facts, today, book),
        blocks=_blocks(facts, today),
        today_x=_percent(facts, min(max(today, facts.start), facts.end)),
        suspensions=suspensions,
        prolongations=prolongations,
        remarks=[each.message for each in difference_findings(facts, book=book)],
        may_be_closed=begun is not None
        and facts.closed_on is None
        and today >= months_after(begun, book.whole(CLOSING_MONTHS, on=begun)),
    )


def _headline(facts: PassFacts, count: PassCount, today: date) -> str:
    """« Il reste 214 jours. »"""
    if facts.closed_on is not None:
        return f"Parcours clos le {french_date(facts.closed_on)}."
    if count.left < 0:
        return f"Terminé depuis le {french_date(facts.end)}."
    if today < facts.start:
        return f"Commence le {french_date(facts.start)}."
    if count.left == 0:
        return "Dernier jour aujourd’hui."
    return f"Il reste {days_in_words(count.left)}."


def _next_words(facts: PassFacts, today: date, book: RuleBook) -> str:
    """What the person may ask next, and until when."""
    if facts.closed_on is not None:
        last = waiting_end(facts.waits_from, book=book)
        return f"Un nouveau PASS avant le {french_date(last)} inclus demande l’accord d’un prescripteur."
    first, last = window(facts.end, asked_on=today, book=book)
    if today < first:
        return f"Une prolongation se demande à partir du {french_date(first)}."
    if today <= last:
        return f"Une prolongation se demande jusqu’au {french_date(last)}."
    return prolongation_in_words(facts.end, today, book=book)


def _blocks(facts: PassFacts, today: date) -> list[Block]:
    """The whole PASS, what is past of it, then its suspensions over it."""
    past_end = min(today, facts.last_day)
    blocks = [
        _block(
            "pass-ahead",
            facts,
            facts.start,
            facts.end,
            f"PASS du {french_date(facts.start)} au {french_date(facts.end)}",
        )
    ]
    if past_end >= facts.start:
        blocks.append(
            _block("pass-past", facts, facts.start, past_end, f"Passé, jusqu’au {french_date(past_end)}")
        )
    if facts.prolonged is not None:
        words = f"Prolongé de {days_in_words(facts.prolonged_days)}"
        blocks.append(_block("pass-added", facts, *facts.prolonged, words))
    for start, end in facts.suspended:
        words = f"Suspendu du {french_date(start)} au {french_date(end)}"
        blocks.append(_block("pass-suspended", facts, start, end, words))
    return blocks


def _block(css: str, facts: PassFacts, start: date, end: date, words: str) -> Block:
    width = 100 * days_inclusive(start, max(start, end)) / days_inclusive(facts.start, facts.end)
    return Block(css, _percent(facts, start), f"{min(100, max(0.6, width)):.2f}%", words)


def _percent(facts: PassFacts, day: date) -> str:
    return f"{100 * (day - facts.start).days / max(1, days_inclusive(facts.start, facts.end)):.2f}%"
