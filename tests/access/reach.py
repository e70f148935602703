"""Which objects a role reaches, by their relation to it: one's own, the structure's, the group's, those of elsewhere."""

from __future__ import annotations

from backend.core.actor import Role

ADVISOR, SUPERVISOR, MANAGER = Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER
GROUP_HEAD, NETWORK_HEAD, EMPLOYER = Role.GROUP_HEAD, Role.NETWORK_HEAD, Role.EMPLOYER
COLLECTIVE_HEAD, BENEFICIARY, ADMINISTRATOR = Role.COLLECTIVE_HEAD, Role.BENEFICIARY, Role.ADMINISTRATOR
EVERYONE = frozenset(Role) - {Role.OPERATOR}
ACCOMPANY = frozenset({ADVISOR, MANAGER})
TEAM = frozenset({ADVISOR, SUPERVISOR, MANAGER, GROUP_HEAD})

OWN = frozenset({"own"})
STRUCTURE = OWN | {"same_structure"}
GROUP = STRUCTURE | {"same_group"}

_PEOPLE = {ADVISOR: OWN, SUPERVISOR: STRUCTURE, MANAGER: STRUCTURE, GROUP_HEAD: GROUP, BENEFICIARY: OWN}
_ADMINISTRATIVE = {ADVISOR: OWN, MANAGER: STRUCTURE, GROUP_HEAD: GROUP, BENEFICIARY: OWN}
_SKILLS = {ADVISOR: OWN, SUPERVISOR: STRUCTURE, MANAGER: STRUCTURE, BENEFICIARY: OWN}
_SOCIAL = {ADVISOR: OWN, MANAGER: STRUCTURE, BENEFICIARY: OWN}
# The collective of this world holds one's own structure alone: its head reads the employers of that one.
_EMPLOYERS = {
    ADVISOR: GROUP, MANAGER: GROUP, GROUP_HEAD: GROUP, EMPLOYER: OWN, COLLECTIVE_HEAD: STRUCTURE,
}  # fmt: skip
_TEAMS = {
    ADVISOR: STRUCTURE,
    SUPERVISOR: STRUCTURE,
    MANAGER: STRUCTURE,
    ADMINISTRATOR: STRUCTURE,
    GROUP_HEAD: GROUP,
}

WRITERS = {ADVISOR: OWN, MANAGER: STRUCTURE}
# Certifications speak of nobody: everyone signed in reads them all.
_SHARED = dict.fromkeys(EVERYONE, GROUP | {"elsewhere"})
WRITTEN_HERE = {ADVISOR: STRUCTURE, MANAGER: STRUCTURE}
REACH: dict[str, dict[Role, frozenset[str]]] = {
    **dict.fromkeys(("certification", "bloc", "bloc_line"), _SHARED),
    **dict.fromkeys(("person", "stay", "contract", "amendment", "hours"), _PEOPLE),
    **dict.fromkeys(("pass", "exit"), _ADMINISTRATIVE),
    **dict.fromkeys(("interview", "barrier", "goal", "action", "appointment"), _SOCIAL),
    **dict.fromkeys(("assessment", "licence", "vae", "vae_step", "file"), _SKILLS),
    "passport": _SKILLS,
    "cv": _SOCIAL,
    # Gestures of a work, for who observes in the structure that keeps them.
    "gesture_list": {ADVISOR: STRUCTURE, SUPERVISOR: STRUCTURE, MANAGER: STRUCTURE},
    **dict.fromkeys(("employer", "establishment", "analysis", "task", "proposal"), _EMPLOYERS),
    "consent": {ADVISOR: OWN, MANAGER: STRUCTURE, BENEFICIARY: OWN, EMPLOYER: OWN},
    "placement": {ADVISOR: OWN, MANAGER: STRUCTURE, GROUP_HEAD: GROUP, BENEFICIARY: OWN, EMPLOYER: OWN},
    "follow_up": {ADVISOR: OWN, MANAGER: STRUCTURE, BENEFICIARY: OWN},
    # A hire that led to an exit nobody took over since, and what a call found after another one.
    "hire": {ADVISOR: OWN, MANAGER: STRUCTURE, GROUP_HEAD: GROUP, EMPLOYER: OWN},
    "call_made": WRITERS,
    # An export belongs to the one seat that asked for it, here the advisor's.
    "export": {ADVISOR: OWN},
    # A copy too; the person's own is theirs.
    "access_copy": {ADVISOR: OWN},
    "data_request": _SOCIAL,
    # Whoever left long ago is still named by their structure.
    "retention": _SOCIAL,
    # An import too, here the manager's.
    "import": {MANAGER: OWN},
    # The data of a structure, taken away by the one seat that asked, here the manager's.
    "structure_copy": {MANAGER: OWN},
    "column_map": {MANAGER: STRUCTURE, GROUP_HEAD: GROUP},
    "membership": _TEAMS,
    "invitation": {MANAGER: STRUCTURE, ADMINISTRATOR: STRUCTURE, GROUP_HEAD: GROUP},
    "entry": _SOCIAL,
    "watch_end": _SOCIAL,
    # Two files made one, two people told apart: who writes the thread.
    **dict.fromkeys(("reunion", "told_apart", "twin"), WRITERS),
    "immersion": _SOCIAL,
    "training": _SOCIAL,
    "hours_wish": _SOCIAL,
    **dict.fromkeys(("medical_visit", "saved_days"), _SOCIAL),
    # The network’s own are of the whole installation; these are of one structure.
    "published_table": {MANAGER: STRUCTURE, GROUP_HEAD: GROUP},
    "convention": {MANAGER: STRUCTURE, GROUP_HEAD: GROUP},
    **dict.fromkeys(
        ("suspension", "prolongation", "derogation", "diagnosis", "relay", "relay_step"), _SOCIAL
    ),
    # Proposed by another structure to ours, and agreed by somebody none of us knows: the whole team answers.
    "relay_received": WRITTEN_HERE,
    # Somebody who left for nothing, their door closed.
    "waiting": {ADVISOR: OWN, MANAGER: STRUCTURE, GROUP_HEAD: GROUP},
    # Somebody welcomed this morning: no situation written, no access, nothing said.
    "newcomer": {ADVISOR: OWN, MANAGER: STRUCTURE, SUPERVISOR: STRUCTURE, GROUP_HEAD: GROUP},
    "person_access": _SOCIAL,
    "employer_access": {ADVISOR: GROUP, MANAGER: GROUP},
    "group": dict.fromkeys((*TEAM, ADMINISTRATOR), GROUP) | {NETWORK_HEAD: GROUP | {"elsewhere"}},
    "group_offer": {GROUP_HEAD: GROUP},
    "group_request": {GROUP_HEAD: OWN},
    "profile": {EMPLOYER: OWN},
    "structure": dict.fromkeys((*TEAM, ADMINISTRATOR), GROUP)
    | {NETWORK_HEAD: GROUP | {"elsewhere"}, COLLECTIVE_HEAD: STRUCTURE},
    # The structures of a group know each other by name; whoever answers for one of both sides ends it.
    "belonging": dict.fromkeys((*TEAM, ADMINISTRATOR), GROUP) | {NETWORK_HEAD: GROUP | {"elsewhere"}},
}
