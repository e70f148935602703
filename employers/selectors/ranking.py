"""Who could do this job, in front of the people who accompany them: by competences, with reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from backend.core.actor import Actor
from backend.core.tables.among import among
from competences.models import Assessment
from employers.enums import ConsentDecision, Fit
from employers.matching.vocabulary import HeldCompetence, Match, Profile, RequiredCompetence, Requirement
from employers.models import JobProposal, ProfileConsent, WorkTask
from employers.permissions import may_ask_consent
from employers.rules.fit import fit_of
from employers.selectors.bars import bars_of, terms_of
from employers.selectors.people_index import current_index
from employers.selectors.referential import current_referential
from pathways import doors
from pathways.models import Beneficiary

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from employers.matching.candidates import Candidates
    from employers.matching.feasibility import Finding
    from employers.matching.referential import Referential


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person in front of one job: the match, its sentences, and where the question to them stands."""

    beneficiary: Beneficiary
    match: Match
    sentences: tuple[str, ...]
    held: int
    asked: int
    trade: str
    consents: tuple[ProfileConsent, ...]
    bars: tuple[Finding, ...] = ()

    @property
    def is_barred(self) -> bool:
        """Whether the law keeps them out of this job; they are shown last, with the reason, and nobody asks them."""
        return bool(self.bars)

    @property
    def rank(self) -> int | None:
        """Their place; none for who cannot be proposed."""
        return None if self.is_barred else self.match.rank

    @property
    def fit(self) -> Fit:
        """How much of the job they already hold."""
        return fit_of(held=self.held, asked=self.asked)

    @property
    def is_asked(self) -> bool:
        """Whether a live question or agreement exists for this job."""
        return any(consent.decision in _LIVE for consent in self.consents)


_LIVE = frozenset({ConsentDecision.ASKED, ConsentDecision.GRANTED})


def requirement_of(tasks: Iterable[WorkTask], *, key: str) -> Requirement:
    """What the tasks ask together: each competence at its highest level, weighing as much as all who ask for it."""
    levels: dict[str, int] = {}
    weights: dict[str, float] = defaultdict(float)
    for task in tasks:
        for required in task.requirements.all():
            code = required.competence.code
            levels[code] = max(levels.get(code, 0), required.level)
            weights[code] += float(required.importance)
    return Requirement(
        key, tuple(RequiredCompetence(code, weights[code], levels[code]) for code in sorted(levels))
    )


def tasks_of(proposal: JobProposal) -> list[WorkTask]:
    """The tasks of a job with all that a page or a ranking needs of them, in three queries."""
    return list(
        proposal.tasks.select_related("analysis__establishment__employer")
        .prefetch_related("requirements__competence")
        .order_by("pk")
    )


def people_for_ranking(actor: Actor, today: date) -> QuerySet[Beneficiary]:
    """People the actor accompanies who are in a structure today, unless they asked that their data not be used.

    Nobody for who only reads.
    """
    if not may_ask_consent(actor):
        return Beneficiary.objects.none()
    seen = Beneficiary.objects.accompanied_by(actor).exclude(pk__in=doors.limited())
    return seen.present_on(today, actor.thread_ids | actor.organisation_ids)


def profiles_of(people: Collection[int]) -> list[Profile]:
    """What each person holds, under a key that says nothing of who they are: an allow-list of two fields."""
    held: dict[int, list[HeldCompetence]] = defaultdict(list)
    latest = Assessment.objects.filter(beneficiary__in=among(people)).latest_per_competence()
    for beneficiary_id, code, level in latest.values_list("beneficiary_id", "competence__code", "level"):
        held[beneficiary_id].append(HeldCompetence(code, level))
    return [Profile(str(person), tuple(held[person])) for person in people]


def rank_people(actor: Actor, proposal: JobProposal, *, today: date, top: int | None = 20) -> list[Candidate]:
    """The people of the actor in front of this job; empty while its tasks ask for no competence.

    Whoever the law keeps out (R10, R38) takes nobody's place: they come after all the others, with the reason.
    """
    if not proposal.is_open:
        return []
    tasks = tasks_of(proposal)
    requirement = requirement_of(tasks, key=str(proposal.pk))
    if not requirement.competences:
        return []
    seen = people_for_ranking(actor, today)
    everyone = frozenset(seen.order_by().values_list("pk", flat=True))
    bars = bars_of(everyone, terms_of(proposal, tasks, today=today))
    referential = current_referential()
    shown = [
        *_matches(requirement, everyone - bars.keys(), referential, top),
        *_matches(requirement, everyone & bars.keys(), referential, top),
    ]
    people = seen.in_bulk([int(match.profile) for match, _ in shown])
    consents = _consents(actor, proposal)
    return [
        replace(
            _candidate(people[int(match.profile)], match, held_codes, requirement, referential, consents),
            bars=bars.get(int(match.profile), ()),
        )
        for match, held_codes in shown
    ]


def _matches(
    requirement: Requirement, people: frozenset[int], referential: Referential, top: int | None
) -> list[tuple[Match, list[str]]]:
    """The first of these people, each with the codes of what they hold."""
    from employers.matching.ranking import rank_candidates

    if not people:
        return []
    first = _who_may_be_first(requirement, people, referential, top)
    matches = rank_candidates([requirement], first, top=top)[0].matches()
    place = {person: position for position, person in enumerate(first.ids)}
    return [(match, first.codes_of(place[match.profile])) for match in matches if match.score > 0]


def _who_may_be_first(
    requirement: Requirement, people: frozenset[int], referential: Referential, top: int | None
) -> Candidates:
    """Everyone among whom the first are: those the index names, and whoever changed since; all without an index."""
    from numpy import array, int64

    from employers.matching.candidates import Candidates
    from employers.matching.index.ranking import leading_panel

    current = current_index(referential) if people else None
    if current is None:
        return Candidates.build(profiles_of(people), referential)
    recent = people & current.changed
    rows = current.index.rows_of(array(sorted(people - recent), dtype=int64))
    return leading_panel(
        requirement, current.index, referential, among=rows, top=top, beside=profiles_of(recent)
    )


def _consents(actor: Actor, proposal: JobProposal) -> dict[int, list[ProfileConsent]]:
    found: dict[int, list[ProfileConsent]] = defaultdict(list)
    rows = ProfileConsent.objects.visible_to(actor).filter(proposal=proposal).select_related("employer")
    for consent in rows.order_by("employer_id", "pk"):
        found[consent.beneficiary_id].append(consent)
    return found


def _candidate(
    person: Beneficiary,
    match: Match,
    held_codes: list[str],
    requirement: Requirement,
    referential: Referential,
    consents: dict[int, list[ProfileConsent]],
) -> Candidate:
    from employers.matching.explain import explain_reason, nearest_fiche, whole_percent

    fiche = nearest_fiche(requirement, held_codes, referential)
    return Candidate(
        beneficiary=person,
        match=match,
        sentences=tuple(explain_reason(reason, referential) for reason in match.reasons),
        held=sum(reason.state == "held" for reason in match.reasons),
        asked=len(match.reasons),
        trade=f"{fiche.label} : {whole_percent(fiche.covered)} % couvert" if fiche else "",
        consents=tuple(consents[person.pk]),
    )
