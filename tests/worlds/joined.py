"""Two files with everything the product knows how to write, some of it said by both; what an export shows of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps

from backend.core.actor import Actor
from backend.core.joining.tables import Side
from backend.exchange.exporting import export_bundle
from backend.web.models import Draft
from employers.enums import ConsentDecision
from pathways.models import Beneficiary, Reunion, ToldApart
from pathways.selectors.twins.reunions import plan_of, print_of
from pathways.services.reunions import join_files
from tests import factories as make
from tests.access import doors_world

OPERATOR = Actor.operator()
NOT_COMPARED = {"audit_entry.csv"}
"""The trail: it grows, and never goes back."""


def two_whole_people() -> tuple[Beneficiary, Beneficiary]:
    """Everything about each, in the same structures on the same days; then what only one of them can say twice."""
    world = doors_world.build()
    one, other = world.hired, world.left
    for who in (one, other):
        _say_more(who)
    _say_the_same_twice(one, other)
    third = make.BeneficiaryFactory(last_name="Tierce", first_name="Inventée")
    ToldApart.objects.create(first=third, second=one.person)
    ToldApart.objects.create(first=other.person, second=third)
    Reunion.objects.create(kept=other.person, gone_id=999_999, memory="[]")
    return one.person, other.person


def _say_more(who: Any) -> None:
    person, rows = who.person, who.rows
    make.ActionFactory(
        beneficiary=person, goal=rows["goal"], interview=rows["interview"], label="Suite inventée"
    )
    make.BarrierReadingFactory(beneficiary=person, interview=rows["interview"], read_on=date(2026, 5, 5))
    renewal = make.ContractFactory(
        stay=rows["stay"],
        initial=rows["contract"],
        started_on=date(2026, 3, 2),
        planned_end_on=date(2026, 6, 30),
    )
    make.HoursAmendmentFactory(contract=renewal, starts_on=date(2026, 4, 1))
    make.MonthlyHoursFactory(contract=renewal, month=date(2026, 3, 1))
    make.ImmersionFactory(
        beneficiary=person,
        renews=rows["immersion"],
        started_on=date(2026, 6, 1),
        planned_end_on=date(2026, 6, 5),
    )
    step = rows["vae_step"]
    make.VaeStepFactory(project=step.project, replaces=step, kind=step.kind, on=date(2026, 5, 6))
    make.InvitationFactory(role="BENEFICIARY", subject_id=person.pk)
    account = make.UserFactory()
    for each in (person,):
        Draft.objects.create(user=account, seat="membership:1", form=f"follow_up:{each.pk}", content="{}")


def _say_the_same_twice(one: Any, other: Any) -> None:
    """What an import sent twice leaves behind, and what the two files say differently."""
    here = {"organisation": one.rows["stay"].organisation}
    for who, level in ((one, 2), (other, 3)):
        competence = one.rows["assessment"].competence
        make.AssessmentFactory(
            beneficiary=who.person,
            competence=competence,
            assessed_on=date(2026, 5, 20),
            level=level,
            observer_name="",
        )
        make.IaePassFactory(beneficiary=who.person, number="999990000077", ends_on=date(2027, 1, level))
        make.InterviewFactory(
            beneficiary=who.person,
            author=None,
            happened_at=datetime(2026, 5, 7, 9, tzinfo=UTC),
            synthesis="Deux fois le même texte.",
            **here,
        )
        make.StayFactory(beneficiary=who.person, started_on=date(2026, 10, level), **here)
    job = make.JobProposalFactory()
    employer = make.EmployerFactory()
    for who, decision in ((one, ConsentDecision.ASKED), (other, ConsentDecision.GRANTED)):
        make.ProfileConsentFactory(
            beneficiary=who.person,
            employer=employer,
            proposal=job,
            decision=decision,
            ends_on=date(2027, 3, 1),
        )
    Beneficiary.objects.filter(pk=one.person.pk).update(external_id="f1:p1", postcode="", version=7)
    Beneficiary.objects.filter(pk=other.person.pk).update(
        external_id="f1:p2", postcode="39000", birth_date=date(1988, 5, 18)
    )


def exported(folder: Path) -> dict[str, bytes]:
    """Every file of an export, by its name; the trail apart."""
    export_bundle(actor=OPERATOR, folder=folder)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in NOT_COMPARED
    }


def everything() -> dict[str, list[Any]]:
    """Every row of every table of ours, those that no export shows too; the trail and the memory of joining apart."""
    apart = {"audit.Entry", "audit.Link", "competences.SkillChange", "reports.SourceChange"}
    return {
        model._meta.label: list(model._base_manager.exclude(**_memory(model)).order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label not in apart
    }


def _memory(model: Any) -> dict[str, Any]:
    return {"separated_at__isnull": False} if model is Reunion else {"pk": None}


def all_for(actor: Actor, kept: Beneficiary, gone: Beneficiary, side: Side) -> dict[str, Side]:
    """The same answer to every question."""
    return {each.key: side for each in plan_of(actor, kept, gone).conflicts}


def joined(
    kept: Beneficiary, gone: Beneficiary, *, actor: Actor = OPERATOR, side: Side = Side.KEPT, **choices: Side
) -> Reunion:
    """The two made one, every question answered alike unless said otherwise."""
    kept, gone = Beneficiary.objects.get(pk=kept.pk), Beneficiary.objects.get(pk=gone.pk)
    answers = {**all_for(actor, kept, gone, side), **choices}
    seen = print_of(plan_of(actor, kept, gone))
    return join_files(actor=actor, kept=kept, gone=gone, seen=seen, choices=answers)
