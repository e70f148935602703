"""How each service is given a day, in the bakery: the shortest way to every gesture that takes one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from backend.core.actor import Actor
from backend.core.errors import DomainError
from backend.core.steps import seen
from competences.services import (
    correct_licence,
    correct_vae_step,
    move_vae,
    plan_vae,
    record_licence,
)
from competences.services.certifications.typed import correct_certification, type_certification
from employers.services import add_task, change_task, hire
from pathways import services as thread
from pathways.models import (
    IaePass,
    Stay,
)
from pathways.services.privacy.retention import keep_longer
from tests.factories import (
    AppointmentFactory,
    ContractFactory,
    ExitFactory,
    HoursWishFactory,
    IaePassFactory,
    ImmersionFactory,
    PassSuspensionFactory,
    PlacementFactory,
    PostHireFollowUpFactory,
    StayFactory,
    TrainingFactory,
)
from tests.worlds.bakery import Bakery


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


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


def an_avenant(house: Bakery, day: date):
    contract = ContractFactory(stay=house.stay, kind="CDI", planned_end_on=None)
    return thread.record_amendment(
        actor=house.advisor, contract=contract, starts_on=day, weekly_hours=Decimal(30)
    )


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


def a_training(house: Bakery, **days: date):
    known = {"started_on": date(2026, 11, 16), "planned_end_on": date(2026, 11, 20)} | days
    said = {"title": "Cuisine songée", "kind": "QUALIFIANTE"}
    return thread.record_training(actor=house.advisor, beneficiary=house.person, **said, **known)


def a_wish(house: Bakery, day: date):
    return thread.record_wish(
        actor=house.advisor, beneficiary=house.person, starts_on=day, weekly_hours=Decimal(24)
    )


def wish_known(house: Bakery):
    return {"actor": house.advisor, "version": 1, "wish": HoursWishFactory(beneficiary=house.person)}


def training_known(house: Bakery, **told):
    days = {"started_on": date(2026, 11, 2), "planned_end_on": date(2026, 11, 20)}
    row = TrainingFactory(beneficiary=house.person, organisation=house.structure, **days, **told)
    return {"actor": house.advisor, "version": 1, "training": row}


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


def diagnosed(house: Bakery, **days: date):
    """A diagnosis, its declaration, the document seen for its only criterion."""
    told = {"documents": {"RSA": days.pop("documents")}} if "documents" in days else {}
    known = {"made_by": "EMPLOYEUR", "made_on": date(2026, 11, 16), "criteria": ["RSA"]}
    return thread.record_diagnosis(actor=house.advisor, beneficiary=house.person, **(known | told | days))


def diagnosis_corrected(house: Bakery, **days: date):
    row = diagnosed(house)
    return thread.correct_diagnosis(actor=house.advisor, diagnosis=row, version=1, **days)


def registered(house: Bakery, **days: date):
    """A certification that no import gave."""
    return type_certification(actor=house.advisor, label="Titre inventé", **days)


def certification_corrected(house: Bakery, **days: date):
    known = registered(house)
    return correct_certification(actor=house.advisor, certification=known, version=known.version, **days)


def a_task(house: Bakery, **days: date):
    said = {"name": "Peser les farines", "family": "production", "weekly_hours": Decimal(5)}
    return add_task(actor=house.advisor, analysis=house.analysis, **said, **days)


def task_changed(house: Bakery, **days: date):
    return change_task(actor=house.advisor, task=house.task, **days)


def kept_longer(house: Bakery, day: date):
    return keep_longer(
        actor=house.manager, beneficiary=house.person, until=day, because="Un contentieux inventé"
    )


def closed(house: Bakery, day: date):
    iae = a_pass_ending(house)
    PassSuspensionFactory(
        iae_pass=iae, organisation=house.structure, starts_on=date(2025, 9, 1), ends_on=date(2026, 12, 31)
    )
    return thread.close_pass(actor=house.advisor, iae_pass=iae, on=day, note="Vu.")
