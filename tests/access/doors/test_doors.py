"""SEC-13: who sees what of a person's thread, for as long as it should last.

The table says it by hand; every seat, group of data and day around the exit is then asked of the querysets, of the
API and of the pages.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.urls import reverse

from backend.core.actor import Role
from backend.files.models import StoredFile
from pathways.models import Beneficiary, Exit, Interview
from pathways.permissions import accompanies, reads_contact
from pathways.selectors import story_of
from reports.exits.compute.period import Period
from reports.exits.exit_list import exit_rows
from reports.exits.figures import exit_report
from tests.access import doors_world as doors
from tests.access.policy import WEB
from tests.worlds.two_houses import API, client_of

pytestmark = pytest.mark.django_db

# « door »: while the person is there or supported; « kept »: after it too; « - »: never.
TABLE = """
group             referent  colleague  supervisor  manager  head  network  admin  stranger  employer  person  collective
identity          kept      -          door        kept     kept  -        -      -         -         kept    -
contact           door      -          -           door     -     -        -      -         -         kept    -
entry             door      -          -           door     -     -        -      -         -         kept    -
pass              door      -          -           door     door  -        -      -         -         kept    -
suspension        door      -          -           door     -     -        -      -         -         kept    -
prolongation      door      -          -           door     -     -        -      -         -         kept    -
diagnosis         kept      -          -           kept     -     -        -      -         -         kept    -
derogation        kept      -          -           kept     -     -        -      -         -         kept    -
stay              kept      -          door        kept     kept  -        -      -         -         kept    -
contract          kept      -          door        kept     kept  -        -      -         -         kept    -
hours             kept      -          door        kept     kept  -        -      -         -         kept    -
exit              kept      -          -           kept     kept  -        -      -         -         kept    -
earlier_stay      door      -          -           door     door  -        -      -         -         kept    -
earlier_contract  door      -          -           door     door  -        -      -         -         kept    -
earlier_hours     door      -          -           door     door  -        -      -         -         kept    -
earlier_exit      door      -          -           door     door  -        -      -         -         kept    -
later_stay        door      -          -           door     door  -        -      -         -         kept    -
later_contract    door      -          -           door     door  -        -      -         -         kept    -
later_hours       door      -          -           door     door  -        -      -         -         kept    -
later_exit        door      -          -           door     door  -        -      -         -         kept    -
interview         kept      -          -           kept     -     -        -      -         -         kept    -
synthesis         kept      -          -           -        -     -        -      -         -         kept    -
sister_interview  door      -          -           door     -     -        -      -         -         kept    -
sister_synthesis  door      -          -           -        -     -        -      -         -         kept    -
later_interview   -         -          -           -        -     -        -      -         -         kept    -
later_synthesis   -         -          -           -        -     -        -      -         -         kept    -
watch_end         kept      -          -           kept     -     -        -      -         -         kept    -
reunion           door      -          -           door     -     -        -      -         -         -       -
told_apart        door      -          -           door     -     -        -      -         -         -       -
immersion         kept      -          -           kept     -     -        -      -         -         kept    -
training          kept      -          -           kept     -     -        -      -         -         kept    -
hours_wish        kept      -          -           kept     -     -        -      -         -         kept    -
medical_visit     door      -          -           door     -     -        -      -         -         kept    -
saved_days        door      -          -           door     -     -        -      -         -         kept    -
relay             kept      -          -           kept     -     -        -      -         -         kept    -
relay_step        kept      -          -           kept     -     -        -      -         -         kept    -
data_request      kept      -          -           kept     -     -        -      -         -         kept    -
retention         kept      -          -           kept     -     -        -      -         -         kept    -
access_copy       -         -          -           -        -     -        -      -         -         kept    -
note              door      -          -           -        -     -        -      -         -         -       -
frein             door      -          -           door     -     -        -      -         -         kept    -
goal              door      -          -           door     -     -        -      -         -         kept    -
action            door      -          -           door     -     -        -      -         -         kept    -
appointment       door      -          -           door     -     -        -      -         -         kept    -
assessment        door      -          door        door     -     -        -      -         -         kept    -
licence           door      -          door        door     -     -        -      -         -         kept    -
cv                door      -          -           door     -     -        -      -         -         kept    -
passport          door      -          door        door     -     -        -      -         -         kept    -
file              door      -          door        door     -     -        -      -         -         kept    -
vae               door      -          door        door     -     -        -      -         -         kept    -
vae_step          door      -          door        door     -     -        -      -         -         kept    -
consent           door      -          -           door     -     -        -      -         -         kept    -
access            door      -          -           door     -     -        -      -         -         kept    -
hire              kept      -          -           kept     kept  -        -      -         kept      kept    -
post_hire         kept      -          -           kept     -     -        -      -         -         kept    -
"""
SEATS, *LINES = (line.split() for line in TABLE.strip().splitlines())
SEATS = SEATS[1:]
RIGHTS = {group: dict(zip(SEATS, rights, strict=True)) for group, *rights in LINES}

ONE = timedelta(days=1)
# The day, then whether the door of each journey is open on it.
DAYS = {
    "while_there": (date(2026, 5, 15), {"hired": True, "left": True}),
    "last_day": (doors.LAST_DAY, {"hired": True, "left": True}),
    "day_after": (doors.LAST_DAY + ONE, {"hired": True, "left": False}),
    "in_support": (date(2026, 10, 1), {"hired": True, "left": False}),
    "support_ends": (doors.SUPPORT_ENDS_ON, {"hired": True, "left": False}),
    "last_call": (doors.LAST_CALL_ON, {"hired": True, "left": False}),
    "call_over": (doors.LAST_CALL_ON + ONE, {"hired": False, "left": False}),
    "years_later": (date(2029, 6, 30), {"hired": False, "left": False}),
}
COLLECTIONS = {
    "identity": "people", "entry": "entry-profiles", "pass": "passes", "suspension": "pass-suspensions", "prolongation": "pass-prolongations",
    "diagnosis": "eligibility-diagnoses", "derogation": "derogations", "stay": "stays", "contract": "contracts",
    "amendment": "hours-amendments", "hours": "monthly-hours", "exit": "exits", "interview": "interviews", "frein": "barrier-readings",
    "goal": "goals", "action": "actions", "appointment": "appointments", "assessment": "assessments",
    "licence": "licences", "file": "files", "passport": "passports", "vae": "vae-projects", "consent": "profile-consents", "access": "person-accesses",
    "watch_end": "watch-ends", "relay": "relays", "relay_step": "relay-steps", "data_request": "data-requests", "retention": "retentions", "access_copy": "access-copies", "reunion": "reunions", "told_apart": "told-apart", "immersion": "immersions", "training": "trainings", "hours_wish": "hours-wishes", "medical_visit": "medical-visits", "saved_days": "saved-days", "hire": "placements", "post_hire": "follow-ups",
}  # fmt: skip
ADDRESSED = {"stay", "contract", "amendment", "hours", "exit", "interview"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once, rolled back at the end."""
    with doors.standing(django_db_blocker) as built:
        yield built


@pytest.fixture(params=DAYS)
def day(request):
    """Each day around the exit, at ten in the morning."""
    with time_machine.travel(f"{DAYS[request.param][0]}T10:00:00+01:00", tick=False):
        yield request.param


def is_seen(world, seat, journey, day, group):
    """What the table says; a supervisor's door is the stay alone, an account opens one person only."""
    right = RIGHTS[group][seat]
    if seat == "person" and journey == "left":
        return False
    if seat == "supervisor":
        return right == "door" and DAYS[day][0] <= doors.LAST_DAY
    return right == "kept" or (right == "door" and DAYS[day][1][journey])


def cells(world, day):
    """Every seat, journey and group with its row, and whether it is seen."""
    for seat in SEATS:
        for journey in ("hired", "left"):
            rows = getattr(world, journey).rows
            for group in RIGHTS:
                if group == "contact" or group in rows:
                    yield seat, journey, group, rows.get(group), is_seen(world, seat, journey, day, group)


def shown(actor, who, group, row):
    """Whether this actor finds this group by the querysets and the permissions."""
    if group == "contact":
        return reads_contact(actor, who.person)
    if group.endswith("synthesis"):
        return any(entry.text == who.words[group] for entry in story_of(actor, who.person))
    return type(row)._default_manager.visible_to(actor).filter(pk=row.pk).exists()


def test_SEC_13_querysets_show_what_the_table_says(world, day):
    wrong = [
        (seat, journey, group, found)
        for seat, journey, group, row, expected in cells(world, day)
        if (found := shown(world.seats[seat], getattr(world, journey), group, row)) != expected
    ]
    assert wrong == []


def test_SEC_13_the_api_shows_what_the_table_says(world, day):
    clients = {seat: client_of(actor) for seat, actor in world.seats.items()}
    wrong = []
    for seat, journey, group, row, expected in cells(world, day):
        collection = COLLECTIONS.get(
            group.removeprefix("earlier_").removeprefix("later_").removeprefix("sister_")
        )
        if collection is None or row is None:
            continue
        answer = clients[seat].get(f"{API}{collection}/{row.pk}/")
        if (answer.status_code == 200) != expected:
            wrong.append((seat, journey, group, answer.status_code))
        if group == "identity" and answer.status_code == 200:
            contact = is_seen(world, seat, journey, day, "contact")
            if ("phone" in answer.json()) != contact or (doors.PHONE in answer.content.decode()) != contact:
                wrong.append((seat, journey, "contact"))
    assert wrong == []


PAGES = {"referent": "web:person", "manager": "web:person", "head": "web:person", "supervisor": "web:person"}


def test_SEC_13_pages_show_what_the_table_says(world, day):
    wrong = []
    for seat in PAGES:
        client = client_of(world.seats[seat])
        for journey in ("hired", "left"):
            who = getattr(world, journey)
            page = client.get(reverse("web:person", args=[who.person.pk]))
            assert (page.status_code == 200) == is_seen(world, seat, journey, day, "identity")
            text = page.content.decode()
            for group, words in who.words.items():
                # The page shows a supervisor and a head less than the API lets them ask for, never more; why a wait
                # is no longer followed is read in « Entre deux », a passport, a CV and rights that travel on their own pages.
                may = page.status_code == 200 and is_seen(world, seat, journey, day, group)
                must = (
                    may
                    and seat in {"referent", "manager"}
                    and group
                    not in {"entry", "action", "watch_end", "passport", "cv", "medical_visit", "saved_days"}
                    and "synthesis" not in group
                )
                if (words in text and not may) or (must and words not in text):
                    wrong.append((seat, journey, group, may))
            assert doors.PHONE not in text or is_seen(world, seat, journey, day, "contact")
    assert wrong == []


WRITES = sorted(
    name
    for name, page in WEB.items()
    if "POST" in page.methods
    and page.kind
    in {"person", "stay", "contract", "interview", "goal", "action", "appointment", "vae", "follow_up"}
)
STILL_WRITTEN = {("referent", "web:exit_edit"), ("manager", "web:exit_edit"), ("manager", "web:data_keep")}
"""Behind a closed door: a missing exit or motive is completed; who answers for the structure says how long it keeps."""
ROW_OF = {"person": "identity", "follow_up": "post_hire"}


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("seat", ["referent", "manager"])
def test_behind_a_closed_door_no_page_writes(world, name, seat):
    page = WEB[name]
    with time_machine.travel("2029-06-30T10:00:00+02:00", tick=False):
        client = client_of(world.seats[seat])
        row = world.hired.rows[ROW_OF.get(page.kind, page.kind)]
        extra = dict.fromkeys(page.extra, world.hired.rows["assessment"].competence_id)
        address = reverse(name, kwargs={"pk": row.pk, **extra})
        answers = {client.generic(method, address).status_code for method in page.methods}
    if (seat, name) in STILL_WRITTEN:
        assert answers <= {200, 422}
    else:
        assert answers == {404}


@pytest.mark.parametrize("seat", ["referent", "manager"])
@pytest.mark.parametrize(
    ("collection", "body"),
    [
        ("interviews", {"happened_at": "2029-06-30T09:00:00+02:00", "kind": "SUIVI", "mode": "PRESENTIEL"}),
        ("goals", {"label": "But", "origin": "PERSONNE"}),
        ("actions", {"label": "Pas"}),
        ("appointments", {"starts_at": "2029-07-30T09:00:00+02:00"}),
        ("passes", {"number": "999990000042", "starts_on": "2029-06-01"}),
        ("vae-projects", {"certification": "Titre", "on": "2029-06-30"}),
        ("person-accesses", {"email": "personne@example.org"}),
        ("entry-profiles", {"rqth": False}),
    ],
)
def test_behind_a_closed_door_the_api_knows_no_such_person(world, seat, collection, body):
    with time_machine.travel("2029-06-30T10:00:00+02:00", tick=False):
        client = client_of(world.seats[seat])
        answer = client.post(
            f"{API}{collection}/",
            {**body, "beneficiary": world.left.person.pk},
            content_type="application/json",
        )
    assert answer.status_code == 400
    assert "beneficiary" in answer.content.decode()


@pytest.mark.parametrize("seat", ["referent", "manager"])
def test_behind_a_closed_door_neither_the_file_nor_an_interview_changes(world, seat):
    person, interview = world.left.person, world.left.rows["interview"]
    with time_machine.travel("2029-06-30T10:00:00+02:00", tick=False):
        client = client_of(world.seats[seat])
        for address, body in (
            (f"people/{person.pk}/", {"phone": "0600000000"}),
            (f"interviews/{interview.pk}/", {"synthesis": "Autre chose."}),
        ):
            etag = client.get(API + address)["ETag"]
            answer = client.patch(
                API + address, body, content_type="application/json", headers={"If-Match": etag}
            )
            assert answer.status_code == 403
    assert Beneficiary.objects.get(pk=person.pk).phone == doors.PHONE
    assert Interview.objects.get(pk=interview.pk).synthesis == "Un texte de chez nous."


@pytest.mark.parametrize("seat", ["referent", "manager", "head"])
def test_years_later_the_figures_open_on_the_people_behind_them(world, seat):
    actor = world.seats[seat]
    with time_machine.travel("2029-06-30T10:00:00+02:00", tick=False):
        report = exit_report(actor, Period(date(2026, 1, 1), date(2026, 12, 31)))
        rows = list(exit_rows(actor, report.classified, book=report.book))
        client = client_of(actor)
        pages = {client.get(reverse("web:person", args=[row["person_id"]])).status_code for row in rows}
    assert {row["last_name"] for row in rows} == {world.hired.person.last_name, world.left.person.last_name}
    assert {row["organisation"] for row in rows} == {"Chantier des Rives"}
    assert pages == {200}


def test_years_later_a_missing_motive_is_completed_without_opening_the_thread(world):
    exit_ = world.left.rows["exit"]
    with time_machine.travel("2029-06-30T10:00:00+02:00", tick=False):
        client = client_of(world.seats["referent"])
        sid = transaction.savepoint()
        answer = client.post(
            reverse("web:exit_edit", args=[exit_.stay_id]),
            {"motive": "7", "on": str(doors.LAST_DAY), "version": exit_.version},
        )
        completed = Exit.objects.get(pk=exit_.pk).motive
        still_closed = not accompanies(world.seats["referent"], world.left.person)
        transaction.savepoint_rollback(sid)
    assert (answer.status_code, completed, still_closed) == (302, "7", True)


def test_every_role_has_its_seat_in_the_table(world):
    assert {actor.role for actor in world.seats.values()} == set(Role) - {Role.OPERATOR}
    assert set(SEATS) == set(world.seats)


def about_a_person():
    """Every table that leads to a person, step by step, through what cannot be absent or through a person itself."""
    found, before = {Beneficiary}, set()
    while found != before:
        before = set(found)
        for model in apps.get_models():
            links = [each for each in model._meta.fields if each.related_model in before]
            if any(each.related_model is Beneficiary or not each.null for each in links):
                found.add(model)
    return found


def test_everything_that_leads_to_a_person_has_its_line_in_the_table(world):
    """SEC-01."""
    held = {type(row) for journey in (world.hired, world.left) for row in journey.rows.values()}
    # A file names its person by number: it knows no table of a domain.
    assert about_a_person() | {StoredFile} == held
