"""Each day a service is given obeys a window: a new date field is red until this table says which.

The slips of a year a stranger makes (1950, 2001, 2099) are refused by every service that takes a day, and a
believable day is taken: the table calls the services themselves.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import models, transaction

from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.steps import seen
from backend.organisations.models import Organisation
from competences.models import Licence, VaeProject, VaeStep
from competences.services import (
    assess,
    correct_licence,
    correct_vae_step,
    describe_vae,
    move_vae,
    plan_vae,
    record_licence,
)
from employers.models import Employer, WorkTask
from employers.services import hire, open_analysis, record_post_hire
from pathways import services as thread
from pathways.enums import GoalOrigin
from pathways.models import (
    Beneficiary,
    Contract,
    Derogation,
    EntryProfile,
    IaePass,
    Immersion,
    Interview,
    Stay,
)
from tests.factories import (
    ActionFactory,
    AppointmentFactory,
    CompetenceFactory,
    ContractFactory,
    ExitFactory,
    GoalFactory,
    IaePassFactory,
    ImmersionFactory,
    InterviewFactory,
    PassSuspensionFactory,
    PlacementFactory,
    PostHireFollowUpFactory,
    StayFactory,
)
from tests.worlds.bakery import Bakery

PACKAGES = (
    "backend.organisations.services",
    "backend.exchange.services",
    "pathways.services",
    "competences.services",
    "employers.services",
    "reports.services",
)
OPEN_HANDED = {
    "update_person": Beneficiary,
    "record_entry": EntryProfile,
    "record_follow_up": Interview,
    "edit_interview": Interview,
    "create_structure": Organisation,
    "change_structure": Organisation,
    "update_employer": Employer,
    "correct_immersion": Immersion,
    "correct_licence": Licence,
    "add_task": WorkTask,
    "change_task": WorkTask,
    "plan_vae": VaeProject,
    "correct_contract": Contract,
    "describe_vae": VaeProject,
    "move_vae": VaeStep,
    "correct_vae_step": VaeStep,
    "correct_derogation": Derogation,
}
"""Services that take the fields of a row by their names; every date of the row counts."""


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


LONG_AGO, OVER, FAR = date(1950, 1, 1), date(2001, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Door:
    """A service given one day: those it refuses, one it takes."""

    give: Callable[[Bakery, date], object]
    takes: date
    refuses: tuple[date, ...] = (LONG_AGO, FAR)


def someone_leaving(house: Bakery):
    """Another open stay of the same advisor, followed by nothing."""
    return StayFactory(organisation=house.structure, advisor_id=house.advisor.user_id)


def told(house: Bakery, **said: object):
    known = {
        "happened_at": noon(date(2026, 11, 19)),
        "kind": "SUIVI",
        "mode": "PRESENTIEL",
        "synthesis": "Point.",
    }
    return thread.record_follow_up(actor=house.advisor, beneficiary=house.person, **(known | said))


def hired(house: Bakery, **days: date | None):
    known = {"started_on": date(2026, 11, 20), "kind": "CDI"}
    return hire(actor=house.advisor, stay=someone_leaving(house), employer=house.employer, **(known | days))


def a_contract(house: Bakery, **days: date):
    known = {"kind": "CDD", "started_on": date(2026, 11, 16), "planned_end_on": date(2027, 5, 15)}
    return thread.record_contract(actor=house.advisor, stay=house.stay, **(known | days))


def a_pass(house: Bakery, **days: date):
    known = {"number": "999990000001", "starts_on": date(2026, 1, 5)}
    return thread.record_pass(actor=house.advisor, beneficiary=house.person, **(known | days))


def an_immersion(house: Bakery, **days: date):
    known = {"started_on": date(2026, 11, 16), "planned_end_on": date(2026, 11, 20)} | days
    said = {
        "prescriber": "FRANCE_TRAVAIL",
        "host_name": "Verger rêvé",
        "purpose": "DECOUVRIR",
        "objectives": "Voir",
    }
    return thread.record_immersion(actor=house.advisor, beneficiary=house.person, **said, **known)


def one_known(house: Bakery):
    days = {"started_on": date(2026, 11, 2), "planned_end_on": date(2026, 11, 20)}
    return {
        "actor": house.advisor, "version": 1,
        "immersion": ImmersionFactory(beneficiary=house.person, organisation=house.structure, **days),
    }  # fmt: skip


def a_month_of_the_table(house: Bakery, day: date):
    """A table says its refusals beside its cells: here they are raised."""
    contract = ContractFactory(stay=house.stay, kind="CDI", started_on=date(2026, 10, 1), planned_end_on=None)
    cell = thread.TypedHours(contract, "", Decimal(10), None)
    done = thread.record_month_hours(actor=house.advisor, month=day, cells=[cell])
    for words in done.refused.values():
        raise DomainError("refused", words)


def a_vae(house: Bakery):
    return plan_vae(
        actor=house.advisor,
        beneficiary=house.person,
        certification="Titre inventé",
        scope="BLOCS",  # no limit a year
        on=date(2026, 9, 1),
        has_agreed=True,
    )


def admitted(house: Bakery):
    return move_vae(
        actor=house.advisor, project=a_vae(house), version=1, kind="RECEVABLE", on=date(2026, 9, 15)
    )[0]


def a_vae_step(house: Bakery, **said: object):
    known = {"on": date(2026, 11, 16)}
    return move_vae(actor=house.advisor, project=admitted(house), version=2, **(known | said))


def a_vae_corrected(house: Bakery, **said: object):
    project = admitted(house)
    known = {"kind": "DEMARCHE", "on": date(2026, 11, 16)}
    project = move_vae(actor=house.advisor, project=project, version=2, **known)[0]
    return correct_vae_step(
        actor=house.advisor,
        project=project,
        step=project.steps.get(kind="DEMARCHE"),
        version=3,
        reason="Autre jour",
        **(known | said),
    )


def titled(house: Bakery, **days: date):
    """A habilitation whose end no rule sets."""
    said = {"kind": "AUTRE", "label": "Conduite du four", "obtained_on": date(2026, 2, 2), **days}
    return record_licence(actor=house.advisor, beneficiary=house.person, **said)


def title_corrected(house: Bakery, **days: date):
    known = titled(house)
    return correct_licence(actor=house.advisor, licence=known, version=known.version, **days)


def a_rule(house: Bakery, **days: date):
    known = {
        "name": "cddi_ceiling_months",
        "value": "24",
        "basis": "Texte inventé",
        "valid_from": date(2026, 1, 1),
    }
    return thread.set_rule(actor=Actor.operator(), **(known | days))


def back_again(house: Bakery, day: date):
    Stay.objects.filter(pk=house.stay.pk).update(ended_on=date(2026, 10, 30))
    return thread.open_stay(
        actor=house.manager, beneficiary=house.person, organisation=house.structure, started_on=day
    )


def welcomed(house: Bakery, **days: date):
    known = {
        "started_on": date(2026, 11, 16),
        "birth_date": None,
        "last_name": "Inventée",
        "first_name": "Zoé",
    }
    return thread.welcome_person(actor=house.advisor, organisation=house.structure, **(known | days))


def followed_in_their_job(house: Bakery):
    placement = PlacementFactory(
        beneficiary=house.person, employer=house.employer, started_on=date(2026, 11, 2)
    )
    return PostHireFollowUpFactory(placement=placement)


def corrected(house: Bakery, **days: date | None):
    contract = ContractFactory(
        stay=house.stay, kind="CDD", started_on=date(2026, 11, 2), planned_end_on=date(2027, 5, 1)
    )
    return thread.correct_contract(actor=house.advisor, contract=contract, seen=seen(contract), **days)


def pass_corrected(house: Bakery, **days: date):
    mine = IaePass.objects.filter(beneficiary=house.person).first()
    iae = mine or IaePassFactory(beneficiary=house.person)
    known = {"number": iae.number, "starts_on": iae.starts_on, "ends_on": iae.ends_on}
    return thread.correct_pass(actor=house.advisor, iae=iae, seen=seen(iae), **(known | days))


def exit_moved(house: Bakery, day: date):
    mine = {"organisation": house.structure, "advisor_id": house.advisor.user_id}
    exit_ = ExitFactory(stay=StayFactory(ended_on=date(2026, 11, 18), **mine), motive="")
    return thread.move_exit(actor=house.advisor, exit_=exit_, version=1, on=day)


def appointment_corrected(house: Bakery, day: date):
    mine = {"beneficiary": house.person, "organisation": house.structure}
    row = AppointmentFactory(**mine, advisor_id=house.advisor.user_id)
    return thread.correct_appointment(
        actor=house.advisor, appointment=row, seen=seen(row), starts_at=noon(day), purpose=""
    )


PROMISED = (LONG_AGO, OVER, FAR)
"""What is promised is neither over nor a lifetime away."""
SOON, LATELY = date(2027, 1, 8), date(2026, 11, 17)


def a_pass_ending(house: Bakery):
    """The PASS of the person, soon over."""
    return IaePassFactory(beneficiary=house.person, starts_on=date(2025, 3, 1), ends_on=date(2027, 2, 28))


def suspended(house: Bakery, **days: date):
    known = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 10, 15)} | days
    return thread.record_suspension(
        actor=house.advisor, iae_pass=a_pass_ending(house), motive="CONTRAT_ROMPU", **known
    )[0]


def suspension_corrected(house: Bakery, **days: date):
    row = suspended(house)
    known = {"starts_on": row.starts_on, "ends_on": row.ends_on} | days
    return thread.correct_suspension(
        actor=house.advisor, suspension=row, version=1, motive=row.motive, **known
    )


def prolonged(house: Bakery, **days: date):
    known = {"ends_on": date(2027, 5, 31), "asked_on": date(2026, 11, 20)} | days
    return thread.ask_prolongation(actor=house.advisor, iae_pass=a_pass_ending(house), motive="RQTH", **known)


def prolongation_corrected(house: Bakery, **days: date):
    row = prolonged(house)
    known = {"ends_on": row.ends_on, "asked_on": row.asked_on} | days
    return thread.correct_prolongation(
        actor=house.advisor, prolongation=row, version=1, motive="RQTH", **known
    )


def lifted(house: Bakery, **days: date):
    known = {
        "starts_on": date(2027, 1, 5), "ends_on": date(2027, 7, 4), "asked_on": date(2026, 11, 2),
        "decided_on": date(2026, 11, 20), "training_ends_on": date(2027, 12, 31),
    } | days  # fmt: skip
    return thread.record_derogation(
        actor=house.advisor,
        stay=house.stay,
        motive="FORMATION",
        decider="PRESCRIPTEUR",
        status="ACCORDEE",
        **known,
    )


def lift_corrected(house: Bakery, **days: date):
    return thread.correct_derogation(actor=house.advisor, derogation=lifted(house), version=1, **days)


def lift_answered(house: Bakery, **days: date):
    known = {"decided_on": date(2026, 11, 20)} | days
    return thread.answer_derogation(
        actor=house.advisor,
        derogation=lifted(house),
        version=1,
        status="ACCORDEE",
        document="Décision",
        **known,
    )


def closed(house: Bakery, day: date):
    iae = a_pass_ending(house)
    PassSuspensionFactory(
        iae_pass=iae, organisation=house.structure, starts_on=date(2025, 9, 1), ends_on=date(2026, 12, 31)
    )
    return thread.close_pass(actor=house.advisor, iae_pass=iae, on=day, note="Vu.")


IN_TIME, NEXT_YEAR = date(2026, 11, 20), date(2027, 6, 30)
RIGHTS = {
    **{
        f"{service.__name__}.{name}": (service, name, takes)
        for service, name, takes in (
            (thread.record_suspension, "starts_on", date(2026, 9, 2)),
            (thread.record_suspension, "ends_on", NEXT_YEAR),
            (thread.correct_suspension, "starts_on", date(2026, 9, 2)),
            (thread.correct_suspension, "ends_on", NEXT_YEAR),
            *(
                (each, name, takes)
                for each in (thread.ask_prolongation, thread.correct_prolongation)
                for name, takes in (("ends_on", NEXT_YEAR), ("asked_on", IN_TIME), ("document_on", IN_TIME))
            ),
            *(
                (each, name, takes)
                for each in (thread.record_derogation, thread.correct_derogation)
                for name, takes in (
                    ("starts_on", date(2027, 1, 6)),
                    ("ends_on", NEXT_YEAR),
                    ("training_ends_on", date(2027, 7, 4)),
                    ("asked_on", date(2026, 11, 3)),
                    ("decided_on", IN_TIME),
                    ("document_on", IN_TIME),
                )
            ),
            (thread.answer_derogation, "decided_on", IN_TIME),
            (thread.answer_derogation, "document_on", IN_TIME),
        )
    }
}
GIVEN = {
    "record_suspension": suspended,
    "correct_suspension": suspension_corrected,
    "ask_prolongation": prolonged,
    "correct_prolongation": prolongation_corrected,
    "record_derogation": lifted,
    "correct_derogation": lift_corrected,
    "answer_derogation": lift_answered,
}


def _door_of(service: str, name: str, takes: date) -> Door:
    return Door(lambda house, day: GIVEN[service](house, **{name: day}), takes)


DOORS: dict[str, Door] = {
    **{key: _door_of(service.__name__, name, takes) for key, (service, name, takes) in RIGHTS.items()},
    "close_pass.on": Door(closed, IN_TIME),
    "answer_prolongation.decided_on": Door(
        lambda house, day: thread.answer_prolongation(
            actor=house.advisor, prolongation=prolonged(house), version=1, status="ACCORDEE", decided_on=day
        ),
        IN_TIME,
    ),
    "welcome_person.started_on": Door(lambda house, day: welcomed(house, started_on=day), LATELY),
    "welcome_person.birth_date": Door(
        lambda house, day: welcomed(house, birth_date=day), date(1990, 2, 3), (date(1905, 1, 1), FAR)
    ),
    "update_person.birth_date": Door(
        lambda house, day: thread.update_person(
            actor=house.advisor, beneficiary=house.person, version=house.person.version, birth_date=day
        ),
        date(1990, 2, 3),
        (date(1905, 1, 1), FAR),
    ),
    "open_stay.started_on": Door(back_again, LATELY),
    "close_stay.on": Door(
        lambda house, day: thread.close_stay(actor=house.advisor, stay=house.stay, on=day), LATELY
    ),
    "record_contract.started_on": Door(
        lambda house, day: a_contract(house, started_on=day), date(2026, 11, 16)
    ),
    "record_contract.planned_end_on": Door(lambda house, day: a_contract(house, planned_end_on=day), SOON),
    "end_contract.on": Door(
        lambda house, day: thread.end_contract(
            actor=house.advisor,
            contract=ContractFactory(stay=house.stay, kind="CDD", planned_end_on=SOON),
            on=day,
        ),
        LATELY,
    ),
    "record_hours.month": Door(
        lambda house, day: thread.record_hours(
            actor=house.advisor,
            contract=ContractFactory(
                stay=house.stay, kind="CDI", started_on=date(2026, 10, 1), planned_end_on=None
            ),
            month=day,
            hours=Decimal(10),
        ),
        date(2026, 10, 1),
    ),
    "record_immersion.started_on": Door(
        lambda house, day: an_immersion(house, started_on=day, planned_end_on=day), LATELY
    ),
    "record_immersion.planned_end_on": Door(
        lambda house, day: an_immersion(house, planned_end_on=day), date(2026, 11, 27)
    ),
    "renew_immersion.started_on": Door(
        lambda house, day: thread.renew_immersion(**one_known(house), started_on=day, planned_end_on=day),
        date(2026, 11, 23),
        PROMISED,
    ),
    "renew_immersion.planned_end_on": Door(
        lambda house, day: thread.renew_immersion(
            **one_known(house), started_on=date(2026, 11, 23), planned_end_on=day
        ),
        date(2026, 11, 27),
        PROMISED,
    ),
    "correct_immersion.started_on": Door(
        lambda house, day: thread.correct_immersion(**one_known(house), started_on=day), date(2026, 11, 3)
    ),
    "correct_immersion.planned_end_on": Door(
        lambda house, day: thread.correct_immersion(**one_known(house), planned_end_on=day),
        date(2026, 11, 27),
        PROMISED,
    ),
    "correct_immersion.ended_on": Door(
        lambda house, day: thread.correct_immersion(**one_known(house), ended_on=day), LATELY, PROMISED
    ),
    "correct_immersion.reviewed_on": Door(
        lambda house, day: thread.correct_immersion(**one_known(house), reviewed_on=day), LATELY, PROMISED
    ),
    "end_immersion.on": Door(
        lambda house, day: thread.end_immersion(**one_known(house), on=day), LATELY, PROMISED
    ),
    "review_immersion.reviewed_on": Door(
        lambda house, day: thread.review_immersion(**one_known(house), reviewed_on=day, tutor_review="Bien"),
        LATELY,
        PROMISED,
    ),
    "record_month_hours.month": Door(a_month_of_the_table, date(2026, 10, 1)),
    "correct_contract.started_on": Door(lambda house, day: corrected(house, started_on=day), LATELY),
    "correct_contract.planned_end_on": Door(lambda house, day: corrected(house, planned_end_on=day), SOON),
    "correct_contract.ended_on": Door(lambda house, day: corrected(house, ended_on=day), LATELY),
    "correct_stay.started_on": Door(
        lambda house, day: thread.correct_stay(
            actor=house.advisor, stay=house.stay, seen=seen(house.stay), started_on=day
        ),
        date(2026, 1, 2),
    ),
    "move_exit.on": Door(exit_moved, LATELY),
    "correct_pass.starts_on": Door(lambda house, day: pass_corrected(house, starts_on=day), LATELY),
    "correct_pass.ends_on": Door(lambda house, day: pass_corrected(house, ends_on=day), date(2028, 2, 4)),
    "correct_goal.due_on": Door(
        lambda house, day: thread.correct_goal(
            actor=house.advisor,
            goal=GoalFactory(beneficiary=house.person, organisation=house.structure),
            version=1,
            label="Permis B",
            origin=GoalOrigin.SHARED,
            due_on=day,
        ),
        SOON,
        PROMISED,
    ),
    "correct_action.due_on": Door(
        lambda house, day: thread.correct_action(
            actor=house.advisor,
            action=ActionFactory(beneficiary=house.person, organisation=house.structure),
            version=1,
            label="Appeler",
            due_on=day,
            goal=None,
        ),
        SOON,
        PROMISED,
    ),
    "correct_appointment.starts_at": Door(appointment_corrected, SOON, PROMISED),
    "record_pass.starts_on": Door(lambda house, day: a_pass(house, starts_on=day), LATELY),
    "record_pass.ends_on": Door(lambda house, day: a_pass(house, ends_on=day), date(2028, 1, 4)),
    "record_follow_up.happened_at": Door(lambda house, day: told(house, happened_at=noon(day)), LATELY),
    "record_follow_up.next_action_due_on": Door(
        lambda house, day: told(house, next_action="Appeler", next_action_due_on=day), SOON, PROMISED
    ),
    "record_follow_up.next_appointment_at": Door(
        lambda house, day: told(house, next_appointment_at=noon(day)), SOON, PROMISED
    ),
    "edit_interview.happened_at": Door(
        lambda house, day: thread.edit_interview(
            actor=house.advisor,
            interview=InterviewFactory(
                beneficiary=house.person, organisation=house.structure, author_id=house.advisor.user_id
            ),
            version=1,
            happened_at=noon(day),
        ),
        LATELY,
    ),
    "set_goal.due_on": Door(
        lambda house, day: thread.set_goal(
            actor=house.advisor,
            beneficiary=house.person,
            label="Permis B",
            origin=GoalOrigin.SHARED,
            due_on=day,
        ),
        SOON,
        PROMISED,
    ),
    "plan_action.due_on": Door(
        lambda house, day: thread.plan_action(
            actor=house.advisor, beneficiary=house.person, label="Appeler", due_on=day
        ),
        SOON,
        PROMISED,
    ),
    "postpone_action.due_on": Door(
        lambda house, day: thread.postpone_action(
            actor=house.advisor,
            action=ActionFactory(beneficiary=house.person, organisation=house.structure),
            version=1,
            due_on=day,
        ),
        SOON,
        PROMISED,
    ),
    "plan_appointment.starts_at": Door(
        lambda house, day: thread.plan_appointment(
            actor=house.advisor, beneficiary=house.person, starts_at=noon(day)
        ),
        SOON,
        PROMISED,
    ),
    "postpone_appointment.starts_at": Door(
        lambda house, day: thread.postpone_appointment(
            actor=house.advisor,
            appointment=AppointmentFactory(
                beneficiary=house.person, organisation=house.structure, advisor_id=house.advisor.user_id
            ),
            starts_at=noon(day),
        ),
        SOON,
        PROMISED,
    ),
    "set_rule.valid_from": Door(lambda house, day: a_rule(house, valid_from=day), LATELY),
    "set_rule.valid_to": Door(lambda house, day: a_rule(house, valid_to=day), SOON),
    "assess.assessed_on": Door(
        lambda house, day: assess(
            actor=house.advisor,
            beneficiary=house.person,
            competence=CompetenceFactory(),
            level=2,
            assessed_on=day,
        ),
        LATELY,
    ),
    "plan_vae.on": Door(
        lambda house, day: plan_vae(
            actor=house.advisor, beneficiary=house.person, certification="Titre inventé", on=day
        ),
        LATELY,
    ),
    "move_vae.on": Door(
        lambda house, day: move_vae(
            actor=house.advisor,
            project=plan_vae(
                actor=house.advisor,
                beneficiary=house.person,
                certification="Titre inventé",
                on=date(2026, 9, 1),
            ),
            version=1,
            kind="ACCORD",
            on=day,
        ),
        LATELY,
    ),
    "plan_vae.replaced_on": Door(
        lambda house, day: plan_vae(
            actor=house.advisor,
            beneficiary=house.person,
            certification="Titre inventé",
            on=date(2026, 9, 1),
            replaced_on=day,
        ),
        LATELY,
    ),
    "describe_vae.replaced_on": Door(
        lambda house, day: describe_vae(
            actor=house.advisor, project=a_vae(house), version=1, replaced_on=day
        ),
        LATELY,
    ),
    "move_vae.jury_on": Door(lambda house, day: a_vae_step(house, kind="JURY", jury_on=day), SOON),
    "move_vae.leave_on": Door(lambda house, day: a_vae_step(house, kind="CONGE_DEMANDE", leave_on=day), SOON),
    "correct_vae_step.on": Door(lambda house, day: a_vae_corrected(house, on=day), LATELY),
    "correct_vae_step.jury_on": Door(
        lambda house, day: a_vae_corrected(house, kind="JURY", jury_on=day), SOON
    ),
    "correct_vae_step.leave_on": Door(
        lambda house, day: a_vae_corrected(house, kind="CONGE_DEMANDE", leave_on=day), SOON
    ),
    "record_licence.obtained_on": Door(lambda house, day: titled(house, obtained_on=day), LATELY),
    "record_licence.expires_on": Door(lambda house, day: titled(house, expires_on=day), SOON),
    "correct_licence.obtained_on": Door(lambda house, day: title_corrected(house, obtained_on=day), LATELY),
    "correct_licence.expires_on": Door(lambda house, day: title_corrected(house, expires_on=day), SOON),
    "open_analysis.observed_on": Door(
        lambda house, day: open_analysis(
            actor=house.advisor, establishment=house.establishment, title="Au fournil", observed_on=day
        ),
        LATELY,
    ),
    "hire.started_on": Door(lambda house, day: hired(house, started_on=day), LATELY),
    "hire.trial_ends_on": Door(lambda house, day: hired(house, trial_ends_on=day), SOON),
    "hire.left_on": Door(lambda house, day: hired(house, left_on=day), LATELY),
    "record_post_hire.on": Door(
        lambda house, day: record_post_hire(
            actor=house.advisor, follow_up=followed_in_their_job(house), situation="EN_POSTE", on=day
        ),
        LATELY,
        (LONG_AGO, date(2026, 11, 1), FAR),
    ),
}


def days_of(service) -> set[str]:
    """The inputs of a service that hold a day: those it names, those of the row it writes by name."""
    found = set()
    for name, parameter in inspect.signature(service).parameters.items():
        words = str(parameter.annotation)
        if name != "now" and ("date" in words.split(" | ") or "datetime" in words.split(" | ")):
            found.add(name)
        if parameter.kind is parameter.VAR_KEYWORD:
            found |= {
                field.name
                for field in OPEN_HANDED[service.__name__]._meta.fields
                if isinstance(field, models.DateField) and field.editable
            }
    return found


def every_service():
    """What people do, by name: functions of the services' rooms that act for somebody."""
    for package in PACKAGES:
        room = importlib.import_module(package)
        for each in pkgutil.walk_packages(room.__path__, f"{package}."):
            module = importlib.import_module(each.name)
            for name, found in vars(module).items():
                is_here = inspect.isfunction(found) and inspect.unwrap(found).__module__ == each.name
                if is_here and not name.startswith("_") and "actor" in inspect.signature(found).parameters:
                    yield inspect.unwrap(found)


def test_every_day_a_service_is_given_stands_in_the_table():
    typed = {f"{service.__name__}.{name}" for service in every_service() for name in days_of(service)}
    helpers = {"check_moment.happened_at"}
    assert typed - helpers == set(DOORS), "say which window the new day obeys"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(DOORS))
def test_no_service_takes_a_day_nobody_means(name, today):
    door, house = DOORS[name], Bakery.build()
    for day in door.refuses:
        with transaction.atomic(), pytest.raises((DomainError, ValidationError)) as refusal:
            door.give(house, day)
        assert str(refusal.value), (name, day)
    with transaction.atomic():
        door.give(house, door.takes)
