"""SEC-38: a sealed text opens in the row it was written for, and in no other of the same column."""

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.db.models import TextField
from django.db.models.functions import Cast

from backend.core.sealing import resealing
from backend.core.sealing.encryption import UNREADABLE, Unread, encrypt, is_of_a_row
from backend.core.sealing.migrating import seal, unseal
from pathways.models import Interview, PrivateNote
from tests.factories import ActionFactory, InterviewFactory, PassportFactory, PrivateNoteFactory

pytestmark = pytest.mark.django_db


def stored(row, column):
    """As the base holds it."""
    said = Cast(column, TextField())
    return type(row)._base_manager.annotate(said=said).values_list("said", flat=True).get(pk=row.pk)


def put(row, column, text):
    """As somebody who holds the base would."""
    type(row)._base_manager.filter(pk=row.pk).update(**{column: Unread(text)})


def swap(one, other, column):
    mine, theirs = stored(one, column), stored(other, column)
    put(one, column, theirs)
    put(other, column, mine)


@pytest.mark.parametrize(
    ("make", "column"),
    [(InterviewFactory, "synthesis"), (PrivateNoteFactory, "text"), (PassportFactory, "content")],
    ids=["synthesis", "note", "passport"],
)
def test_two_texts_that_change_places_do_not_open(make, column):
    one, other = make(**{column: "Ce qui est à l’une"}), make(**{column: "Ce qui est à l’autre"})
    swap(one, other, column)
    for row in (one, other):
        row.refresh_from_db()
        assert getattr(row, column) == UNREADABLE
        assert isinstance(getattr(row, column), Unread)
        row.save()  # and whoever saves the row loses nothing
    swap(one, other, column)
    one.refresh_from_db()
    assert getattr(one, column) == "Ce qui est à l’une"


def test_a_new_text_is_bound_at_once_and_a_corrected_one_too():
    note = PrivateNoteFactory(text="Premier")
    assert is_of_a_row(stored(note, "text"))
    note.text = "Second"
    note.save(update_fields=["text"])
    assert is_of_a_row(stored(note, "text"))
    assert PrivateNote.objects.get(pk=note.pk).text == "Second"


def test_texts_written_many_at_once_are_bound_by_the_clock():
    kept = InterviewFactory()
    fields = {
        field.attname: getattr(kept, field.attname)
        for field in Interview._meta.concrete_fields
        if not field.primary_key and field.attname != "external_id"
    }
    one, other = Interview.objects.bulk_create(
        Interview(**{**fields, "synthesis": said}) for said in ("A", "B")
    )
    assert not is_of_a_row(stored(one, "synthesis"))
    assert resealing.bind_to_rows() == 2
    assert resealing.bind_to_rows() == 0
    one.refresh_from_db()
    assert one.synthesis == "A"
    swap(one, other, "synthesis")
    one.refresh_from_db()
    assert one.synthesis == UNREADABLE


def test_a_text_of_before_is_still_read_then_bound():
    note = PrivateNoteFactory(text="x")
    put(note, "text", encrypt("Écrit avant", context="pathways_privatenote.text"))
    note.refresh_from_db()
    assert note.text == "Écrit avant"
    assert resealing.bind_to_rows() == 1
    assert is_of_a_row(stored(note, "text"))


def test_a_new_key_leaves_each_text_to_its_row(settings):
    one, other = PrivateNoteFactory(text="À l’une"), PrivateNoteFactory(text="À l’autre")
    former = configured.FIELD_KEYS
    settings.FIELD_KEYS = ["une clé neuve, tirée pour ce test", *former]
    swap(one, other, "text")  # before the key changes: changing it must not make the swap good
    resealing.reseal(lambda count: None)
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    one.refresh_from_db()
    assert one.text == UNREADABLE
    swap(one, other, "text")
    one.refresh_from_db()
    assert one.text == "À l’une"


def test_a_text_read_alone_or_later_is_looked_at_too():
    one, other = PrivateNoteFactory(text="À l’une"), PrivateNoteFactory(text="À l’autre")
    swap(one, other, "text")
    assert PrivateNote.objects.defer("text").get(pk=one.pk).text == UNREADABLE
    assert PrivateNote.objects.only("text").get(pk=one.pk).text == UNREADABLE


def test_a_column_in_clear_is_sealed_row_by_row_and_can_be_given_back():
    column = ("pathways", "action", "label")
    one, other = ActionFactory(label="Appeler le centre"), ActionFactory(label="x")
    put(one, "label", "Appeler le centre")
    put(other, "label", "Écrire au bailleur")
    for _ in range(2):
        seal(column)(apps, None)
    assert all(is_of_a_row(stored(row, "label")) for row in (one, other))
    one.refresh_from_db()
    assert one.label == "Appeler le centre"
    swap(one, other, "label")
    one.refresh_from_db()
    assert one.label == UNREADABLE
    swap(one, other, "label")
    unseal(column)(apps, None)
    assert stored(other, "label") == "Écrire au bailleur"
