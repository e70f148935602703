"""Who the law keeps out of a job, whatever they can do: shown last with the reason, asked by no window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.models import User
from backend.core.errors import DomainError
from backend.core.values.dates import months_after
from backend.organisations.enums import StructureKind
from competences.enums import LicenceKind
from employers.enums import DangerousWork
from employers.models import JobProposal, ProfileConsent
from employers.rules.dangerous import LENDING_BAN
from employers.rules.dismissals import lent_again_from
from employers.selectors.ranking import rank_people
from employers.services import add_task, ask_consent, change_proposal, propose_job
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.kinds import LENDS_NOBODY_FOR_DANGEROUS_WORK
from tests.factories import (
    AssessmentFactory,
    BeneficiaryFactory,
    CompetenceFactory,
    LicenceFactory,
    StayFactory,
    TaskRequirementFactory,
)
from tests.pages import text_of
from tests.queries import assert_same_queries
from tests.signin import sign_in

FORKLIFT = LicenceKind.CACES_R489
LENDERS = sorted(LENDS_NOBODY_FOR_DANGEROUS_WORK)


@pytest.fixture
def gesture(bakery):
    """What the job asks, that everybody here holds."""
    competence = CompetenceFactory()
    TaskRequirementFactory(task=bakery.task, competence=competence)
    AssessmentFactory(beneficiary=bakery.person, competence=competence)
    return competence


@pytest.fixture
def forklift(bakery, gesture):
    bakery.task.licences = [FORKLIFT]
    bakery.task.save()


def present(bakery, gesture):
    stay = StayFactory(
        organisation=bakery.structure, advisor_id=bakery.advisor.user_id, beneficiary=BeneficiaryFactory()
    )
    AssessmentFactory(beneficiary=stay.beneficiary, competence=gesture)
    return stay.beneficiary


def dangerous(bakery, kind):
    bakery.task.dangerous_work = DangerousWork.PARAQUAT
    bakery.task.save()
    bakery.structure.kind = kind
    bakery.structure.save()
    return JobProposal.objects.get(pk=bakery.proposal.pk)


def window_of(actor):
    return sign_in(Client(), User.objects.get(pk=actor.user_id))


def bars_on(bakery, today, job=None):
    ranked = rank_people(bakery.advisor, job or bakery.proposal, today=today)
    return {each.beneficiary: [bar.code for bar in each.bars] for each in ranked}


@pytest.mark.parametrize(
    ("held", "codes"),
    [
        (None, ["no_licence"]),
        ({"expires_in": -1}, ["licence_expires"]),
        ({"expires_in": 0}, []),
        ({"expires_in": None}, []),
        ({"expires_in": 30, "is_suspended": True}, ["no_licence"]),
        ({"expires_in": 30, "kind": LicenceKind.CACES_R486}, ["no_licence"]),
    ],
)
def test_r38_a_habilitation_is_held_to_its_last_day_or_the_person_is_not_proposed(
    bakery, forklift, today, held, codes
):
    if held is not None:
        left = held.pop("expires_in")
        LicenceFactory(
            beneficiary=bakery.person,
            obtained_on=today - timedelta(days=400),
            expires_on=None if left is None else today + timedelta(days=left),
            **{"kind": FORKLIFT, **held},
        )
    assert bars_on(bakery, today) == {bakery.person: codes}


def test_r38_the_newest_title_counts_and_a_cancelled_one_does_not(bakery, forklift, today):
    said = {"beneficiary": bakery.person, "kind": FORKLIFT, "label": "catégorie 3"}
    LicenceFactory(**said, obtained_on=today - timedelta(days=900), expires_on=today - timedelta(days=1))
    LicenceFactory(
        **said, obtained_on=today - timedelta(days=10), cancelled_at=timezone.now(), cancel_reason="Doublon"
    )
    assert bars_on(bakery, today) == {bakery.person: ["licence_expires"]}

    LicenceFactory(**said, obtained_on=today - timedelta(days=5), expires_on=today + timedelta(days=900))
    assert bars_on(bakery, today) == {bakery.person: []}


def test_r38_whoever_is_kept_out_takes_nobodys_place(bakery, forklift, gesture, today):
    driver = present(bakery, gesture)
    LicenceFactory(beneficiary=driver, kind=FORKLIFT, obtained_on=today)
    better = CompetenceFactory()
    TaskRequirementFactory(task=bakery.task, competence=better)
    AssessmentFactory(
        beneficiary=bakery.person, competence=better
    )  # the best by competences, without the title

    ranked = rank_people(bakery.advisor, bakery.proposal, today=today, top=1)

    assert [(each.beneficiary, each.rank) for each in ranked] == [(driver, 1), (bakery.person, None)]


def test_titles_are_read_in_one_question_whatever_the_people(bakery, forklift, gesture, today):
    def more(count):
        for _ in range(count):
            LicenceFactory(beneficiary=present(bakery, gesture), kind=FORKLIFT, obtained_on=today)

    assert_same_queries(lambda: rank_people(bakery.advisor, bakery.proposal, today=today), more)


@pytest.mark.parametrize("kind", StructureKind.values)
def test_r10_a_work_of_the_list_is_proposed_to_nobody_by_whoever_only_lends(bakery, gesture, today, kind):
    job = dangerous(bakery, kind)
    expected = ["legal_ban"] if kind in LENDS_NOBODY_FOR_DANGEROUS_WORK else []
    assert bars_on(bakery, today, job) == {bakery.person: expected}


@pytest.mark.parametrize("kind", LENDERS)
def test_r10_such_a_job_is_not_composed_and_the_text_is_named(bakery, kind):
    job = dangerous(bakery, kind)
    said = {"actor": bakery.advisor, "tasks": [bakery.task]}
    for write in (
        lambda: propose_job(**said, organisation=job.organisation, title="Vignes"),
        lambda: change_proposal(**said, proposal=job, version=job.version),
    ):
        with pytest.raises(DomainError) as refusal:
            write()
        assert (refusal.value.code, refusal.value.field) == ("dangerous_work", "tasks")
        assert refusal.value.basis == LENDING_BAN
    assert not JobProposal.objects.filter(title="Vignes").exists()


def test_r10_elsewhere_the_job_is_composed_and_the_page_says_under_which_contract(bakery, gesture):
    job = dangerous(bakery, StructureKind.ACI)
    change_proposal(actor=bakery.advisor, proposal=job, version=job.version, tasks=[bakery.task])
    client = window_of(bakery.advisor)
    page = text_of(client.get(reverse("web:proposal", args=[job.pk])))
    assert "Travail dangereux : ni mise à disposition, ni CDD, ni intérim." in page


def test_r38_no_window_asks_somebody_who_is_kept_out(bakery, forklift):
    with pytest.raises(DomainError) as refusal:
        ask_consent(actor=bakery.advisor, proposal=bakery.proposal, beneficiary=bakery.person)
    assert refusal.value.code == "no_licence"

    client = window_of(bakery.advisor)
    url = reverse("web:proposal", args=[bakery.proposal.pk])
    page = text_of(client.get(url))
    assert "personne ne peut pas être proposée" in page
    assert f"Habilitation demandée, que rien ne montre : {FORKLIFT.label}." in page
    assert f'value="{bakery.person.pk}" id="person-' not in page
    refused = client.post(
        reverse("web:proposal_ask", args=[bakery.proposal.pk]), {"people": [bakery.person.pk]}
    )
    assert refused.status_code == 422
    assert not ProfileConsent.objects.filter(proposal=bakery.proposal).exists()


def test_r10_r38_the_api_gives_the_reasons_and_refuses_alike(bakery, forklift):
    client = window_of(bakery.advisor)
    url = f"/api/v1/job-proposals/{bakery.proposal.pk}/"
    (row,) = client.get(f"{url}ranking/").json()
    assert row["rank"] is None
    assert [bar["code"] for bar in row["bars"]] == ["no_licence"]
    refused = client.post(f"{url}ask/", {"beneficiary": bakery.person.pk}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (400, "no_licence")


def test_a_task_asks_only_for_titles_of_our_list(bakery):
    said = {"name": "Ranger", "family": "logistique", "weekly_hours": 4}
    for wrong in ("PERMIS_Z", LicenceKind.OTHER):
        with pytest.raises(DomainError) as refusal:
            add_task(actor=bakery.advisor, analysis=bakery.analysis, **said, licences=[wrong])
        assert (refusal.value.code, refusal.value.field) == ("unknown_licence", "licences")


def dismissed(bakery, kind, day):
    bakery.task.dismissed_on = day
    bakery.task.save()
    bakery.structure.kind = kind
    bakery.structure.save()
    return JobProposal.objects.get(pk=bakery.proposal.pk)


@pytest.mark.parametrize("kind", StructureKind.values)
@pytest.mark.parametrize(
    ("day", "is_shut"),
    [(date(2026, 5, 22), False), (date(2026, 5, 23), True), (date(2026, 11, 22), True), (None, False)],
)
def test_r11_nobody_is_lent_for_six_months_after_an_economic_dismissal(bakery, gesture, kind, day, is_shut):
    job = dismissed(bakery, kind, day)
    ranked = rank_people(bakery.advisor, job, today=date(2026, 11, 22))
    said = [(bar.code, bar.basis) for each in ranked for bar in each.bars]
    is_lender = kind in LENDERS
    assert said == ([("legal_ban", "Code du travail, art. L5132-7")] if is_shut and is_lender else [])
    if said:
        assert "pas de mise à disposition avant le" in ranked[0].bars[0].message


@pytest.mark.parametrize("kind", LENDERS)
def test_r11_such_a_job_is_not_composed_and_nobody_is_asked(bakery, gesture, today, kind):
    job = dismissed(bakery, kind, today - timedelta(days=30))
    said = {"actor": bakery.advisor, "tasks": [bakery.task]}
    for write in (
        lambda: propose_job(**said, organisation=job.organisation, title="Fournil"),
        lambda: change_proposal(**said, proposal=job, version=job.version),
    ):
        with pytest.raises(DomainError) as refusal:
            write()
        assert (refusal.value.code, refusal.value.field) == ("recent_dismissal", "tasks")
    with pytest.raises(DomainError) as refusal:
        ask_consent(actor=bakery.advisor, beneficiary=bakery.person, proposal=job)
    assert refusal.value.code == "legal_ban"


@given(
    day=st.dates(date(2015, 1, 1), date(2040, 12, 31)), today=st.dates(date(2015, 1, 1), date(2040, 12, 31))
)
def test_r11_the_door_opens_once_and_stays_open(day, today):
    since = lent_again_from("AI", [day], today=today, book=BUILT_IN)
    if since is None:
        assert today < day or today >= months_after(day, 6)
    else:
        assert day <= today < since == months_after(day, 6)
        assert lent_again_from("AI", [day], today=since, book=BUILT_IN) is None
