"""The demonstration as its visitors find it, once in the base."""

from __future__ import annotations

import json
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.core.actor import Role
from backend.core.tables import statistics
from backend.demo.frame import TRADES
from backend.demo.loading.accounts import open_demo_accounts
from backend.demo.loading.cvs import TRADE, make_cvs
from backend.demo.loading.jobs import ASKED, EXTRA_JOB, SHARED_JOB, propose_jobs
from backend.demo.loading.passports import SHOWN, make_passports
from backend.demo.loading.territory import load_territory
from backend.demo.territory import OWN_TRADES, demo_territory
from backend.demo.work_templates import TASKS
from backend.organisations.enums import GroupKind
from backend.organisations.models import Membership
from backend.organisations.seats import actor_for
from backend.web.navigation import places_of
from competences.enums import CvPart
from competences.models import Occupation, OccupationCompetence, Passport
from competences.screens.observe.gestures import gestures_of, people_present
from competences.services import ensure_referential
from employers.enums import ConsentDecision, Fit
from employers.models import Employer, JobProposal, Placement, ProfileConsent, WorkTask
from employers.selectors.profiles import profiles_shown_to
from employers.selectors.ranking import rank_people
from pathways.models import Beneficiary, Contract
from tests.pages import text_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture
def accounts(db):
    """The accounts of a visitor, by role, in a base filled as `passerelles demo` fills it."""
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=True):
        ensure_referential()
        territory = demo_territory(TODAY)
        load_territory([territory])
        open_demo_accounts(territory.accounts)
        propose_jobs(TODAY)
        make_passports(TODAY)
        make_cvs(TODAY)
        if connection.vendor == "postgresql":  # as the command does; SQLite would remember it after the test
            statistics.refresh()
        yield {each.role: User.objects.get(email=each.email) for each in reversed(territory.accounts)}


def actor_of(accounts, role):
    return actor_for(accounts[role])


def test_a_visitor_finds_a_convincing_territory(accounts):
    """One load for all: it takes longer than what follows."""
    the_shared_job_has_people_who_hold_most_of_it(actor_of(accounts, Role.ADVISOR))
    the_employer_reads_their_own_tasks_mostly_held(actor_of(accounts, Role.EMPLOYER))
    a_question_waits_for_the_person(actor_of(accounts, Role.BENEFICIARY))
    the_person_has_badges_to_take_away(accounts[Role.BENEFICIARY])
    the_person_has_a_full_cv(accounts[Role.BENEFICIARY])
    gardeners_are_proposed_gestures_of_their_trade(actor_of(accounts, Role.SUPERVISOR))
    every_employer_has_somebody_to_ask_for()
    hires_agree_with_the_exits_they_come_from()
    every_trade_is_in_the_referential()
    every_structure_of_the_group_has_somebody_who_answers_for_it()
    each_role_has_something_on_each_page_of_its_menu(accounts)


def the_shared_job_has_people_who_hold_most_of_it(advisor):
    ranked = rank_people(advisor, JobProposal.objects.get(title=SHARED_JOB), today=TODAY)
    most = [each for each in ranked if each.fit is Fit.HOLDS_MOST]
    assert len(most) == ASKED
    assert ranked[: len(most)] == most
    assert {Fit.TO_TRAIN, Fit.FAR} <= {each.fit for each in ranked}


def the_employer_reads_their_own_tasks_mostly_held(contact):
    own = set(WorkTask.objects.visible_to(contact).values_list("name", flat=True))
    profiles = profiles_shown_to(contact)
    assert len(profiles) == 2
    for profile in profiles:
        assert {task.name for task in profile.tasks} <= own
        assert [task.state for task in profile.tasks].count("tenue") >= 2
        assert "à apprendre" not in {task.state for task in profile.tasks}


def a_question_waits_for_the_person(person):
    asked = ProfileConsent.objects.visible_to(person).filter(decision=ConsentDecision.ASKED)
    assert [str(each.proposal) for each in asked] == [EXTRA_JOB]


def the_person_has_badges_to_take_away(account):
    client = sign_in(Client(), account)
    passport = Passport.objects.get(beneficiary__accesses__user=account)
    given = client.get(reverse("api:passports-badges", args=[passport.pk])).json()
    assert len(given) == SHOWN
    sent = SimpleUploadedFile("badge.json", json.dumps(given[0]).encode())
    told = Client().post(reverse("web:badge_check"), {"badge": sent}).content.decode()
    assert "Ce badge est vrai." in told


def the_person_has_a_full_cv(account):
    person = Beneficiary.objects.get(accesses__user=account)
    page = sign_in(Client(), account).get(reverse("web:cv", args=[person.pk])).context["made"]
    assert [section.part for section in page.page.sections] == list(CvPart)
    assert min(len(section.lines) for section in page.page.sections) >= 3
    assert page.page.left_out == ()
    assert (page.head.title, len(page.head.contacts)) == (TRADE, 1)


def gardeners_are_proposed_gestures_of_their_trade(supervisor):
    [place] = supervisor.organisation_ids
    trades = Contract.objects.running_on(TODAY).filter(stay__organisation_id=place)
    assert set(trades.values_list("rome_code", flat=True)) <= {*OWN_TRADES["aci"], "N1103"}
    gardens = set(
        OccupationCompetence.objects.filter(occupation__rome_code="A1203").values_list(
            "competence_id", flat=True
        )
    )
    for person in people_present(supervisor, TODAY):
        codes = trades.filter(stay__beneficiary=person).values_list("rome_code", flat=True)
        if set(codes) == {"A1203"}:
            seen = set(person.assessments.values_list("competence_id", flat=True))
            proposed = {each.competence.pk for each in gestures_of(supervisor, person, TODAY)}
            assert proposed <= gardens | seen


def every_employer_has_somebody_to_ask_for():
    assert not Employer.objects.filter(contact_name="").exists()
    assert not Employer.objects.filter(contact_phone="").exists()


def hires_agree_with_the_exits_they_come_from():
    """A hire begins after the stay it ended; the employer of the exit hired, for as long as the exit says."""
    hires = Placement.objects.select_related("exit__stay", "employer").exclude(exit=None)
    assert hires.exists()
    for hire in hires:
        assert hire.started_on > hire.exit.occurred_on
        assert hire.exit.employer_name == hire.employer.name
        assert hire.exit.contract_months == hire.months


def every_trade_is_in_the_referential():
    used = {code for trades in (*TRADES.values(), *OWN_TRADES.values()) for code in trades}
    used |= {task.rome_code for tasks in TASKS.values() for task in tasks}
    used |= set(Contract.objects.values_list("rome_code", flat=True))
    assert used - set(Occupation.objects.values_list("rome_code", flat=True)) == set()


def each_role_has_something_on_each_page_of_its_menu(accounts):
    empty = []
    for role, user in accounts.items():
        client = sign_in(Client(), user)
        for place in places_of(role):
            page = client.get(reverse(place.route), follow=True)
            assert page.status_code == 200, (role, place.route)
            main = text_of(page).partition("<main")[2]
            if 'class="empty' in main:
                empty.append((role.value, place.label))
    assert empty == []


def every_structure_of_the_group_has_somebody_who_answers_for_it():
    seats = Membership.objects.filter(
        role=Role.MANAGER, organisation__belongings__group__kind=GroupKind.GROUP
    )
    assert seats.values("organisation").distinct().count() == 6
