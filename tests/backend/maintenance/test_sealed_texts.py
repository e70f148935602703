"""A key is lost: nothing is broken and nothing is destroyed. A key is changed: everything follows, and the old one may go."""

from __future__ import annotations

import ast

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from backend.accounts.second_factor import current_code
from backend.core.api.errors import french_errors
from backend.core.health import checks
from backend.core.sealing import resealing
from backend.core.sealing.encryption import UNREADABLE, Undecipherable, Unread
from backend.core.sealing.places import each_sealed, places
from backend.mail.delivery import deliver
from backend.mail.enums import MessageState
from backend.web.views.busy import server_error
from pathways.models import PrivateNote
from tests.factories import (
    InterviewFactory,
    MembershipFactory,
    UserFactory,
)
from tests.house.tree import modules
from tests.signin import give_second_factor
from tests.worlds.sealed import CODES, IN_PYTHON, SECRET, TEXTS, sealed_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(db):
    """One sealed text or code in each place, by the name of its place."""
    return sealed_rows()


def stored():
    """Every sealed text as the base holds it, by place."""
    return {
        place.label: [each for _, row in place.rows(None, 100) for each in each_sealed(row)]
        for place in places()
    }


def test_every_place_where_something_is_sealed_is_known(rows):
    """SEC-38."""
    assert set(rows) == {place.label for place in places()}
    assert {field.context for field in (*TEXTS, *CODES)} <= set(rows)
    assert {field.context for field in CODES} == set(IN_PYTHON)
    elsewhere = {
        path
        for path, tree in modules()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"encrypt", "encryption.encrypt"}
    }
    assert elsewhere == {
        "backend/core/sealing/encryption.py",
        "backend/core/sealing/migrating.py",
        "backend/core/sealing/resealing.py",
        "backend/accounts/adapters.py",  # mfa_authenticator.data
        "backend/accounts/keys/sealed.py",  # the same, through the adapter
        "backend/core/api/replays.py",  # core_idempotencyrecord.body
        "backend/web/forms/search.py",  # in an address, for the time of a search: nothing is kept
    }


OF_OTHER_TABLES = {
    "backend/demo/loading/follow_up.py": "labels of competences and certifications, which are public",
    "competences/selectors/certifications/catalogue.py": "labels of occupations and of the blocks of a certification",
    "competences/selectors/certifications/coverage.py": "labels of occupations",
    "competences/selectors/occupations.py": "labels of occupations",
    "competences/selectors/trades.py": "labels of occupations and competences, which are public",
    "pathways/services/relays/receiving.py": "the subject of a step of a relay, one of a list",
    "employers/selectors/referential.py": "the same",
}


TOLD_IN_THE_TRAIL = {
    ("pathways/services/beyond.py", "motive"): "why a file was opened beyond one's caseload",
    (
        "pathways/services/rights/passes.py",
        "motive",
    ): "of a suspension: its list tells neither health nor justice",
}
"""Words of the trail whose name is that of a sealed code, and that are another thing, each with the reason."""


def test_the_trail_repeats_no_sealed_code():
    """SEC-38: the trail is never rewritten, and nothing of it is sealed."""
    names = {field.attname for field in CODES} - {"kind", "reason"}
    found = {
        (path, word.arg)
        for path, tree in modules()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {"trail.record", "trail.record_about"}
        for word in call.keywords
        if word.arg in names
    }
    assert found == set(TOLD_IN_THE_TRAIL)


NAMES_OF_MANY = {"kind", "reason", "due_on"}
"""Sealed codes whose name is that of many other columns: who reads them by values is found by the others of their row."""


def test_no_sealed_code_is_read_without_its_row():
    """SEC-38: whoever reads codes by values looks whether each is that of its row (`own`, `of_its_row`)."""
    names = {field.attname for field in CODES} - NAMES_OF_MANY
    blind = {
        path
        for path, tree in modules()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr in {"values", "values_list"}
        if names & {each.value.rpartition("__")[2] for each in call.args if isinstance(each, ast.Constant)}
        if not {"own", "of_its_row"} & {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    }
    assert blind == set()


def test_no_sealed_text_is_read_without_its_row():
    """SEC-38: `values` and `values_list` give a text without looking whether it is that of its row."""
    names = {field.attname for field in TEXTS}
    found = {
        path
        for path, tree in modules()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr in {"values", "values_list"}
        if names & {each.value for each in call.args if isinstance(each, ast.Constant)}
    }
    assert found == set(OF_OTHER_TABLES)


# --- A key that is lost


@pytest.fixture
def lost(settings, rows):
    """The same base, without the key that sealed it."""
    settings.FIELD_KEYS = ["une autre clé, tirée pour ce test"]
    return rows


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.context)
def test_a_text_no_key_opens_is_said_and_survives_whoever_saves_its_row(lost, field):
    before = stored()[field.context]
    row = type(lost[field.context]).objects.get(pk=lost[field.context].pk)
    assert getattr(row, field.attname) == UNREADABLE
    row.save()
    row = type(row).objects.get(pk=row.pk)
    setattr(row, field.attname, getattr(row, field.attname).strip())
    row.save()
    setattr(row, field.attname, UNREADABLE)  # a form that showed the sentence sends it back
    row.save()
    assert stored()[field.context] == before
    setattr(row, field.attname, "Autre chose")
    row.save()
    row = type(row).objects.get(pk=row.pk)
    assert getattr(row, field.attname) == "Autre chose"


@pytest.mark.parametrize("field", CODES, ids=lambda field: field.context)
def test_a_code_no_key_opens_is_never_taken_for_another_and_survives_whoever_saves_its_row(lost, field):
    before = stored()[field.context]
    row = type(lost[field.context]).objects.get(pk=lost[field.context].pk)
    with pytest.raises(Undecipherable):
        getattr(row, field.attname)
    row.save()
    assert stored()[field.context] == before
    setattr(row, field.attname, IN_PYTHON[field.context])
    row.save()
    assert getattr(type(row).objects.get(pk=row.pk), field.attname) == IN_PYTHON[field.context]


def test_a_text_that_merely_says_the_sentence_is_a_text_like_another(rows):
    note = rows["pathways_privatenote.text"]
    note.text = UNREADABLE
    note.save()
    note.refresh_from_db()
    assert (note.text, isinstance(note.text, Unread)) == (UNREADABLE, False)


def test_a_message_no_key_opens_does_not_leave_with_the_sentence(lost, sent):
    assert deliver(lost["mail_message.text"].pk) == MessageState.GIVEN_UP


def test_who_signs_in_reads_why_their_code_is_refused(client, settings):
    seat = MembershipFactory()
    give_second_factor(seat.user)
    code = current_code(seat.user)
    settings.FIELD_KEYS = ["une autre clé, tirée pour ce test"]
    from tests.factories.given import PASSWORD

    client.post(reverse("account_login"), {"login": seat.user.email, "password": PASSWORD})
    answer = client.post(reverse("mfa_authenticate"), {"code": code}, follow=True)
    page = answer.content.decode()
    assert "ne peut plus être vérifié" in page, page[:2000]


def test_what_only_fails_deeper_says_the_same_to_people_and_to_tools(rf, client):
    try:
        raise Undecipherable
    except Undecipherable as error:
        page = server_error(rf.get("/"))
        answer = french_errors(error, {})
    assert (page.status_code, UNREADABLE in page.content.decode()) == (503, True)
    assert (answer.status_code, answer.data["detail"]) == (503, UNREADABLE)


def test_the_check_says_that_a_key_is_missing(rows, settings):
    assert checks.keys() is None
    settings.FIELD_KEYS = ["une autre clé, tirée pour ce test"]
    assert checks.keys().code == "cles"


# --- A key that is changed


@pytest.fixture
def changed(settings, rows):
    """A new key writes, the former one still reads."""
    former = settings.FIELD_KEYS
    settings.FIELD_KEYS = ["une clé neuve, tirée pour ce test", *former]
    return former


def test_everything_follows_the_new_key_and_the_old_one_may_go(changed, rows, settings, capsys):
    """SEC-38."""
    call_command("reseal")
    assert "Videz OLD_FIELD_KEYS" in capsys.readouterr().out
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert resealing.opens_what_is_stored()
    for field in TEXTS:
        rows[field.context].refresh_from_db()
        assert SECRET in getattr(rows[field.context], field.attname)
    for field in CODES:
        rows[field.context].refresh_from_db()
        assert getattr(rows[field.context], field.attname) == IN_PYTHON[field.context]
    assert current_code(rows["mfa_authenticator.data"])
    assert all(stored().values())


def test_stopped_anywhere_it_goes_on_where_it_stopped(changed, rows, monkeypatch):
    monkeypatch.setattr(resealing, "SLICE", 2)
    for _ in range(4):
        InterviewFactory(synthesis=SECRET)
    first = {count.label: count for count in resealing.reseal(lambda count: None)}
    assert first["pathways_interview.synthesis"].resealed == 1, "the others were written with the new key"
    before = stored()
    again = resealing.reseal(lambda count: None)
    assert (sum(count.resealed for count in again), stored()) == (0, before)
    assert sum(count.already for count in again) >= 11


def test_what_somebody_writes_meanwhile_is_kept(changed, rows):
    place = next(place for place in places() if place.label == "pathways_privatenote.text")
    ((pk, before),) = place.rows(None, 1)
    PrivateNote.objects.get(pk=pk)
    note = rows["pathways_privatenote.text"]
    note.text = "Écrit entre-temps"
    note.save()
    assert not place.replace(pk, before, before)
    note.refresh_from_db()
    assert note.text == "Écrit entre-temps"


def test_a_text_no_key_opens_is_counted_and_no_key_is_to_be_removed(changed, rows, settings, capsys):
    settings.FIELD_KEYS = ["une clé encore plus neuve"]
    note = PrivateNote.objects.create(interview=InterviewFactory(), author=UserFactory(), text="Neuf")
    with pytest.raises(SystemExit):
        call_command("reseal")
    said = capsys.readouterr()
    assert "aucune des clés données" in said.err
    assert "Videz" not in said.out
    note.refresh_from_db()
    assert note.text == "Neuf"


def test_a_seal_says_nothing_of_its_text(rows):
    """SEC-38."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM pathways_privatenote")
        assert SECRET not in cursor.fetchone()[0]
