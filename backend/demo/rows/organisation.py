"""Groups, structures, their teams and their posts."""

from __future__ import annotations

from dataclasses import dataclass

from backend.core.actor import Role
from backend.demo.rows.ids import EmployerId, GroupId, PersonId, StaffId, StructureId
from backend.organisations.enums import GroupKind, StructureKind


@dataclass(frozen=True, slots=True)
class Group:
    """Structures that work together: a groupe économique solidaire, or a collective."""

    id: GroupId
    name: str
    kind: GroupKind = GroupKind.GROUP


@dataclass(frozen=True, slots=True)
class Structure:
    """A structure of the territory; `group` is None for an independent one."""

    id: StructureId
    kind: StructureKind
    name: str
    group: GroupId | None
    siret: str
    commune: str
    postcode: str
    insee: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """A structure in a collective, beside the group it may be in."""

    structure: StructureId
    group: GroupId


@dataclass(frozen=True, slots=True)
class Convention:
    """Posts agreed with the State for one civil year, with hours per full-time post and targets (0–1)."""

    structure: StructureId
    year: int
    fte: float
    hours_per_fte: int
    dynamic_target: float
    durable_target: float
    annexe: str = ""
    post_amount: int | None = None
    modulated_share: float | None = None


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A permanent worker of a structure."""

    id: StaffId
    role: Role
    structure: StructureId
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody a visitor may sign in as; the ids that do not concern the role are None."""

    id: str
    role: Role
    first_name: str
    last_name: str
    email: str
    structure: StructureId | None = None
    group: GroupId | None = None
    employer: EmployerId | None = None
    person: PersonId | None = None
    staff: StaffId | None = None
