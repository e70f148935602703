"""One line of a person, whoever asks: the page, the board, the alerts and the API say the same of who waits."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from backend.alerts.registry import alerts_for
from backend.core.actor import Actor, Role
from backend.core.values.dates import months_after
from employers.services import hire
from pathways.models import Beneficiary, Stay
from pathways.permissions import accompanies
from pathways.rules.exits.motives import MOTIVES_BY_CODE
from pathways.selectors import between_steps, thread_of
from pathways.selectors.between import BetweenRow
from tests.factories import (
    TODAY,
    BeneficiaryFactory,
    ContractFactory,
    EmployerFactory,
    ExitFactory,
    OrganisationFactory,
    PlacementFactory,
    StayFactory,
    actor_of,
)
from tests.queries import assert_same_queries
from tests.worlds.two_houses import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def place():
    return OrganisationFactory()


@pytest.fixture
def advisor(place):
    return actor_of(Role.ADVISOR, place)


def hired(advisor: Actor, place, *, months: int, on: date, kind: str = "CDD"):
    stay = StayFactory(organisation=place, started_on=months_after(on, -8))
    ContractFactory(stay=stay, planned_end_on=None)
    employer = EmployerFactory(organisation=place, name="Brioches du Val")
    return hire(
        actor=advisor, stay=stay, employer=employer, kind=kind, months=months or None, started_on=on
    ).beneficiary


@pytest.mark.parametrize(
    ("months", "started_on", "since"),
    [
        (2, date(2026, 6, 1), date(2026, 8, 1)),
        (2, date(2026, 9, 22), date(2026, 11, 22)),
        (2, date(2026, 9, 23), None),
        (7, date(2026, 6, 1), None),
        (18, date(2025, 2, 1), date(2026, 8, 1)),
        (0, date(2026, 6, 1), None),
    ],
    ids=["over", "over since today", "ends today", "still there", "left us 21 months ago", "CDI"],
)
def test_someone_whose_job_is_over_is_between_two_again(place, advisor, months, started_on, since):
    person = hired(advisor, place, months=months, on=started_on, kind="CDD" if months else "CDI")

    line = thread_of(advisor, person, today=TODAY)
    drawn = since if accompanies(advisor, person) else None  # behind a closed door no gap is drawn
    assert (line.gap_in_progress.start if line.gap_in_progress else None) == drawn
    rows = between_steps(advisor, TODAY)
    assert [(row.beneficiary, row.since, row.last_structure) for row in rows] == (
        [(person, since, "Brioches du Val")] if since else []
    )
    told = {alert.beneficiary_id for alert in alerts_for(advisor, TODAY) if alert.kind == "between_steps"}
    assert told == ({person.pk} if since else set())
    answer = client_of(advisor).get(f"/api/v1/people/{person.pk}/thread/").json()
    assert answer["is_between_two"] is (drawn is not None)
    assert [step["kind"] for step in answer["steps"]] == ["ACI", "EMPLOI"]


@pytest.mark.parametrize(("months", "between"), [(2, True), (9, False), (None, False)])
def test_the_length_written_on_an_exit_ends_the_job_when_no_hire_was_recorded(
    place, advisor, months, between
):
    stay = StayFactory(organisation=place, ended_on=date(2026, 5, 31))
    ExitFactory(stay=stay, motive="10" if months == 2 else "9", contract_months=months)

    assert [row.since for row in between_steps(advisor, TODAY)] == ([date(2026, 8, 1)] if between else [])


def test_the_end_written_of_a_job_wins_over_its_term(place, advisor):
    person = hired(advisor, place, months=12, on=date(2026, 6, 1))
    person.placements.update(ended_on=date(2026, 10, 31))

    assert [row.since for row in between_steps(advisor, TODAY)] == [date(2026, 11, 1)]


def any_life(random: Random, place, others) -> None:
    """Some stays, contracts, exits and jobs, in any order and at any distance."""
    person = BeneficiaryFactory()
    day = date(2023, 6, 1) + timedelta(days=random.randint(0, 900))
    count = random.randint(1, 3)
    for rank in range(count):
        where = random.choice([place, *others])
        length = random.randint(0, 200)
        is_open = rank == count - 1 and random.random() < 0.4
        ended_on = None if is_open else day + timedelta(days=length)
        stay = StayFactory(beneficiary=person, organisation=where, started_on=day, ended_on=ended_on)
        for _ in range(random.randint(0, 2)):
            start = day + timedelta(days=random.randint(0, length))
            end = random.choice([None, start + timedelta(days=random.randint(0, 120))])
            ContractFactory(stay=stay, started_on=start, planned_end_on=end)
        if ended_on is not None and random.random() < 0.8:
            months = random.choice([None, 1, 2, 5, 6, 12, 18])
            exit_ = ExitFactory(
                stay=stay,
                occurred_on=ended_on,
                motive=random.choice(["", *MOTIVES_BY_CODE]),
                contract_months=months,
            )
            if random.random() < 0.4:
                kind, term = random.choice([("CDI", None), ("CDD", random.randint(1, 20))])
                PlacementFactory(
                    beneficiary=person,
                    exit=exit_,
                    kind=kind,
                    months=term,
                    started_on=ended_on,
                    ended_on=random.choice([None, None, ended_on + timedelta(days=random.randint(0, 300))]),
                )
        day += timedelta(days=length + random.randint(1, 500))


@pytest.mark.parametrize("seed", range(6))
def test_the_board_lists_exactly_those_whose_page_says_between_two(place, advisor, seed):
    random = Random(seed)
    others = [OrganisationFactory(group=place.group), OrganisationFactory()]
    for _ in range(20):
        any_life(random, place, others)

    for actor in (advisor, actor_of(Role.GROUP_HEAD, place)):
        rows = between_steps(actor, TODAY)
        listed = {row.beneficiary.pk for row in rows}
        covered = Stay.objects.covered_by(actor).values("beneficiary_id")
        people = Beneficiary.objects.accompanied_by(actor, TODAY).filter(pk__in=covered)
        waiting = {each.pk for each in people if thread_of(actor, each, today=TODAY).is_between_two}
        opened = set(people.values_list("pk", flat=True))
        assert listed & opened == waiting
        assert listed
        elsewhere = [row for row in rows if row.beneficiary.pk not in opened and not let_go_by(actor, row)]
        assert elsewhere == [], "behind a closed door, only who left this structure last is watched"


def let_go_by(actor: Actor, row: BetweenRow) -> bool:
    """Whether a structure of the actor let the person go, and none elsewhere kept them until the wait began."""
    stays = Stay.objects.filter(beneficiary=row.beneficiary)
    ours = stays.filter(organisation__in=actor.organisation_ids, ended_on__lt=row.since)
    theirs = stays.exclude(organisation__in=actor.organisation_ids)
    return ours.exists() and not theirs.filter(ended_on=row.since - timedelta(days=1)).exists()


def test_more_jobs_ask_no_more_queries(place, advisor):
    def grow(count):
        for _ in range(count):
            hired(advisor, place, months=2, on=date(2026, 6, 1))

    assert_same_queries(lambda: between_steps(advisor, TODAY), grow)
