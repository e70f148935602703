"""A job somebody holds shows who, and asks nothing more of anybody: neither on its page nor through a service."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.errors import DomainError
from employers.enums import ProposalStatus
from employers.models import Placement, ProfileConsent
from employers.selectors.ranking import rank_people
from employers.services import answer_consent, ask_consent, change_proposal, hire
from tests.factories import TODAY, ProfileConsentFactory
from tests.pages import text_of


@pytest.fixture
def filled(seat, job, able, employer):
    """Solange was hired; Paul had agreed, Jo had not answered yet."""
    waiting = {}
    for name, granted in (("Paul", True), ("Jo", False)):
        person = able(name).beneficiary
        waiting[name] = ProfileConsentFactory(
            beneficiary=person, employer=employer, proposal=job, granted=granted
        )
    hire(
        actor=seat.as_actor(), stay=able("Solange"), employer=employer, kind="CDI", started_on=date(2026, 11, 20),
        proposal=job,
    )  # fmt: skip
    job.refresh_from_db()
    assert job.status == ProposalStatus.FILLED
    return job, waiting


def test_the_page_says_who_holds_it_and_offers_no_gesture(team, filled):
    job, waiting = filled
    page = text_of(team.get(reverse("web:proposal", args=[job.pk])))
    placement = Placement.objects.get()
    assert "Qui le tient" in page
    assert reverse("web:placement", args=[placement.pk]) in page
    assert "Solange" in page
    for gesture in (
        "Embauche<",
        "Noter la réponse",
        "Demander leur accord",
        "Qui pourrait le tenir",
        "Retirer l’accord",
    ):
        assert gesture not in page
    assert reverse("web:consent_answer", args=[waiting["Jo"].pk]) not in page
    assert not Entry.objects.filter(action="job.people_ranked").exists()


def test_no_service_acts_for_it_any_more(seat, filled, able, employer):
    job, waiting = filled
    actor, stay = seat.as_actor(), able("Lina")
    gestures = (
        lambda: hire(actor=actor, stay=stay, employer=employer, kind="CDI", started_on=TODAY, proposal=job),
        lambda: answer_consent(actor=actor, consent=waiting["Jo"], granted=True),
        lambda: ask_consent(actor=actor, proposal=job, beneficiary=stay.beneficiary),
    )
    for gesture in gestures:
        with pytest.raises(DomainError) as refusal:
            gesture()
        assert refusal.value.code == "job_over"
        assert "plus à pourvoir" in str(refusal.value.message)
    assert Placement.objects.count() == 1
    assert rank_people(actor, job, today=TODAY) == []


def test_a_refusal_to_ask_is_said_on_the_page_of_a_filled_job(team, filled, able):
    job, _ = filled
    person = able("Lina").beneficiary
    answer = team.post(reverse("web:proposal_ask", args=[job.pk]), {"people": [person.pk]})
    assert answer.status_code == 422
    assert "plus à pourvoir" in text_of(answer)


def test_a_job_closed_by_hand_says_that_nobody_is_looked_for(team, seat, job):
    change_proposal(actor=seat.as_actor(), proposal=job, version=job.version, status=ProposalStatus.CLOSED)
    page = text_of(team.get(reverse("web:proposal", args=[job.pk])))
    assert "Ce poste n’est plus à pourvoir" in page
    assert "rouvrez le poste" in page


def test_opened_again_it_ranks_and_asks_again(team, seat, filled):
    job, waiting = filled
    change_proposal(actor=seat.as_actor(), proposal=job, version=job.version, status=ProposalStatus.OPEN)
    page = text_of(team.get(reverse("web:proposal", args=[job.pk])))
    assert "Qui pourrait le tenir" in page
    assert reverse("web:consent_answer", args=[waiting["Jo"].pk]) in page
    answer_consent(actor=seat.as_actor(), consent=waiting["Jo"], granted=True)
    assert ProfileConsent.objects.granted().count() == 2


def test_the_person_is_no_longer_asked_for_a_job_somebody_holds(filled):
    assert not ProfileConsent.objects.get(pk=filled[1]["Jo"].pk).waits
