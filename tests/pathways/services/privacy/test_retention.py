"""SEC-41: two years after the last contact, warned thirty days before, erased in batches, taken up again anywhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command

from backend.audit.models import Entry
from backend.core.actor import Actor, Role
from backend.core.errors import DomainError
from backend.core.privacy import erasing
from backend.mail.models import Message
from pathways.alerts.privacy import erasures_announced
from pathways.models import Beneficiary, Retention
from pathways.services.privacy import retention
from pathways.services.privacy.retention import Applied, apply_retention, keep_longer
from tests.factories import (
    BeneficiaryFactory,
    ContractFactory,
    ExitFactory,
    InterviewFactory,
    StayFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db
OPERATOR = Actor.operator()
LEFT = date(2024, 11, 2)


@pytest.fixture(autouse=True)
def _elsewhere(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def somebody_gone(left_on: date = LEFT, **values):
    """Somebody whose only stay ended that day."""
    person = BeneficiaryFactory(**values)
    stay = StayFactory(beneficiary=person, started_on=date(2024, 1, 8), ended_on=left_on)
    ContractFactory(stay=stay, planned_end_on=left_on)
    ExitFactory(stay=stay, occurred_on=left_on)
    return person


def on(day: date) -> Applied:
    with time_machine.travel(f"{day}T04:00:00+01:00", tick=False):
        return apply_retention(actor=OPERATOR)


def test_r40_SEC_41_the_day_before_the_day_and_the_day_after():
    person = somebody_gone(email="inventee@example.org")
    notice = date(2026, 10, 3)  # thirty days before two years after the exit
    assert on(notice - timedelta(days=1)) == Applied(0, 0, 0, 0)
    assert on(notice) == Applied(1, 0, 0, 0)
    assert Retention.objects.get().erases_on == date(2026, 11, 2)
    assert on(date(2026, 11, 1)) == Applied(0, 0, 0, 0)
    assert on(date(2026, 11, 2)) == Applied(0, 0, 1, 0)
    assert not Beneficiary.objects.filter(pk=person.pk).exists()


def test_r40_SEC_41_the_person_and_the_structure_are_warned():
    person = somebody_gone(email="inventee@example.org")
    manager = actor_of(Role.MANAGER, person.stays.get().organisation)
    on(date(2026, 10, 10))
    letter = Message.objects.get(recipient="inventee@example.org")
    assert "9 novembre 2026" in str(letter.text).replace("\xa0", " ")
    assert person.last_name not in str(letter.text) + letter.subject
    assert [alert.who for alert in erasures_announced(manager, date(2026, 10, 10))] == [str(person)]
    assert list(erasures_announced(actor_of(Role.ADVISOR), date(2026, 10, 10))) == []


def test_r40_SEC_41_a_real_contact_cancels_and_nothing_else_does():
    person = somebody_gone()
    on(date(2026, 10, 10))
    Beneficiary.objects.filter(pk=person.pk).update(phone="0600000000", version=9)  # an import, a correction
    assert on(date(2026, 10, 20)).withdrawn == 0
    InterviewFactory(
        beneficiary=person, happened_at="2026-10-25T09:00Z", organisation=person.stays.get().organisation
    )
    assert on(date(2026, 10, 26)) == Applied(0, 1, 0, 0)
    assert on(date(2026, 11, 30)) == Applied(0, 0, 0, 0)


def test_SEC_41_whoever_is_accompanied_is_never_due():
    StayFactory(started_on=date(2019, 1, 7))
    assert on(date(2026, 11, 22)) == Applied(0, 0, 0, 0)


def test_r40_SEC_41_a_written_and_dated_exception_waits_until_its_day_then_the_rule_applies_again():
    person = somebody_gone(date(2024, 5, 3))
    manager = actor_of(Role.MANAGER, person.stays.get().organisation)
    with time_machine.travel("2026-05-02T10:00:00+02:00", tick=False):
        with pytest.raises(DomainError, match="au plus"):
            keep_longer(actor=manager, beneficiary=person, until=date(2028, 5, 3), because="Contentieux")
        keep_longer(
            actor=manager, beneficiary=person, until=date(2026, 12, 31), because="Contentieux en cours"
        )
        with pytest.raises(DomainError, match="responsable"):
            keep_longer(
                actor=actor_of(Role.ADVISOR, person.stays.get().organisation),
                beneficiary=person, until=date(2026, 12, 31), because="Non",
            )  # fmt: skip
    assert on(date(2026, 12, 31)) == Applied(0, 0, 0, 1)
    assert on(date(2027, 1, 1)) == Applied(1, 0, 0, 0)
    assert on(date(2027, 1, 31)) == Applied(0, 0, 1, 0)


def test_SEC_41_a_run_stopped_in_the_middle_is_run_again(monkeypatch):
    for _ in range(5):
        somebody_gone()
    on(date(2026, 10, 10))
    monkeypatch.setattr(erasing, "PEOPLE_AT_ONCE", 2)
    calls = iter([False, True])

    def killed(**kwargs):
        if next(calls):
            raise KeyboardInterrupt
        return real(**kwargs)

    real = retention.erase_people
    monkeypatch.setattr(retention, "erase_people", killed)
    with pytest.raises(KeyboardInterrupt):
        on(date(2026, 11, 9))
    assert Beneficiary.objects.count() == 3
    monkeypatch.setattr(retention, "erase_people", real)
    assert on(date(2026, 11, 9)).erased == 3
    assert Entry.objects.filter(action="beneficiary.erased").count() == 5


def test_SEC_41_a_dry_run_counts_and_writes_nothing(capsys):
    somebody_gone()
    with time_machine.travel("2026-10-10T04:00:00+02:00", tick=False):
        call_command("apply_retention", "--dry-run")
    assert "Prévenues : 1" in capsys.readouterr().out
    with time_machine.travel("2026-10-10T04:00:00+02:00", tick=False):
        call_command("apply_retention", "--on", "2099-12-31")
    assert "Essai : rien n’est écrit." in capsys.readouterr().out
    assert Retention.objects.count() == 0
    assert Message.objects.count() == 0
    with time_machine.travel("2026-10-10T04:00:00+02:00", tick=False):
        call_command("apply_retention")
    assert Retention.objects.count() == 1


def test_SEC_41_as_many_questions_for_one_as_for_many(django_assert_max_num_queries):
    for _ in range(12):
        somebody_gone()
    with time_machine.travel("2026-10-10T04:00:00+02:00", tick=False), django_assert_max_num_queries(40):
        assert apply_retention(actor=OPERATOR).noticed == 12
