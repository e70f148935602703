"""Who the law keeps out of a job whatever they can do: work nobody may be lent for, habilitations to hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from backend.core.tables.among import among
from competences.enums import LicenceKind
from competences.models import Licence
from competences.rules.licences import held_until
from employers.models import JobProposal, WorkTask
from employers.rules.dangerous import ban_on
from employers.rules.dismissals import lent_again_from, words
from pathways.rules.dated.inclusion import DISMISSAL_MONTHS
from pathways.selectors.rule_book import read_book

if TYPE_CHECKING:
    from employers.matching.feasibility import Finding, WorkTerms


def terms_of(proposal: JobProposal, tasks: Iterable[WorkTask], *, today: date) -> WorkTerms:
    """What these tasks ask of whoever would do them; a job has no end yet, so what it asks is held today."""
    from employers.matching.feasibility import WorkTerms

    tasks, kind = list(tasks), proposal.organisation.kind
    ban, since = ban_on(kind, [task.dangerous_work for task in tasks]), None
    dismissals = [task.dismissed_on for task in tasks if task.dismissed_on is not None]
    if ban is None and dismissals:
        book = read_book()
        since = lent_again_from(kind, dismissals, today=today, book=book)
        if since is not None:
            ban = book.basis(DISMISSAL_MONTHS, on=today)
    terms = WorkTerms(
        ends_on=today,
        licences=frozenset(LicenceKind(kind).label for task in tasks for kind in task.licences),
        legal_ban=ban,
    )
    return terms if since is None else replace(terms, ban_words=words(since))


def bars_of(people: Collection[int], terms: WorkTerms) -> Mapping[int, tuple[Finding, ...]]:
    """Whoever is kept out, with every reason (R10, R11, R38); one question, and none for work that asks nothing."""
    from employers.matching.feasibility import Availability, legal_findings

    if not people or (terms.legal_ban is None and not terms.licences):
        return {}
    held = _held(people, on=terms.ends_on) if terms.licences else {}
    found = {person: legal_findings(terms, Availability(licences=held.get(person, {}))) for person in people}
    return {person: reasons for person, reasons in found.items() if reasons}


def _held(people: Collection[int], *, on: date) -> dict[int, dict[str, date | None]]:
    rows: dict[int, list[Licence]] = defaultdict(list)
    for licence in Licence.objects.standing().filter(beneficiary__in=among(people)):
        rows[licence.beneficiary_id].append(licence)
    return {
        person: {LicenceKind(kind).label: end for kind, end in held_until(licences, on=on).items()}
        for person, licences in rows.items()
    }
