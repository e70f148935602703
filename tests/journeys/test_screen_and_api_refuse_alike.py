"""One refusal of the employers and of the competences, two doors: the screen says what the API says, and nothing is written.

No file brings these facts. A new refusal makes a test red until it has a row or a reason here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import time_machine
from django.apps import apps

from backend.core.actor import Role
from backend.organisations.enums import StructureKind
from backend.organisations.models import Organisation
from competences.enums import CertificationOrigin
from competences.models import Competence
from employers.enums import ConsentDecision, DangerousWork, ProposalStatus
from employers.models import JobProposal, PostHireFollowUp, ProfileConsent
from tests import factories as make
from tests.house.one_home.test_every_refusal_has_a_rule import FOUND_BY, SAID_BY_SERVICES
from tests.pages import text_of
from tests.worlds.two_houses import API, House

pytestmark = pytest.mark.django_db
DOMAINS = ("competences", "employers")
Words = dict[str, Any]

NOT_BY_BOTH: dict[tuple[str, str], str] = {
    ("competences", "in_the_future"): "a gesture is ticked the day it is seen: the screen asks no day",
    **{
        ("competences", code): "refused nowhere: a remark of a file of VAE"
        for code in (
            "drop_while_waiting", "jury_late", "jury_too_small", "jury_knows_candidate", "refused_after_silence",
            "leave_asked_late", "leave_too_soon", "cpf_needs_portal", "quotes_missing",
        )
    },
    ("competences", "jury_day_missing"): "the screen asks for the day of a jury in its own words",
    ("competences", "own_word"): "one's own words stand on no page that comments: it does not exist",
    ("competences", "commented"): "a button on the screen: see tests/competences/observe",
    ("competences", "reason_missing"): "both doors ask for the reason before the rule is asked",
    ("employers", "unknown_answer"): "two buttons on the screen, a list in the API: another word is no answer",
    ("employers", "unknown_situation"): "a list at both doors",
    ("employers", "unknown_kind"): "a list at both doors",
    ("employers", "unknown_status"): "a list at both doors",
    ("employers", "unknown_daypart"): "a list at both doors",
    ("employers", "unknown_licence"): "a list at both doors",
    ("employers", "season_hours"): "the screen has four inputs, one for each season",
    ("employers", "no_task"): "both doors ask for a task before the rule is asked",
    ("employers", "supported_elsewhere"): "refused nowhere: a remark of an exit",
    ("employers", "employer_not_of_job"): "the screen offers the employers of the job, and no other",
    ("employers", "already_has_access"): "an access is offered on the screen alone",
    ("employers", "hire_after_call"): "corrected by PATCH: see tests/employers/screens/test_correcting_the_work.py",
    ("employers", "not_done_yet"): "the screen of a call that waits has nothing to correct: it does not exist",
    ("employers", "task_in_use"): "a button: see tests/employers/screens/test_writing_task_sheets.py",
}  # fmt: skip


@dataclass(frozen=True)
class Refused:
    """A gesture at its two doors, each with the words that say the same; `stir` makes the house ready for it."""

    domain: str
    code: str
    api: str
    body: Callable[[House], Words]
    screen: str
    typed: Callable[[House], Words]
    stir: Callable[[House], object] = lambda house: None
    matched: str = ""
    """Whose version the gesture is told with; none when it asks for none."""


def hired(code: str, *, stir: Callable[[House], object] = lambda house: None, **said: Any) -> Refused:
    words = {"kind": "CDI", "started_on": "2026-11-20", **said}
    return Refused(
        "employers", code,
        "placements/", lambda house: {"stay": house.stay.pk, "employer": house["employers"].pk, **words},
        "/passages/{stays}/embauche/", lambda house: {"employer": house["employers"].pk, **words},
        stir,
    )  # fmt: skip


def called(code: str, on: str, stir: Callable[[House], object] = lambda house: None) -> Refused:
    words = {"situation": "EN_POSTE", "on": on, "note": ""}
    return Refused(
        "employers", code, "follow-ups/{follow-ups}/record/", lambda house: words,
        "/suivis-dans-l-emploi/{follow-ups}/", lambda house: words, stir,
    )  # fmt: skip


def answered(code: str, **known: Any) -> Refused:
    def stir(house: House) -> None:
        ProfileConsent.objects.filter(pk=house["profile-consents"].pk).update(
            **{"decision": ConsentDecision.ASKED, **known}
        )

    return Refused(
        "employers", code, "profile-consents/{profile-consents}/answer/", lambda house: {"granted": True},
        "/accords/{profile-consents}/", lambda house: {"granted": "oui"}, stir,
    )  # fmt: skip


def titled(code: str, **said: Any) -> Refused:
    words = {"kind": "SST", "label": "", "obtained_on": "2026-11-02", **said}
    return Refused(
        "competences", code, "licences/", lambda house: {"beneficiary": house.person.pk, **words},
        "/personnes/{people}/habilitations/nouvelle/", lambda house: words,
    )  # fmt: skip


def with_steps(*steps: tuple[Any, ...]) -> Callable[[House], object]:
    """What happened to the file this month: a kind, a day of November, the day of the jury."""

    def stir(house: House) -> None:
        for kind, day, *jury in steps:
            make.VaeStepFactory(
                project=house["vae-projects"],
                kind=kind,
                on=date(2026, 11, day),
                jury_on=jury[0] if jury else None,
            )

    return stir


def stepped(
    code: str,
    kind: str,
    *steps: tuple[Any, ...],
    on: int = 20,
    stir: Callable[[House], object] = lambda house: None,
    **said: Any,
) -> Refused:
    """One more step of a VAE, which what happened before refuses."""
    words = {"kind": kind, "on": f"2026-11-{on}", **said}
    happened = with_steps(*steps)
    return Refused(
        "competences", code, "vae-projects/{vae-projects}/move/", lambda house: words,
        "/vae/{vae-projects}/etape/", lambda house: words | {"version": str(house["vae-projects"].version)},
        lambda house: (happened(house), stir(house)), matched="vae-projects",
    )  # fmt: skip


def kept(code: str, count: int) -> Refused:
    """« Ce chantier » with so many gestures."""

    def gestures(house: House) -> list[Competence]:
        while Competence.objects.count() < count:
            make.CompetenceFactory()
        return list(Competence.objects.order_by("pk")[:count])

    return Refused(
        "competences", code, "gesture-lists/",
        lambda house: {"label": "Berges du Songe", "competences": [each.code for each in gestures(house)]},
        "/observer/chantiers/nouveau/",
        lambda house: {"label": "Berges du Songe", "competences": [each.pk for each in gestures(house)]},
    )  # fmt: skip


def deposit_another(house: House) -> None:
    other = make.VaeProjectFactory(beneficiary=house.person, organisation=house.structure)
    for kind in ("ACCORD", "RECEVABILITE"):
        make.VaeStepFactory(project=other, kind=kind, on=date(2026, 11, 1))


def plan_later(house: House) -> None:
    """The project is of the middle of this month."""
    house["vae-projects"].steps.update(on=date(2026, 11, 15))


def add_one_of_the_register(house: House) -> None:
    house.rows["certifications"] = make.CertificationFactory(origin=CertificationOrigin.REGISTER)


def add_a_bloc(house: House) -> None:
    house.rows["blocs"] = make.BlocFactory()


def last_step(house: House) -> int:
    return house["vae-projects"].steps.order_by("pk").last().pk


def close_the_job(house: House) -> None:
    JobProposal.objects.update(status=ProposalStatus.FILLED)
    ProfileConsent.objects.update(decision=ConsentDecision.ASKED)


def hire_already(house: House) -> None:
    exit_ = make.ExitFactory(stay=house.stay, occurred_on=date(2026, 11, 20))
    make.PlacementFactory(beneficiary=house.person, employer=house["employers"], exit=exit_)


def many_tasks(house: House) -> Words:
    """A task at each of four employers of the structure."""
    tasks = []
    for _ in range(4):
        site = make.EstablishmentFactory(employer=make.EmployerFactory(organisation=house.structure))
        tasks.append(
            make.WorkTaskFactory(analysis=make.TaskAnalysisFactory(establishment=site, returned=True)).pk
        )
    return {"title": "Aide de production", "organisation": house.structure.pk, "tasks": tasks}


def lend_only(house: House) -> None:
    Organisation.objects.filter(pk=house.structure.pk).update(kind=StructureKind.AI)


def a_dangerous_task(house: House) -> Words:
    site = make.EstablishmentFactory(employer=make.EmployerFactory(organisation=house.structure))
    analysis = make.TaskAnalysisFactory(establishment=site, returned=True)
    task = make.WorkTaskFactory(analysis=analysis, dangerous_work=DangerousWork.PARAQUAT)
    return {"title": "Aide aux vignes", "organisation": house.structure.pk, "tasks": [task.pk]}


def a_task_somebody_was_dismissed_from(house: House) -> Words:
    site = make.EstablishmentFactory(employer=make.EmployerFactory(organisation=house.structure))
    analysis = make.TaskAnalysisFactory(establishment=site, returned=True)
    task = make.WorkTaskFactory(analysis=analysis, dismissed_on=date(2026, 9, 1))
    return {"title": "Aide au fournil", "organisation": house.structure.pk, "tasks": [task.pk]}


REFUSED = [
    hired("cdi_without_length", months=8),
    hired("length_needed", kind="CDD"),
    hired("trial_before_hire", trial_ends_on="2026-11-19"),
    hired("left_after_hire", left_on="2026-11-21"),
    hired("already_hired", stir=hire_already),
    called("in_the_future", "2026-11-23"),
    called("call_before_hire", "2026-08-31"),
    called("call_too_early", "2026-10-01"),
    called("already_done", "2026-11-20",
           lambda house: PostHireFollowUp.objects.update(done_on=date(2026, 11, 20), situation="EN_POSTE")),
    answered("question_ended", ends_on=date(2026, 11, 21)),
    answered("already_answered", decision=ConsentDecision.REFUSED),
    Refused("employers", "job_over", "profile-consents/{profile-consents}/answer/", lambda house: {"granted": True},
            "/accords/{profile-consents}/", lambda house: {"granted": "oui"}, close_the_job),
    Refused("employers", "too_many_employers", "job-proposals/", many_tasks, "/postes/composer/", many_tasks),
    Refused("employers", "dangerous_work", "job-proposals/", a_dangerous_task, "/postes/composer/", a_dangerous_task, lend_only),
    Refused("employers", "recent_dismissal", "job-proposals/", a_task_somebody_was_dismissed_from, "/postes/composer/",
            a_task_somebody_was_dismissed_from, lend_only),
    stepped("consent_missing", "INSCRIPTION"),
    stepped("step_twice", "ACCORD", ("ACCORD", 20), on=20),
    stepped("before_the_project", "ACCORD", on=10, stir=plan_later),
    stepped("step_to_come", "ACCORD", on=25),
    stepped("stage_out_of_order", "VALIDATION_TOTALE", ("ACCORD", 2)),
    stepped("blocs_missing", "VALIDATION_PARTIELLE", ("ACCORD", 2)),
    stepped("result_before_jury", "REFUS", ("ACCORD", 2), ("JURY", 3, date(2026, 12, 15))),
    stepped("jury_before_summons", "JURY", ("ACCORD", 2), jury_on="2026-11-10"),
    stepped("jury_too_far", "JURY", ("ACCORD", 2), jury_on="2035-11-10"),
    stepped("leave_too_long", "CONGE_DEMANDE", ("ACCORD", 2), ("RECEVABLE", 3), leave_on="2027-02-01", leave_hours=200),
    stepped("leave_postponed_too_far", "CONGE_REPORTE", ("ACCORD", 2), ("RECEVABLE", 3), ("CONGE_DEMANDE", 4), leave_on="2027-03-01"),
    stepped("too_many_files", "RECEVABILITE", ("ACCORD", 2), stir=deposit_another),
    Refused("competences", "breaks_what_follows",
            "vae-projects/{vae-projects}/cancel/", lambda house: {"step": last_step(house), "reason": "Par erreur"},
            "/vae/etapes/{step}/annuler/", lambda house: {"version": "1", "reason": "Par erreur"},
            with_steps(("ACCORD", 2), ("JURY", 4, date(2026, 11, 10)), ("REFUS", 12), ("RECEVABLE", 3)), "vae-projects"),
    titled("licence_unnamed", kind="AUTRE"),
    titled("licence_to_come", obtained_on="2026-12-24"),
    titled("licence_ends_before", expires_on="2026-10-01"),
    titled("licence_too_long", expires_on="2036-11-01"),
    Refused("competences", "certification_code", "certifications/", lambda house: {"label": "Titre inventé", "code": "Bac"},
            "/certifications/nouvelle/", lambda house: {"label": "Titre inventé", "code": "Bac"}),
    Refused("competences", "of_the_register", "blocs/",
            lambda house: {"certification": house["certifications"].pk, "code": "BC01", "label": "Tenir la lanterne"},
            "/certifications/{certifications}/blocs/nouveau/", lambda house: {"code": "BC01", "label": "Tenir la lanterne"},
            add_one_of_the_register),
    Refused("competences", "no_line", "blocs/{blocs}/accept_lines/", lambda house: {"lines": [" - "]},
            "/blocs/{blocs}/competences/", lambda house: {"version": "1", "lines": " - "}, add_a_bloc, "blocs"),
    Refused("competences", "nothing_chosen", "passports/",
            lambda house: {"beneficiary": house.person.pk, "chosen": []},
            "/personnes/{people}/passeport/", lambda house: {"days": "90"}),
    kept("no_gesture", 0),
    kept("too_many_gestures", 21),
    Refused("competences", "already_begun", "vae-projects/{vae-projects}/decline/", lambda house: {},
            "/vae/{vae-projects}/sans-suite/", lambda house: {"version": "1"}, with_steps(("ACCORD", 2)), "vae-projects"),
]  # fmt: skip


def written() -> dict[str, list[Any]]:
    """Every row of the two domains."""
    models = [model for domain in DOMAINS for model in apps.get_app_config(domain).get_models()]
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("refused", REFUSED, ids=lambda row: f"{row.domain}-{row.code}")
def test_both_doors_say_the_same_and_write_nothing(refused):
    with time_machine.travel(f"{make.TODAY}T10:00:00+01:00", tick=False):
        house = House()
        refused.stir(house)
        body, typed = refused.body(house), refused.typed(house)
        numbers = {name: row.pk for name, row in house.rows.items()} | {"step": last_step(house)}
        client, before = house.clients[Role.ADVISOR], written()

        headers = {"HTTP_IF_MATCH": f'"{house[refused.matched].version}"'} if refused.matched else {}
        answer = client.post(
            API + refused.api.format(**numbers), json.dumps(body), "application/json", **headers
        )
        assert answer.status_code in {400, 409}, answer.content
        assert answer.json()["code"] == refused.code
        page = client.post(refused.screen.format(**numbers), {"form_id": "", **typed})
        assert page.status_code == 422
        assert answer.json()["detail"] in text_of(page)
        assert written() == before


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_refusal_has_a_row_or_a_reason(domain):
    said = {code for codes in SAID_BY_SERVICES[domain].values() for code in codes.split()}
    rows = {row.code for row in REFUSED if row.domain == domain}
    reasons = {code for of, code in NOT_BY_BOTH if of == domain}
    assert rows | reasons == {*FOUND_BY[domain], *said}
    assert not rows & reasons
