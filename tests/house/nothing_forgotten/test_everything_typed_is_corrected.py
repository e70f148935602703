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
    "competences.GestureList": "web:gesture_list_edit",
    "competences.Cv": "web:cv_edit",
    "competences.Licence": "web:licence_edit",
    "competences.Bloc": "web:bloc_edit",
    "competences.BlocLine": "web:bloc_lines: the list accepted anew",
    "competences.Certification": "web:certification_edit",
    "competences.LineMatch": "web:line_match: what is ticked replaces what was",
    "competences.VaeProject": "web:vae_describe",
    "competences.VaeStep": "web:vae_correct",
    "employers.Employer": "web:employer_edit",
    "employers.JobProposal": "web:proposal_edit",
    "employers.WorkTask": "web:task_edit",
    "organisations.Convention": "web:convention_edit",
    "organisations.Group": "web:group_edit",
    "organisations.Organisation": "web:team_structure",
    "pathways.Beneficiary": "web:person_edit",
    "pathways.EntryProfile": "web:person_entry",
    "pathways.Derogation": "web:derogation_edit",
    "pathways.DataRequest": "web:data_request_answer: what was asked stays as it was asked, and is answered",
    "pathways.Retention": "web:data_keep: an exception written again replaces the former one",
    "pathways.EligibilityDiagnosis": "web:diagnosis_edit",
    "pathways.Exit": "web:exit_correct",
    "pathways.Immersion": "web:immersion_edit",
    "pathways.Training": "web:training_edit",
    "pathways.HoursWish": "web:wish_edit",
    "pathways.MedicalVisit": "web:visit_edit",
    "pathways.SavedDays": "web:saved_edit",
    "pathways.PassProlongation": "web:prolongation_edit",
    "pathways.PassSuspension": "web:suspension_edit",
    "pathways.HoursAmendment": "web:amendment_new: the same day written again replaces its hours",
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
    "competences.GestureList": "web:gesture_list_edit: put aside, never erased",
    "competences.Cv": "web:cv_clear",
    "competences.Licence": "web:licence_cancel",
    "competences.Passport": "web:passport_withdraw",
    "competences.VaeStep": "web:vae_cancel",
    "competences.Bloc": "web:bloc_edit: no longer proposed, never erased",
    "competences.BlocLine": "web:bloc_lines: a line left out of the list goes",
    "competences.Certification": "web:certification_edit: no longer proposed, never erased",
    "competences.LineMatch": "web:line_match: what is not ticked goes",
    "competences.VaeProject": "web:vae_decline",
    "employers.EmployerAccess": "web:employer_access_end",
    "employers.JobProposal": "web:proposal_edit: its status closes it",
    "employers.ProfileConsent": "web:consent_withdraw",
    "employers.WorkTask": "web:task_remove",
    "exchange.ImportJob": "web:import: what is not confirmed is forgotten with its files",
    "organisations.Convention": "web:convention_cancel",
    "organisations.GroupOffer": "web:group_offer_withdraw",
    "organisations.Invitation": "web:invitation_withdraw",
    "pathways.Beneficiary": "web:stay_cancel: somebody known by one stay alone goes with it",
    "pathways.BeneficiaryAccess": "web:person_access_end",
    "pathways.DataRequest": "web:data_request_withdraw",
    "pathways.Derogation": "web:derogation_cancel",
    "pathways.EligibilityDiagnosis": "web:diagnosis_cancel",
    "pathways.Immersion": "web:immersion_cancel",
    "pathways.Training": "web:training_cancel",
    "pathways.HoursWish": "web:wish_cancel",
    "pathways.MedicalVisit": "web:visit_cancel",
    "pathways.SavedDays": "web:saved_cancel",
    "pathways.PassProlongation": "web:prolongation_cancel",
    "pathways.PassSuspension": "web:suspension_cancel",
    "pathways.WatchEnd": "web:watch_again",
    "pathways.Reunion": "web:reunion_separate",
    "pathways.ToldApart": "web:told_apart_undo",
    "pathways.PrivateNote": "web:interview_edit",
    "pathways.BarrierReading": "web:interview_cancel",
}

NOT_CORRECTED: dict[str, str] = {
    "pathways.AccessCopy": "asked for, and gone after some days: nobody types it",
    "competences.Passport": "what was given to read stays as it was given: it is withdrawn, and another one made",
    "accounts.SeatToken": "revoked, and another one drawn: nobody types it",
    "employers.EmployerAccess": "a door is closed and another opened: nothing typed is kept in it",
    "employers.ProfileConsent": "the person's own answer: withdrawn and asked again, never rewritten (RGPD, art. 7)",
    "exchange.ImportJob": "what was sent is sent again",
    "exchange.StructureCopy": "asked for, and gone after some days: nobody types it",
    "organisations.GroupOffer": "withdrawn and made again: it was sent by mail",
    "organisations.Invitation": "withdrawn and made again: it was sent by mail",
    "pathways.BeneficiaryAccess": "a door is closed and another opened: nothing typed is kept in it",
    "pathways.RuleSetting": "a newer row says the rule from its day on; the past is judged by the rule of its day",
    "reports.ExportJob": "another export is asked for",
    "reports.PublishedTable": "what left stays as it left (decision 0089)",
}
NOT_CANCELLED: dict[str, str] = {
    "exchange.StructureCopy": "gone after some days by itself",
    "pathways.AccessCopy": "gone after some days by itself",
    "pathways.Retention": "an exception ends on its day, or is written again with a nearer one",
    "accounts.User": "an account is closed with its seats; what it signed keeps its name",
    "organisations.Group": "a group is left by its structures, one by one",
    "organisations.Organisation": "a structure keeps what its figures rest on",
    "pathways.EntryProfile": "each answer is put back to « not known » where it is typed",
    "pathways.RuleSetting": "a newer row says the rule from its day on",
    "reports.ExportJob": "it is erased by itself after a few days",
    "reports.PublishedTable": "what left cannot be taken back, and the next ones are masked beside it (decision 0089)",
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
    assert len(creating) >= len(tables) > 15, (
        "pages that create are no longer found: look at how they are read"
    )
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
    assert set(table) <= known, "this table is no longer typed: take it out"


def test_a_registered_gesture_opens_its_own_row():
    assert get_resolver().url_patterns
    for model, gesture in registered():
        if gesture in {Gesture.CORRECT, Gesture.CANCEL}:
            assert f"/{7}/" in address_of(model(pk=7), gesture)
    with pytest.raises(NoSuchAddress):
        address_of(FILLED[0](pk=1), Gesture.PROLONG)
