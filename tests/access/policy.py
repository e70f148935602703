"""Who may open what: written by hand, compared with what every address really answers.

A page is for some roles; among those, an object is reached by its relation to the actor. Everything else
answers exactly like an object that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.core.actor import Role

ADVISOR, SUPERVISOR, MANAGER = Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER
GROUP_HEAD, NETWORK_HEAD, EMPLOYER = Role.GROUP_HEAD, Role.NETWORK_HEAD, Role.EMPLOYER
BENEFICIARY, ADMINISTRATOR = Role.BENEFICIARY, Role.ADMINISTRATOR
EVERYONE = frozenset(Role) - {Role.OPERATOR}
ACCOMPANY = frozenset({ADVISOR, MANAGER})
TEAM = frozenset({ADVISOR, SUPERVISOR, MANAGER, GROUP_HEAD})

_OWN = frozenset({"own"})
_STRUCTURE = _OWN | {"same_structure"}
_GROUP = _STRUCTURE | {"same_group"}

_PEOPLE = {ADVISOR: _OWN, SUPERVISOR: _STRUCTURE, MANAGER: _STRUCTURE, GROUP_HEAD: _GROUP, BENEFICIARY: _OWN}
_ADMINISTRATIVE = {ADVISOR: _OWN, MANAGER: _STRUCTURE, GROUP_HEAD: _GROUP, BENEFICIARY: _OWN}
_SKILLS = {ADVISOR: _OWN, SUPERVISOR: _STRUCTURE, MANAGER: _STRUCTURE, BENEFICIARY: _OWN}
_SOCIAL = {ADVISOR: _OWN, MANAGER: _STRUCTURE, BENEFICIARY: _OWN}
_EMPLOYERS = {ADVISOR: _GROUP, SUPERVISOR: _GROUP, MANAGER: _GROUP, GROUP_HEAD: _GROUP, EMPLOYER: _OWN}
_TEAMS = {
    ADVISOR: _STRUCTURE,
    SUPERVISOR: _STRUCTURE,
    MANAGER: _STRUCTURE,
    ADMINISTRATOR: _STRUCTURE,
    GROUP_HEAD: _GROUP,
}

REACH: dict[str, dict[Role, frozenset[str]]] = {
    **dict.fromkeys(("person", "stay", "contract", "hours"), _PEOPLE),
    **dict.fromkeys(("pass", "exit"), _ADMINISTRATIVE),
    **dict.fromkeys(("interview", "barrier", "goal", "action", "appointment"), _SOCIAL),
    **dict.fromkeys(("assessment", "licence", "vae"), _SKILLS),
    **dict.fromkeys(("employer", "establishment", "analysis", "task", "proposal"), _EMPLOYERS),
    "consent": {ADVISOR: _OWN, MANAGER: _STRUCTURE, BENEFICIARY: _OWN, EMPLOYER: _OWN},
    "placement": {ADVISOR: _OWN, MANAGER: _STRUCTURE, GROUP_HEAD: _GROUP, BENEFICIARY: _OWN, EMPLOYER: _OWN},
    "follow_up": {ADVISOR: _OWN, MANAGER: _STRUCTURE, BENEFICIARY: _OWN},
    # An export belongs to the one seat that asked for it, here the advisor's.
    "export": {ADVISOR: _OWN},
    # An import too, here the manager's.
    "import": {MANAGER: _OWN},
    "membership": _TEAMS,
    "invitation": {MANAGER: _STRUCTURE, ADMINISTRATOR: _STRUCTURE, GROUP_HEAD: _GROUP},
    "entry": _SOCIAL,
    "person_access": _SOCIAL,
    "employer_access": {ADVISOR: _GROUP, MANAGER: _GROUP},
    "group": dict.fromkeys((*TEAM, ADMINISTRATOR), _GROUP) | {NETWORK_HEAD: _GROUP | {"elsewhere"}},
    "profile": {EMPLOYER: _OWN},
    "structure": dict.fromkeys((*TEAM, ADMINISTRATOR), _GROUP) | {NETWORK_HEAD: _GROUP | {"elsewhere"}},
}


@dataclass(frozen=True)
class Page:
    """One address: the kind of object it names (None for a page without object), who it is for, how it is called.

    `reach` narrows the usual reach of the kind where a page is stricter than the object's visibility.
    """

    roles: frozenset[Role]
    kind: str | None = None
    methods: tuple[str, ...] = ("GET", "POST")
    extra: dict[str, object] = field(default_factory=dict)
    reach: dict[Role, frozenset[str]] | None = None

    def opens_for(self, role: Role, relation: str) -> bool:
        """Whether this role finds this object here."""
        if role not in self.roles:
            return False
        if self.kind is None:
            return True
        return relation in (REACH[self.kind] if self.reach is None else self.reach).get(role, frozenset())


def page(*roles: Role | frozenset[Role], kind: str | None = None, **options: object) -> Page:
    """A page for these roles."""
    flat: set[Role] = set()
    for each in roles:
        flat |= {each} if isinstance(each, Role) else each
    return Page(frozenset(flat), kind, **options)  # type: ignore[arg-type]


GET, POST = ("GET",), ("POST",)

# Pages that open without signing in, or that only concern one's own session: their own tests cover them.
OUTSIDE = frozenset(
    {
        "account_login", "mfa_authenticate", "account_logout", "account_inactive", "account_reset_password",
        "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
        "account_reauthenticate", "mfa_reauthenticate", "account_change_password", "mfa_index", "mfa_activate_totp",
        "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes", "web:alive", "web:ready", "web:account", "web:help",
        "web:legal_notice", "web:privacy", "web:accessibility", "web:security_txt", "web:robots_txt", "web:seats", "web:tokens", "web:token_revoke",
        "web:invitation", "web:home",
        # Only for a structure without group, which nobody has in this world: see the tests of the team's screens.
        "web:team_group_new",
    }
)  # fmt: skip

_READS_EMPLOYERS = ACCOMPANY | {GROUP_HEAD}
_MANAGES_TEAM = frozenset({MANAGER, ADMINISTRATOR, GROUP_HEAD})
_BRINGS_IN = frozenset({MANAGER, GROUP_HEAD})

WEB: dict[str, Page] = {
    "web:day": page(ACCOMPANY, methods=GET),
    "web:between": page(ACCOMPANY, methods=GET),
    "web:people": page(TEAM, methods=GET),
    "web:person": page(TEAM, kind="person", methods=GET),
    "web:person_new": page(ACCOMPANY),
    "web:person_edit": page(ACCOMPANY, kind="person"),
    "web:person_entry": page(ACCOMPANY, kind="person"),
    "web:person_access_new": page(ACCOMPANY, kind="person"),
    "web:person_access_end": page(ACCOMPANY, kind="person_access", methods=POST),
    "web:person_relay": page(ACCOMPANY, kind="person"),
    "web:follow_up_new": page(ACCOMPANY, kind="person"),
    "web:follow_up_draft": page(ACCOMPANY, kind="person", methods=POST),
    "web:goal_new": page(ACCOMPANY, kind="person"),
    "web:action_new": page(ACCOMPANY, kind="person"),
    "web:appointment_new": page(ACCOMPANY, kind="person"),
    "web:pass_new": page(ACCOMPANY, kind="person"),
    "web:vae_new": page(ACCOMPANY, kind="person"),
    "web:vae_move": page(ACCOMPANY, kind="vae"),
    "web:note": page(ACCOMPANY, methods=GET),
    "web:interview_edit": page(ADVISOR, kind="interview"),
    "web:interview_cancel": page(ADVISOR, kind="interview"),
    "web:goal_edit": page(ACCOMPANY, kind="goal"),
    "web:action_edit": page(ACCOMPANY, kind="action"),
    "web:appointment_edit": page(ACCOMPANY, kind="appointment"),
    "web:action_postpone": page(ACCOMPANY, kind="action"),
    "web:appointment_postpone": page(ACCOMPANY, kind="appointment"),
    "web:stay_advisor": page(ACCOMPANY, kind="stay"),
    "web:contract_new": page(ACCOMPANY, kind="stay"),
    "web:exit_edit": page(ACCOMPANY, kind="stay"),
    "web:contract_end": page(ACCOMPANY, kind="contract"),
    "web:hours_new": page(ACCOMPANY, kind="contract"),
    "web:exits": page(ACCOMPANY, GROUP_HEAD, NETWORK_HEAD, methods=GET),
    "web:exits_export": page(ACCOMPANY, GROUP_HEAD, methods=POST),
    "web:exits_job": page(ACCOMPANY, GROUP_HEAD, kind="export", methods=GET),
    "web:exits_file": page(ACCOMPANY, GROUP_HEAD, kind="export", methods=GET, reach={}),
    "web:rules": page(EVERYONE - {BENEFICIARY}, methods=GET),
    "web:rule_new": page(NETWORK_HEAD, MANAGER),
    "web:my_pathway": page(BENEFICIARY, methods=GET),
    "web:observe": page(ADVISOR, SUPERVISOR, methods=GET),
    "web:observe_person": page(ADVISOR, SUPERVISOR, kind="person", methods=GET),
    "web:team": page(_MANAGES_TEAM, methods=GET),
    "web:team_invite": page(_MANAGES_TEAM),
    "web:imports": page(_BRINGS_IN),
    "web:import_model": page(_BRINGS_IN, methods=GET),
    "web:import": page(_BRINGS_IN, kind="import", methods=GET),
    "web:import_confirm": page(_BRINGS_IN, kind="import", methods=POST),
    "web:import_report": page(_BRINGS_IN, kind="import", methods=GET, reach={}),
    "web:invitation_withdraw": page(ACCOMPANY, _MANAGES_TEAM, kind="invitation", methods=POST),
    "web:team_invitation_approve": page(_MANAGES_TEAM, kind="invitation", methods=POST),
    "web:team_membership_end": page(_MANAGES_TEAM, kind="membership"),
    # One resets only for those who read no more than oneself: in this world, advisors and supervisors.
    "web:team_second_factor": page(_MANAGES_TEAM, kind="membership", reach={MANAGER: _STRUCTURE}),
    "web:team_structure_new": page(GROUP_HEAD),
    "web:team_structure": page(
        _MANAGES_TEAM,
        kind="structure",
        # One names a neighbour of the group, but changes the settings of one's own structures only.
        reach={MANAGER: _STRUCTURE, ADMINISTRATOR: _STRUCTURE, GROUP_HEAD: _GROUP},
    ),
    "web:observe_level": page(
        ADVISOR, SUPERVISOR, kind="person", methods=POST, extra={"competence_pk": "competence"}
    ),
    "web:observe_undo": page(ADVISOR, SUPERVISOR, kind="assessment", methods=POST),
    "web:employers": page(_READS_EMPLOYERS, methods=GET),
    "web:employer": page(_READS_EMPLOYERS, kind="employer", methods=GET),
    "web:employer_new": page(ACCOMPANY),
    "web:employer_edit": page(ACCOMPANY, kind="employer"),
    "web:employer_access_new": page(ACCOMPANY, kind="employer"),
    "web:employer_access_end": page(ACCOMPANY, kind="employer_access", methods=POST),
    "web:establishment_new": page(ACCOMPANY, kind="employer"),
    "web:analysis_new": page(ACCOMPANY, kind="establishment"),
    "web:analysis": page(_READS_EMPLOYERS, kind="analysis", methods=GET),
    "web:analysis_return": page(ACCOMPANY, kind="analysis", methods=POST),
    "web:task_new": page(ACCOMPANY, kind="analysis"),
    "web:task_edit": page(ACCOMPANY, kind="task"),
    "web:task_remove": page(ACCOMPANY, kind="task", methods=POST),
    "web:competence_search": page(ACCOMPANY, methods=GET),
    "web:proposals": page(_READS_EMPLOYERS, methods=GET),
    "web:proposal_new": page(ACCOMPANY),
    "web:proposal": page(_READS_EMPLOYERS, kind="proposal", methods=GET),
    "web:proposal_edit": page(ACCOMPANY, kind="proposal"),
    "web:proposal_ask": page(ACCOMPANY, kind="proposal", methods=POST),
    "web:consent_answer": page(ACCOMPANY, BENEFICIARY, kind="consent"),
    "web:consent_withdraw": page(ACCOMPANY, BENEFICIARY, kind="consent", methods=POST),
    "web:my_consents": page(BENEFICIARY, methods=GET),
    "web:hire": page(ACCOMPANY, kind="stay"),
    "web:placement": page(_READS_EMPLOYERS, kind="placement", methods=GET),
    "web:post_hire": page(ACCOMPANY, kind="follow_up"),
    "web:my_needs": page(EMPLOYER, methods=GET),
    "web:profile_answer": page(EMPLOYER, kind="consent", methods=POST),
}

# The API: the kind of object behind each collection; who finds it is the object's own visibility.
API_KINDS: dict[str, str] = {
    "actions": "action",
    "appointments": "appointment",
    "assessments": "assessment",
    "barrier-readings": "barrier",
    "contracts": "contract",
    "employer-accesses": "employer_access",
    "employers": "employer",
    "entry-profiles": "entry",
    "establishments": "establishment",
    "exits": "exit",
    "exports": "export",
    "follow-ups": "follow_up",
    "goals": "goal",
    "groups": "group",
    "interviews": "interview",
    "invitations": "invitation",
    "job-proposals": "proposal",
    "licences": "licence",
    "memberships": "membership",
    "monthly-hours": "hours",
    "passes": "pass",
    "people": "person",
    "person-accesses": "person_access",
    "placements": "placement",
    "profile-consents": "consent",
    "profiles": "profile",
    "stays": "stay",
    "structures": "structure",
    "task-analyses": "analysis",
    "vae-projects": "vae",
    "work-tasks": "task",
}
# Collections that say the same to everyone signed in, or only what concerns oneself.
API_PUBLIC_KNOWLEDGE = frozenset({"occupations", "competences"})
API_ONES_OWN = frozenset({"alerts", "schema", "docs", "exit-statistics"})
