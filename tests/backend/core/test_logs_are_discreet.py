"""SEC-39: whatever is typed, and however it fails, no line of log repeats it; each says where to look."""

from __future__ import annotations

import copy
import io
import json
import logging
import logging.config
import re
import sys

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from django.views.decorators.csrf import csrf_exempt

from backend.core.errors import DomainError
from backend.core.logs import DiscreetFormatter, formatter
from backend.core.pages.keepers import public
from tests.factories import BeneficiaryFactory, MembershipFactory, StayFactory
from tests.signin import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
CANARY = "CANARI-Solange-Fictive"
NUMBER = re.compile(r"\[([0-9a-f-]{16,64})\]")


@csrf_exempt
@public
def breaks(request, how, typed):
    """Fails the way code fails, with what was typed in the text of the exception."""
    typed = request.GET.get("q") or request.POST.get("note") or typed
    if how == "value":
        int(typed)
    if how == "chain":
        try:
            {}[typed]
        except KeyError as error:
            raise RuntimeError(f"no {typed}") from error
    if how == "base":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT '{typed}' FROM nowhere_at_all")  # noqa: S608 - on purpose
    if how == "domain":
        raise DomainError("refused_here", f"no {typed}")
    return HttpResponse()


urlpatterns = [
    path("casse/<str:how>/<str:typed>/", breaks, name="breaks"),
    path("", include("backend.urls")),
]


@pytest.fixture
def log():
    """What production's logging writes, in memory; the former handlers come back after."""
    written = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    wanted = copy.deepcopy(django_settings.LOGGING)
    wanted["handlers"]["console"]["stream"] = written
    logging.config.dictConfig(wanted)
    yield written
    logging.config.dictConfig(django_settings.LOGGING)
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def lines_of(log) -> list[str]:
    said = log.getvalue()
    assert "CANARI" not in said
    return said.splitlines()


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ("value", "builtins.ValueError"),
        ("chain", "builtins.RuntimeError"),
        ("base", "django.db.utils."),
        ("domain", "backend.core.errors.DomainError (refused_here)"),
    ],
)
@pytest.mark.parametrize("where", ["path", "query", "body"])
def test_an_error_says_its_kind_and_its_lines_never_the_value(log, visitor, how, kind, where):
    address = reverse("breaks", args=[how, CANARY if where == "path" else "x"])
    if where == "body":
        answer = visitor.post(address, {"note": CANARY})
    else:
        answer = visitor.get(address, {"q": f"{CANARY}²"} if where == "query" else {})
    lines = lines_of(log)
    assert answer.status_code == 500
    assert lines[0].endswith(f"500 {'POST' if where == 'body' else 'GET'} /casse/<str:how>/<str:typed>/")
    assert any(line.startswith(kind) for line in lines)
    assert any(line.endswith(", in breaks") for line in lines)


def test_the_cause_behind_an_error_is_shown_too(log, visitor):
    visitor.get(reverse("breaks", args=["chain", CANARY]))
    lines = lines_of(log)
    assert lines.index("builtins.KeyError") < lines.index("builtins.RuntimeError")


@pytest.mark.parametrize(
    "address",
    [
        f"/invitation/1/{CANARY}/",
        f"/compte/mot-de-passe/oublie/1-{CANARY}/",
        f"/personnes/{CANARY}/",
        f"/{CANARY}/?q={CANARY}",
        f"/api/v1/{CANARY}/?q={CANARY}",
        f"/sorties/exports/{CANARY}/fichier/",
        f"/personnes/?q={CANARY}%00²&page={CANARY}",
    ],
)
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_a_page_not_found_or_not_open_is_logged_without_its_address(log, visitor, address, method):
    getattr(visitor, method)(address, data={"name": CANARY}, follow=method == "get")
    lines_of(log)


def test_the_link_of_an_invitation_is_logged_by_its_pattern(log, visitor):
    visitor.get(reverse("web:invitation", args=[1, CANARY]))
    assert lines_of(log)[0].endswith("404 GET /invitation/<int:pk>/<str:secret>/")


@pytest.mark.parametrize(
    "headers",
    [
        {"host": f"{CANARY}.example.org"},
        {"host": f"{CANARY}²"},
        {"origin": f"https://{CANARY}.example.org"},
        {"referer": f"https://{CANARY}.example.org/"},
        {"x-request-id": CANARY},
        {"authorization": f"Token {CANARY}"},
        {"content-type": f"text/{CANARY}"},
    ],
)
def test_headers_are_never_repeated(log, headers):
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    strict.post(reverse("account_login"), {"login": CANARY, "password": CANARY}, headers=headers)
    strict.get("/api/v1/people/", headers=headers)
    lines_of(log)


def test_the_screens_and_the_api_of_somebody_signed_in_repeat_nothing(log):
    seat = MembershipFactory()
    person = BeneficiaryFactory(last_name=CANARY)
    StayFactory(beneficiary=person, organisation=seat.organisation, advisor=seat.user)
    visitor = sign_in(Client(raise_request_exception=False), seat.user)
    note = {"summary": CANARY, "happened_at": CANARY, "form_id": CANARY, "private_note": CANARY}
    visitor.post(reverse("web:follow_up_new", args=[person.pk]), note)
    visitor.get(reverse("web:follow_up_new", args=[person.pk]), {"rendez_vous": f"{CANARY}²"})
    visitor.get(reverse("web:people"), {"q": CANARY, "page": f"{CANARY}²"})
    visitor.post(reverse("web:people"), {"q": CANARY}, follow=True)
    visitor.get(reverse("web:team"), {"q": CANARY})
    visitor.post("/api/v1/people/", f'{{"last_name": "{CANARY}"', content_type="application/json")
    visitor.post("/api/v1/people/", f'{{"{CANARY}": "{CANARY}"}}', content_type="application/json")
    visitor.get("/api/v1/people/", {CANARY: CANARY})
    visitor.delete(f"/api/v1/people/{CANARY}/")
    lines = lines_of(log)
    assert lines, "nothing was logged: this test no longer proves anything"


def test_the_number_of_a_request_is_on_its_lines_and_in_its_answer(log, visitor):
    answers = [visitor.get(reverse("breaks", args=["value", "x"])) for _ in range(2)]
    numbers = [answer["X-Request-ID"] for answer in answers]
    assert NUMBER.findall(log.getvalue()) == numbers
    assert numbers[0] != numbers[1]


def test_the_number_that_a_proxy_gave_is_kept(log, visitor):
    given = "0123456789abcdef0123456789abcdef"
    answer = visitor.get("/nulle-part/", headers={"x-request-id": given})
    assert answer["X-Request-ID"] == given
    assert f"[{given}]" in log.getvalue()


def record(name, level, message, *args, **extra):
    made = logging.getLogger(name).makeRecord(name, level, "f", 1, message, args, None)
    made.__dict__.update(extra)
    return DiscreetFormatter().format(made)


@pytest.mark.parametrize(
    ("name", "message", "args", "said"),
    [
        ("celery.app.trace", "Task %(name)s[%(id)s] failed: %(exc)s", ({"name": CANARY, "id": 1, "exc": CANARY},), "Task …[…] failed: …"),
        ("axes.handlers", "login failure by %s from %r", (CANARY, CANARY), "login failure by … from …"),
        ("some.library", f"could not read {CANARY}", (), "(message d’une bibliothèque, non repris)"),
        ("gunicorn.error", "Error handling request %s", (f"/?q={CANARY}",), "Error handling request …"),
        ("django.server", '"%s" %s %s', (f"GET /{CANARY}", 404, 12), '"…" … …'),
        ("backend.core.jobs", "%s %s failed: %s", ("exportjob", 12, "ValueError"), "exportjob 12 failed: ValueError"),
    ],
)  # fmt: skip
def test_a_library_is_quoted_without_its_values_and_we_are_in_full(name, message, args, said):
    assert record(name, logging.ERROR, message, *args, request=object()).endswith(f" ERROR {name} [-] {said}")


def test_gunicorn_says_in_full_how_it_starts():
    assert record("gunicorn.error", logging.INFO, "Booting worker with pid: %s", 12).endswith(
        "Booting worker with pid: 12"
    )


def test_the_text_of_an_exception_is_never_written():
    try:
        int(CANARY)
    except ValueError:
        made = logging.getLogger("backend.core").makeRecord(
            "backend.core", logging.ERROR, "f", 1, "failed", (), sys.exc_info()
        )
    said = DiscreetFormatter().format(made)
    assert "CANARI" not in said
    assert said.endswith("builtins.ValueError")


def test_in_json_one_line_says_the_same_and_no_more(visitor, log):
    logging.getLogger().handlers[0].setFormatter(formatter("json"))
    answer = visitor.get(reverse("breaks", args=["chain", CANARY]))
    (line,) = lines_of(log)
    said = json.loads(line)
    assert list(said) == ["instant", "gravite", "origine", "demande", "message", "code"]
    assert said["demande"] == answer["X-Request-ID"]
    assert (said["gravite"], said["origine"]) == ("ERROR", "django.request")
    assert said["message"] == "500 GET /casse/<str:how>/<str:typed>/"
    assert "builtins.KeyError" in said["code"]
    assert said["code"].endswith("builtins.RuntimeError")
