"""A button that acts at once erases nothing somebody typed: what it does is undone, or asked about on a page first."""

from __future__ import annotations

from tests.access.policy import WEB

ONE_PRESS: dict[str, str] = {
    "web:analysis_return": "a status: the analysis and its tasks stay",
    "web:column_map_forget": "titles of columns, asked again at the next sending",
    "web:consent_withdraw": "the person's no, which they may say at once; asked again by a new proposal",
    "web:data_copy_ask": "asks for a copy of what is held",
    "web:data_request_withdraw": "a request, made again the same way",
    "web:employer_access_end": "an access, offered again by an invitation",
    "web:exits_export": "writes a file",
    "web:follow_up_draft": "keeps a draft; forgets one only when asked to start again",
    "web:group_offer_withdraw": "an offer, made again the same way",
    "web:import_confirm": "the page before it showed everything that enters",
    "web:invitation_link": "a link in the place of the former one",
    "web:invitation_resend": "a link in the place of the former one",
    "web:invitation_withdraw": "an invitation, made again the same way",
    "web:line_search": "only asks: it finds, and writes nothing",
    "web:observe_level": "a level of the day: another press corrects it, « Annuler » takes it back all the day",
    "web:undo": "what this very account recorded less than twenty seconds ago: it is typed again",
    "web:observe_undo": "one press put it there, one press puts it back",
    "web:observe_send": "what was touched without network, as if it had just been touched",
    "web:gesture_list_add": "one gesture more in a list, unticked where the list is corrected",
    "web:self_level": "a word of one’s own: another press corrects it, « Retirer » takes it back all the day",
    "web:self_undo": "one press put it there, one press puts it back",
    "web:pass_reopen": "closed again on the same page",
    "web:passport_withdraw": "a copy: the choices and the proofs stay",
    "web:person_access_end": "an access, offered again by an invitation",
    "web:profile_answer": "an answer of the employer, changed on the same page",
    "web:proposal_ask": "asks people; each may say no",
    "web:relay_step_settle": "done or not after all, by the same button",
    "web:taking_out_ask": "writes a file",
    "web:team_invitation_approve": "an agreement to an invitation, which may be withdrawn",
    "web:told_apart": "taken back by « web:told_apart_undo »",
    "web:told_apart_undo": "said again by « web:told_apart »",
    "web:watch_again": "stopped again on the same page",
}
"""Addresses that act without a page before them, and why nothing typed is lost by one press."""


def test_what_acts_at_once_says_why_nothing_is_lost():
    at_once = {name for name, page in WEB.items() if "POST" in page.methods and "GET" not in page.methods}
    assert at_once == set(ONE_PRESS), (
        "ask first on a page of its own, or say in ONE_PRESS why one press is enough"
    )
