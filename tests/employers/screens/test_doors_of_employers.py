"""Who opens which page about employers: the team, a neighbour, the head of the group."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import OrganisationFactory, ProfileConsentFactory
from tests.pages import text_of


def paths(employer, task, job, stay, consent, follow_up) -> dict[str, str]:
    return {
        "employer": reverse("web:employer", args=[employer.pk]),
        "analysis": reverse("web:analysis", args=[task.analysis_id]),
        "proposal": reverse("web:proposal", args=[job.pk]),
        "placement": reverse("web:placement", args=[follow_up.placement_id]),
        "employer_edit": reverse("web:employer_edit", args=[employer.pk]),
        "establishment_new": reverse("web:establishment_new", args=[employer.pk]),
        "analysis_new": reverse("web:analysis_new", args=[task.analysis.establishment_id]),
        "task_new": reverse("web:task_new", args=[task.analysis_id]),
        "task_edit": reverse("web:task_edit", args=[task.pk]),
        "proposal_edit": reverse("web:proposal_edit", args=[job.pk]),
        "consent_answer": reverse("web:consent_answer", args=[consent.pk]),
        "hire": reverse("web:hire", args=[stay.pk]),
        "post_hire": reverse("web:post_hire", args=[follow_up.pk]),
    }


@pytest.fixture
def doors(employer, task, job, able, follow_up):
    stay = able("Karim")
    consent = ProfileConsentFactory(beneficiary=stay.beneficiary, employer=employer, proposal=job)
    return paths(employer, task, job, stay, consent, follow_up)


def test_the_team_opens_every_door(team, doors):
    assert {name: team.get(url).status_code for name, url in doors.items()} == dict.fromkeys(doors, 200)


def test_the_neighbour_finds_nothing(stranger, doors):
    assert {name: stranger.get(url).status_code for name, url in doors.items()} == dict.fromkeys(doors, 404)
    for name in ("analysis_return", "proposal_ask", "consent_withdraw", "task_remove"):
        assert stranger.post(reverse(f"web:{name}", args=[1])).status_code == 404


def test_the_head_of_the_group_works_with_employers_and_reads_nobody(head, doors):
    closed = {"consent_answer", "hire", "post_hire"}
    found = {name for name, url in doors.items() if head.get(url).status_code == 200}

    assert found == set(doors) - closed
    assert "Solange" not in text_of(head.get(doors["proposal"]))
    assert "Qui pourrait le tenir" not in text_of(head.get(doors["proposal"]))
    assert head.get(reverse("web:employer_new")).status_code == 200


def test_the_head_of_the_group_is_offered_what_they_may_do(head, doors, employer):
    shown = head.get(doors["employer"]).content.decode()
    assert reverse("web:employer_edit", args=[employer.pk]) in shown
    assert reverse("web:employer_access_new", args=[employer.pk]) not in shown
    assert reverse("web:employer_new") in head.get(reverse("web:employers")).content.decode()
    assert doors["proposal_edit"] in head.get(doors["proposal"]).content.decode()


def test_an_access_is_given_by_the_structure_that_knows_the_employer(team, employer):
    employer.organisation = OrganisationFactory(group=employer.organisation.group)
    employer.save()
    assert team.get(reverse("web:employer", args=[employer.pk])).status_code == 200
    assert team.get(reverse("web:employer_access_new", args=[employer.pk])).status_code == 404
