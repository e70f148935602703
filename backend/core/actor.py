"""Who is acting: one value built at the door, passed to every queryset and every service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum

_TYPES_HERE: ContextVar[int | None] = ContextVar("account of who types the command", default=None)


class Role(StrEnum):
    """What a person may be in the product; each seat has exactly one."""

    ADVISOR = "ADVISOR"
    SUPERVISOR = "SUPERVISOR"
    MANAGER = "MANAGER"
    GROUP_HEAD = "GROUP_HEAD"
    COLLECTIVE_HEAD = "COLLECTIVE_HEAD"
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
    Role.COLLECTIVE_HEAD: "Tête de collectif",
    Role.NETWORK_HEAD: "Tête de réseau",
    Role.EMPLOYER: "Employeur",
    Role.BENEFICIARY: "Salarié·e en parcours",
    Role.ADMINISTRATOR: "Administration",
    Role.OPERATOR: "Exploitation",
}

TEAM_ROLES = (Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)
"""Seats of one structure, in the order a form offers them."""

STAFF_ROLES = (*TEAM_ROLES, Role.GROUP_HEAD, Role.COLLECTIVE_HEAD, Role.NETWORK_HEAD)
"""Every seat a membership may be."""

OUTSIDE_ROLES = (Role.EMPLOYER, Role.BENEFICIARY)
"""Those who are invited to one thing of their own, an employer's needs or one's own thread, not into a team."""

PROFESSIONAL_ROLES = frozenset(Role) - {Role.BENEFICIARY}
"""Roles that must sign in with a second factor."""

EMPLOYERS = frozenset({Role.EMPLOYER})
"""Who reads the needs of one firm, their own."""

PEOPLE_IN_PATHWAY = frozenset({Role.BENEFICIARY})
"""Who reads one thread, their own."""

SUPERVISORS = frozenset({Role.SUPERVISOR})
"""Who spends the day beside people at work."""

NETWORK = frozenset({Role.NETWORK_HEAD})
"""Who reads no person and no structure by name, and keeps what is common to all."""

HEADS_A_COLLECTIVE = frozenset({Role.COLLECTIVE_HEAD})
"""Who answers for what structures do together, and for none of these structures: no person is read there."""

HEADS_A_GROUP = HEADS_A_COLLECTIVE | {Role.GROUP_HEAD}
"""Who speaks for several structures: those of a group, or of a collective."""

# Who accompanies, and what that opens.

FOLLOWS_OWN_PEOPLE = frozenset({Role.ADVISOR})
"""Whose people are those they follow and those nobody follows yet; the others answer for a whole structure."""

KEEPS_PRIVATE_NOTES = FOLLOWS_OWN_PEOPLE
"""Who writes notes that nobody else will read."""

READS_OWN_WORDS = frozenset({Role.MANAGER})
"""Who reads the text of an interview only where they wrote it."""

ADVISING = frozenset({Role.ADVISOR, Role.MANAGER})
"""Seats of those who may be somebody's referent."""

ACCOMPANY = ADVISING | {Role.OPERATOR}
"""Who accompanies people and writes their thread; the command line acts like them."""

OBSERVES = ACCOMPANY | {Role.SUPERVISOR}
"""Who writes down what they saw somebody do at work."""

SPEAKS_FOR_ONESELF = ACCOMPANY | {Role.BENEFICIARY}
"""Who says what only the person can: a competence declared, an agreement; they do, or who they told does."""

KEEPS_ITS_OWN = ADVISING | {Role.GROUP_HEAD}
"""Who still reads, once a door is closed, what their structure keeps of its own."""

HAS_PEOPLE = KEEPS_ITS_OWN | {Role.SUPERVISOR}
"""Who works in a structure or a group where people stay, and looks them up there."""

WATCHES_GAPS = KEEPS_ITS_OWN | {Role.OPERATOR}
"""Who counts the people between two steps."""

SOCIAL_READERS = SPEAKS_FOR_ONESELF
"""Who reads the social side of a thread: what was said, the freins, the goals, the situation at entry."""

SYNTHESIS_READERS = SOCIAL_READERS - {Role.MANAGER}
"""Who reads the text of an interview somebody else wrote (CNIL, référentiel 2021-028)."""

ADMINISTRATIVE_READERS = SOCIAL_READERS | {Role.GROUP_HEAD}
"""Who reads its administrative side: stays, contracts, hours, PASS, exits."""

SKILL_READERS = SOCIAL_READERS | {Role.SUPERVISOR}
"""Who reads what the person was seen doing."""

CONTACT_READERS = SOCIAL_READERS
"""Who reads civil status and contact of the people they accompany (CNIL, référentiel 2021-028)."""

# Employers, figures, teams, rules.

WORKS_WITH_EMPLOYERS = KEEPS_ITS_OWN | HEADS_A_COLLECTIVE | {Role.OPERATOR}
"""Who opens an employer’s door, and so reads who to ask for there: a group shares its employers, and its head meets
them. Who stands beside people at work meets none (decision 0019)."""

READS_HIRES = KEEPS_ITS_OWN
"""Who reads the hires of their people; the third door to an employer’s name, with the two above. Exports of exits name one too."""

EXPORTS_FIGURES = KEEPS_ITS_OWN
"""Who sees the people behind the figures, and may take them away."""

PUBLISHES_OWN_FIGURES = frozenset({Role.MANAGER, Role.GROUP_HEAD})
"""Who answers for whole structures, and says their figures outside; an advisor counts only whom they follow."""

PUBLISHES_FIGURES = PUBLISHES_OWN_FIGURES | NETWORK
"""Who lets a masked table leave, and reads the register of those that left."""

READS_FIGURES = EXPORTS_FIGURES | NETWORK
"""Who reads exit statistics, each for their own perimeter."""

READS_EXACT_FIGURES = EXPORTS_FIGURES | {Role.OPERATOR}
"""Who sees the people behind the figures, and therefore exact figures."""

BEGINS_WITH_FIGURES = NETWORK | {Role.GROUP_HEAD}
"""Whose day begins with the figures: those who accompany nobody themselves."""

LEADS_A_TEAM = frozenset({Role.MANAGER, Role.ADMINISTRATOR, Role.GROUP_HEAD})
"""Who invites colleagues and keeps the structure’s settings."""

INVITES = LEADS_A_TEAM | ADVISING | {Role.OPERATOR}
"""Who invites somebody: a colleague, an employer's contact or a person."""

SEES_GROUPS = LEADS_A_TEAM | HEADS_A_COLLECTIVE
"""Who opens the page of a group or a collective."""

READS_THE_TRAIL = LEADS_A_TEAM - {Role.GROUP_HEAD}
"""Who reads what was done in their structure, line by line."""

READS_EVERY_STRUCTURE = NETWORK | {Role.OPERATOR}
"""Who names the structures of every group."""

INVITES_ALONE = frozenset({Role.MANAGER})
"""Whose invitations wait for nobody’s agreement: they read all that a seat of their structure reads."""

BRINGS_DATA_IN = frozenset({Role.MANAGER, Role.GROUP_HEAD})
"""Who answers for a structure, and so brings its spreadsheets in."""

WRITES_RULES = NETWORK | {Role.OPERATOR}
"""Who moves a rule that everybody is judged and counted by."""

WRITES_DECISIONS = frozenset({Role.MANAGER, Role.OPERATOR})
"""Who records what the préfet decided for their own structure."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A user acting from one seat.

    `organisation_ids` is the perimeter the role covers: one structure for its team, every structure
    of the group for its head, none for the head of a collective. `group_id` is the group one heads, `group_ids`
    the groups one belongs to. What these give is told right by right, never added up from a group to another:
    the structures one names (`neighbour_ids`), those whose teams share one thread (`thread_ids`) and those
    whose employers are shared (`employer_ids`), one's own included. `OPERATOR` is the command line of the
    installation: it has no user and sees everything, and never answers a web request.
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
    group_ids: frozenset[int] = field(default_factory=frozenset)
    neighbour_ids: frozenset[int] = field(default_factory=frozenset)
    thread_ids: frozenset[int] = field(default_factory=frozenset)
    employer_ids: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def operator(cls) -> Actor:
        """The person at the server's own command line; by their account when they named it (`--as`)."""
        return cls(role=Role.OPERATOR, user_id=_TYPES_HERE.get(), seat="operator", label="Exploitation")

    @property
    def is_operator(self) -> bool:
        """Whether this is the command line, which sees the whole installation."""
        return self.role is Role.OPERATOR

    @property
    def is_professional(self) -> bool:
        """Whether the role must prove a second factor."""
        return self.role in PROFESSIONAL_ROLES


@contextmanager
def typed_by(user_id: int | None) -> Iterator[None]:
    """Within, whatever the operator does is written under this account; it gives no right and takes none away.

    One place rather than an argument through every command: what a command calls cannot forget who typed it.
    """
    before = _TYPES_HERE.set(user_id)
    try:
        yield
    finally:
        _TYPES_HERE.reset(before)
