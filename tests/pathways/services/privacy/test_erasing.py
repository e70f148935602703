"""SEC-42: erasing leaves no row, file nor name; the figures of the past stay what they were."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from backend.audit import chain
from backend.audit.models import Entry
from backend.core.actor import Actor
from backend.core.privacy import erasing
from backend.mail.models import Message
from pathways.models import Beneficiary
from pathways.services.privacy.erasing import erase_again, erase_people
from reports.exits.compute.period import Period
from reports.exits.compute.summary import counted_columns, counts_by, put_together
from reports.exits.figures import exit_statistics, reports_by_year
from reports.fte.figures import fte_report
from tests import factories as make
from tests.worlds.joined import two_whole_people

pytestmark = pytest.mark.django_db
OPERATOR = Actor.operator()
CANARY = "Zorglubine"
MAIL = "zorglubine@example.org"


@pytest.fixture
def everyone(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    gone, stays = two_whole_people()
    Beneficiary.objects.filter(pk=gone.pk).update(
        last_name=CANARY, search_name=f"{CANARY.lower()} x", email=MAIL, phone="0699999999"
    )
    return Beneficiary.objects.get(pk=gone.pk), stays


def every_text() -> str:
    """Every value of every table, sealed texts opened, as one text."""
    said = []
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            said += [str(value) for value in row if value is not None]
    return "\n".join(said)


def figures() -> tuple:
    """What the screens, the export of two years at once, and the posts of each structure say."""
    periods = [Period.of_year(year) for year in (2025, 2026)]
    reports = list(reports_by_year(OPERATOR, Period(date(2025, 1, 1), date(2026, 12, 31))))
    together = put_together([counted_columns(report.counted) for report in reports])
    return (
        [exit_statistics(OPERATOR, period) for period in periods],
        counts_by(together, "organisation_id").to_dict(),
        [
            (each.organisation.pk, each.hours, each.employees)
            for year in (2025, 2026)
            for each in fte_report(OPERATOR, year)
        ],
    )


def test_SEC_42_nothing_of_somebody_is_left_in_any_table_and_the_others_are_whole(everyone):
    gone, stays = everyone
    assert CANARY in every_text()
    told = erasing.what_would_go(gone.pk)
    others = erasing.what_would_go(stays.pk)
    erase_people(actor=OPERATOR, people=[gone.pk], reason="request")
    text = every_text()
    assert CANARY not in text
    assert CANARY.lower() not in text.lower()
    assert "0699999999" not in text
    assert len(told) > 20
    about_both = {"pathways.ToldApart"}
    left = erasing.what_would_go(stays.pk)
    assert {model._meta.label for model in others if others[model] != left.get(model)} <= about_both
    assert not Beneficiary.objects.filter(pk=gone.pk).exists()


def test_SEC_42_the_base_holds_no_link_to_nobody(everyone):
    gone, _ = everyone
    erase_people(actor=OPERATOR, people=[gone.pk], reason="request")
    connection.check_constraints()


def test_SEC_42_figures_before_and_after_are_the_same(everyone, today):
    gone, stays = everyone
    before = figures()
    erase_people(actor=OPERATOR, people=[gone.pk, stays.pk], reason="retention")
    assert figures() == before
    assert (
        before[0][1]["total"]["all_exits"]
        + before[0][1]["left_out"]["to_come"]
        + before[0][1]["missing_motive"]["count"]
        > 0
    )


def test_SEC_46_the_trail_stays_whole_and_says_when_without_saying_who(everyone):
    gone, _ = everyone
    chain.bind()
    erase_people(actor=OPERATOR, people=[gone.pk], reason="request")
    chain.bind()
    assert chain.verify().faults == ()
    line = Entry.objects.filter(action="beneficiary.erased").get()
    assert (line.beneficiary_id, line.detail) == (gone.pk, {"reason": "request"})


def test_SEC_42_the_account_of_the_person_is_emptied_and_that_of_a_colleague_is_not(everyone):
    gone, _ = everyone
    theirs = gone.accesses.first() or make.BeneficiaryAccessFactory(beneficiary=gone)
    user = theirs.user
    Message.objects.create(
        recipient=user.email,
        subject="Bienvenue",
        kind="COMPTE",
        created_at="2026-01-01T00:00Z",
        next_attempt_at="2026-01-01T00:00Z",
    )
    address = user.email
    member = make.MembershipFactory().user
    make.BeneficiaryAccessFactory(beneficiary=gone, user=member)
    erase_people(actor=OPERATOR, people=[gone.pk], reason="request")
    user.refresh_from_db()
    assert not user.is_active
    assert not user.has_usable_password()
    assert address not in every_text()
    member.refresh_from_db()
    assert member.is_active


def test_SEC_42_what_a_backup_brings_back_is_erased_again_and_nobody_else(
    everyone, django_capture_on_commit_callbacks
):
    gone, _ = everyone
    with django_capture_on_commit_callbacks(execute=True):
        erase_people(actor=OPERATOR, people=[gone.pk], reason="request")
    assert CANARY not in (Path(settings.DATA_DIR) / "effacements.log").read_text()
    same = Beneficiary(pk=gone.pk, last_name=CANARY, first_name="X")
    same.save(force_insert=True)
    Beneficiary.objects.filter(pk=gone.pk).update(created_at=gone.created_at)
    assert erase_again() == 1
    newcomer = Beneficiary(pk=gone.pk, last_name="Autre", first_name="Y")
    newcomer.save(force_insert=True)
    Beneficiary.objects.filter(pk=gone.pk).update(created_at="2026-11-23T08:00Z")
    assert erase_again() == 0
