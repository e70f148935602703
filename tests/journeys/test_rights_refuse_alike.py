"""A PASS that changes, a derogation, data somebody asks about, a convention: one refusal, two doors.

What the rules refuse, the screen and the API refuse in the same words, writing nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from backend.core.actor import Role
from backend.organisations.models import Convention
from employers.models import ProfileConsent
from pathways.models import (
    Beneficiary,
    DataRequest,
    Derogation,
    IaePass,
    PassProlongation,
    PassSuspension,
    Retention,
)
from tests import factories as make
from tests.house.one_home.test_every_refusal_has_a_rule import FOUND_BY
from tests.pages import text_of
from tests.worlds.two_houses import API, House

pytestmark = pytest.mark.django_db
HOMES = {
    "passes/suspensions", "passes/prolongations", "passes/count", "derogations", "privacy", "conventions", "told/trials",
}  # fmt: skip
AT_TWO_DOORS = {code for code, home in FOUND_BY["pathways"].items() if home in HOMES} | {
    "cddi_derogation_ceiling"
}
REASONS = {
    "suspension_told_late": "refused nowhere: a remark",
    "pass_end_differs": "refused nowhere: a remark",
    "derogation_motive_elsewhere": "the screen offers the motives of the structure, and no other",
    "closing_note_missing": "the API asks for the note before the rule is asked",
    "exception_needs_reason": "both doors ask for the reason before the rule is asked",
    "trial_backwards": "refused nowhere, a trial writes nothing: tests/pathways/screens/test_rule_screens.py holds both doors",
}
Words = dict[str, Any]


@dataclass(frozen=True)
class Refused:
    """One gesture at its two doors, with the same words; `stir` makes the house ready for it."""

    code: str
    gesture: str
    said: Words
    stir: Callable[[House], object] = lambda house: None
    role: Role = Role.ADVISOR


SUSPEND = {"motive": "CONTRAT_ROMPU", "starts_on": "2026-09-01", "ends_on": "2026-10-15"}
PROLONG = {"motive": "RQTH", "ends_on": "2027-05-31", "asked_on": "2026-11-20"}
LIFT = {
    "motive": "RQTH", "decider": "PRESCRIPTEUR", "status": "DEMANDEE", "asked_on": "2026-11-20",
    "starts_on": "2027-01-05", "ends_on": "2027-07-04",
}  # fmt: skip


def soon_over(house: House) -> None:
    IaePass.objects.update(starts_on=date(2025, 3, 1), ends_on=date(2027, 2, 28))
    PassProlongation.objects.update(cancelled_at=timezone.now(), cancel_reason="Par erreur")


def again(*more: Callable[[House], object]) -> Callable[[House], None]:
    def stir(house: House) -> None:
        soon_over(house)
        for each in more:
            each(house)

    return stir


def prolonged_before(house: House) -> None:
    make.PassProlongationFactory(
        iae_pass=house["passes"], organisation=house.structure, status="ACCORDEE",
        starts_on=date(2024, 3, 1), ends_on=date(2027, 1, 1),
    )  # fmt: skip


def suspended_today(house: House) -> None:
    PassSuspension.objects.update(starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31))


def newer(house: House) -> None:
    make.IaePassFactory(beneficiary=house.person, starts_on=date(2027, 3, 1), ends_on=date(2029, 2, 27))


def closed(house: House) -> None:
    IaePass.objects.update(closed_on=date(2026, 11, 1))


def holding_another(house: House) -> None:
    """A suspension that only the first one keeps inside the PASS."""
    IaePass.objects.update(starts_on=date(2024, 6, 1), ends_on=date(2026, 6, 30))
    make.PassSuspensionFactory(
        iae_pass=house["passes"],
        organisation=house.structure,
        starts_on=date(2026, 6, 29),
        ends_on=date(2026, 7, 30),
    )


def in_an_ei(house: House) -> None:
    house.structure.kind = "EI"
    house.structure.save()


def born_in(year: int) -> Callable[[House], object]:
    return lambda house: Beneficiary.objects.update(birth_date=date(year, 5, 17))


def worked_long(house: House) -> None:
    make.ContractFactory(stay=house.stay, started_on=date(2022, 1, 4), planned_end_on=date(2026, 1, 4))


def long_decision(house: House) -> None:
    """Decided for too long: only a file or the past could have it."""
    worked_long(house)
    make.DerogationFactory(
        beneficiary=house.person, organisation=house.structure, motive="DIFFICULTES", status="ACCORDEE",
        decided_on=date(2026, 11, 2), starts_on=date(2026, 1, 1), ends_on=date(2028, 1, 1),
    )  # fmt: skip


CUMUL = LIFT | {
    "motive": "CUMUL",
    "decider": "PREFET",
    "other_employer": "ORDINAIRE",
    "ends_on": "2027-07-04",
}


def begun_lately(house: House) -> None:
    IaePass.objects.update(starts_on=date(2026, 9, 6), ends_on=date(2028, 9, 4))


def renewed_once(house: House) -> None:
    for start, end in ((date(2026, 1, 5), date(2026, 7, 4)), (date(2026, 7, 5), date(2027, 1, 4))):
        make.DerogationFactory(
            beneficiary=house.person, organisation=house.structure, motive="CUMUL", decider="PREFET",
            status="ACCORDEE", decided_on=date(2026, 1, 4), starts_on=start, ends_on=end, other_employer="ORDINAIRE",
        )  # fmt: skip


def asked_to_erase(house: House) -> None:
    DataRequest.objects.update(kind="EFFACEMENT", words="")


def known_elsewhere(house: House) -> None:
    """Asked by somebody gone, who stayed somewhere else too."""
    asked_to_erase(house)
    house.person.stays.update(ended_on=date(2026, 11, 1))
    make.StayFactory(beneficiary=house.person, started_on=date(2023, 1, 9), ended_on=date(2023, 6, 30))


def answered(house: House) -> None:
    DataRequest.objects.update(status="REFUSEE", answer="Rien à corriger.", answered_at=timezone.now())


def limited(house: House) -> None:
    DataRequest.objects.update(kind="LIMITATION", status="ACCORDEE", answered_at=timezone.now())


KEEP = {"kept_until": "2027-05-03", "kept_because": "Un contentieux inventé."}
AGREED = {"year": "2027", "first_month": "1", "last_month": "12"}
OURS = Role.MANAGER
REFUSED = [
    Refused("say_what_is_wrong", "ask about data", {"kind": "CORRECTION", "words": " "}),
    Refused("refusal_needs_reasons", "refuse", {"answer": " "}),
    Refused("already_answered", "refuse", {"answer": "Encore non."}, answered),
    Refused("still_accompanied", "grant", {}, asked_to_erase, OURS),
    Refused("known_elsewhere", "grant", {}, known_elsewhere, OURS),
    Refused("exception_in_the_past", "keep", KEEP | {"kept_until": "2026-11-22"}, role=OURS),
    Refused("exception_too_long", "keep", KEEP | {"kept_until": "2028-11-23"}, role=OURS),
    Refused("data_not_used_meanwhile", "show", {}, limited),
    Refused("convention_year", "agree", AGREED | {"year": "2028"}, role=OURS),
    Refused("convention_modulation", "agree", AGREED, role=OURS),
    Refused("suspension_backwards", "suspend", SUSPEND | {"ends_on": "2026-08-31"}),
    Refused("suspension_outside_pass", "suspend", SUSPEND | {"starts_on": "2025-12-01", "ends_on": "2026-01-31"}),
    Refused("suspension_to_come", "suspend", SUSPEND | {"starts_on": "2026-11-23", "ends_on": "2026-12-31"}),
    Refused("suspension_overlap", "suspend", SUSPEND | {"starts_on": "2026-04-30"}),
    Refused("suspension_too_long", "suspend", SUSPEND | {"ends_on": "2029-09-01"}),
    Refused("suspension_too_short", "suspend", SUSPEND | {"motive": "CONTRAT_SUSPENDU", "ends_on": "2026-09-15"}),
    Refused("suspension_motive_elsewhere", "suspend", SUSPEND | {"motive": "PASSERELLE"}),
    Refused("suspension_holds_another", "cancel suspension", {"reason": "Par erreur"}, holding_another),
    Refused("pass_closed", "suspend", SUSPEND, closed),
    Refused("closing_to_come", "close", {"on": "2026-11-23", "note": "Vu"}),
    Refused("closing_too_soon", "close", {"on": "2026-11-20", "note": "Vu"}),
    Refused("prolongation_not_after", "prolong", PROLONG | {"ends_on": "2027-02-28"}, soon_over),
    Refused("prolongation_motive_elsewhere", "prolong", PROLONG | {"motive": "DIFFICULTES"}, again(in_an_ei)),
    Refused("prolongation_age", "prolong", PROLONG | {"motive": "50_ANS"}, again(born_in(1988))),
    Refused("prolongation_too_long", "prolong", PROLONG | {"ends_on": "2028-02-29"}, soon_over),
    Refused("prolongation_total", "prolong", PROLONG, again(prolonged_before)),
    Refused("prolongation_outside_window", "prolong", PROLONG | {"ends_on": "2028-05-31"},
            lambda house: PassProlongation.objects.all().delete()),
    Refused("prolongation_of_an_old_pass", "prolong", PROLONG, again(newer)),
    Refused("prolongation_while_suspended", "prolong", PROLONG, again(suspended_today)),
    Refused("prolongation_pending", "prolong", PROLONG,
            lambda house: IaePass.objects.update(starts_on=date(2025, 3, 1), ends_on=date(2027, 2, 28))),
    Refused("asked_to_come", "prolong", PROLONG | {"asked_on": "2026-11-23"}, soon_over),
    Refused("derogation_backwards", "lift", LIFT | {"ends_on": "2027-01-04"}),
    Refused("derogation_decider", "lift", LIFT | {"decider": "PREFET"}),
    Refused("derogation_age", "lift", LIFT | {"motive": "50_ANS"}, born_in(1988)),
    Refused("derogation_training_end", "lift", LIFT | {"motive": "FORMATION"}),
    Refused("derogation_past_training", "lift", LIFT | {"motive": "FORMATION", "training_ends_on": "2027-07-03"}),
    Refused("derogation_needs_an_end", "lift", {name: words for name, words in LIFT.items() if name != "ends_on"}),
    Refused("derogation_too_long", "lift", LIFT | {"motive": "DIFFICULTES", "ends_on": "2028-01-05"}),
    Refused("derogation_total", "lift", LIFT | {"motive": "DIFFICULTES", "ends_on": "2028-01-04"}, worked_long),
    Refused("cumul_too_soon", "lift", CUMUL, begun_lately),
    Refused("cumul_other_employer", "lift", CUMUL | {"other_employer": "SIAE"}),
    Refused("cumul_renewed", "lift", CUMUL, renewed_once),
    Refused("answer_without_a_day", "lift", LIFT | {"status": "ACCORDEE"}),
    Refused("answer_on_another_day", "lift", LIFT | {"status": "ACCORDEE", "decided_on": "2026-11-19"}),
    Refused("refusal_without_reason", "lift", LIFT | {"status": "REFUSEE", "decided_on": "2026-11-20"}),
    Refused("cddi_derogation_ceiling", "sign",
            {"kind": "CDDI", "started_on": "2027-01-05", "planned_end_on": "2027-08-04", "weekly_hours": "26"}, long_decision),
]  # fmt: skip


def doors_of(gesture: str, house: House) -> tuple[str, Words, str, Words]:
    """Address and words of the API, then of the screen."""
    iae, stay, row = house["passes"].pk, house.stay.pk, house["pass-suspensions"].pk
    person, place, job = house.person.pk, house.structure.pk, house["job-proposals"].pk
    answer, answered_at = (
        f"data-requests/{house['data-requests'].pk}/answer/",
        f"/demandes/{house['data-requests'].pk}/reponse/",
    )
    return {
        "ask about data": (
            "data-requests/",
            {"beneficiary": person},
            f"/personnes/{person}/donnees/demande/",
            {},
        ),
        "refuse": (answer, {"is_granted": False}, answered_at, {"is_granted": "non", "version": "1"}),
        "grant": (answer, {"is_granted": True}, answered_at, {"is_granted": "oui", "version": "1"}),
        "keep": ("retentions/", {"beneficiary": person}, f"/personnes/{person}/donnees/garder/", {}),
        "show": (
            f"job-proposals/{job}/ask/",
            {"beneficiary": person},
            f"/postes/{job}/demander/",
            {"people": person},
        ),
        "agree": (
            "conventions/",
            {"organisation": place, "modulated_share": "0.12"},
            f"/conventions/structure/{place}/nouvelle/",
            {"modulated_share": "12"},
        ),
        "suspend": ("pass-suspensions/", {"iae_pass": iae}, f"/pass/{iae}/suspendre/", {}),
        "prolong": ("pass-prolongations/", {"iae_pass": iae}, f"/pass/{iae}/prolonger/", {}),
        "close": (f"passes/{iae}/close/", {}, f"/pass/{iae}/clore/", {}),
        "lift": ("derogations/", {"stay": stay}, f"/passages/{stay}/derogation/", {}),
        "sign": ("contracts/", {"stay": stay}, f"/passages/{stay}/contrat/", {}),
        "cancel suspension": (
            f"pass-suspensions/{row}/cancel/",
            {},
            f"/pass/suspensions/{row}/annuler/",
            {"version": "1"},
        ),
    }[gesture]


def written() -> list[Any]:
    models = (
        IaePass,
        PassSuspension,
        PassProlongation,
        Derogation,
        DataRequest,
        Retention,
        ProfileConsent,
        Convention,
    )
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("refused", REFUSED, ids=lambda row: row.code)
def test_both_doors_say_the_same_and_write_nothing(refused):
    with time_machine.travel(f"{make.TODAY}T10:00:00+01:00", tick=False):
        house = House()
        refused.stir(house)
        path, body, screen, typed = doors_of(refused.gesture, house)
        client, before = house.clients[refused.role], written()

        headers = {"HTTP_IF_MATCH": '"1"'} if path.endswith(("/cancel/", "/answer/")) else {}
        answer = client.post(API + path, json.dumps(body | refused.said), "application/json", **headers)
        assert answer.status_code == 400, answer.content
        assert answer.json()["code"] == refused.code
        page = client.post(screen, {"form_id": "", **typed, **refused.said})
        assert page.status_code == 422, page.status_code
        assert answer.json()["detail"] in text_of(page)
        assert written() == before


def test_every_refusal_has_a_row_or_a_reason():
    rows = {row.code for row in REFUSED}
    assert rows | set(REASONS) == AT_TWO_DOORS
    assert not rows & set(REASONS)
