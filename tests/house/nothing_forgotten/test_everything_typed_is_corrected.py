"""Nothing typed is without a way to be corrected or cancelled: every table a form or the API fills says how.

A table is red until a page, an address of the API or a gesture corrects it and takes it back, or until the reason why
not is written here.
"""

from __future__ import annotations

import pytest
from django.db import models
from django.urls import get_resolver

from backend.core.api.views import DomainViewSet
from backend.core.pages.addresses import Gesture, NoSuchAddress, address_of, registered
from backend.web.forms.base import CalmForm
from tests.access.api_policy import API_WRITES
from tests.access.routes import every_route
from tests.house.tree import of_the_product

OTHERWISE_CORRECTED: dict[str, str] = {
    "accounts.User": "web:account",
    "competences.Assessment": "assessments create: a newer reading corrects an older one, which stays",
    "competences.Licence": "web:licence_edit",
    "competences.VaeProject": "web:vae_describe",
    "competences.VaeStep": "web:vae_correct",
    "employers.Employer": "web:employer_edit",
    "employers.JobProposal": "web:proposal_edit",
    "employers.WorkTask": "web:task_edit",
    "organisations.Organisation": "web:team_structure",
    "pathways.Beneficiary": "web:person_edit",
    "pathways.EntryProfile": "web:person_entry",
    "pathways.Derogation": "web:derogation_edit",
    "pathways.Exit": "web:exit_correct",
    "pathways.Immersion": "web:immersion_edit",
    "pathways.PassProlongation": "web:prolongation_edit",
    "pathways.PassSuspension": "web:suspension_edit",
    "pathways.MonthlyHours": "web:hours_new: the same month written again replaces the figure",
    "pathways.WatchEnd": "web:watch_again",
    "pathways.Reunion": "web:reunion_separate",
    "pathways.ToldApart": "web:told_apart_undo",
    "pathways.PrivateNote": "web:interview_edit",
    "pathways.BarrierReading": "web:interview_edit",
}
"""Where a table is corrected, when the gesture is not registered as such: an address that exists, and how."""

OTHERWISE_CANCELLED: dict[str, str] = {
    "accounts.SeatToken": "web:token_revoke",
    "competences.Assessment": "web:observe_undo",
    "competences.Licence": "web:licence_cancel",
    "competences.Passport": "web:passport_withdraw",
    "competences.VaeStep": "web:vae_cancel",
    "competences.VaeProject": "web:vae_decline",
    "employers.EmployerAccess": "web:employer_access_end",
    "employers.JobProposal": "web:proposal_edit: its status closes it",
    "employers.ProfileConsent": "web:consent_withdraw",
    "employers.WorkTask": "web:task_remove",
    "exchange.ImportJob": "web:import: what is not confirmed is forgotten with its files",
    "organisations.GroupOffer": "web:group_offer_withdraw",
    "organisations.Invitation": "web:invitation_withdraw",
    "pathways.Beneficiary": "web:stay_cancel: somebody known by one stay alone goes with it",
    "pathways.BeneficiaryAccess": "web:person_access_end",
    "pathways.Derogation": "web:derogation_cancel",
    "pathways.Immersion": "web:immersion_cancel",
    "pathways.PassProlongation": "web:prolongation_cancel",
    "pathways.PassSuspension": "web:suspension_cancel",
    "pathways.WatchEnd": "web:watch_again",
    "pathways.Reunion": "web:reunion_separate",
    "pathways.ToldApart": "web:told_apart_undo",
    "pathways.PrivateNote": "web:interview_edit",
    "pathways.BarrierReading": "web:interview_cancel",
}

NOT_CORRECTED: dict[str, str] = {
    "competences.Passport": "what was given to read stays as it was given: it is withdrawn, and another one made",
    "accounts.SeatToken": "revoked, and another one drawn: nobody types it",
    "employers.EmployerAccess": "a door is closed and another opened: nothing typed is kept in it",
    "employers.Establishment": "2026-11: still to be built; its analyses can be opened under another one",
    "employers.Placement": "2026-11: still to be built; the exit it wrote is corrected by web:exit_edit",
    "employers.PostHireFollowUp": "2026-11: still to be built; what a call found stays as it was said",
    "employers.ProfileConsent": "the person's own answer: withdrawn and asked again, never rewritten (RGPD, art. 7)",
    "employers.TaskAnalysis": "2026-11: its tasks are corrected; its title and day are still to be built",
    "exchange.ImportJob": "what was sent is sent again",
    "organisations.Group": "2026-11: its name is still to be corrected by a screen",
    "organisations.GroupOffer": "withdrawn and made again: it was sent by mail",
    "organisations.Invitation": "withdrawn and made again: it was sent by mail",
    "pathways.BeneficiaryAccess": "a door is closed and another opened: nothing typed is kept in it",
    "pathways.RuleSetting": "a newer row says the rule from its day on; the past is judged by the rule of its day",
    "reports.ExportJob": "another export is asked for",
}
NOT_CANCELLED: dict[str, str] = {
    "accounts.User": "an account is closed with its seats; what it signed keeps its name",
    "employers.Employer": "2026-11: still to be built; nothing shows an employer nobody works with",
    "employers.Establishment": "2026-11: still to be built",
    "employers.Placement": "2026-11: still to be built",
    "employers.PostHireFollowUp": "2026-11: still to be built",
    "employers.TaskAnalysis": "2026-11: still to be built; its tasks are removed one by one",
    "organisations.Group": "a group is left by its structures, one by one",
    "organisations.Organisation": "a structure keeps what its figures rest on",
    "pathways.EntryProfile": "each answer is put back to « not known » where it is typed",
    "pathways.RuleSetting": "a newer row says the rule from its day on",
    "reports.ExportJob": "it is erased by itself after a few days",
}


def filled_by_people() -> set[type[models.Model]]:
    """Tables that a form or the API fills."""
    forms = {
        form.writes for form in of_the_product(CalmForm) if isinstance(getattr(form, "writes", ""), type)
    }
    creating = {name.split()[0] for name in API_WRITES if name.endswith(" create")}
    tables = {
        view.model
        for view in of_the_product(DomainViewSet)
        if hasattr(view, "create") and getattr(view, "model", None) is not None
    }
    assert len(creating) >= len(tables) > 15
    return forms | tables


FILLED = sorted(filled_by_people(), key=lambda model: model._meta.label)


@pytest.mark.parametrize("model", FILLED, ids=lambda model: model._meta.label)
@pytest.mark.parametrize(
    ("gesture", "otherwise", "reasons"),
    [
        (Gesture.CORRECT, OTHERWISE_CORRECTED, NOT_CORRECTED),
        (Gesture.CANCEL, OTHERWISE_CANCELLED, NOT_CANCELLED),
    ],
    ids=["corrected", "cancelled"],
)
def test_everything_typed_has_its_way_back(model, gesture, otherwise, reasons):
    label = model._meta.label
    ways = [(model, gesture) in set(registered()), label in otherwise, label in reasons]
    assert any(ways), f"{label}: register {gesture} in its screens/addresses.py, or say why not here"
    assert not (ways[2] and (ways[0] or ways[1])), f"{label}: it has its way now, take the reason out"


@pytest.mark.parametrize("said", sorted({*OTHERWISE_CORRECTED.values(), *OTHERWISE_CANCELLED.values()}))
def test_the_way_that_is_named_exists(said):
    name = said if said.startswith("web:") and said.count(":") == 1 else said.rsplit(": ", 1)[0]
    assert name in API_WRITES or name in {route.name for route in every_route()}, (
        "a page, or a verb of the API"
    )


@pytest.mark.parametrize(
    "table", [OTHERWISE_CORRECTED, OTHERWISE_CANCELLED, NOT_CORRECTED, NOT_CANCELLED], ids=list("abcd")
)
def test_no_line_speaks_of_a_table_nobody_fills(table):
    known = {model._meta.label for model in FILLED} | {"pathways.PrivateNote", "pathways.BarrierReading"}
    assert set(table) <= known


def test_a_registered_gesture_opens_its_own_row():
    assert get_resolver().url_patterns
    for model, gesture in registered():
        if gesture in {Gesture.CORRECT, Gesture.CANCEL}:
            assert f"/{7}/" in address_of(model(pk=7), gesture)
    with pytest.raises(NoSuchAddress):
        address_of(FILLED[0](pk=1), Gesture.PROLONG)
