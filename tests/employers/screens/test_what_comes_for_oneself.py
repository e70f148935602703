"""« Ce qui vient », as the person reads it: only what is still to come, whichever domain expects it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from competences.enums import VaeStepKind
from competences.models import VaeProject, VaeStep
from employers.enums import ConsentDecision
from employers.models import ProfileConsent
from pathways.enums import ProgressStatus
from tests.factories import (
    BeneficiaryAccessFactory,
    EmployerFactory,
    GoalFactory,
    PlacementFactory,
    PostHireFollowUpFactory,
    ProfileConsentFactory,
)
from tests.pages import text_of
from tests.signin import sign_in


@pytest.fixture
def access(db):
    return BeneficiaryAccessFactory()


@pytest.fixture
def what_comes(access):
    """The card of one's own page, in words."""
    client = sign_in(Client(), access.user)

    def read() -> str:
        card = text_of(client.get(reverse("web:my_pathway"))).partition('aria-labelledby="next-heading"')[2]
        return card.partition("</section>")[0].replace("\u00a0", " ")

    return read


def test_a_goal_reached_or_given_up_is_not_to_come(access, what_comes):
    for status in (ProgressStatus.DONE, ProgressStatus.DROPPED):
        GoalFactory(
            beneficiary=access.beneficiary,
            label=f"But {status.label}",
            status=status,
            dropped_because="Autre projet.",
        )
    GoalFactory(beneficiary=access.beneficiary, label="Passer le permis", status=ProgressStatus.DOING)
    words = what_comes()
    assert "Passer le permis" in words
    assert "But " not in words


def test_the_next_call_after_a_hire_is_told_and_only_the_next(access, what_comes):
    hire = PlacementFactory(beneficiary=access.beneficiary, employer=EmployerFactory(name="Brioches du Val"))
    for milestone, due in (("M1", date(2026, 10, 1)), ("M3", date(2026, 11, 26)), ("M6", date(2027, 2, 26))):
        PostHireFollowUpFactory(placement=hire, milestone=milestone, due_on=due, done_on=None, situation="")
    words = what_comes()
    assert "votre emploi chez Brioches du Val (suivi à 3 mois) le" in words
    assert "26 novembre 2026" in words
    assert "2027" not in words
    assert "octobre" not in words


def vae_with(person, *told):
    project = VaeProject.objects.create(
        beneficiary=person, certification="Titre professionnel", reached_on=told[-1][1]
    )
    for kind, on, *jury in told:
        VaeStep.objects.create(project=project, kind=kind, on=on, jury_on=jury[0] if jury else None)


YES = (VaeStepKind.ADMISSIBLE, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("step", "told", "on"),
    [
        ((VaeStepKind.VALIDATION_SENT, date(2026, 9, 29)), "le jury se réunit au plus tard le", 31),
        ((VaeStepKind.JURY, date(2026, 11, 3), date(2026, 12, 20)), "votre jury est le", 20),
    ],
)
def test_the_jury_of_a_vae_is_told(access, what_comes, step, told, on):
    vae_with(access.beneficiary, YES, step)
    words = what_comes()
    assert told in words
    assert f"{on} décembre 2026" in words


def test_once_the_jury_sat_the_result_is_what_comes(access, what_comes):
    vae_with(access.beneficiary, YES, (VaeStepKind.JURY, date(2026, 11, 3), date(2026, 11, 21)))
    assert "le résultat arrive au plus tard le" in what_comes()


def test_a_question_of_an_employer_comes_before_everything_and_is_counted(access):
    """Asked, it stands first and beside « Mes accords »; answered, or past its end, nowhere."""
    asked = ProfileConsentFactory(
        beneficiary=access.beneficiary,
        employer=EmployerFactory(name="Brioches du Val"),
        decision=ConsentDecision.ASKED,
        decided_at=None,
        ends_on=date(2027, 3, 1),
    )
    client = sign_in(Client(), access.user)
    page = text_of(client.get(reverse("web:my_pathway")))
    assert page.index("Brioches du Val peut-il voir votre profil ?") < page.index('id="next-heading"')
    menu = text_of(client.get(reverse("web:my_consents"))).partition("Mes accords")[2].partition("</a>")[0]
    assert "1" in menu

    ProfileConsent.objects.filter(pk=asked.pk).update(ends_on=date(2026, 1, 1))
    assert "peut-il voir votre profil" not in text_of(client.get(reverse("web:my_pathway")))
