"""Every line a CV may show of one person, in words, the best first in each part; nothing but what the actor sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from backend.core.actor import Actor
from backend.core.values.dates import french_date
from backend.core.values.text import alphabetical
from competences.enums import CvPart, Level, ProofStatus, VaeStatus
from competences.models import Assessment, Cv, Licence, Occupation, OccupationCompetence
from competences.rules.cvs import (
    GROUPS,
    MOST_GESTURES,
    ORDER,
    PROPOSED_FROM,
    Line,
    in_a_sentence,
    month_in_words,
    period,
    trade_of,
)
from competences.rules.earned import still_to_note
from competences.rules.licences import holds_on, in_force, same_title
from competences.selectors.person import assessments_of, standing_licences_of, vae_of
from pathways.enums.trainings import TrainingKind, TrainingOutcome
from pathways.models import Beneficiary, Contract, Stay, Training
from pathways.rules.timeline import Step
from pathways.selectors.following.person import immersions_of, stays_of, trainings_of
from pathways.selectors.step_sources import steps_elsewhere
from pathways.selectors.steps import last_day_of

_NO_TRADE = "Emploi"
_JOB, _IMMERSION = "Emploi en entreprise", "Immersion en entreprise"
_CONTRACTS = "e"
"""How the key of a line drawn from contracts begins."""
_OFFERED_APART = frozenset({TrainingKind.BASICS, TrainingKind.FRENCH})
"""What these say to an employer is for the person to weigh: they are offered, never proposed."""
_BY_VAE = {
    VaeStatus.FULL: "obtenu par la VAE",
    VaeStatus.PARTIAL: "une partie obtenue par la VAE",
}


@dataclass(slots=True)
class _Work:
    """One trade in one place, from its first day to its last; None while it lasts."""

    key: str
    trade: str
    place: str
    start: date
    end: date | None
    organisation_id: int | None = None
    rome_code: str = ""
    has_other_trades: bool = False
    gestures: list[str] = field(default_factory=list)

    def holds(self, day: date) -> bool:
        """Whether the person worked there that day, first and last included."""
        return self.start <= day and (self.end is None or day <= self.end)


def lines_offered(actor: Actor, person: Beneficiary, cv: Cv, *, today: date) -> list[Line]:
    """Skills, experiences, then trainings and titles; places are named as `cv` says. A constant number of queries."""
    readings = assessments_of(actor, person.pk)
    return [
        *_skills(readings),
        *_experiences(actor, person, cv, readings, today),
        *_trainings(actor, person, today),
    ]


def is_of_a_contract(line: Line) -> bool:
    """Whether a line tells a trade held under contract, rather than a job or an immersion of which none is known."""
    return line.key.startswith(_CONTRACTS)


def _skills(readings: Iterable[Assessment]) -> Iterator[Line]:
    """One line a competence: its best attested reading, the newest of these."""
    best: dict[int, Assessment] = {}
    for reading in readings:  # the newest first
        known = best.get(reading.competence_id)
        if known is None or _rank(reading) < _rank(known):
            best[reading.competence_id] = reading
    for reading in sorted(
        best.values(), key=lambda each: (_rank(each), -each.level, alphabetical(each.competence.label))
    ):
        yield Line(
            f"s{reading.competence_id}",
            CvPart.SKILLS,
            reading.competence.label,
            how=str(Level(reading.level).label).lower(),
            group=GROUPS[ProofStatus(reading.status)],
            is_proposed=reading.level >= PROPOSED_FROM,
        )


def _rank(reading: Assessment) -> int:
    return ORDER.index(ProofStatus(reading.status))


def _experiences(
    actor: Actor, person: Beneficiary, cv: Cv, readings: Collection[Assessment], today: date
) -> Iterator[Line]:
    found = _works_of(stays_of(actor, person.pk), today, sex=person.sex, is_named=cv.names_structures)
    _tell_gestures(found, readings)
    found += _jobs(steps_elsewhere(actor, [person.pk]).get(person.pk, []), today, is_named=cv.names_firms)
    found += [
        _Work(
            f"i{each.pk}",
            _IMMERSION,
            each.host_name if cv.names_firms else "",
            each.started_on,
            each.last_day,
        )
        for each in immersions_of(actor, person.pk)
        if each.started_on <= today
    ]
    told: set[str] = set()
    for work in sorted(found, key=lambda each: (each.end or date.max, each.start, each.key), reverse=True):
        new = [each for each in dict.fromkeys(work.gestures) if each not in told][:MOST_GESTURES]
        told.update(new)
        yield Line(
            work.key,
            CvPart.WORK,
            work.trade,
            how=work.place,
            when=period(work.start, work.end, today=today),
            more=in_a_sentence(new),
            is_proposed=work.trade != _NO_TRADE,
        )


def _works_of(stays: Iterable[Stay], today: date, *, sex: str, is_named: bool) -> list[_Work]:
    """The contracts of each trade in each place, made one; a stay without contract is one by itself."""
    begun: dict[tuple[Stay, str], list[Contract]] = {}
    for stay in stays:
        contracts = [each for each in stay.contracts.all() if each.started_on <= today]
        for contract in contracts:
            begun.setdefault((stay, contract.rome_code), []).append(contract)
        if not contracts and stay.started_on <= today:
            begun[stay, ""] = []
    known = Occupation.objects.filter(rome_code__in={code for _, code in begun if code})
    trades = {each.rome_code: each.label for each in known}
    codes = defaultdict(set)
    for stay, code in begun:
        codes[stay].add(code)
    return [
        _Work(
            key=f"{_CONTRACTS}{stay.pk}-{code}",
            trade=trade_of(trades.get(code, _NO_TRADE), sex),
            place=stay.organisation.name if is_named else "",
            start=min((each.started_on for each in contracts), default=stay.started_on),
            end=_last_of([last_day_of(each, stay) for each in contracts] or [stay.ended_on]),
            organisation_id=stay.organisation_id,
            rome_code=code,
            has_other_trades=len(codes[stay]) > 1,
        )
        for (stay, code), contracts in begun.items()
    ]


def _last_of(days: Iterable[date | None]) -> date | None:
    known = [day or date.max for day in days]
    return None if max(known) == date.max else max(known)


def _jobs(steps: Iterable[Step], today: date, *, is_named: bool) -> list[_Work]:
    """Jobs found with an ordinary employer."""
    return [
        _Work(f"j{step.start.isoformat()}", _JOB, step.structure if is_named else "", step.start, step.end)
        for step in steps
        if step.start <= today
    ]


def _tell_gestures(works: Collection[_Work], readings: Collection[Assessment]) -> None:
    """What was seen done there and then; where somebody held several trades, under the trade it belongs to."""
    seen = [
        each
        for each in readings
        if each.status != ProofStatus.DECLARED and each.organisation_id and each.level >= PROPOSED_FROM
    ]
    of_trades = _gestures_of({work.rome_code for work in works if work.has_other_trades})
    for reading in sorted(seen, key=lambda each: (-each.level, alphabetical(each.competence.label))):
        for work in works:
            is_there = work.organisation_id == reading.organisation_id and work.holds(reading.assessed_on)
            if is_there and (not work.has_other_trades or reading.competence_id in of_trades[work.rome_code]):
                work.gestures.append(reading.competence.label)


def _gestures_of(codes: set[str]) -> Mapping[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    if codes:
        links = OccupationCompetence.objects.filter(occupation__rome_code__in=codes)
        for code, competence in links.values_list("occupation__rome_code", "competence_id"):
            found[code].add(competence)
    return found


def _trainings(actor: Actor, person: Beneficiary, today: date) -> Iterator[Line]:
    """Certifications, then titles that hold that day with their last one, then trainings followed."""
    for vae in vae_of(actor, person.pk):
        if how := _BY_VAE.get(VaeStatus(vae.status)):
            yield _line(f"v{vae.pk}", vae.certification, how, month_in_words(vae.reached_on))
    licences = standing_licences_of(actor, person.pk)
    yield from _titles(licences, today)
    trained = trainings_of(actor, person.pk)
    to_note = {each.pk for each in still_to_note(trained, licences)}
    for training in trained:
        if _is_told(training, today):
            yield _of_training(
                training, today, is_noted=bool(training.licence) and training.pk not in to_note
            )


def _titles(licences: Iterable[Licence], today: date) -> Iterator[Line]:
    """A title keeps the key of its first row: once renewed, it is still the one that was chosen."""
    rows = list(licences)
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        first.setdefault(same_title(row), row.pk)
    for held in in_force(rows):
        if holds_on(held, today):
            until = f"valable jusqu’au {french_date(held.expires_on)}" if held.expires_on else ""
            yield _line(f"l{first[same_title(held)]}", str(held), until, month_in_words(held.obtained_on))


def _is_told(training: Training, today: date) -> bool:
    """One that was left, or is to come, is nobody's to read; neither is a certificate not obtained."""
    return training.started_on <= today and training.outcome != TrainingOutcome.ABANDONED


def _of_training(training: Training, today: date, *, is_noted: bool) -> Line:
    is_certified = training.outcome == TrainingOutcome.CERTIFIED
    is_under_way = not training.outcome and training.last_day >= today
    words = [training.provider, "certificat obtenu" if is_certified else "en cours" if is_under_way else ""]
    is_usual = TrainingKind(training.kind) not in _OFFERED_APART and (bool(training.outcome) or is_under_way)
    return _line(
        f"t{training.pk}",
        training.title,
        ", ".join(filter(None, words)),
        period(training.started_on, training.last_day, today=today),
        is_proposed=is_usual and not (is_certified and is_noted),
    )


def _line(key: str, what: str, how: str, when: str, *, is_proposed: bool = True) -> Line:
    return Line(key, CvPart.TRAINING, what, how=how, when=when, is_proposed=is_proposed)
