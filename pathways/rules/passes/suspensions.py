"""When a PASS IAE may be suspended, and when a pathway may be closed after a suspension (R15, R16, R17, R18)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.values.dates import days_after, days_inclusive, french_date, last_day_after, months_after
from pathways.enums import ContractKind, SuspensionMotive
from pathways.rules.contracts.durations import share_a_day
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.figure import EMPLOIS
from pathways.rules.dated.rows import CLOSING_MONTHS, SUSPENDED, SUSPENSION_LEAST, SUSPENSION_MONTHS
from pathways.rules.passes.facts import PassFacts, Suspension, run_start

TOLD_WITHIN_DAYS = 365
"""The platform takes no suspension that began longer ago: it is kept here, with a word."""


def longest_end(start: date, *, book: RuleBook) -> date:
    """The last day a suspension begun that day may have: 36 months, as the platform proposes (R15)."""
    return last_day_after(start, book.whole(SUSPENSION_MONTHS, on=start))


def suspension_findings(
    new: Suspension, iae: PassFacts, *, structure_kind: str, today: date, book: RuleBook
) -> Iterator[Finding]:
    """What is wrong with a suspension about to join those of its PASS (R15, R17); `iae` is the PASS without it."""
    if new.end < new.start:
        yield Finding(
            "suspension_backwards",
            "La suspension se terminerait avant d’avoir commencé.",
            EMPLOIS,
            field="ends_on",
            way_out="Vérifiez les deux dates.",
            is_contradiction=True,
        )
        return
    yield from closed_findings(iae)
    if not iae.start <= new.start <= iae.end:
        yield Finding(
            "suspension_outside_pass",
            f"Une suspension commence pendant le PASS, du {french_date(iae.start)} au {french_date(iae.end)}.",
            EMPLOIS,
            field="starts_on",
            way_out="Vérifiez son début, ou les dates du PASS.",
        )
    if new.start > today:
        yield Finding(
            "suspension_to_come",
            f"Une suspension ne commence pas après aujourd’hui, et celle-ci commencerait le {french_date(new.start)}.",
            EMPLOIS,
            field="starts_on",
            way_out="Enregistrez-la le jour venu.",
        )
    if any(share_a_day(new.days, each.days) for each in iae.suspensions):
        yield Finding(
            "suspension_overlap",
            "Une autre suspension couvre déjà une partie de ces jours.",
            EMPLOIS,
            field="starts_on",
            way_out="Vérifiez les dates, ou corrigez l’autre.",
            is_contradiction=True,
        )
    if new.end > longest_end(new.start, book=book):
        most = book.whole(SUSPENSION_MONTHS, on=new.start)
        yield Finding(
            "suspension_too_long",
            f"Une suspension dure {most} mois au plus : celle-ci irait jusqu’au "
            f"{french_date(longest_end(new.start, book=book))} tout au plus.",
            EMPLOIS,
            field="ends_on",
            way_out="Choisissez une fin plus proche ; une autre suspension peut la suivre.",
        )
    least = book.whole(SUSPENSION_LEAST, on=new.start)
    if new.motive == SuspensionMotive.CONTRACT_SUSPENDED and days_inclusive(new.start, new.end) < least:
        yield Finding(
            "suspension_too_short",
            f"Un contrat suspendu {least - 1} jours ou moins ne suspend pas le PASS IAE.",
            book.basis(SUSPENSION_LEAST, on=new.start),
            way_out="Rien à enregistrer, sauf si la suspension dure plus longtemps.",
            field="ends_on",
        )
    if new.motive == SuspensionMotive.PASSERELLE and structure_kind not in book.contract_signers(
        ContractKind.PASSERELLE, on=new.start
    ):
        yield Finding(
            "suspension_motive_elsewhere",
            "Ce motif est celui des structures qui signent alors un contrat passerelle.",
            EMPLOIS,
            field="motive",
            way_out="Choisissez un autre motif.",
        )
    yield from _others_inside(iae.moved(suspensions=(*iae.suspensions, new)))
    if new.start < days_after(today, -TOLD_WITHIN_DAYS):
        yield Finding(
            "suspension_told_late",
            f"Cette suspension a commencé il y a plus de {TOLD_WITHIN_DAYS} jours : la plateforme de l’inclusion ne la prend plus d’elle-même.",
            EMPLOIS,
            field="starts_on",
            way_out="Demandez-la au support des Emplois de l’inclusion.",
            refuses=False,
        )


def removal_findings(old: Suspension, iae: PassFacts) -> Iterator[Finding]:
    """R16: the end moves back when a suspension goes; another one that would then begin after it says no."""
    yield from _others_inside(without(iae, old))


def _others_inside(left: PassFacts) -> Iterator[Finding]:
    if any(each.start > left.end for each in left.suspensions):
        yield Finding(
            "suspension_holds_another",
            f"Le PASS se terminerait alors le {french_date(left.end)}, avant le début d’une autre suspension.",
            EMPLOIS,
            field="starts_on",
            way_out="Changez d’abord la plus récente.",
        )


def closed_findings(iae: PassFacts) -> Iterator[Finding]:
    """Nothing is added to a PASS that was closed, nor taken back from it (R18)."""
    if iae.closed_on is not None:
        yield Finding(
            "pass_closed",
            f"Ce PASS IAE est clos depuis le {french_date(iae.closed_on)} : rien n’y change.",
            SUSPENDED,
            way_out="Revenez d’abord sur la clôture.",
        )


def closing_findings(
    iae: PassFacts, *, on: date, note: str, today: date, book: RuleBook
) -> Iterator[Finding]:
    """R18: after twelve months of suspension in a row, once the situation was looked at, the pathway may be closed."""
    basis, months = book.basis(CLOSING_MONTHS, on=on), book.whole(CLOSING_MONTHS, on=on)
    yield from closed_findings(iae)
    if on > today:
        yield Finding(
            "closing_to_come",
            "Un parcours se clôt au plus tard aujourd’hui.",
            basis,
            way_out="Choisissez aujourd’hui ou un jour passé.",
            field="on",
        )
    begun = run_start(iae.suspensions, on)
    if begun is None or on < months_after(begun, months):
        since = (
            f" ; la sienne a commencé le {french_date(begun)}"
            if begun
            else ", et il n’est pas suspendu ce jour-là"
        )
        when = (
            f"Vous pourrez le clore à partir du {french_date(months_after(begun, months))}." if begun else ""
        )
        yield Finding(
            "closing_too_soon",
            f"Un parcours se clôt après {months} mois de suspension d’affilée{since}.",
            basis,
            way_out=when or "Enregistrez d’abord ses suspensions.",
            field="on",
        )
    if not note.strip():
        yield Finding(
            "closing_note_missing",
            "Un parcours ne se clôt qu’après examen de la situation.",
            basis,
            way_out="Dites en quelques mots ce qui a été regardé, et avec qui.",
            field="note",
        )


def without(iae: PassFacts, old: Suspension) -> PassFacts:
    """The PASS as it stands without one of its suspensions, its end taken back (R16)."""
    left = list(iae.suspensions)
    left.remove(old)
    return iae.moved(suspensions=left)
