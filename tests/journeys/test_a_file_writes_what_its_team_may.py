"""Whatever a structure's own file says of somebody, it is written when the form would have offered it, and only then.

Every file a structure may send, every group of its columns, and everything a person may be to the structure: what the
import does of the line is held against the `may_*` its screens and the API ask. A new file, or a new column, makes a
test red until a fact speaks for it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from backend.core.actor import Role
from backend.exchange.scope import Scope, sent_layouts
from competences.models import Licence, VaeProject, VaeStep
from pathways.models import (
    Derogation,
    EligibilityDiagnosis,
    EntryProfile,
    HoursAmendment,
    HoursWish,
    Immersion,
    MedicalVisit,
    PassProlongation,
    PassSuspension,
    SavedDays,
    Training,
)
from pathways.permissions import accompanies
from tests.backend.exchange.import_jobs import everything
from tests.factories import BeneficiaryFactory, CompetenceFactory, OrganisationFactory, StayFactory, actor_of
from tests.journeys.team_files import (
    CONTACT,
    FACTS,
    FILE,
    FIRST,
    KNOWN,
    NOW,
    PASS,
    PERSON,
    SECOND,
    STATES,
    TOLD,
    TRIED,
    WELCOMED,
    WORKED,
    Fact,
    Lines,
    World,
    at,
    go_elsewhere,
    leave,
    left,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path):
    CompetenceFactory(code="104253")
    place = OrganisationFactory(kind="ACI", external_id="s1")
    made = World(tmp_path, place, actor_of(Role.MANAGER, place))
    with at(WELCOMED):
        assert made.send(KNOWN).faults == []
    with at(NOW):
        yield made


def named(fact: Fact) -> str:
    return f"{fact.file.removesuffix('.csv')}-{fact.name}"


CASES = [
    pytest.param(state, fact, id=f"{state}-{named(fact)}")
    for state in STATES
    for fact in FACTS
    if state in fact.among
]


def stored() -> dict[str, Any]:
    """All that these files write."""
    beside = (
        Derogation,
        EligibilityDiagnosis,
        EntryProfile,
        HoursAmendment,
        HoursWish,
        Immersion,
        Licence,
        MedicalVisit,
        PassProlongation,
        PassSuspension,
        SavedDays,
        Training,
        VaeProject,
        VaeStep,
    )
    return everything() | {model.__name__: list(model.objects.order_by("pk").values()) for model in beside}


def lines_of(world: World, fact: Fact) -> Lines:
    """What the structure knows of the person, sent again, with the line that says something else in its place."""
    line = fact.line(world)
    sent = {"salaries.csv": [PERSON], "contrats.csv": [FIRST, SECOND]}
    if fact.file == "vae_etapes.csv":
        sent["vae.csv"] = [FILE]
    if fact.file == "immersions.csv":
        sent["immersions.csv"] = [TRIED]
    others = [row for row in sent.get(fact.file, []) if row["id"] != line.get("id")]
    return sent | {fact.file: [*others, line]}


@pytest.mark.parametrize(("state", "fact"), CASES)
def test_a_line_is_written_when_the_form_is_offered(world, state, fact):
    STATES[state](world)
    may = fact.may(world)
    before = stored()
    report = world.send(lines_of(world, fact))

    refused = [fault for fault in report.faults if fault.file == fact.file]
    assert {fault.file for fault in report.faults} <= {fact.file}, "the rest of the file is not lost"
    assert not refused if may else refused, (may, refused)
    assert (stored() != before) is may
    for fault in refused:
        assert (
            "structure" in fault.problem
            or "ce passage est terminé" in fault.problem
            or "cette sortie" in fault.problem
        )
        assert fault.what_to_do.endswith(".")


@pytest.mark.parametrize("state", list(STATES))
def test_what_is_already_known_is_unchanged_and_never_refused(world, state):
    STATES[state](world)
    before, was_open = stored(), accompanies(world.manager, world.person)
    report = world.send({**KNOWN, **world.exits})
    assert report.faults == []
    assert all(counts["unchanged"] == counts["read"] for counts in report.counts().values())
    assert stored() == before
    assert accompanies(world.manager, world.person) is was_open


FREE = [fact for fact in FACTS if "elsewhere" in fact.among and fact.name != "one_of_its_own"]
"""An exit without a contract before it is the departure already known."""


@pytest.mark.parametrize("fact", FREE, ids=named)
def test_the_bundles_of_the_operator_stay_free(world, fact):
    go_elsewhere(world)
    before = stored()
    report = world.send_as_operator(lines_of(world, fact))
    assert report.faults == []
    assert stored() != before


def test_every_file_and_every_column_has_its_fact(world):
    """A new file of a structure's, or a new column, is asked here what the screens answer."""
    leave(world, date(2026, 6, 30))
    told: dict[str, set[str]] = {}
    for fact in FACTS:
        told.setdefault(fact.file, set()).update(fact.line(world))
    asked = {layout.name: {column.name for column in layout.columns} for layout in sent_layouts()}
    assert {name: columns - {"structure_id"} for name, columns in told.items()} == asked


def test_a_title_without_its_end_has_the_one_of_its_rule(world):
    """SST, 24 months from date to date; the same line sent again changes nothing."""
    assert Licence.objects.get().expires_on == date(2028, 1, 7)


def test_whoever_comes_back_comes_with_their_new_telephone(world):
    leave(world, date(2026, 6, 30))
    back = FIRST | {"id": "c3", "date_debut": "2026-11-16", "date_fin_prevue": "2027-05-31"}
    said = [TOLD | {"id": "e2", "date": "2026-11-20"}]
    report = world.send(
        {"salaries.csv": [PERSON | CONTACT], "contrats.csv": [FIRST, SECOND, back], "entretiens.csv": said}
    )
    assert report.faults == []
    assert world.person.email == CONTACT["email"]
    assert accompanies(world.manager, world.person)


def test_an_exit_and_the_last_interview_come_in_the_same_file(world):
    last = {
        "entretiens.csv": [TOLD | {"id": "e2", "date": "2026-10-29"}],
        "heures.csv": [WORKED | {"heures": "80"}],
    }
    assert world.send({**KNOWN, **last, **left("2026-09-30", "7")}).faults == []
    assert not accompanies(world.manager, world.person)
    assert world.person.interviews.count() == 2


@pytest.mark.parametrize(
    ("days", "is_elsewhere", "is_taken"), [(31, False, True), (32, False, False), (1, True, False)]
)
def test_the_history_of_whoever_the_files_created_may_follow_for_a_month(
    tmp_path, days, is_elsewhere, is_taken
):
    """They were never anybody else's: a line mended, or the next file of a takeover, still comes in."""
    place = OrganisationFactory(kind="ACI", external_id="s1")
    world = World(tmp_path, place, actor_of(Role.MANAGER, place))
    with at(NOW):
        people = {"salaries.csv": [PERSON], "contrats.csv": [FIRST]}
        assert world.send(people | left("2026-06-30", "7")).faults == []
        if is_elsewhere:
            StayFactory(beneficiary=world.person, started_on=date(2026, 7, 1))
    history = {"pass.csv": [PASS], "heures.csv": [WORKED], "entretiens.csv": [TOLD]}
    with at(NOW + timedelta(days=days)):
        report = world.send(people | history)
    refused = {fault.file for fault in report.faults}
    assert refused == (set() if is_taken else {"pass.csv", "heures.csv", "entretiens.csv"})


def test_a_file_stopped_before_the_stays_is_taken_up(tmp_path):
    """A person stored before their contracts was never here: no door closed on them."""
    place = OrganisationFactory(kind="ACI", external_id="s1")
    world = World(tmp_path, place, actor_of(Role.MANAGER, place))
    with at(WELCOMED):
        BeneficiaryFactory(external_id=f"{Scope(place.pk).prefix}p1", last_name="Fictive")
    with at(NOW):
        sent = {name: rows for name, rows in KNOWN.items() if name != "competences.csv"}
        assert world.send(sent | left("2026-06-30", "7")).faults == []
