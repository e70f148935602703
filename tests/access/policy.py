"""Who may read and who may write: written by hand, compared with what every address really answers.

A page is for some roles; among those, an object is reached by its relation to the actor. Everything else
answers exactly like an object that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.core.actor import Role
from tests.access.reach import (
    ACCOMPANY,
    ADMINISTRATOR,
    ADVISOR,
    BENEFICIARY,
    COLLECTIVE_HEAD,
    EMPLOYER,
    EVERYONE,
    GROUP,
    GROUP_HEAD,
    MANAGER,
    NETWORK_HEAD,
    OWN,
    REACH,
    STRUCTURE,
    SUPERVISOR,
    TEAM,
    WRITERS,
    WRITTEN_HERE,
)


@dataclass(frozen=True)
class Page:
    """One address: the kind of object it names (None for a page without object), who it is for, how it is called.

    `reach` narrows the usual reach of the kind where a page is stricter than the object's visibility. What a page
    sends (POST) is for whom it opens to; `sends` says who else is refused with words, the page being theirs to read.
    `chooses` is of a page without object where one is chosen: which ones, by whom; any other is as one that is not there.
    """

    roles: frozenset[Role]
    kind: str | None = None
    methods: tuple[str, ...] = ("GET", "POST")
    extra: dict[str, object] = field(default_factory=dict)
    reach: dict[Role, frozenset[str]] | None = None
    sends: dict[Role, frozenset[str]] | None = None
    chooses: dict[Role, frozenset[str]] | None = None

    def writes_for(self, role: Role, relation: str) -> bool:
        """Whether this role, having found this object here, writes by sending the page."""
        if self.sends is None:
            return self.opens_for(role, relation)
        return relation in self.sends.get(role, frozenset())

    def offers(self, role: Role, relation: str) -> bool:
        """Whether this role may choose this object on this page."""
        return self.chooses is None or relation in self.chooses.get(role, frozenset())

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
        "mfa_generate_recovery_codes", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
        "mfa_reauthenticate_webauthn", "identity_login", "identity_callback", "identity_link", "identity_unlink", "web:alive", "web:ready", "web:account", "web:help",
        "web:legal_notice", "web:rules", "web:privacy", "web:accessibility", "web:security_txt", "web:robots_txt", "web:seats", "web:tokens", "web:token_revoke", "web:session_close",
        "web:invitation", "web:home", "web:passport_check", "web:badge_check", "web:badge_issuer", "web:badge_states",
        # Only where no mail leaves, which is not this installation: see the tests of the outbox's screens.
        "web:invitation_message",
    }
)  # fmt: skip

WORKS_WITH_EMPLOYERS = ACCOMPANY | {GROUP_HEAD, COLLECTIVE_HEAD}
_HEADS = frozenset({GROUP_HEAD, COLLECTIVE_HEAD})
_WORKS_FOR = WRITTEN_HERE | {GROUP_HEAD: GROUP, COLLECTIVE_HEAD: STRUCTURE}
OBSERVES = ACCOMPANY | {SUPERVISOR}
_MANAGES_TEAM = frozenset({MANAGER, ADMINISTRATOR, GROUP_HEAD})
_BRINGS_IN = frozenset({MANAGER, GROUP_HEAD})

WEB: dict[str, Page] = {
    "web:day": page(ACCOMPANY, methods=GET),
    # Without what a notice signed, nothing is taken back: said where one comes from.
    "web:undo": page(ACCOMPANY, methods=POST, sends={}),
    "web:waiting": page(ACCOMPANY | _MANAGES_TEAM, BENEFICIARY, methods=GET),
    "web:between": page(ACCOMPANY, methods=GET),
    "web:watch_end": page(ACCOMPANY, kind="waiting"),
    "web:watch_again": page(ACCOMPANY, kind="watch_end", methods=POST),
    "web:people": page(TEAM),
    "web:beyond": page(ACCOMPANY, methods=GET),
    "web:beyond_open": page(ADVISOR),
    "web:person": page(TEAM, kind="person", methods=GET),
    "web:thread_pdf": page(TEAM, kind="person", methods=GET),
    "web:person_new": page(ACCOMPANY, chooses=WRITTEN_HERE),
    "web:person_edit": page(ACCOMPANY, kind="person"),
    "web:person_entry": page(ACCOMPANY, kind="person"),
    "web:person_join": page(ACCOMPANY, kind="person"),
    "web:told_apart": page(ACCOMPANY, kind="person", methods=POST),
    "web:told_apart_undo": page(ACCOMPANY, kind="told_apart", methods=POST),
    "web:reunion_separate": page(ACCOMPANY, kind="reunion"),
    "web:look_alikes": page(ACCOMPANY, methods=GET),
    "web:data_kept": page(ACCOMPANY, BENEFICIARY, kind="person", methods=GET),
    "web:data_copy_ask": page(ACCOMPANY, BENEFICIARY, kind="person", methods=POST),
    # Of a copy still being prepared there is nothing to take.
    "web:data_copy": page(ACCOMPANY, BENEFICIARY, kind="access_copy", methods=GET, reach={}),
    "web:data_request_new": page(ACCOMPANY, BENEFICIARY, kind="person"),
    "web:data_request_answer": page(ACCOMPANY, kind="data_request"),
    "web:data_request_withdraw": page(ACCOMPANY, BENEFICIARY, kind="data_request", methods=POST),
    "web:data_keep": page(MANAGER, kind="person"),
    "web:person_access_new": page(ACCOMPANY, kind="person"),
    "web:person_access_end": page(ACCOMPANY, kind="person_access", methods=POST),
    "web:person_back": page(ACCOMPANY, kind="waiting", reach=WRITERS),
    "web:relays": page(ACCOMPANY, methods=GET),
    "web:relay_new": page(ACCOMPANY, kind="person"),
    "web:relay": page(ACCOMPANY, BENEFICIARY, kind="relay", methods=GET),
    **dict.fromkeys(
        ("web:relay_agree", "web:relay_deny", "web:relay_change", "web:relay_withdraw"),
        page(ACCOMPANY, BENEFICIARY, kind="relay"),
    ),
    **dict.fromkeys(
        ("web:relay_correct", "web:relay_confirm", "web:relay_meet", "web:relay_cancel"),
        page(ACCOMPANY, kind="relay"),
    ),
    **dict.fromkeys(
        ("web:relay_accept", "web:relay_suggest", "web:relay_decline", "web:relay_welcome"),
        page(ACCOMPANY, kind="relay_received"),
    ),
    "web:relay_step_new": page(ACCOMPANY, kind="relay"),
    **dict.fromkeys(("web:relay_step_correct", "web:relay_step_cancel"), page(ACCOMPANY, kind="relay_step")),
    "web:relay_step_settle": page(ACCOMPANY, kind="relay_step", methods=POST),
    "web:follow_up_new": page(ACCOMPANY, kind="person"),
    "web:follow_up_draft": page(ACCOMPANY, kind="person", methods=POST),
    "web:goal_new": page(ACCOMPANY, kind="person"),
    "web:action_new": page(ACCOMPANY, kind="person"),
    "web:appointment_new": page(ACCOMPANY, kind="person"),
    "web:pass_new": page(ACCOMPANY, kind="person"),
    "web:licences": page(OBSERVES, methods=GET),
    "web:polycompetence": page(OBSERVES, BENEFICIARY, kind="person", methods=GET),
    "web:skills_team": page(OBSERVES, methods=GET),
    "web:skills_figures": page(OBSERVES, GROUP_HEAD, methods=GET),
    "web:licence_new": page(ACCOMPANY, kind="person"),
    "web:licence_edit": page(ACCOMPANY, kind="licence"),
    "web:licence_renew": page(ACCOMPANY, kind="licence"),
    "web:licence_cancel": page(ACCOMPANY, kind="licence"),
    "web:observation_proof": page(OBSERVES, kind="assessment", sends={ADVISOR: OWN, MANAGER: STRUCTURE}),
    "web:file": page(OBSERVES, BENEFICIARY, kind="file", methods=GET),
    "web:file_take_away": page(OBSERVES, kind="file", sends={ADVISOR: OWN, MANAGER: STRUCTURE}),
    "web:cv": page(ACCOMPANY, BENEFICIARY, kind="person", methods=GET),
    **dict.fromkeys(("web:cv_edit", "web:cv_clear"), page(ACCOMPANY, BENEFICIARY, kind="person")),
    **dict.fromkeys(("web:cv_pdf", "web:cv_docx"), page(ACCOMPANY, BENEFICIARY, kind="person", methods=GET)),
    "web:passports": page(ACCOMPANY, BENEFICIARY, kind="person"),
    "web:passport_pdf": page(ACCOMPANY, BENEFICIARY, kind="passport", methods=GET),
    "web:badges_all": page(ACCOMPANY, BENEFICIARY, kind="passport", methods=GET),
    "web:badge_one": page(ACCOMPANY, BENEFICIARY, kind="passport", methods=GET, extra={"key": "a1"}),
    "web:passport_withdraw": page(ACCOMPANY, BENEFICIARY, kind="passport", methods=POST),
    "web:pass": page(ACCOMPANY, kind="person", methods=GET),
    **dict.fromkeys(
        ("web:suspension_new", "web:prolongation_new", "web:pass_close"), page(ACCOMPANY, kind="pass")
    ),
    "web:pass_reopen": page(ACCOMPANY, kind="pass", methods=POST),
    **dict.fromkeys(("web:suspension_edit", "web:suspension_cancel"), page(ACCOMPANY, kind="suspension")),
    **dict.fromkeys(
        (
            "web:prolongation_edit",
            "web:prolongation_answer",
            "web:prolongation_file",
            "web:prolongation_cancel",
        ),
        page(ACCOMPANY, kind="prolongation"),
    ),
    "web:derogation_new": page(ACCOMPANY, kind="stay"),
    **dict.fromkeys(
        ("web:derogation_edit", "web:derogation_answer", "web:derogation_file", "web:derogation_cancel"),
        page(ACCOMPANY, kind="derogation"),
    ),
    "web:certifications": page(ACCOMPANY),
    "web:certification_new": page(ACCOMPANY),
    "web:certification": page(ACCOMPANY, kind="certification", methods=GET),
    "web:certification_edit": page(ACCOMPANY, kind="certification", sends=WRITTEN_HERE),
    "web:bloc_new": page(ACCOMPANY, kind="certification", sends=WRITTEN_HERE),
    "web:bloc_edit": page(ACCOMPANY, kind="bloc", sends=WRITTEN_HERE),
    "web:bloc_lines": page(ACCOMPANY, kind="bloc"),
    "web:line_match": page(ACCOMPANY, kind="bloc_line"),
    "web:line_search": page(ACCOMPANY, kind="bloc_line", methods=POST),
    "web:feasibility": page(ACCOMPANY, SUPERVISOR, BENEFICIARY, kind="person"),
    **dict.fromkeys(
        ("web:coverage", "web:coverage_pdf", "web:coverage_file"),
        page(ACCOMPANY, SUPERVISOR, BENEFICIARY, kind="person", methods=GET, extra={"of": "certification"}),
    ),
    "web:eligibility": page(ACCOMPANY, kind="person", methods=GET),
    "web:diagnosis_new": page(ACCOMPANY, kind="person"),
    **dict.fromkeys(
        ("web:diagnosis_edit", "web:diagnosis_file", "web:diagnosis_cancel"),
        page(ACCOMPANY, kind="diagnosis"),
    ),
    "web:vae_new": page(ACCOMPANY, kind="person"),
    "web:vae": page(ACCOMPANY, kind="person", methods=GET),
    "web:vae_describe": page(ACCOMPANY, kind="vae"),
    "web:vae_move": page(ACCOMPANY, kind="vae"),
    "web:vae_decline": page(ACCOMPANY, kind="vae"),
    "web:vae_correct": page(ACCOMPANY, kind="vae_step"),
    "web:vae_cancel": page(ACCOMPANY, kind="vae_step"),
    "web:note": page(ACCOMPANY),
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
    "web:amendment_new": page(ACCOMPANY, kind="contract"),
    "web:hours_new": page(ACCOMPANY, kind="contract"),
    "web:hours_month": page(ACCOMPANY),
    "web:immersion_new": page(ACCOMPANY, kind="person"),
    **dict.fromkeys(
        (
            "web:immersion_edit",
            "web:immersion_renew",
            "web:immersion_end",
            "web:immersion_review",
            "web:immersion_cancel",
        ),
        page(ACCOMPANY, kind="immersion"),
    ),
    "web:training_new": page(ACCOMPANY, kind="person"),
    **dict.fromkeys(
        ("web:training_edit", "web:training_finish", "web:training_file", "web:training_cancel"),
        page(ACCOMPANY, kind="training"),
    ),
    "web:wish_new": page(ACCOMPANY, BENEFICIARY, kind="person"),
    # The person writes again those they told themselves; this world's were written by the team.
    **dict.fromkeys(("web:wish_edit", "web:wish_cancel"), page(ACCOMPANY, kind="hours_wish")),
    "web:rights": page(ACCOMPANY, BENEFICIARY, kind="person", methods=GET),
    **dict.fromkeys(("web:visit_new", "web:saved_new"), page(ACCOMPANY, kind="person")),
    **dict.fromkeys(("web:visit_edit", "web:visit_cancel"), page(ACCOMPANY, kind="medical_visit")),
    **dict.fromkeys(("web:saved_edit", "web:saved_cancel"), page(ACCOMPANY, kind="saved_days")),
    "web:typed": page(ACCOMPANY, kind="person", methods=GET),
    **{
        f"web:{name}_{gesture}": page(ACCOMPANY, kind=name)
        for name in ("contract", "stay", "exit", "pass", "goal", "action", "appointment")
        for gesture in ("correct", "cancel")
    },
    "web:amendment_cancel": page(ACCOMPANY, kind="amendment"),
    "web:hours_cancel": page(ACCOMPANY, kind="hours"),
    "web:exits": page(ACCOMPANY, GROUP_HEAD, NETWORK_HEAD, methods=GET),
    "web:exits_export": page(ACCOMPANY, GROUP_HEAD, methods=POST),
    "web:exits_job": page(ACCOMPANY, GROUP_HEAD, kind="export", methods=GET),
    "web:exits_file": page(ACCOMPANY, GROUP_HEAD, kind="export", methods=GET, reach={}),
    "web:published_tables": page(MANAGER, GROUP_HEAD, NETWORK_HEAD, methods=GET),
    "web:published_table_new": page(MANAGER, GROUP_HEAD, NETWORK_HEAD),
    **dict.fromkeys(
        ("web:published_table", "web:published_table_file"),
        page(MANAGER, GROUP_HEAD, NETWORK_HEAD, kind="published_table", methods=GET),
    ),
    "web:conventions": page(MANAGER, GROUP_HEAD, methods=GET),
    "web:conventions_file": page(MANAGER, GROUP_HEAD, methods=GET, extra={"year": 2026}),
    "web:convention_new": page(MANAGER, kind="structure", reach={MANAGER: STRUCTURE}),
    **dict.fromkeys(
        ("web:convention_edit", "web:convention_cancel"),
        page(MANAGER, kind="convention", reach={MANAGER: STRUCTURE}),
    ),
    "web:fte": page(ACCOMPANY, GROUP_HEAD, methods=GET),
    "web:fte_file": page(ACCOMPANY, GROUP_HEAD, methods=GET, extra={"year": 2026}),
    "web:gaps": page(ACCOMPANY, GROUP_HEAD, methods=GET),
    "web:gaps_file": page(ACCOMPANY, GROUP_HEAD, methods=GET, extra={"year": 2026}),
    "web:rule_trial": page(EVERYONE - {EMPLOYER, BENEFICIARY}),
    "web:rule_new": page(NETWORK_HEAD, MANAGER),
    "web:my_pathway": page(BENEFICIARY, methods=GET),
    "web:observe": page(OBSERVES),
    "web:observe_person": page(OBSERVES, kind="person"),
    "web:observe_together": page(OBSERVES),
    "web:observe_send": page(OBSERVES, methods=POST, chooses=REACH["assessment"]),
    "web:gesture_lists": page(OBSERVES, methods=GET),
    "web:gesture_list_new": page(OBSERVES),
    "web:gesture_list_edit": page(OBSERVES, kind="gesture_list"),
    "web:gesture_list_add": page(
        OBSERVES, kind="gesture_list", methods=POST, extra={"competence_pk": "competence"}
    ),
    "web:observe_word": page(OBSERVES, kind="assessment", sends={ADVISOR: OWN}),
    "web:reading_comment": page(ACCOMPANY, BENEFICIARY, kind="assessment"),
    "web:self_assess": page(BENEFICIARY),
    "web:self_level": page(BENEFICIARY, methods=POST, extra={"competence_pk": "competence"}),
    # What was seen by somebody else is not one’s own word to take back.
    "web:self_undo": page(BENEFICIARY, kind="assessment", methods=POST, sends={}),
    "web:team": page(_MANAGES_TEAM, methods=GET),
    "web:team_invite": page(_MANAGES_TEAM, chooses=REACH["invitation"]),
    "web:data_quality": page(_BRINGS_IN, methods=GET),
    "web:imports": page(_BRINGS_IN),
    "web:import_model": page(_BRINGS_IN, methods=GET),
    "web:import": page(_BRINGS_IN, kind="import", methods=GET),
    # The files it would let in are gone in this world: the page says so, and nothing enters.
    "web:import_confirm": page(_BRINGS_IN, kind="import", methods=POST, sends={}),
    "web:import_report": page(_BRINGS_IN, kind="import", methods=GET, reach={}),
    "web:import_lines": page(_BRINGS_IN, kind="import", methods=GET, reach={}),
    # No table waits to be matched in this world: the page leads back to the import.
    "web:import_columns": page(_BRINGS_IN, kind="import", sends={}),
    # Who works where people stay but answers for nothing is told who may.
    "web:taking_out": page(TEAM, methods=GET),
    "web:taking_out_ask": page(_BRINGS_IN, methods=POST, chooses=REACH["column_map"]),
    "web:taking_out_job": page(_BRINGS_IN, kind="structure_copy", methods=GET),
    # Of one that was not prepared there is nothing to take.
    "web:taking_out_file": page(_BRINGS_IN, kind="structure_copy", methods=GET, reach={}),
    "web:column_maps": page(_BRINGS_IN, methods=GET),
    "web:column_map": page(_BRINGS_IN, kind="column_map"),
    "web:column_map_forget": page(_BRINGS_IN, kind="column_map", methods=POST),
    # Its link is sent again, or read, by whoever could give the seat alone: for an advisor, a manager.
    **dict.fromkeys(
        ("web:invitation_resend", "web:invitation_link"),
        page(ACCOMPANY, _MANAGES_TEAM, kind="invitation", methods=POST, sends={MANAGER: STRUCTURE}),
    ),
    "web:invitation_withdraw": page(ACCOMPANY, _MANAGES_TEAM, kind="invitation", methods=POST),
    # Whoever reads as much as the role does agrees to it: for an advisor, a manager.
    "web:team_invitation_approve": page(
        _MANAGES_TEAM, kind="invitation", methods=POST, sends={MANAGER: STRUCTURE}
    ),
    "web:team_membership_end": page(_MANAGES_TEAM, kind="membership"),
    # One resets only for those who read no more than oneself: in this world, advisors and supervisors.
    "web:team_second_factor": page(_MANAGES_TEAM, kind="membership", reach={MANAGER: STRUCTURE}),
    "web:team_structure_new": page(GROUP_HEAD),
    "web:team_group_new": page(MANAGER),
    "web:groups": page(_MANAGES_TEAM, COLLECTIVE_HEAD, methods=GET),
    "web:group": page(_MANAGES_TEAM, COLLECTIVE_HEAD, kind="group", methods=GET),
    "web:group_edit": page(_HEADS, kind="group", reach={GROUP_HEAD: GROUP}),
    "web:group_leave": page(_HEADS, MANAGER, kind="belonging", reach={MANAGER: STRUCTURE, GROUP_HEAD: GROUP}),
    "web:group_head_invite": page(_HEADS),
    "web:group_offer_new": page(_HEADS, MANAGER),
    # The offer a structure without group made to the head's address; one's own side never answers its own.
    "web:group_offer_accept": page(_HEADS, MANAGER, kind="group_request"),
    "web:group_offer_withdraw": page(_HEADS, MANAGER, kind="group_offer", methods=POST),
    "web:team_structure": page(
        _MANAGES_TEAM,
        kind="structure",
        # One names a neighbour of the group, but changes the settings of one's own structures only.
        reach={MANAGER: STRUCTURE, ADMINISTRATOR: STRUCTURE, GROUP_HEAD: GROUP},
    ),
    "web:observe_level": page(OBSERVES, kind="person", methods=POST, extra={"competence_pk": "competence"}),
    # Only one's own slip of the thumb is taken back.
    "web:observe_undo": page(OBSERVES, kind="assessment", methods=POST, sends={ADVISOR: OWN}),
    "web:employers": page(WORKS_WITH_EMPLOYERS),
    "web:employer": page(WORKS_WITH_EMPLOYERS, kind="employer", methods=GET),
    "web:employer_new": page(WORKS_WITH_EMPLOYERS, chooses=_WORKS_FOR),
    "web:employer_edit": page(WORKS_WITH_EMPLOYERS, kind="employer"),
    "web:employer_access_new": page(ACCOMPANY, kind="employer", reach=WRITTEN_HERE),
    "web:employer_access_end": page(ACCOMPANY, kind="employer_access", methods=POST, reach=WRITTEN_HERE),
    "web:establishment_new": page(WORKS_WITH_EMPLOYERS, kind="employer"),
    "web:analysis_new": page(WORKS_WITH_EMPLOYERS, kind="establishment"),
    "web:analysis": page(WORKS_WITH_EMPLOYERS, kind="analysis", methods=GET),
    "web:analysis_return": page(WORKS_WITH_EMPLOYERS, kind="analysis", methods=POST),
    "web:task_new": page(WORKS_WITH_EMPLOYERS, kind="analysis"),
    "web:task_edit": page(WORKS_WITH_EMPLOYERS, kind="task"),
    "web:task_remove": page(WORKS_WITH_EMPLOYERS, kind="task"),
    "web:competence_search": page(WORKS_WITH_EMPLOYERS, methods=GET),
    "web:employer_cancel": page(WORKS_WITH_EMPLOYERS, kind="employer"),
    **{
        f"web:{name}_{gesture}": page(WORKS_WITH_EMPLOYERS, kind=name)
        for name in ("establishment", "analysis")
        for gesture in ("correct", "cancel")
    },
    "web:proposals": page(WORKS_WITH_EMPLOYERS, methods=GET),
    "web:proposal_new": page(WORKS_WITH_EMPLOYERS, chooses=REACH["task"]),
    "web:proposal": page(WORKS_WITH_EMPLOYERS, kind="proposal", methods=GET),
    "web:proposal_edit": page(WORKS_WITH_EMPLOYERS, kind="proposal"),
    "web:proposal_ask": page(ACCOMPANY, kind="proposal", methods=POST),
    "web:consent_answer": page(ACCOMPANY, BENEFICIARY, kind="consent"),
    "web:consent_withdraw": page(ACCOMPANY, BENEFICIARY, kind="consent", methods=POST),
    "web:my_consents": page(BENEFICIARY, methods=GET),
    "web:hire": page(ACCOMPANY, kind="stay"),
    "web:placement": page(WORKS_WITH_EMPLOYERS, kind="placement", methods=GET),
    "web:post_hire": page(ACCOMPANY, kind="follow_up"),
    **dict.fromkeys(("web:placement_correct", "web:placement_cancel"), page(ACCOMPANY, kind="hire")),
    **dict.fromkeys(("web:post_hire_correct", "web:post_hire_cancel"), page(ACCOMPANY, kind="call_made")),
    "web:my_needs": page(EMPLOYER, methods=GET),
    "web:profile_answer": page(EMPLOYER, kind="consent", methods=POST),
}
