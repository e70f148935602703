"""SEC-33: Two employers of one shared job put what they read side by side: nothing says which lines are the same person's."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from employers.enums import AnalysisStatus, ConsentDecision
from employers.models import ProfileConsent, TaskAnalysis
from tests.access.answers import NEVER_THE_SAME
from tests.access.routes import every_route
from tests.factories import (
    AssessmentFactory,
    BeneficiaryFactory,
    CompetenceFactory,
    EmployerAccessFactory,
    EmployerFactory,
    JobProposalFactory,
    PlacementFactory,
    ProfileConsentFactory,
    StayFactory,
    WorkTaskFactory,
)
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
API = "/api/v1/"
PEOPLE = 6


@pytest.fixture
def shared(bakery):
    """One job of two employers, and the same people shown to both."""
    other = EmployerFactory(organisation=bakery.structure)
    task = WorkTaskFactory(analysis__establishment__employer=other)
    job = JobProposalFactory(organisation=bakery.structure, tasks=[bakery.task, task], title="Poste partagé")
    for _ in range(PEOPLE):
        person = BeneficiaryFactory()
        for employer in (bakery.employer, other):
            ProfileConsentFactory(
                beneficiary=person, employer=employer, proposal=job, decision=ConsentDecision.GRANTED
            )
    seats = [EmployerAccessFactory(employer=employer) for employer in (bakery.employer, other)]
    return job, [sign_in(Client(), seat.user) for seat in seats]


def rows(client, table):
    return client.get(f"{API}{table}/").json()["results"]


def of_title(found, title):
    """The one line of this title."""
    (row,) = [row for row in found if row["title"] == title]
    return row


@pytest.mark.parametrize("table", ["profiles", "profile-consents", "job-proposals"])
def test_no_number_is_common_nor_follows_the_other(shared, table):
    _, clients = shared
    here, there = ([row["id"] for row in rows(client, table)] for client in clients)
    assert here
    assert not set(here) & set(there)
    assert all(abs(one - two) > 1_000 for one in here for two in there)
    assert not set(here + there) & set(ProfileConsent.objects.values_list("pk", flat=True))


def test_the_rank_of_a_line_says_nothing_either(shared):
    """In the order of the table both lists would name the same people line by line."""
    _, clients = shared
    of_person = {}
    for client in clients:
        for row in rows(client, "profile-consents"):
            answer = client.get(f"{API}profile-consents/{row['id']}/")
            assert answer.json()["id"] == row["id"]
    for client in clients:
        listed = [row["id"] for row in rows(client, "profile-consents")]
        assert listed == sorted(listed)
        of_person[client] = listed
    assert len(set(map(tuple, of_person.values()))) == 2


def test_both_lists_show_the_same_lines(bakery, shared):
    """An old agreement without a job is in neither."""
    ProfileConsentFactory(employer=bakery.employer, proposal=None, decision=ConsentDecision.GRANTED)
    for client in shared[1]:
        profiles, consents = rows(client, "profiles"), rows(client, "profile-consents")
        assert sorted(row["id"] for row in profiles) == [row["id"] for row in consents]
        assert len(profiles) == PEOPLE


def test_a_job_is_read_with_ones_own_tasks_only(bakery, shared):
    job, (here, there) = shared
    TaskAnalysis.objects.update(status=AnalysisStatus.RETURNED)
    mine, theirs = (of_title(rows(client, "job-proposals"), job.title) for client in (here, there))
    assert mine["tasks"] == [bakery.task.pk]
    assert mine["employers"] == [bakery.employer.pk]
    assert len(theirs["tasks"]) == 1
    assert theirs["tasks"] != mine["tasks"]
    assert "created_at" not in mine
    assert mine["title"] == job.title


def test_what_points_to_a_job_or_a_line_is_followed_by_the_same_number(bakery, shared):
    job, (here, there) = shared
    mine, theirs = (of_title(rows(client, "job-proposals"), job.title) for client in (here, there))
    PlacementFactory(employer=bakery.employer, proposal=job)
    assert {row["proposal"] for row in rows(here, "profile-consents")} == {mine["id"]}
    assert {row["proposal"] for row in rows(here, "placements")} == {mine["id"]}
    assert here.get(f"{API}job-proposals/{mine['id']}/").json()["title"] == job.title
    assert here.get(f"{API}job-proposals/{theirs['id']}/").status_code == 404
    assert here.get(f"{API}job-proposals/{job.pk}/").status_code == 404
    for table in ("profile-consents", "placements"):
        assert here.get(f"{API}{table}/?proposal={mine['id']}").json()["count"]
        assert here.get(f"{API}{table}/?proposal={job.pk}").json()["count"] == 0


def everything(client):
    """All that an employer is answered: lists, filters and pages, as sent."""
    lists = [
        route
        for route in every_route()
        if route.name.startswith("api:")
        and not route.captures
        and "get" in getattr(route.view, "actions", {})
    ]
    found = {}
    for route in lists:
        address = reverse(route.name)
        found[address] = client.get(address).content
        filters = getattr(getattr(route.view, "cls", None), "filterset_class", None)
        if filters and b'"count":0' not in found[address]:
            found |= {
                f"{address}?{name}=1": client.get(f"{address}?{name}=1").content
                for name in filters.base_filters
            }
    for name in ("web:home", "web:my_needs"):
        found[name] = NEVER_THE_SAME.sub(b"", client.get(reverse(name)).content)
    return found


def test_nothing_an_employer_counts_or_searches_speaks_of_who_did_not_agree(bakery, shared):
    """So no class of fewer than five can be isolated: outside agreements given to this very employer, nobody is counted."""
    here, _ = shared[1]
    known = CompetenceFactory()
    before = everything(here)
    for decision in (ConsentDecision.ASKED, ConsentDecision.REFUSED, ConsentDecision.WITHDRAWN, None):
        person = StayFactory(organisation=bakery.structure).beneficiary
        if decision:
            ProfileConsentFactory(
                beneficiary=person, employer=bakery.employer, proposal=bakery.proposal, decision=decision
            )
        AssessmentFactory(beneficiary=person, organisation=bakery.structure, competence=known)
    after = everything(here)
    assert [where for where, said in before.items() if after[where] != said] == []
    ProfileConsentFactory(employer=bakery.employer, proposal=shared[0], decision=ConsentDecision.GRANTED)
    assert everything(here) != before


def test_no_exact_day_is_common_to_both(shared):
    """Asked the same day, agreements end the same day: the day would name the pair."""
    for client in shared[1]:
        assert {len(row["valid_until"]) for row in rows(client, "profiles")} == {len("2027-02")}
        for row in rows(client, "profile-consents"):
            assert set(row) == {"id", "employer", "proposal", "decision", "employer_answer", "answered_at"}


def test_answering_by_the_page_and_by_the_API_uses_it(shared):
    _, (here, there) = shared
    first, second = (row["id"] for row in rows(here, "profiles")[:2])
    page = text_of(here.get(reverse("web:my_needs")))
    assert reverse("web:profile_answer", args=[first]) in page
    assert here.post(reverse("web:profile_answer", args=[first]), {"answer": "RENCONTRER"}).status_code == 302
    body = json.dumps({"answer": "DECLINER"})
    answered = here.post(f"{API}profile-consents/{second}/respond/", body, "application/json")
    assert (answered.status_code, answered.json()["id"]) == (200, second)
    assert (
        there.post(reverse("web:profile_answer", args=[first]), {"answer": "RENCONTRER"}).status_code == 404
    )
    for consent in ProfileConsent.objects.all():
        assert f"/{consent.pk}/" not in page.split('id="profil-', 1)[1].split("<footer", 1)[0]


def test_a_team_keeps_the_numbers_of_the_table(bakery, shared):
    job, _ = shared
    from tests.factories import MembershipFactory

    seat = MembershipFactory(role="MANAGER", organisation=bakery.structure)
    for consent in ProfileConsent.objects.all():
        StayFactory(beneficiary=consent.beneficiary, organisation=bakery.structure) if not (
            consent.beneficiary.stays.exists()
        ) else None
    client = sign_in(Client(), seat.user)
    assert job.pk in {row["id"] for row in rows(client, "job-proposals")}
    listed = {row["id"] for row in rows(client, "profile-consents")}
    assert listed
    assert listed <= set(ProfileConsent.objects.values_list("pk", flat=True))
