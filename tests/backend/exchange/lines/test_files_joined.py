"""A file sent again after two files were made one: the ids it knows go on leading somewhere, nobody is doubled again."""

from __future__ import annotations

import pytest

from backend.core.actor import Actor
from backend.exchange.report import Outcome
from backend.exchange.services import import_bundle
from pathways.models import Beneficiary, Contract, MonthlyHours
from pathways.services import separate_files
from tests.backend.exchange.whole import prepare, write_bundle
from tests.worlds.joined import joined

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
OPERATOR = Actor.operator()


def twice(hours="100", month_of_second="2026-03"):
    """One person known under two ids, each with their contract and its hours."""
    contract = {
        "structure_id": "s1",
        "type": "CDDI",
        "date_debut": "2026-03-02",
        "date_fin_prevue": "2026-12-31",
    }
    return {
        "structures.csv": [{"id": "s1", "nom": "Chantier des Rives", "type": "ACI"}],
        "salaries.csv": [
            {
                "id": "p1",
                "nom": "Fictive",
                "prenom": "Solange",
                "date_naissance": "1988-05-17",
                "telephone": "",
            },
            {
                "id": "p2",
                "nom": "Fictive",
                "prenom": "Solange",
                "date_naissance": "1988-05-17",
                "telephone": "0384000001",
            },
        ],
        "contrats.csv": [
            {"id": "c1", "salarie_id": "p1", **contract},
            {"id": "c2", "salarie_id": "p2", **contract},
        ],
        "heures.csv": [
            {"contrat_id": "c1", "mois": "2026-03", "heures": "100"},
            {"contrat_id": "c2", "mois": month_of_second, "heures": hours},
        ],
    }


@pytest.fixture
def bring(tmp_path):
    prepare()
    counted = iter(range(9))

    def bring(lines):
        return import_bundle(actor=OPERATOR, folder=write_bundle(tmp_path / str(next(counted)), lines))

    return bring


def test_sent_again_whole_it_changes_nothing_and_doubles_nobody(bring):
    assert bring(twice()).faults == []
    kept, gone = Beneficiary.objects.order_by("pk")
    joined(kept, gone)
    assert (Beneficiary.objects.count(), Contract.objects.count(), MonthlyHours.objects.count()) == (1, 1, 1)
    report = bring(twice())
    assert report.faults == []
    for file in ("salaries.csv", "contrats.csv", "heures.csv"):
        counts = report.counts()[file]
        assert (counts["read"], counts["unchanged"]) == (2, 2), file
        assert report.tally(file).outcomes[3] is Outcome.UNCHANGED
    assert (Beneficiary.objects.count(), Contract.objects.count()) == (1, 1)
    assert MonthlyHours.objects.get().hours == 100
    assert any("réuni à un autre" in notice.problem for notice in report.notices)


def test_what_only_the_other_id_says_is_taken_for_the_kept_file(bring):
    bring(twice())
    kept, gone = Beneficiary.objects.order_by("pk")
    joined(kept, gone)
    assert bring(twice(month_of_second="2026-04")).faults == []
    contract = Contract.objects.get()
    assert contract.stay.beneficiary == kept
    assert sorted(contract.monthly_hours.values_list("month__month", flat=True)) == [3, 4]


def test_separated_again_each_id_leads_to_its_own(bring):
    bring(twice())
    kept, gone = Beneficiary.objects.order_by("pk")
    separate_files(actor=OPERATOR, reunion=joined(kept, gone))
    report = bring(twice())
    assert report.faults == []
    assert report.counts()["salaries.csv"]["unchanged"] == 2
    assert Beneficiary.objects.count() == 2
