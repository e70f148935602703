"""Who is acting: one value built at the door, passed to every queryset and every service."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person may be in the product; each seat has exactly one."""

    ADVISOR = "ADVISOR"
    SUPERVISOR = "SUPERVISOR"
    MANAGER = "MANAGER"
    GROUP_HEAD = "GROUP_HEAD"
    NETWORK_HEAD = "NETWORK_HEAD"
    EMPLOYER = "EMPLOYER"
    BENEFICIARY = "BENEFICIARY"
    ADMINISTRATOR = "ADMINISTRATOR"
    OPERATOR = "OPERATOR"

    @property
    def label(self) -> str:
        """The word people read."""
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.ADVISOR: "Accompagnement",
    Role.SUPERVISOR: "Encadrement technique",
    Role.MANAGER: "Responsable",
    Role.GROUP_HEAD: "Tête de groupe",
    Role.NETWORK_HEAD: "Tête de réseau",
    Role.EMPLOYER: "Employeur",
    Role.BENEFICIARY: "Salarié·e en parcours",
    Role.ADMINISTRATOR: "Administration",
    Role.OPERATOR: "Exploitation",
}

PROFESSIONAL_ROLES = frozenset(Role) - {Role.BENEFICIARY}
"""Roles that must sign in with a second factor."""

ACCOMPANY = frozenset({Role.ADVISOR, Role.MANAGER, Role.OPERATOR})
"""Who accompanies people and writes their thread; the command line acts like them."""

FINDS_PEOPLE = frozenset({Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER, Role.GROUP_HEAD})
"""Who looks people up in a structure or a group."""

OBSERVES = frozenset({Role.SUPERVISOR, Role.ADVISOR})
"""Who ticks, standing, what they saw somebody do."""

WORKS_WITH_EMPLOYERS = frozenset({Role.ADVISOR, Role.MANAGER, Role.GROUP_HEAD})
"""Who opens an employer’s door."""

READS_FIGURES = frozenset({Role.ADVISOR, Role.MANAGER, Role.GROUP_HEAD, Role.NETWORK_HEAD})
"""Who reads exit statistics, each for their own perimeter."""

LEADS_A_TEAM = frozenset({Role.MANAGER, Role.ADMINISTRATOR, Role.GROUP_HEAD})
"""Who invites colleagues and keeps the structure’s settings."""

BRINGS_DATA_IN = frozenset({Role.MANAGER, Role.GROUP_HEAD})
"""Who answers for a structure, and so brings its spreadsheets in."""
SOCIAL_READERS = ACCOMPANY | {Role.BENEFICIARY}
"""Who reads the social side of a thread: what was said, the freins, the goals, the situation at entry."""

ADMINISTRATIVE_READERS = SOCIAL_READERS | {Role.GROUP_HEAD}
"""Who reads its administrative side: stays, contracts, hours, PASS, exits."""

SKILL_READERS = SOCIAL_READERS | {Role.SUPERVISOR}
"""Who reads what the person was seen doing."""

CONTACT_READERS = SOCIAL_READERS
"""Who reads civil status and contact of the people they accompany (CNIL, référentiel 2021-028)."""

KEEPS_ITS_OWN = frozenset({Role.ADVISOR, Role.MANAGER, Role.GROUP_HEAD})
"""Who still reads, once a door is closed, what their structure keeps of its own."""

HAS_PEOPLE = KEEPS_ITS_OWN | {Role.SUPERVISOR}
"""Who works in a structure or a group where people stay."""
WRITES_RULES = frozenset({Role.NETWORK_HEAD, Role.OPERATOR})
"""Who moves a rule that everybody is judged and counted by."""
WRITES_DECISIONS = frozenset({Role.MANAGER, Role.OPERATOR})
"""Who records what the préfet decided for their own structure."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A user acting from one seat.

    `organisation_ids` is the perimeter the role covers: one structure for its team, every structure
    of the group for its head. `group_organisation_ids` are the structures that share one thread with
    the actor's own (itself included). `OPERATOR` is the command line of the installation: it has
    no user and sees everything, and never answers a web request.
    """

    role: Role
    user_id: int | None = None
    seat: str = ""
    label: str = ""
    organisation_id: int | None = None
    group_id: int | None = None
    employer_id: int | None = None
    beneficiary_id: int | None = None
    organisation_ids: frozenset[int] = field(default_factory=frozenset)
    group_organisation_ids: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def operator(cls) -> Actor:
        """The person at the server's own command line."""
        return cls(role=Role.OPERATOR, seat="operator", label="Exploitation")

    @property
    def is_operator(self) -> bool:
        """Whether this is the command line, which sees the whole installation."""
        return self.role is Role.OPERATOR

    @property
    def is_professional(self) -> bool:
        """Whether the role must prove a second factor."""
        return self.role in PROFESSIONAL_ROLES
