"""One hostile fact, four doors: the screen, the API, the command and a workbook say the same of it.

A contradiction is refused by all four; what the law would refuse of a past fact is refused where it is typed, and
kept with a « réserve » where a file brings it. A new refusal makes a test red until it has a row or a reason here.
"""

from __future__ import annotations

import csv
import json
from contextlib import suppress

import pytest
import time_machine
from celery import current_app
from django.core.management import call_command
from django.test import Client

from backend.core.actor import Role
from backend.core.rule_lines import line_behind
from backend.exchange import services
from pathways.models import (
    Contract,
    EligibilityDiagnosis,
    Exit,
    HoursAmendment,
    HoursWish,
    IaePass,
    Immersion,
    Interview,
    MedicalVisit,
    MonthlyHours,
    SavedDays,
    Training,
)
from tests.backend.exchange.sheets import workbook
from tests.backend.exchange.whole import write_bundle
from tests.factories import MembershipFactory, OrganisationFactory
from tests.house.one_home.test_every_refusal_has_a_rule import FOUND_BY, OF_EVERY_DOMAIN, SAID_BY_SERVICES
from tests.journeys.hostile_facts import (
    HOSTILE,
    Hostile,
    Row,
)
from tests.journeys.test_rights_refuse_alike import AT_TWO_DOORS
from tests.journeys.typed_facts import BY_API, BY_SCREEN, Known
from tests.pages import text_of
from tests.signin import sign_in

API = "/api/v1/"
NOT_BY_FILE: dict[str, str] = {
    "contract_after_its_amendment": "a first day corrected: tests/pathways/services/contracts/test_amendments.py holds its doors",
    **dict.fromkeys(AT_TWO_DOORS, "in no file: tests/journeys/test_rights_refuse_alike.py holds both doors"),
    **dict.fromkeys(
        ("convention_year", "convention_modulation"),
        "in no workbook: tests/backend/exchange/imports/test_import_bundle.py sends a bundle",
    ),
    **dict.fromkeys(
        ("nobody_here", "namesakes", "already_open"), "a file opened for some hours: no file of rows opens one"
    ),
    "no_longer_authorised": "a copy in preparation: tests/pathways/screens/test_data_screens.py reads its end at both doors",
    "birth_date": "a person, not a fact of theirs: the tests of the exchange send one",
    "transition": "goals, actions and appointments are in no file",
    "reason_missing": "goals and actions are in no file",
    "contract_same_days": "refused nowhere: a remark",
    "broken_off_without_a_day": "only a correction or a file can say it: tests/pathways/test_contracts_broken_off.py",
    "alternance_length": "refused nowhere: a remark",
    "cdi_inclusion_age_unknown": "refused nowhere: a remark",
    "age_not_sure": "refused nowhere: a remark",
    "same_minute": "refused nowhere: a remark",
    "cdi_inclusion_share": "refused nowhere: a remark",
    "diagnosis_missing": "refused nowhere: a remark",
    "document_stale": "refused nowhere: a remark",
    "diagnosis_elsewhere": "only a file can say it: the screen and the API ask an insertion structure first",
    "more_than_a_week": "refused nowhere: a remark",
    "hours_told_twice": "a file says a month whole: its detail takes the place of the figure, or the month is asked",
    "renewal_elsewhere": "an unknown first contract is kept unchained, with a réserve of the file's own",
    "already_closed": "an exit sent again corrects the one known (docs/echange.md)",
    "stays_overlap": "the stays of a file are found from its contracts",
    "look_alike": "the sender's own identifiers say who is who (decision 0012)",
    "advisor_elsewhere": "no file names the référent",
    "unknown_topic": "refused by the list of the column",
    "unknown_barrier": "freins are in no file",
    "another_person": "goals and actions are in no file",
    "assignee_elsewhere": "goals and actions are in no file",
    "appointment_in_the_past": "appointments are in no file",
    "appointment_taken": "appointments are in no file",
    "appointment_twice": "appointments are in no file",
    "postponed_too_late": "actions and appointments are in no file",
    "day_already_past": "promises are in no file",
    "unknown_reason": "corrections are in no file",
    **dict.fromkeys(
        ("contract_before_entry", "entry_after_exit", "came_back_since", "something_rests_on_it"),
        "corrections and what is taken back are in no file",
    ),
    "not_waiting": "whoever waits to be called is in no file",
    "immersion_same_days": "refused nowhere: a remark",
    **dict.fromkeys(
        ("immersion_renewed_twice", "immersion_renewal_early", "immersion_renewal_differs", "immersion_past_its_end",
         "immersion_review_day", "immersion_review_empty", "immersion_is_cancelled", "immersion_is_renewed"),
        "a gesture on a convention already known: tests/pathways/services/test_immersions.py",
    ),
    **dict.fromkeys(("wish_few_moments", "wish_past_the_week"), "refused nowhere: a remark"),
    **dict.fromkeys(("gap_spends_the_pass", "gap_ends_the_pass"), "refused nowhere: what a gap cost"),
    "saved_many": "refused nowhere: a remark",
    **dict.fromkeys(
        ("visit_is_cancelled", "saved_days_are_cancelled"),
        "a gesture on a row already known: tests/pathways/services/travelling/test_rights_that_travel.py",
    ),
    "wish_unknown_moment": "a closed list, of which no window takes another code",
    "wish_is_cancelled": "a gesture on a wish already known: tests/pathways/services/test_wishes.py",
    **dict.fromkeys(
        ("training_long_days", "training_same_days", "training_without_a_stay", "derogation_training_unknown",
         "derogation_training_other_end"),
        "refused nowhere: a remark",
    ),
    **dict.fromkeys(
        ("training_end_to_come", "training_stop_missing", "training_stop_elsewhere", "training_certificate_missing",
         "training_certificate_day", "training_is_cancelled"),
        "a gesture on a training already known: tests/pathways/services/test_trainings.py, and by a file "
        "tests/backend/exchange/lines/test_trainings_travel.py",
    ),
    "hours_changed_meanwhile": "of the table of a month, where several people type: the file judges by its own memory",
    **dict.fromkeys(
        (
            "relay_to_whom", "relay_to_oneself", "relay_twice", "relay_meets_late", "relay_move", "relay_lapsed", "relay_over",
            "relay_gives_nothing", "relay_agreed_another_day", "relay_met_another_day", "relay_name_missing",
            "relay_conditions_open",
        ),
        "relays are in no file: an agreement is given by the person, never brought by a spreadsheet",
    ),
    "already_has_access": "accesses are in no file",
    **dict.fromkeys(
        ("same_file", "told_apart", "to_choose", "conflict", "already_separated", "too_late_to_separate", "joined_again_since"),
        "two files are joined by people, never by a spreadsheet: tests/pathways/services/twins/test_reunions.py",
    ),
    "another_thread": "accesses are in no file",
}  # fmt: skip

ROWS = pytest.mark.parametrize("hostile", HOSTILE, ids=lambda row: row.code)


@pytest.fixture(autouse=True)
def _day(tmp_path, settings, monkeypatch):
    settings.IMPORT_DIR = tmp_path / "imports"
    monkeypatch.setattr(current_app, "send_task", lambda name, args: None)
    with time_machine.travel("2026-11-26T10:00:00+01:00", tick=False):
        yield


def lines_of(hostile: Hostile, *, with_it: bool) -> dict[str, list[Row]]:
    """Every sheet, the hostile line last in its own, or in the place of the one it corrects."""
    lines = {"salaries": [{"id": "p1", "nom": "Fictive", "prenom": "Solange"}], **hostile.before}
    if with_it:
        known = [
            row for row in lines.get(hostile.file, []) if row.get("id", "") != hostile.line.get("id", "-")
        ]
        lines[hostile.file] = [*known, hostile.line]
    return lines


def seat(hostile: Hostile):
    """The manager of the structure; what it knows came by a workbook."""
    return MembershipFactory(role=Role.MANAGER, organisation=OrganisationFactory(kind=hostile.kind))


def send_workbook(manager, lines) -> list[Row]:
    sheets = {name: [list(rows[0]), *(list(row.values()) for row in rows)] for name, rows in lines.items()}
    job = services.request_import(
        actor=manager.as_actor(),
        organisation=manager.organisation,
        files=[workbook(**sheets)],
        is_dry_run=False,
    )
    services.run_import(job_id=str(job.pk))
    job.refresh_from_db()
    path = services.download_report(actor=manager.as_actor(), job=job)
    return read_report(path) if path else []


def send_bundle(folder, hostile: Hostile, lines) -> list[Row]:
    files = {f"{name}.csv": rows for name, rows in lines.items()}
    files["structures.csv"] = [{"id": "s1", "nom": "Structure inventée", "type": hostile.kind}]
    for name in (
        "immersions",
        "formations",
        "eligibilite",
        "visites",
        "jours_epargnes",
    ):  # a workbook is of its structure; a bundle says which one
        if f"{name}.csv" in files:
            files[f"{name}.csv"] = [row | {"structure_id": "s1"} for row in lines[name]]
    if "salaries.csv" in files:  # the people of a workbook are others
        files["salaries.csv"] = [row | {"nom": "Ailleurs", "prenom": "Autre"} for row in lines["salaries"]]
    if "pass.csv" in files:  # a number belongs to one person
        files["pass.csv"] = [
            row | {"numero": row["numero"].replace("99999", "88888")} for row in lines["pass"]
        ]
    with suppress(SystemExit):
        call_command("import_bundle", write_bundle(folder, files), report=folder / "rapport.csv")
    return read_report(folder / "rapport.csv")


def read_report(path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def as_a_file_says(refusal: Row) -> str:
    """The refusal of the API in the words of a report: its texts, and by name the rule the API gives the address of."""
    line = line_behind(refusal["code"])
    assert (refusal["rule"] or "").endswith(f"#{line.code}" if line else ""), refusal
    assert (line is None) == (refusal["rule"] is None), refusal
    texts = " ; ".join(part for part in (refusal["basis"], line.name if line else "") if part)
    return f"{refusal['detail']} ({texts})" if texts else refusal["detail"]


def counted() -> list[int]:
    return [
        Contract.objects.filter(ended_on__isnull=True).count(),
        Contract.objects.count(),
        *(
            model.objects.count()
            for model in (
                HoursAmendment,
                MonthlyHours,
                IaePass,
                Exit,
                Immersion,
                Training,
                HoursWish,
                MedicalVisit,
                SavedDays,
                Interview,
                EligibilityDiagnosis,
            )
        ),
    ]


def first_known() -> Known:
    """The only person of the structure, their stay and their first contract."""
    first = Contract.objects.order_by("started_on").first()
    assert first is not None
    return Known(first.stay.beneficiary_id, first.stay_id, first.pk)


def said_by_the_api(client, hostile: Hostile):
    path, body = BY_API[hostile.file](hostile.line, first_known())
    answer = client.post(f"{API}{path}", json.dumps(body), "application/json")
    assert answer.status_code == 400, answer.content
    return answer.json()


def said_by_the_screen(client, hostile: Hostile) -> str:
    path, typed = BY_SCREEN[hostile.file](hostile.line, first_known())
    answer = client.post(path, typed)
    assert answer.status_code == 422, (answer.status_code, path)
    return text_of(answer)


@pytest.mark.django_db
@ROWS
def test_every_door_says_the_same(hostile, tmp_path):
    manager = seat(hostile)
    send_workbook(manager, lines_of(hostile, with_it=False))
    hostile.stir()
    before = counted()

    client = sign_in(Client(), manager.user, seat=manager.seat_key)
    refusal = said_by_the_api(client, hostile)
    assert refusal["code"] == hostile.code
    page = said_by_the_screen(client, hostile)
    assert (refusal["detail"] in page) is hostile.is_offered
    assert counted() == before

    by_workbook = send_workbook(manager, lines_of(hostile, with_it=True))
    assert (counted() == before) is hostile.is_contradiction

    send_bundle(tmp_path / "before", hostile, lines_of(hostile, with_it=False))
    hostile.stir()
    before = counted()
    by_command = send_bundle(tmp_path / "after", hostile, lines_of(hostile, with_it=True))
    assert (counted() == before) is hostile.is_contradiction

    gravity = "refus" if hostile.is_contradiction else "réserve"
    for report in (by_workbook, by_command):
        said = [
            (f"{row['probleme']} {row['que_faire']}", row["gravite"])
            for row in report
            if row["fichier"].removesuffix(".csv") == hostile.file
        ]
        assert (as_a_file_says(refusal), gravity) in said, said


def test_every_refusal_has_a_row_or_a_reason():
    codes = {
        *FOUND_BY["pathways"],
        *OF_EVERY_DOMAIN,
        *(code for said in SAID_BY_SERVICES["pathways"].values() for code in said.split()),
    }
    rows = {hostile.code for hostile in HOSTILE}
    assert rows | set(NOT_BY_FILE) == codes | {"look_alike"}, (
        "add a row to HOSTILE, or a reason to NOT_BY_FILE"
    )
    assert not rows & set(NOT_BY_FILE)
