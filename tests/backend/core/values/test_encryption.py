"""What is written to disk is sealed, and bound to its place."""

import pytest
from django.db import connection

from backend.core.sealing import encryption
from tests.factories import InterviewFactory

pytestmark = pytest.mark.django_db


def test_a_text_comes_back_as_it_was_written():
    sealed = encryption.encrypt("Demande 4 h de plus.", context="a.b")
    assert encryption.decrypt(sealed, context="a.b") == "Demande 4 h de plus."


def test_the_same_text_is_never_sealed_twice_alike():
    assert encryption.encrypt("x", context="a.b") != encryption.encrypt("x", context="a.b")


def test_a_text_moved_to_another_column_cannot_be_read():
    """SEC-38."""
    sealed = encryption.encrypt("x", context="pathways_interview.synthesis")
    with pytest.raises(encryption.Undecipherable):
        encryption.decrypt(sealed, context="pathways_privatenote.text")


def test_an_old_key_still_reads_after_a_new_one_writes(settings):
    sealed = encryption.encrypt("x", context="a.b")
    settings.FIELD_KEYS = ["a-newer-key", *settings.FIELD_KEYS]
    assert encryption.decrypt(sealed, context="a.b") == "x"
    assert encryption.encrypt("x", context="a.b").split(":")[1] != sealed.split(":")[1]


def test_the_synthesis_of_an_interview_is_unreadable_in_the_database():
    """SEC-38."""
    interview = InterviewFactory(synthesis="Parole confidentielle")
    with connection.cursor() as cursor:
        cursor.execute("SELECT synthesis FROM pathways_interview WHERE id = %s", [interview.pk])
        stored = cursor.fetchone()[0]
    assert "confidentielle" not in stored
    interview.refresh_from_db()
    assert interview.synthesis == "Parole confidentielle"
