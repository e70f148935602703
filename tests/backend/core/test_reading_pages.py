"""A reading page writes nothing, and every answer carries its protections."""

import pytest
from django.contrib.auth.models import Group as PermissionGroup
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from backend.accounts.models import User
from backend.audit import trail
from backend.core.actor import Actor
from backend.core.middleware import ReadOnlyMiddleware, WroteWhileReading
from backend.core.pages.keepers import public, writes_on_get
from tests.factories import BeneficiaryAccessFactory, UserFactory
from tests.signin import sign_in

pytestmark = pytest.mark.django_db


def answer(rf, view, method="get"):
    """What the guard gives back for one request to `view`."""

    def resolve(request):
        middleware.process_view(request, view, (), {})
        return view(request)

    middleware = ReadOnlyMiddleware(resolve)
    return middleware(getattr(rf, method)("/"))


def create(request):
    PermissionGroup.objects.create(name="écrit")
    return HttpResponse("fait")


def change(request):
    User.objects.update(first_name="Autre")
    return HttpResponse("fait")


def remove(request):
    PermissionGroup.objects.all().delete()
    return HttpResponse("fait")


def create_quietly(request):
    PermissionGroup.objects.bulk_create([PermissionGroup(name="écrit")], ignore_conflicts=True)
    return HttpResponse("fait")


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("view", [create, change, create_quietly])
def test_a_reading_request_that_writes_is_stopped(rf, view, method):
    UserFactory()
    with pytest.raises(WroteWhileReading), transaction.atomic():
        answer(rf, view, method)
    assert not PermissionGroup.objects.exists()


def test_a_reading_request_that_deletes_is_stopped(rf):
    PermissionGroup.objects.create(name="là")
    with pytest.raises(WroteWhileReading), transaction.atomic():
        answer(rf, remove)
    assert PermissionGroup.objects.exists()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_changing_request_writes(rf, method):
    assert answer(rf, create, method).content == b"fait"
    assert PermissionGroup.objects.exists()


def test_a_reading_request_may_say_who_looked(rf):
    def look(request):
        trail.record(Actor.operator(), "beneficiary.read")
        return HttpResponse("vu")

    assert answer(rf, look).status_code == 200


def test_a_page_whose_opening_is_recorded_says_so(rf):
    assert answer(rf, writes_on_get(lambda request: create(request))).status_code == 200


def test_the_guard_is_gone_once_the_page_is_made(rf):
    answer(rf, lambda request: HttpResponse("lu"))
    PermissionGroup.objects.create(name="après")
    assert not connection.execute_wrappers


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT OR IGNORE INTO "auth_group" (name) VALUES (%s)',
        "  insert into auth_group (name) values (%s)",
        "REPLACE INTO auth_group (name) VALUES (%s)",
    ],
)
def test_raw_writes_are_seen_too(rf, sql):
    def write(request):
        with connection.cursor() as cursor:
            cursor.execute(sql, ["écrit"])
        return HttpResponse("fait")

    with pytest.raises(WroteWhileReading), transaction.atomic():
        answer(rf, write)


def test_a_public_page_opens_to_strangers_and_the_others_send_to_sign_in(client):
    assert client.get(reverse("account_login")).status_code == 200
    refused = client.get(reverse("web:home"))
    assert refused.url == f"{reverse('account_login')}?next=/"
    assert public(lambda request: None).is_public


def test_a_fragment_asked_by_a_stranger_reloads_the_whole_page(client):
    headers = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/equipe/"}
    refused = client.get(reverse("web:home"), **headers)
    assert refused["HX-Redirect"] == f"{reverse('account_login')}?next=/equipe/"


def test_a_refused_change_comes_back_home_not_to_an_address_that_only_takes_posts(client):
    assert client.post(reverse("web:team_invite")).url == f"{reverse('account_login')}?next=/"


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/", "/compte/connexion/", "/nulle/part/"])
def test_every_answer_carries_its_protections(client, path):
    """SEC-21."""
    response = client.get(path)
    policy = response["Content-Security-Policy"]
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/", "/compte/securite/", "/nulle/part/"])
def test_what_somebody_signed_in_reads_is_stored_nowhere(client, path):
    """SEC-21."""
    sign_in(client, BeneficiaryAccessFactory().user)
    assert "no-store" in client.get(path)["Cache-Control"]


def test_cookies_cannot_be_read_by_scripts(client):
    client.get(reverse("account_login"))
    sign_in(client, BeneficiaryAccessFactory().user)
    client.get("/")
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"
