"""The leave an employee takes for a VAE: asked in time, answered in time, postponed a month at most (L6422-1 to -8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import day_after, days_after, french_date, months_after
from competences.enums import VaeStepKind
from competences.rules.vae.facts import FileFacts, StepFacts
from competences.rules.vae.reading import leave_answer_due
from pathways.rules.dated import vae as figures
from pathways.rules.dated.book import RuleBook

K = VaeStepKind


@dataclass(frozen=True, slots=True)
class Leave:
    """Where a leave stands; `is_by_silence`: the employer did not answer in time."""

    words: str
    since: date
    starts_on: date | None
    is_by_silence: bool = False


def ask_before(starts_on: date, *, book: RuleBook) -> date:
    """The last day the employer may receive the request."""
    return days_after(starts_on, -book.whole(figures.LEAVE_NOTICE, on=starts_on))


def leave_of(file: FileFacts, *, today: date, book: RuleBook) -> Leave | None:
    """The last leave asked, as the answers and the silence leave it."""
    asked = file.last(K.LEAVE_ASKED)
    if asked is None:
        return None
    answer = file.last(K.LEAVE_GRANTED, K.LEAVE_POSTPONED)
    if answer is not None and answer.on >= asked.on:
        word = "accordé" if answer.kind is K.LEAVE_GRANTED else "reporté"
        return Leave(word, answer.on, answer.leave_on or asked.leave_on)
    due = leave_answer_due(asked.on, book=book)
    if today > due:
        return Leave("accordé (silence)", day_after(due), asked.leave_on, is_by_silence=True)
    return Leave(f"demandé, réponse attendue au plus tard le {french_date(due)}", asked.on, asked.leave_on)


def leave_findings(file: FileFacts, step: StepFacts, *, book: RuleBook) -> Iterator[Finding]:
    """What the law says of a request, or of a postponement."""
    if step.kind is K.LEAVE_ASKED:
        yield from _asked(file, step, book=book)
    if step.kind is K.LEAVE_POSTPONED:
        asked = file.last(K.LEAVE_ASKED)
        months = book.whole(figures.LEAVE_POSTPONED, on=step.on)
        if asked and step.leave_on and step.leave_on > months_after(asked.on, months):
            last = french_date(months_after(asked.on, months))
            yield Finding(
                "leave_postponed_too_far",
                f"L’employeur reporte d’un mois au plus à compter de la demande : jusqu’au {last}.",
                book.basis(figures.LEAVE_POSTPONED, on=step.on),
                way_out="Demandez une date dans ce délai.",
                field="leave_on",
            )


def _asked(file: FileFacts, step: StepFacts, *, book: RuleBook) -> Iterator[Finding]:
    day = step.leave_on or step.on
    most = book.whole(figures.LEAVE_HOURS, on=day)
    if step.leave_hours is not None and step.leave_hours > most and not step.details:
        yield Finding(
            "leave_too_long",
            f"Un congé de VAE dure {most} heures au plus par session de jury.",
            book.basis(figures.LEAVE_HOURS, on=day),
            way_out="Réduisez la durée, ou nommez l’accord qui en donne davantage.",
            field="leave_hours",
        )
    if step.leave_on and step.on > ask_before(step.leave_on, book=book):
        yield Finding(
            "leave_asked_late",
            f"L’employeur devait recevoir la demande au plus tard le {french_date(ask_before(step.leave_on, book=book))}.",
            book.basis(figures.LEAVE_NOTICE, on=step.leave_on),
            way_out="C’est noté ; il peut refuser une demande tardive.",
            field="leave_on",
            refuses=False,
        )
    before = file.last(K.LEAVE_GRANTED)
    partial = file.last(K.PARTIAL)
    months = book.whole(figures.LEAVE_BETWEEN, on=day)
    if before and day < months_after(before.on, months) and (partial is None or partial.on < before.on):
        yield Finding(
            "leave_too_soon",
            "Un autre congé de VAE a été accordé depuis moins d’un an ; dans la même entreprise, il faut attendre.",
            book.basis(figures.LEAVE_BETWEEN, on=day),
            way_out="Sans effet si l’employeur n’est plus le même.",
            field="leave_on",
            refuses=False,
        )
