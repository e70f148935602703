"""How the thread of a person follows when two files are made one, table by table; parents before what hangs from them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from backend.core.actor import Role
from backend.core.joining.tables import Number, Table
from backend.exchange.models import OtherId
from backend.files.models import StoredFile
from backend.organisations.models import Invitation
from backend.web.models import Draft
from pathways.enums import DataRequestState
from pathways.models import (
    AccessCopy,
    Action,
    Appointment,
    BarrierReading,
    Beneficiary,
    BeneficiaryAccess,
    Contract,
    DataRequest,
    Derogation,
    EligibilityDiagnosis,
    EntryProfile,
    Exit,
    Goal,
    HoursAmendment,
    HoursWish,
    IaePass,
    Immersion,
    Interview,
    MedicalVisit,
    MonthlyHours,
    PassProlongation,
    PassSuspension,
    PrivateNote,
    Relay,
    RelayStep,
    Retention,
    Reunion,
    SavedDays,
    Stay,
    ToldApart,
    Training,
    WatchEnd,
)
from pathways.models.beneficiary import searchable_name
from pathways.rules.twins.reunions import APART, how_much_one_stay


def one_stay(kept: Stay, gone: Stay) -> int:
    """How surely two stays are one: never from one structure to another."""
    if kept.organisation_id != gone.organisation_id:
        return APART
    return how_much_one_stay((kept.started_on, kept.ended_on), (gone.started_on, gone.ended_on))


def both_open(kept: BeneficiaryAccess, gone: BeneficiaryAccess) -> int:
    """Two accounts that open one thread: the person says which one is theirs."""
    return int(kept.ended_at is None and gone.ended_at is None)


def _name(person: Any) -> str:
    return searchable_name(person.last_name, person.first_name)


TABLES = (
    Table(Beneficiary, by_field=True, derives={"search_name": _name}),
    Table(EntryProfile, by_field=True),
    Table(BeneficiaryAccess, same=both_open),
    Table(
        Stay,
        same=one_stay,
        by_field=True,
        empty_speaks=("ended_on",),
        settles={"started_on": lambda kept, gone: min(kept.started_on, gone.started_on)},
    ),
    Table(Contract, same=("kind", "started_on"), empty_speaks=("planned_end_on", "ended_on")),
    Table(HoursAmendment, same=("starts_on",)),
    Table(MonthlyHours, same=("month", "client_kind")),
    Table(Exit, quiet=("recorded_by",), follows="ended_on"),
    Table(IaePass, same=("number",)),
    Table(PassSuspension),
    Table(PassProlongation),
    Table(Derogation),
    Table(EligibilityDiagnosis),
    Table(Immersion),
    Table(Training),
    Table(HoursWish),
    Table(MedicalVisit, same=("kind", "made_on")),
    Table(SavedDays, same=("kind", "counted_on", "organisation")),
    # A private note is its author's: it is never laid beside another to be chosen.
    Table(Interview, apart=Q(private_note__isnull=False)),
    Table(PrivateNote),
    Table(Appointment),
    Table(BarrierReading),
    Table(Goal),
    Table(Action),
    Table(Relay),
    Table(RelayStep),
    Table(WatchEnd),
    Table(ToldApart, quiet=("told_by", "told_at")),
    Table(Reunion),
    # What was asked stays as it was asked; of two requests of one kind still waiting, one is answered.
    Table(
        DataRequest,
        same=("kind",),
        apart=~Q(status=DataRequestState.ASKED),
        quiet=("asked_by", "asked_at", "due_on", "words"),
    ),
    Table(Retention, quiet=("noticed_on", "erases_on", "kept_until", "kept_because", "kept_by")),
    Table(AccessCopy),
)

NUMBERS = (
    Number(StoredFile, "beneficiary_id", to=Beneficiary),
    Number(StoredFile, "carrier_id", kind="carrier"),
    Number(OtherId, "row_id", kind="kind"),
    Number(Invitation, "subject_id", to=Beneficiary, among=Q(role=Role.BENEFICIARY)),
    Number(Draft, "form", to=Beneficiary, shape="follow_up:{}"),
)
