"""Whatever changes, in whatever order, the index and the plain formula say the same of the same people."""

from __future__ import annotations

import random
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from competences.enums import Level, ProofStatus
from competences.models import Assessment, SkillChange
from competences.selectors.changes import people_changed_since
from competences.services.changes import READINGS_KEPT, begin_reading, forget_what_nobody_asks
from competences.triggers import ensure
from employers.selectors import people_index
from employers.selectors.people_index import current_index, index_file
from employers.selectors.ranking import rank_people
from employers.selectors.referential import current_referential
from employers.services.people_index import FEW_CHANGES, refresh_people_index
from employers.tasks import refresh_index
from tests.committing import committing
from tests.employers.selectors.test_employer_ranking import asked_for, holds, present  # noqa: F401 (a fixture)
from tests.factories import AssessmentFactory, BeneficiaryFactory, CompetenceFactory
from tests.needed import only_on


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def ranking(bakery, today, top=20):
    found = rank_people(bakery.advisor, bakery.proposal, today=today, top=top)
    return [(each.beneficiary.pk, each.match, each.sentences, each.trade, each.held) for each in found]


def plainly(bakery, today, monkeypatch, top=20):
    with monkeypatch.context() as patch:
        patch.setattr("employers.selectors.ranking.current_index", lambda referential: None)
        return ranking(bakery, today, top)


def believed():
    return current_index(current_referential())


@committing
@pytest.mark.parametrize("seed", range(3))
def test_after_any_change_the_ranking_is_the_plain_one(bakery, asked_for, today, monkeypatch, seed):  # noqa: F811
    draw = random.Random(seed)
    people = [present(bakery) for _ in range(12)]
    words = [*asked_for, *(CompetenceFactory(macro_code="M1", functional_code="4A1") for _ in range(3))]

    def something_happens():
        person, word, level = draw.choice(people), draw.choice(words), draw.choice(Level.values)
        mine = Assessment.objects.filter(beneficiary=person).order_by("pk")
        match draw.randrange(5):
            case 0:
                mine.filter(competence=word).delete()
            case 1:
                mine.update(level=level)
            case 2:
                mine.filter(pk__in=list(mine.values_list("pk", flat=True)[:1])).update(
                    beneficiary=BeneficiaryFactory()
                )
            case _:
                AssessmentFactory(
                    beneficiary=person, competence=word, level=level, observer_name=str(draw.random())
                )

    for _ in range(40):
        something_happens()
    assert refresh_people_index() is not None
    assert not believed().changed
    for top in (1, 3, 20, None):
        assert ranking(bakery, today, top) == plainly(bakery, today, monkeypatch, top)
    for _ in range(15):
        something_happens()
        assert ranking(bakery, today, 5) == plainly(bakery, today, monkeypatch, 5)
    assert believed().changed


def test_what_was_just_observed_is_ranked_at_the_next_request(bakery, asked_for, today):  # noqa: F811
    first, second = holds(present(bakery), asked_for[0]), holds(present(bakery), *asked_for[:2])
    refresh_people_index()
    assert [row[0] for row in ranking(bakery, today)] == [second.pk, first.pk]

    holds(first, *asked_for[1:3])

    assert [row[0] for row in ranking(bakery, today)] == [first.pk, second.pk]


def test_whoever_writes_the_base_writes_it_down(db):
    held, other, word = AssessmentFactory(), BeneficiaryFactory(), CompetenceFactory()
    person = held.beneficiary_id
    gestures = {
        "created by hundreds": lambda: Assessment.objects.bulk_create(
            [Assessment(beneficiary=other, competence=word, level=1, assessed_on=held.assessed_on)]
        ),
        "changed by a set": lambda: Assessment.objects.filter(pk=held.pk).update(level=Level.ALONE),
        "given to somebody else": lambda: Assessment.objects.filter(pk=held.pk).update(beneficiary=other),
        "written by hand": lambda: _sql("UPDATE competences_assessment SET level = 2"),
        "deleted": lambda: Assessment.objects.all().delete(),
    }
    seen = {}
    for name, gesture in gestures.items():
        SkillChange.objects.all().delete()
        gesture()
        seen[name] = set(SkillChange.objects.values_list("person", flat=True))

    assert seen == {
        "created by hundreds": {other.pk},
        "changed by a set": {person},
        "given to somebody else": {person, other.pk},
        "written by hand": {other.pk},
        "deleted": {other.pk},
    }


def _sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_table_made_again_is_watched_again_and_no_index_of_before_is_believed(bakery, asked_for):  # noqa: F811
    refresh_people_index()
    assert believed() is not None
    for gesture in ("insert", "update", "delete"):
        on = "" if connection.vendor == "sqlite" else " ON competences_assessment"
        _sql(f"DROP TRIGGER skill_change_on_{gesture}{on}")
    AssessmentFactory()

    ensure()

    assert believed() is None
    SkillChange.objects.all().delete()
    AssessmentFactory()
    assert SkillChange.objects.count() == 1


@pytest.mark.parametrize("harm", ["absent", "cut short", "of another base", "of other words", "forgotten"])
def test_a_file_that_may_be_wrong_is_not_read(bakery, asked_for, today, monkeypatch, harm):  # noqa: F811
    holds(present(bakery), *asked_for)
    refresh_people_index()
    assert believed() is not None
    file = index_file()
    match harm:
        case "absent":
            file.unlink()
        case "cut short":
            file.write_bytes(file.read_bytes()[:-1])
        case "of another base":
            people_index._believed.cache_clear()
            monkeypatch.setattr(people_index, "this_base", lambda: "another")
        case "of other words":
            from employers.selectors import referential

            CompetenceFactory()
            referential._built.cache_clear()
        case "forgotten":
            for _ in range(READINGS_KEPT):
                begin_reading()
            forget_what_nobody_asks()

    assert believed() is None
    assert ranking(bakery, today) == plainly(bakery, today, monkeypatch) != []
    if harm != "of another base":
        refresh_index()
        assert believed() is not None


@committing
def test_the_index_is_made_again_when_many_changed_and_only_then(bakery, asked_for):  # noqa: F811
    assert refresh_people_index() == 0
    assert refresh_people_index() is None
    AssessmentFactory.create_batch(2, competence=asked_for[0])
    assert refresh_people_index() is None
    Assessment.objects.bulk_create(
        Assessment(beneficiary=person, competence=asked_for[0], level=1, assessed_on="2026-01-05")
        for person in BeneficiaryFactory.create_batch(FEW_CHANGES)
    )
    assert refresh_people_index() == FEW_CHANGES + 2
    assert refresh_people_index(anyway=True) == FEW_CHANGES + 2
    assert SkillChange.objects.exclude(token="").count() <= READINGS_KEPT


@committing
def test_what_nobody_asks_any_more_is_forgotten_and_nothing_else():
    AssessmentFactory()
    readings = []
    for _ in range(READINGS_KEPT + 2):
        readings.append(begin_reading())
        AssessmentFactory()
    said = {reading: people_changed_since(reading) for reading in readings}

    forget_what_nobody_asks()

    assert [people_changed_since(reading) for reading in readings[:2]] == [None, None]
    assert {r: people_changed_since(r) for r in readings[2:]} == {r: said[r] for r in readings[2:]}
    assert SkillChange.objects.filter(person__isnull=False).count() == READINGS_KEPT
    assert people_changed_since("") is None


@committing
def test_a_change_written_before_the_reading_and_seen_after_it_is_a_change(today):
    """Its number is smaller than ours, and no reading of before saw it."""
    only_on("postgresql", because="on SQLite one transaction writes at a time")
    person, word = BeneficiaryFactory(), CompetenceFactory()
    written, read = Event(), Event()

    def slow_colleague():
        with transaction.atomic():
            Assessment.objects.create(
                beneficiary=person, competence=word, level=2, status=ProofStatus.OBSERVED, assessed_on=today
            )
            written.set()
            read.wait(10)
        connection.close()

    colleague = Thread(target=slow_colleague)
    colleague.start()
    assert written.wait(10)
    AssessmentFactory()
    reading = begin_reading()
    assert people_changed_since(reading) == []
    read.set()
    colleague.join()

    assert people_changed_since(reading) == [person.pk]
