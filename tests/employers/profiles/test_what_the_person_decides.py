"""What the person reads of an employer’s question, and decides: a yes, a no, and either again."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from employers.enums import ConsentDecision, ProposalStatus
from employers.models import ProfileConsent
from tests.factories import (
    ProfileConsentFactory,
)
from tests.pages import text_of


def test_the_person_reads_exactly_what_would_be_shown(herself, question, contact):
    page = herself.get(reverse("web:my_consents"))
    ((_, promised),) = page.context["questions"]
    herself.post(reverse("web:consent_answer", args=[question.pk]), {"granted": "oui"})
    (shown,) = contact.get(reverse("web:my_needs")).context["page"].profiles

    assert shown == promised
    assert "Peser au gramme" in page.content.decode()
    assert "Ce qu’il ne verra pas" in page.content.decode()


@pytest.mark.parametrize(("said", "decision"), [("oui", "ACCORDE"), ("non", "REFUSE")])
def test_the_person_answers_with_one_button(herself, question, said, decision):
    answered = herself.post(reverse("web:consent_answer", args=[question.pk]), {"granted": said})

    assert answered.url == reverse("web:my_consents")
    question.refresh_from_db()
    assert (question.decision, question.decided_with) == (decision, None)


def test_an_agreement_is_taken_back_from_the_same_page(herself, consent):
    assert "Retirer mon accord" in herself.get(reverse("web:my_consents")).content.decode()
    herself.post(reverse("web:consent_withdraw", args=[consent.pk]))

    consent.refresh_from_db()
    assert consent.decision == ConsentDecision.WITHDRAWN
    assert "Retirer mon accord" not in herself.get(reverse("web:my_consents")).content.decode()


@pytest.mark.parametrize("first", ["non", "retiré"])
def test_a_no_becomes_a_yes_from_the_same_page(herself, question, first):
    """« Vous pouvez changer d’avis quand vous voulez » holds in both directions, after reading what is shown."""
    address = reverse("web:consent_answer", args=[question.pk])
    herself.post(address, {"granted": "non" if first == "non" else "oui"})
    if first == "retiré":
        herself.post(reverse("web:consent_withdraw", args=[question.pk]))

    page = herself.get(reverse("web:my_consents"))
    assert "Changer d’avis" in text_of(page)
    assert "Peser au gramme" in text_of(page)
    herself.post(address, {"granted": "oui"})
    question.refresh_from_db()
    assert question.decision == ConsentDecision.GRANTED
    assert "Changer d’avis" not in text_of(herself.get(reverse("web:my_consents")))


@pytest.mark.parametrize("why", ["ended", "filled", "asked again"])
def test_no_button_offers_a_yes_that_would_be_refused(herself, question, job, why):
    address = reverse("web:consent_answer", args=[question.pk])
    herself.post(address, {"granted": "non"})
    if why == "ended":
        ProfileConsent.objects.filter(pk=question.pk).update(ends_on=date(2026, 11, 21))
    elif why == "filled":
        type(job).objects.filter(pk=job.pk).update(status=ProposalStatus.FILLED)
    else:
        ProfileConsentFactory(beneficiary=question.beneficiary, employer=question.employer, proposal=job)

    assert "Changer d’avis" not in text_of(herself.get(reverse("web:my_consents")))
    herself.post(address, {"granted": "oui"})
    question.refresh_from_db()
    assert question.decision == ConsentDecision.REFUSED


def test_without_question_the_page_says_when_one_will_come(herself):
    assert "Aucune question ne vous attend" in herself.get(reverse("web:my_consents")).content.decode()


def test_my_pathway_leads_to_my_agreements(herself):
    assert reverse("web:my_consents") in herself.get(reverse("web:my_pathway")).content.decode()


def test_nobody_answers_for_somebody_else(herself, job, employer):
    theirs = ProfileConsentFactory(employer=employer, proposal=job)
    for route in ("consent_answer", "consent_withdraw"):
        assert herself.post(reverse(f"web:{route}", args=[theirs.pk]), {"granted": "oui"}).status_code == 404
