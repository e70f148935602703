"""What somebody cancelled on purpose stays cancelled when the file that brought it comes again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backend.core.actor import Actor
from backend.core.values.dates import french_date
from backend.exchange.importing import memory
from backend.exchange.models import Received
from backend.exchange.services import import_bundle
from pathways.enums import CancelReason
from pathways.models import Beneficiary, Interview
from pathways.services import cancel_interview
from pathways.services.corrections.interviews import edit_interview
from tests.backend.exchange.whole import AUTHOR, FULL, prepare, write_bundle
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def line(**more):
    """An interview of last week, written by somebody who accompanies the person."""
    return {"salarie_id": "p1", "date": "2026-11-20", "synthese": "Point fait", "auteur": AUTHOR, **more}


@pytest.fixture
def bring(tmp_path):
    prepare()
    files = {name: FULL[name] for name in ("groupes.csv", "structures.csv")}
    files["salaries.csv"] = FULL["salaries.csv"][:1]
    files["contrats.csv"] = [
        {"id": "c1", "salarie_id": "p1", "structure_id": "s1", "type": "CDI", "date_debut": "2026-01-05"}
    ]

    def send(*lines, decisions=None):
        folder = write_bundle(tmp_path / "sent", files | {"entretiens.csv": list(lines)})
        return import_bundle(actor=Actor.operator(), folder=folder, decisions=decisions)

    return send


def author():
    interview = Interview.objects.get()
    stay = interview.beneficiary.stays.get()
    seat = MembershipFactory(user=interview.author, organisation=stay.organisation, role="ADVISOR")
    stay.advisor = interview.author
    stay.save()
    Interview.objects.update(organisation=stay.organisation)
    return seat.as_actor()


def cancel(actor):
    interview = Interview.objects.get()
    reason = CancelReason.TWICE
    cancel_interview(actor=actor, interview=interview, version=interview.version, reason=reason)


@pytest.mark.time_machine("2026-11-26T10:00:00+01:00")
@pytest.mark.parametrize("given", [{"id": "e1"}, {}])
def test_a_cancelled_interview_stays_cancelled_and_the_report_says_so(bring, given):
    assert bring(line(**given)).faults == []
    cancel(author())
    for text in ("Point fait", "Texte corrigé depuis"):
        report = bring(line(**given, synthese=text))
        assert not Interview.objects.exists()
        assert report.tallies["entretiens.csv"].unchanged == 1
        assert f"annulé ici le {french_date(date(2026, 11, 26))} : pas repris" in [
            n.problem for n in report.notices
        ]
    bring(line(**given), line(id="e2", synthese="Un autre, le même jour"))
    assert Interview.objects.get().external_id == "e2"


@pytest.mark.time_machine("2026-11-26T10:00:00+01:00")
def test_one_moved_to_another_day_before_it_was_cancelled_stays_cancelled(bring):
    bring(line())
    actor, interview = author(), Interview.objects.get()
    moved = interview.happened_at - timedelta(days=1)
    edit_interview(actor=actor, interview=interview, version=interview.version, happened_at=moved)
    cancel(actor)
    bring(line())
    assert not Interview.objects.exists()


@pytest.mark.time_machine("2026-11-26T10:00:00+01:00")
def test_nothing_is_left_of_it_once_the_person_is_gone(bring):
    bring(line(id="e1"))
    cancel(author())
    memory.forget_the_gone()
    marks = Received.objects.filter(kind="pathways.Interview")
    assert marks.get().owner_id == Beneficiary.objects.get().pk
    assert date(2026, 11, 20).isoformat() not in str(marks.get().prints)
    marks.update(owner_id=Beneficiary.objects.get().pk + 1)
    memory.forget_the_gone()
    assert not marks.exists()


def test_what_was_taken_back_is_taken_again_when_somebody_says_so(bring):
    bring(line(id="e1"))
    cancel(author())
    report = bring(line(id="e1"), decisions={"entretiens.csv::annulation": "fichier"})
    assert Interview.objects.get().external_id == "e1"
    assert report.tallies["entretiens.csv"].added == 1
    assert bring(line(id="e1")).changes == []
