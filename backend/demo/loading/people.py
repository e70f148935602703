"""People, their stays and contracts, their PASS and how they left."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from backend.demo import rows as drawn
from backend.demo.loading.ids import Ids, bulk
from pathways.exchange.people import FLAG_FIELDS
from pathways.models import (
    Beneficiary,
    Contract,
    Derogation,
    EligibilityDiagnosis,
    EntryProfile,
    Exit,
    HoursAmendment,
    IaePass,
    MonthlyHours,
    PassProlongation,
    PassSuspension,
    Stay,
)
from pathways.models.beneficiary import searchable_name


def load_people(territory: drawn.Territory, ids: Ids) -> None:
    """People, then what was known at their entry."""
    ids.store(
        "person",
        (row.id for row in territory.persons),
        [
            Beneficiary(
                last_name=row.last_name,
                first_name=row.first_name,
                search_name=searchable_name(row.last_name, row.first_name),
                sex=row.sex,
                birth_date=row.birth_date,
                phone=row.phone,
                email=row.email,
                postcode=row.postcode,
                insee_code=row.insee,
                external_id=row.id,
            )
            for row in territory.persons
        ],
    )
    bulk(
        EntryProfile(
            beneficiary_id=ids("person", row.id),
            education_level=row.education,
            **{field: getattr(row.profile, column) for column, field in FLAG_FIELDS.items()},
        )
        for row in territory.persons
    )
    bulk(
        IaePass(
            beneficiary_id=ids("person", row.person),
            number=row.number,
            starts_on=row.start,
            ends_on=row.end,
            closed_on=row.closed,
            closing_note=row.note,
        )
        for row in territory.passes
    )


def load_work(territory: drawn.Territory, ids: Ids) -> None:
    """Stays, contracts chained by their renewals, hours, exits."""
    ids.store("stay", (row.id for row in territory.stays), [_stay(row, ids) for row in territory.stays])
    first = [row for row in territory.contracts if row.initial_contract is None]
    renewals = [row for row in territory.contracts if row.initial_contract is not None]
    for rows in (first, renewals):
        ids.store("contract", (row.id for row in rows), [_contract(row, ids) for row in rows])
    bulk(
        HoursAmendment(
            contract_id=ids("contract", row.contract),
            starts_on=row.start,
            weekly_hours=Decimal(str(row.weekly_hours)),
        )
        for row in territory.amendments
    )
    bulk(
        MonthlyHours(
            contract_id=ids("contract", row.contract),
            month=row.month,
            hours=Decimal(str(row.hours)),
            client_kind=row.client_kind or "",
        )
        for row in territory.hours
    )
    _load_decisions(territory, ids)
    ids.store("exit", (row.stay for row in territory.exits), [_exit(row, ids) for row in territory.exits])


def _load_decisions(territory: drawn.Territory, ids: Ids) -> None:
    """What moved the PASS of a few people, and what was decided about their contracts."""
    stays = {row.id: row for row in territory.stays}
    changed = {row.stay for row in territory.suspensions} | {row.stay for row in territory.prolongations}
    people = {ids("person", stays[stay].person) for stay in changed}
    passes = {row.number: row for row in IaePass.objects.filter(beneficiary_id__in=people)}

    def where(stay: str) -> dict[str, Any]:
        row = stays[stay]
        return {
            "organisation_id": ids("structure", row.structure),
            "recorded_by_id": ids("staff", row.advisor) if row.advisor else None,
        }

    bulk(
        PassSuspension(
            iae_pass=passes[row.iae_pass],
            motive=row.motive,
            starts_on=row.start,
            ends_on=row.end,
            cancelled_at=timezone.now() if row.cancel_reason else None,
            cancel_reason=row.cancel_reason,
            **where(row.stay),
        )
        for row in territory.suspensions
    )
    bulk(
        PassProlongation(
            iae_pass=passes[row.iae_pass],
            motive=row.motive,
            starts_on=row.start,
            ends_on=row.end,
            prescriber=row.prescriber,
            **_answered(row, document_on=row.asked_on),
            **where(row.stay),
        )
        for row in territory.prolongations
    )
    bulk(
        Derogation(
            beneficiary_id=ids("person", stays[row.stay].person),
            motive=row.motive,
            decider=row.decider,
            starts_on=row.start,
            ends_on=row.end,
            training_ends_on=row.training_end,
            other_employer=row.other_employer or "",
            **_answered(row, document_on=row.decided_on),
            **where(row.stay),
        )
        for row in territory.derogations
    )
    bulk(
        EligibilityDiagnosis(
            beneficiary_id=ids("person", stays[row.stay].person),
            made_by=row.made_by,
            made_on=row.made_on,
            criteria=list(row.criteria),
            documents={code.value: day.isoformat() for code, day in row.documents.items()},
            **where(row.stay),
        )
        for row in territory.diagnoses
    )


def _answered(row: drawn.PassProlongation | drawn.Derogation, *, document_on: date | None) -> dict[str, Any]:
    """The request and its answer; a document not received yet has no day."""
    return {
        "status": row.status,
        "asked_on": row.asked_on,
        "decided_on": row.decided_on,
        "refusal_reason": row.refusal or "",
        "document": row.document,
        "document_on": document_on if row.document else None,
    }


def _stay(row: drawn.Stay, ids: Ids) -> Stay:
    return Stay(
        beneficiary_id=ids("person", row.person),
        organisation_id=ids("structure", row.structure),
        advisor_id=ids("staff", row.advisor),
        started_on=row.start,
        ended_on=row.end,
    )


def _contract(row: drawn.Contract, ids: Ids) -> Contract:
    return Contract(
        stay_id=ids("stay", row.stay),
        kind=row.kind,
        started_on=row.start,
        planned_end_on=row.planned_end,
        ended_on=row.end,
        end_motive=row.end_motive or "",
        weekly_hours=None if row.weekly_hours is None else Decimal(str(row.weekly_hours)),
        guaranteed_hours=None if row.guaranteed_hours is None else Decimal(str(row.guaranteed_hours)),
        rome_code=row.rome_code,
        initial_id=ids.or_none("contract", row.initial_contract),
        external_id=row.id,
    )


def _exit(row: drawn.Exit, ids: Ids) -> Exit:
    return Exit(
        stay_id=ids("stay", row.stay),
        occurred_on=row.date,
        motive="" if row.motive is None else str(row.motive),
        employer_name=row.employer_name,
        contract_months=row.contract_months,
    )
