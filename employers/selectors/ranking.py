"""Who could do this job, in front of the people who accompany them: by competences, with reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from backend.core.actor import Actor
from competences.models import Assessment
from employers.enums import ConsentDecision, Fit
from employers.matching.vocabulary import HeldCompetence, Match, Profile, RequiredCompetence, Requirement
from employers.models import JobProposal, ProfileConsent, WorkTask
from employers.permissions import may_ask_consent
from employers.rules.fit import fit_of
from employers.selectors.referential import current_referential
from pathways.models import Beneficiary

if TYPE_CHECKING:
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


def people_for_ranking(actor: Actor, today: date) -> list[Beneficiary]:
    """People the actor accompanies who are in a structure today; nobody for who only reads."""
    if not may_ask_consent(actor):
        return []
    seen = Beneficiary.objects.accompanied_by(actor)
    return list(seen.present_on(today, actor.thread_ids | actor.organisation_ids))


def profiles_of(people: Iterable[Beneficiary]) -> list[Profile]:
    """What each person holds, under a key that says nothing of who they are: an allow-list of two fields."""
    people = list(people)
    held: dict[int, list[HeldCompetence]] = defaultdict(list)
    latest = Assessment.objects.filter(beneficiary__in=people).latest_per_competence()
    for beneficiary_id, code, level in latest.values_list("beneficiary_id", "competence__code", "level"):
        held[beneficiary_id].append(HeldCompetence(code, level))
    return [Profile(str(person.pk), tuple(held[person.pk])) for person in people]


def rank_people(actor: Actor, proposal: JobProposal, *, today: date, top: int | None = 20) -> list[Candidate]:
    """The people of the actor in front of this job; empty while its tasks ask for no competence."""
    from employers.matching.ranking import rank

    if not proposal.is_open:
        return []
    requirement = requirement_of(tasks_of(proposal), key=str(proposal.pk))
    people = people_for_ranking(actor, today)
    if not requirement.competences or not people:
        return []
    referential = current_referential()
    profiles = {profile.id: profile for profile in profiles_of(people)}
    matches = rank(requirement, profiles.values(), referential, top=top)
    by_id = {str(person.pk): person for person in people}
    consents = _consents(actor, proposal)
    return [
        _candidate(by_id[match.profile], match, profiles[match.profile], requirement, referential, consents)
        for match in matches
        if match.score > 0
    ]


def _consents(actor: Actor, proposal: JobProposal) -> dict[int, list[ProfileConsent]]:
    found: dict[int, list[ProfileConsent]] = defaultdict(list)
    rows = ProfileConsent.objects.visible_to(actor).filter(proposal=proposal).select_related("employer")
    for consent in rows.order_by("employer_id", "pk"):
        found[consent.beneficiary_id].append(consent)
    return found


def _candidate(
    person: Beneficiary,
    match: Match,
    profile: Profile,
    requirement: Requirement,
    referential: Referential,
    consents: dict[int, list[ProfileConsent]],
) -> Candidate:
    from employers.matching.explain import explain_reason, nearest_fiche, whole_percent

    fiche = nearest_fiche(requirement, [held.code for held in profile.competences], referential)
    return Candidate(
        beneficiary=person,
        match=match,
        sentences=tuple(explain_reason(reason, referential) for reason in match.reasons),
        held=sum(reason.state == "held" for reason in match.reasons),
        asked=len(match.reasons),
        trade=f"{fiche.label} : {whole_percent(fiche.covered)} % couvert" if fiche else "",
        consents=tuple(consents[person.pk]),
    )
