"""What we rely on in the parts of allauth that it does not promise to keep."""

import ast
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import reverse

from backend.accounts import allauth_seams as seams
from backend.accounts.second_factor import current_code
from tests.factories import MembershipFactory, UserFactory
from tests.signin import give_second_factor, type_code, type_password

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("backend", "pathways", "competences", "employers", "reports")


def imported_by(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_no_other_file_leans_on_them():
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    leaning = {
        path.relative_to(ROOT).as_posix()
        for path in files
        for module in imported_by(path)
        if module.startswith("allauth.") and ".internal" in module
    }
    assert leaning == {"backend/accounts/allauth_seams.py"}


def test_codes_follow_the_standard_vector():
    """RFC 4226, appendix D: secret « 12345678901234567890 », counters 0 to 2."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [seams.shown_at(secret, at) for at in range(3)] == ["755224", "287082", "359152"]


def test_the_accepted_windows_are_the_present_one_and_one_either_side(time_machine_at_a_whole_minute):
    assert seams.windows_now() == [59_652_099, 59_652_100, 59_652_101]


@pytest.fixture
def time_machine_at_a_whole_minute():
    import time_machine

    with time_machine.travel(59_652_100 * 30, tick=False):
        yield


@pytest.mark.parametrize(
    ("typed", "right"), [("755224", True), ("755 224", True), ("755225", False), ("", False)]
)
def test_a_typed_code_is_compared_spaces_aside(typed, right):
    assert seams.matches(typed, "755224") is right


@pytest.mark.django_db
def test_an_application_set_up_without_screen_is_the_one_sign_in_asks_for(client):
    user = UserFactory()
    authenticator = seams.set_up_application(user)
    assert authenticator.type == Authenticator.Type.TOTP
    assert type_password(client, user.email).url == reverse("mfa_authenticate")


@pytest.mark.django_db
def test_signing_in_leaves_its_proofs_in_the_session(rf):
    user = MembershipFactory().user
    give_second_factor(user)
    client = Client()
    type_password(client, user.email)
    type_code(client, current_code(user))
    request = rf.get("/")
    request.session, request.user = client.session, user
    assert [proof["method"] for proof in seams.proofs_of(request)] == ["password", seams.SECOND_FACTOR]
    request.user = UserFactory()
    assert seams.proofs_of(request) == []


@pytest.mark.django_db
def test_a_proof_written_by_hand_is_read_back(rf):
    user = UserFactory()
    request = rf.get("/")
    request.session, request.user = SessionStore(), user
    authenticator = give_second_factor(user)
    seams.prove(request, authenticator)
    (proof,) = seams.proofs_of(request)
    assert (proof["method"], proof["id"]) == (seams.SECOND_FACTOR, authenticator.pk)
    assert proof["at"] >= authenticator.created_at.timestamp()


def test_an_address_is_read_from_the_request(rf):
    assert seams.get_client_ip(rf.get("/", REMOTE_ADDR="192.0.2.1")) == "192.0.2.1"
