"""What holds for every table of the API: who reads it, what a neighbour gets, what each role is shown."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.urls import get_resolver

from backend.audit.models import Entry
from backend.core.actor import Role
from tests.factories import (
    EmployerFactory,
    EstablishmentFactory,
    TaskAnalysisFactory,
    WorkTaskFactory,
    actor_of,
)
from tests.worlds.two_houses import API, ROLES, House, client_of, stranger

ADVISOR, SUPERVISOR, MANAGER = Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER
COLLECTIVE_HEAD = Role.COLLECTIVE_HEAD
GROUP_HEAD, ADMINISTRATOR, NETWORK = Role.GROUP_HEAD, Role.ADMINISTRATOR, Role.NETWORK_HEAD
EMPLOYER, PERSON = Role.EMPLOYER, Role.BENEFICIARY
_TEAM = {ADVISOR, MANAGER, PERSON}
_THREAD = _TEAM | {GROUP_HEAD}
_STRUCTURES = {ADVISOR, SUPERVISOR, MANAGER, GROUP_HEAD, ADMINISTRATOR, NETWORK}
_WORK = {ADVISOR, MANAGER, GROUP_HEAD, EMPLOYER, COLLECTIVE_HEAD}
_CONTACT = {"sex", "birth_date", "phone", "email", "postcode", "insee_code"}

READERS = {
    "groups": _STRUCTURES,
    "structures": _STRUCTURES | {COLLECTIVE_HEAD},
    "conventions": {MANAGER, GROUP_HEAD},
    "belongings": _STRUCTURES,
    "memberships": {ADVISOR, SUPERVISOR, MANAGER, GROUP_HEAD, ADMINISTRATOR},
    "invitations": {MANAGER, GROUP_HEAD, ADMINISTRATOR},
    "people": _THREAD | {SUPERVISOR},
    "person-accesses": _TEAM,
    "entry-profiles": _TEAM,
    "stays": _THREAD | {SUPERVISOR},
    "contracts": _THREAD | {SUPERVISOR},
    "hours-amendments": _THREAD | {SUPERVISOR},
    "monthly-hours": _THREAD | {SUPERVISOR},
    "passes": _THREAD,
    "pass-suspensions": _TEAM,
    "pass-prolongations": _TEAM,
    "derogations": _TEAM,
    "eligibility-diagnoses": _TEAM,
    "interviews": _TEAM,
    "goals": _TEAM,
    "actions": _TEAM,
    "appointments": _TEAM,
    "barrier-readings": _TEAM,
    "exits": _THREAD,
    "watch-ends": _TEAM,
    "relays": _TEAM,
    "relay-steps": _TEAM,
    "data-requests": _TEAM,
    "retentions": _TEAM,
    "reunions": {ADVISOR, MANAGER},
    "told-apart": {ADVISOR, MANAGER},
    "immersions": _TEAM,
    "trainings": _TEAM,
    "hours-wishes": _TEAM,
    "medical-visits": _TEAM,
    "saved-days": _TEAM,
    "assessments": _TEAM | {SUPERVISOR},
    "gesture-lists": {ADVISOR, MANAGER, SUPERVISOR},
    "vae-projects": _TEAM | {SUPERVISOR},
    "licences": _TEAM | {SUPERVISOR},
    "files": _TEAM | {SUPERVISOR},
    "passports": _TEAM | {SUPERVISOR},
    "employers": _WORK,
    "employer-accesses": {ADVISOR, MANAGER},
    "establishments": _WORK,
    "task-analyses": _WORK,
    "work-tasks": _WORK,
    "job-proposals": _WORK,
    "profile-consents": {ADVISOR, MANAGER, PERSON, EMPLOYER},
    "profiles": {EMPLOYER},
    "placements": {ADVISOR, MANAGER, GROUP_HEAD, PERSON, EMPLOYER},
    "follow-ups": _TEAM,
}
OF_EVERYONE = {"occupations", "competences", "alerts", "rules", "certifications", "blocs", "bloc-lines"}
APART = {
    "imports",
    "access-copies",
    "structure-copies",
    "column-maps",
    "exports",
    "exit-statistics",
    "fte-statistics",
    "gap-statistics",
    "caseload-openings",
    "data-quality",
    "polycompetence",
    "team-skills",
    "team-figures",
    "unlocking",
    "group-offers",
    "published-tables",
}
"""Copies of somebody's data are read by who asked for them. Offers between two sides, specified with the groups. Files opened for some hours are lines of the trail, specified with the pathways. Figures and files of one seat, and tables that were published, specified with the reports; what rules find in rows, with the pathways."""

FIELDS = {
    "groups": "id name kind",
    "belongings": "id organisation group joined_on left_on",
    "conventions": "id organisation year annexe first_month last_month fte hours_per_fte post_amount modulated_share "
    "dynamic_target durable_target",
    "structures": "id kind name siret insee_code department is_caseload_shared interview_every_days phone",
    "memberships": "id user user_name role organisation organisation_name group group_name started_at ended_at",
    "invitations": "id organisation email role subject_id created_at expires_at accepted_at withdrawn_at approved_at "
    "needs_approval group message_state",
    "watch-ends": "id beneficiary organisation reason note ended_at ended_by resumed_at resumed_by",
    "data-requests": "id beneficiary organisation kind words asked_by asked_at due_on status answer answered_by answered_at "
    "lifted_at version",
    "retentions": "id beneficiary noticed_on erases_on kept_until kept_because kept_by",
    "reunions": "id kept gone_id organisation made_by made_at last_day separated_at separated_by",
    "told-apart": "id first second told_by told_at",
    "immersions": "id beneficiary organisation prescriber host_name host_town host_siret tutor_name tutor_role purpose "
    "objectives started_on planned_end_on hours ended_on renews reviewed_on tutor_review person_review cancelled_at "
    "cancel_reason version",
    "trainings": "id beneficiary organisation title provider kind certification_code licence funder time decided_by "
    "started_on planned_end_on planned_days planned_hours ended_on outcome stop_reason certified_on done_days done_hours "
    "cancelled_at cancel_reason version",
    "hours-wishes": "id beneficiary organisation voice starts_on weekly_hours moments limit cancelled_at cancel_reason version",
    "medical-visits": "id beneficiary organisation kind made_on rhythm paper service jobs due_on cancelled_at cancel_reason "
    "version",
    "saved-days": "id beneficiary organisation kind days counted_on fate cancelled_at cancel_reason version",
    "relays": "id beneficiary organisation receiver to_email message meets_at meets_where planned_on status is_lapsed "
    "moved_on expires_on parts agreed_on agreed_with refusal_reason met_on stay created_at cancelled_at cancel_reason version",
    "relay-steps": "id relay subject label hand due_on done_on version",
    "people": "id last_name first_name sex birth_date phone email postcode insee_code version created_at",
    "person-accesses": "id beneficiary email started_at ended_at",
    "entry-profiles": "id beneficiary aah ass brsa deld detld education_level has_mobility_trouble has_no_housing "
    "is_below_a1 is_refugee is_single_parent left_ase left_detention qpv rqth version zrr",
    "stays": "id beneficiary beneficiary_name organisation organisation_name organisation_kind advisor "
    "advisor_name started_on ended_on",
    "contracts": "id stay beneficiary kind started_on planned_end_on ended_on end_motive weekly_hours guaranteed_hours rome_code initial",
    "hours-amendments": "id contract starts_on weekly_hours",
    "monthly-hours": "id contract month hours client_kind",
    "passes": "id beneficiary number starts_on ends_on closed_on",
    "pass-suspensions": "id iae_pass beneficiary organisation motive starts_on ends_on created_at cancelled_at "
    "cancel_reason version",
    "pass-prolongations": "id iae_pass beneficiary organisation motive starts_on ends_on status asked_on decided_on "
    "refusal_reason prescriber document document_on created_at cancelled_at cancel_reason version",
    "eligibility-diagnoses": "id beneficiary organisation made_by made_on prescriber declared_on criteria documents purged_on "
    "created_at cancelled_at cancel_reason version",
    "derogations": "id beneficiary organisation motive decider status asked_on decided_on starts_on ends_on other_employer "
    "training_ends_on refusal_reason document document_on created_at cancelled_at cancel_reason version",
    "interviews": "id beneficiary organisation author author_name happened_at kind mode duration_minutes topics "
    "version synthesis is_withheld private_note",
    "goals": "id beneficiary organisation label origin due_on status dropped_because version created_at",
    "actions": "id beneficiary organisation goal interview assignee assignee_name label due_on status outcome "
    "version created_at",
    "appointments": "id beneficiary beneficiary_name organisation advisor advisor_name starts_at purpose status "
    "interview remarks",
    "barrier-readings": "id beneficiary organisation interview theme impact read_on",
    "exits": "id stay beneficiary organisation occurred_on motive motive_label category employer_name "
    "contract_months remarks version",
    "assessments": "id beneficiary competence competence_label level status observer observer_name organisation "
    "context comment assessed_on created_at",
    "gesture-lists": "id organisation label author competences is_put_aside version",
    "vae-projects": "id beneficiary organisation certification scope channel companion companion_on_portal funding "
    "quotes reference replaced_on status reached_on next_due_on steps reading version",
    "licences": "id beneficiary name kind label obtained_on expires_on holds_today issuer is_suspended organisation "
    "author cancelled_at cancel_reason version",
    "passports": "id beneficiary organisation content expires_on made_at author withdrawn_at",
    "files": "id carrier carrier_id title kind size added_by added_at",
    "employers": "id name siret sector organisation contact_name contact_phone version",
    "employer-accesses": "id employer user_name email started_at ended_at",
    "establishments": "id employer name commune insee_code",
    "task-analyses": "id establishment employer organisation title observed_on status version",
    "work-tasks": "id analysis name family weekly_hours season_hours dayparts is_hard is_devalued "
    "is_skill_building demands licences dangerous_work dismissed_on rome_code hourly_cost requirements",
    "job-proposals": "id title organisation tasks employers status quality created_at version",
    "profile-consents": "id beneficiary beneficiary_name employer proposal decision text_version asked_by asked_at "
    "decided_at decided_with ends_on employer_answer answered_at",
    "profiles": "id pseudonym job tasks competences answer valid_until",
    "placements": "id beneficiary beneficiary_name employer proposal exit advisor kind started_on months "
    "trial_ends_on ended_on",
    "follow-ups": "id placement beneficiary milestone milestone_label due_on done_on situation note",
}
WITHHELD = {
    ("people", SUPERVISOR): _CONTACT,
    ("people", GROUP_HEAD): _CONTACT,
    ("profile-consents", EMPLOYER): {
        "beneficiary", "beneficiary_name", "text_version", "asked_by", "asked_at", "decided_at", "decided_with", "ends_on",
    },
    ("work-tasks", EMPLOYER): {"is_hard", "is_devalued"},
    ("job-proposals", EMPLOYER): {"created_at"},
    ("placements", EMPLOYER): {"beneficiary", "beneficiary_name", "exit", "advisor"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(today):
    """These tests ask the calendar."""


@pytest.fixture
def house(db):
    return House()


def tables():
    """Names the router serves, read from the addresses themselves."""
    api = next(each for each in get_resolver().url_patterns if str(each.pattern) == "api/v1/")
    names = [url.name for include in api.url_patterns for url in getattr(include, "url_patterns", [])]
    return {name.removesuffix("-list") for name in names if name.endswith("-list")}


def test_every_table_says_who_reads_it():
    """SEC-01."""
    assert tables() == set(READERS) | OF_EVERYONE | APART
    assert set(FIELDS) == set(READERS)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_lists_and_reads_what_its_scope_gives_and_nothing_else(house, role):
    client = house.clients[role]
    for name in house.rows:
        listed = client.get(f"{API}{name}/")
        seen = str(house.number(name, role)) in {str(each["id"]) for each in listed.json()["results"]}
        read = client.get(f"{API}{name}/{house.number(name, role)}/")
        expected = role in READERS[name]
        assert (listed.status_code, seen) == (200, expected), name
        assert read.status_code == (200 if expected else 404), name


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_exactly_the_fields_meant_for_it(house, role):
    """SEC-07."""
    for name in house.rows:
        if role not in READERS[name]:
            continue
        shown = set(house.clients[role].get(f"{API}{name}/{house.number(name, role)}/").json())
        assert shown == set(FIELDS[name].split()) - WITHHELD.get((name, role), set()), (
            f"FIELDS[{name!r}] above says who reads what"
        )


OF_EACH_REQUEST = {
    "X-Request-ID",  # a new number each time
    "RateLimit-Remaining",  # counts the requests of who asks: one less each time, whatever was asked
    "RateLimit-Reset",  # seconds left in the minute, which pass between two requests
}


def test_a_neighbours_row_answers_byte_for_byte_like_an_absent_one(house):
    """SEC-04."""
    other = House()
    client = house.clients[ADVISOR]
    for name, row in other.rows.items():
        if name == "profiles":
            continue
        foreign = client.get(f"{API}{name}/{row.pk}/")
        unknown = uuid4() if isinstance(row.pk, UUID) else 10**15
        absent = client.get(f"{API}{name}/{unknown}/")
        assert (foreign.status_code, foreign.content) == (404, absent.content), name
        assert _told_by(foreign) == _told_by(absent), name


def _told_by(answer):
    """The headers, but for what tells each request apart."""
    return {name: value for name, value in answer.headers.items() if name not in OF_EACH_REQUEST}


def test_a_neighbours_rows_are_never_listed(house):
    other = House()
    for role in (ADVISOR, MANAGER, EMPLOYER, PERSON, GROUP_HEAD):
        for name, row in other.rows.items():
            listed = house.clients[role].get(f"{API}{name}/?page_size=100").json()["results"]
            assert str(row.pk) not in {str(each["id"]) for each in listed}, (role, name)


def test_no_address_answers_a_stranger(house):
    nobody = stranger()
    for name in [*house.rows, *OF_EVERYONE, *APART, "schema", "docs", "nowhere"]:
        for method in ("get", "post", "patch", "put", "delete", "options"):
            answer = getattr(nobody, method)(f"{API}{name}/")
            assert answer.status_code == 401, (name, method)
            assert "Location" not in answer.headers
    for name, row in house.rows.items():
        assert nobody.get(f"{API}{name}/{row.pk}/").status_code == 401, name


def test_a_seat_that_ends_closes_the_very_next_request(house):
    """SEC-11."""
    client = house.clients[SUPERVISOR]
    assert client.get(f"{API}stays/").status_code == 200
    seat = house["memberships"]
    ended = house.clients[MANAGER].post(f"{API}memberships/{seat.pk}/end/", {}, "application/json")
    assert ended.status_code == 200
    refused = client.get(f"{API}stays/")
    assert (refused.status_code, refused.json()["code"]) == (401, "seat_ended")


def test_reading_a_file_leaves_a_line_that_the_person_may_ask_for(house):
    """SEC-45."""
    client, person = house.clients[ADVISOR], house.person
    client.get(f"{API}people/{person.pk}/")
    client.get(f"{API}people/{person.pk}/thread/")
    client.get(f"{API}interviews/{house['interviews'].pk}/")
    actions = Entry.objects.filter(beneficiary_id=person.pk).order_by("id").values_list("action", flat=True)
    assert list(actions) == ["beneficiary.read", "beneficiary.read", "interview.read"]


def test_the_text_of_an_interview_is_for_who_may_read_it(house):
    address = f"{API}interviews/{house['interviews'].pk}/"
    read = {role: house.clients[role].get(address).json() for role in (ADVISOR, MANAGER, PERSON)}
    assert read[ADVISOR]["synthesis"] == read[PERSON]["synthesis"] == "Horaires tenus."
    assert (read[MANAGER]["synthesis"], read[MANAGER]["is_withheld"]) == ("", True)
    assert read[ADVISOR]["private_note"] == "À revoir avec calme."
    assert read[PERSON]["private_note"] == read[MANAGER]["private_note"] == ""


def test_a_colleague_never_reads_a_private_note(house):
    house.structure.is_caseload_shared = True
    house.structure.save()
    colleague = client_of(actor_of(ADVISOR, house.structure))
    shown = colleague.get(f"{API}interviews/{house['interviews'].pk}/").json()
    assert (shown["synthesis"], shown["private_note"]) == ("Horaires tenus.", "")


def test_lists_never_carry_the_text_of_an_interview(house):
    row = house.clients[ADVISOR].get(f"{API}interviews/").json()["results"][0]
    assert not {"synthesis", "private_note"} & set(row)


def test_in_a_shared_job_an_employer_reads_its_own_part_only(house):
    partner = EmployerFactory(organisation=house.structure)
    site = EstablishmentFactory(employer=partner)
    foreign = WorkTaskFactory(analysis=TaskAnalysisFactory(establishment=site))
    house["job-proposals"].tasks.add(foreign)
    house["job-proposals"].employers.add(partner)
    shown, whole = (
        house.clients[role].get(f"{API}job-proposals/{house.number('job-proposals', role)}/").json()
        for role in (EMPLOYER, ADVISOR)
    )
    assert shown["tasks"] == [house["work-tasks"].pk]
    assert shown["employers"] == [house["employers"].pk]
    assert len(whole["tasks"]) == 2
    # The quality of the whole job would tell an employer of the others.
    assert shown["quality"] is None
    assert whole["quality"]["least_hours"] == 20
