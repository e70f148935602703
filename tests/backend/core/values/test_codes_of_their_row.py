"""SEC-38: a code on health or justice is one text among others for the base, and opens in its row only."""

import hashlib
import json
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db.models import TextField
from django.db.models.functions import Cast

from backend.core.sealing import resealing
from backend.core.sealing.codes import own, saying
from backend.core.sealing.encryption import Undecipherable, Unread, is_of_a_row
from backend.core.sealing.migrating import seal, unseal
from backend.exchange.importing.memory import print_of
from backend.exchange.models import Received
from pathways.enums import BarrierTheme, Criterion, DerogationMotive
from pathways.models import BarrierReading, EntryProfile, Exit
from pathways.rules.exits.motives import MOTIVE_CHOICES
from tests.factories import (
    BarrierReadingFactory,
    DerogationFactory,
    EligibilityDiagnosisFactory,
    EntryProfileFactory,
    ExitFactory,
    MedicalVisitFactory,
)

pytestmark = pytest.mark.django_db


def stored(row, column):
    """As the base holds it."""
    said = Cast(column, TextField())
    return type(row)._base_manager.annotate(said=said).values_list("said", flat=True).get(pk=row.pk)


def put(row, column, text):
    """As somebody who holds the base would."""
    type(row)._base_manager.filter(pk=row.pk).update(**{column: Unread(text)})


def test_the_base_does_not_tell_one_code_from_another_not_even_by_its_length():
    readings = [BarrierReadingFactory(theme=theme) for theme in BarrierTheme]
    motives = [ExitFactory(motive=code) for code, _ in MOTIVE_CHOICES]
    flags = [EntryProfileFactory(rqth=known) for known in (True, False)]
    derogations = [DerogationFactory(motive=motive) for motive in DerogationMotive]
    for rows, column in ((readings, "theme"), (motives, "motive"), (flags, "rqth"), (derogations, "motive")):
        said = [stored(row, column) for row in rows]
        of_row = {len(str(row.pk)) for row in rows}
        assert len(set(said)) == len(said)
        assert all(is_of_a_row(each) for each in said)
        assert len({len(each) for each in said}) <= len(of_row), (
            "only the number of the row shows in the length"
        )


@pytest.mark.parametrize("criteria", [[], ["AAH"], [Criterion.RSA, Criterion.JUSTICE, Criterion.FRENCH]])
def test_how_many_criteria_there_are_is_not_told_either(criteria):
    none, some = EligibilityDiagnosisFactory(criteria=[]), EligibilityDiagnosisFactory(criteria=criteria)
    assert len(stored(none, "criteria")) == len(stored(some, "criteria"))
    some.refresh_from_db()
    assert some.criteria == criteria


def test_two_codes_that_change_places_do_not_open():
    one, other = EntryProfileFactory(rqth=True), EntryProfileFactory(rqth=False)
    mine, theirs = stored(one, "rqth"), stored(other, "rqth")
    put(one, "rqth", theirs)
    read = EntryProfile.objects.get(pk=one.pk)
    with pytest.raises(Undecipherable):
        read.rqth  # noqa: B018
    assert EntryProfile.objects.defer("rqth").get(pk=one.pk).aah == one.aah, "what else is there reads on"
    put(one, "rqth", mine)
    assert EntryProfile.objects.get(pk=one.pk).rqth is True
    left, gone = ExitFactory(motive="16"), ExitFactory(motive="3")
    put(left, "motive", stored(gone, "motive"))
    ((pk, motive),) = Exit.objects.filter(pk=left.pk).values_list("pk", "motive")
    with pytest.raises(Undecipherable):
        own(motive, pk)


def test_what_is_empty_stays_so_and_is_asked_of_the_base():
    ExitFactory(motive="16")
    unsaid, unknown = ExitFactory(motive=""), EntryProfileFactory(rqth=None)
    assert list(Exit.objects.filter(motive="")) == [unsaid]
    assert list(EntryProfile.objects.filter(rqth=None)) == [unknown]


@pytest.mark.parametrize("asked", [{"motive": "16"}, {"motive__in": ["16"]}, {"motive__gt": ""}])
def test_the_base_is_never_asked_for_a_code_it_would_silently_not_find(asked):
    with pytest.raises(FieldError):
        list(Exit.objects.filter(**asked))


def test_those_who_say_something_are_found_once_opened():
    ill, gone, unsaid = ExitFactory(motive="16"), ExitFactory(motive="3"), ExitFactory(motive="")
    assert set(saying(Exit.objects.all(), "motive", ["16"])) == {ill}
    assert set(saying(Exit.objects.all(), "motive", ["3", "16"])) == {ill, gone}
    assert unsaid not in saying(Exit.objects.filter(pk__in=[gone.pk, unsaid.pk]), "motive", ["3"])


def test_rows_written_many_at_once_are_bound_by_the_clock():
    kept = BarrierReadingFactory(theme="SANTE")
    made = BarrierReading.objects.bulk_create(
        BarrierReading(beneficiary=kept.beneficiary, theme=theme, impact=2, read_on=date(2026, 11, 3))
        for theme in ("JUSTICE", "MOBILITE")
    )
    assert not is_of_a_row(stored(made[0], "theme"))
    resealing.bind_to_rows()
    assert all(is_of_a_row(stored(row, "theme")) for row in made)
    assert [row.theme for row in BarrierReading.objects.order_by("pk")] == ["SANTE", "JUSTICE", "MOBILITE"]


CLEAR = [
    (EntryProfileFactory, "rqth", True, ("1", "true")),
    (EntryProfileFactory, "left_detention", False, ("0", "false")),
    (EligibilityDiagnosisFactory, "criteria", ["RSA", "AAH"], ('["RSA", "AAH"]', '["RSA","AAH"]')),
    (MedicalVisitFactory, "due_on", date(2027, 3, 1), ("2027-03-01",)),
    (ExitFactory, "motive", "16", ("16",)),
]


@pytest.mark.parametrize(("make", "column", "value", "in_clear"), CLEAR, ids=[each[1] for each in CLEAR])
def test_a_column_in_clear_is_sealed_row_by_row_and_can_be_given_back(make, column, value, in_clear):
    """As each of the two engines writes it once the column became a text."""
    row = make()
    place = (row._meta.app_label, row._meta.model_name, column)
    for clear in in_clear:
        put(row, column, clear)
        for _ in range(2):
            seal(place)(apps, None)
        assert is_of_a_row(stored(row, column))
        assert getattr(type(row).objects.get(pk=row.pk), column) == value
    unseal(place)(apps, None)
    assert stored(row, column) in {*in_clear, '["RSA","AAH"]'}


def test_prints_made_without_a_key_take_one_once():
    profile = EntryProfileFactory(rqth=True)
    said = json.dumps([profile._meta.label, profile.pk, "rqth", True])
    bare = hashlib.sha256(said.encode()).hexdigest()[:16]
    kept = Received.objects.create(
        kind=profile._meta.label, row_id=profile.pk, prints={"rqth": bare, f"rqth {bare}": bare}
    )
    migration = import_module("backend.exchange.migrations.0010_prints_need_a_key")
    for _ in range(2):
        migration.take_a_key(apps, None)
    kept.refresh_from_db()
    keyed = print_of(profile, "rqth", True)
    assert kept.prints == {"rqth": keyed, f"rqth {keyed}": keyed}


def test_no_print_of_a_code_can_be_guessed(settings):
    profile = EntryProfileFactory(rqth=True)
    before = print_of(profile, "rqth", True)
    settings.PSEUDONYM_KEY = "une autre clé, tirée pour ce test"
    assert print_of(profile, "rqth", True) != before, "whoever lacks our key cannot try yes and no"
