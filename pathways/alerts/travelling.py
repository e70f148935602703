"""A medical visit soon to be made again, and days saved that are to be settled before a contract ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from backend.alerts.registry import Alert
from backend.core.access import People
from backend.core.actor import Actor
from backend.core.pages.addresses import Gesture
from backend.core.values.dates import NBSP, days_after, french_date
from backend.core.values.numbers import decimal_in_words
from pathways.alerts.parts import alert_about
from pathways.enums.travelling import VisitKind
from pathways.models import Beneficiary, MedicalVisit, SavedDays
from pathways.rules.dated import travelling as figures
from pathways.rules.dated.book import RuleBook
from pathways.rules.travelling.facts import latest_visit, still_open
from pathways.rules.travelling.visits import due_on
from pathways.selectors.following.presence import present
from pathways.selectors.following.travelling import Noted, noted_among, noted_of
from pathways.selectors.rule_book import read_book


def rights_to_ask(actor: Actor, today: date, people: People = None) -> Iterator[Alert]:
    """Visits whose day comes or has passed, and days saved to settle at an end of contract; one question.

    Asked about one person, it reads what their page reads anyway.
    """
    here = present(actor, today, people)
    theirs = {stay.beneficiary_id for stay in here.stays}
    if not theirs:
        return
    book = read_book()
    if people is None:
        noted = noted_among(actor, theirs)
    else:
        noted = {person: noted_of(actor, person) for person in theirs}
    who = {stay.beneficiary_id: stay.person for stay in here.stays}
    for person, found in noted.items():
        yield from _visit(who[person], found, today, book)
        yield from _before_the_end(who[person], found, here.places, today, book)


def _visit(person: Beneficiary, found: Noted, today: date, book: RuleBook) -> Iterator[Alert]:
    visit = latest_visit(each for each in found.visits if each.kind is not VisitKind.RETURN)
    until = due_on(visit, book=book) if visit else None
    if visit is None or until is None:
        return
    if days_after(until, -book.whole(figures.VISIT_AHEAD, on=today)) > today:
        return
    is_late = until < today
    yield alert_about(
        person,
        f"visit_due:{visit.id}",
        "Visite médicale à refaire" if is_late else "Visite médicale à prévoir",
        f"La prochaine visite médicale du travail {'était' if is_late else 'est'} due avant le {french_date(until)}.",
        due_on=until,
        action="Voir ses droits",
        target=MedicalVisit(pk=visit.id, beneficiary_id=person.pk),
        gesture=Gesture.OPEN,
    )


def _before_the_end(
    person: Beneficiary,
    found: Noted,
    places: Collection[tuple[int, int]],
    today: date,
    book: RuleBook,
) -> Iterator[Alert]:
    """One alert a structure that owes days, with all it owes: they are lost to the person once the last payslip is out."""
    owed = defaultdict(list)
    for each in still_open(found.saved):
        if each.place is not None and (person.pk, each.place) in places and each.days:
            owed[each.place].append(each)
    for saved in owed.values():
        end = saved[0].ends_on
        if end is None or not (days_after(end, -book.whole(figures.RIGHTS_AHEAD, on=today)) <= today <= end):
            continue
        told = ", ".join(
            f"{decimal_in_words(each.days)}{NBSP}{'jour' if each.days < 2 else 'jours'} ({each.kind.words})"
            for each in saved
        )
        yield alert_about(
            person,
            f"saved_to_settle:{saved[0].id}",
            "Jours épargnés à régler avant la fin du contrat",
            f"À régler avant la fin du contrat, le {french_date(end)} : {told}.",
            due_on=end,
            action="Voir ses droits",
            target=SavedDays(pk=saved[0].id, beneficiary_id=person.pk),
            gesture=Gesture.OPEN,
        )
