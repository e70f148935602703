"""`passerelles exit-statistics`: the promised JSON, csv, and refusals that say what to do."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from pathways.models import RuleSetting
from pathways.rules.dated.rows import NAMES
from tests.factories import OrganisationFactory
from tests.worlds.worked_set import build, leave

pytestmark = pytest.mark.django_db
YEAR = ("--start", "2025-01-01", "--end", "2025-12-31")


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = 0
    try:
        call_command("exit_statistics", *arguments)
    except SystemExit as end:
        code = end.code
    written = capsys.readouterr()
    return code, written.out, written.err


def test_json_by_default(capsys):
    build()
    code, out, err = run(capsys, *YEAR)
    assert (code, err) == (0, "")
    statistics = json.loads(out)
    assert statistics["total"]["rates"]["dynamic"] == 0.6
    assert statistics["by_structure"]["aci"]["all_exits"] > 0


def test_structures_by_origin_id_or_number_given_together_or_repeated(capsys):
    places = build()
    number = str(places["EI"].pk)
    for arguments in (("--structure", "aci", number), ("--structure", "aci", "--structure", number)):
        _, out, _ = run(capsys, *YEAR, *arguments)
        assert set(json.loads(out)["by_structure"]) == {"aci", "ei"}
        assert set(json.loads(out)["by_type"]) == {"ACI", "EI"}


def test_an_origin_id_wins_over_a_number_that_looks_the_same(capsys):
    other = OrganisationFactory(kind="EI")
    named = OrganisationFactory(kind="ACI", external_id=str(other.pk))
    _, out, _ = run(capsys, *YEAR, "--structure", str(other.pk))
    assert list(json.loads(out)["by_type"]) == ["ACI"]
    assert list(json.loads(out)["by_structure"]) == [named.external_id]


def test_csv_has_one_line_for_all_each_kind_and_each_structure(capsys):
    build()
    _, out, _ = run(capsys, *YEAR, "--format", "csv")
    rows = list(csv.reader(io.StringIO(out), delimiter=";"))
    assert [row[:2] for row in rows[1:]] == [
        ["Ensemble", ""], ["Type", "AI"], ["Type", "ETTI"], ["Type", "ACI"], ["Type", "EI"],
        ["Structure", "aci"], ["Structure", "ai"], ["Structure", "ei"], ["Structure", "etti"],
    ]  # fmt: skip
    total = dict(zip(rows[0], rows[1], strict=True))
    assert total["Sorties examinées"] == "90"
    assert total["Taux de sorties dynamiques"] == "60 %"
    assert total["Taux d’emploi durable"] == "26,67 %"


def test_what_is_left_out_is_said_on_stderr(capsys):
    leave(OrganisationFactory(kind="AI"), motive="")
    leave(OrganisationFactory(kind="ASP-SAP"), motive="3")
    code, out, err = run(capsys, *YEAR)
    assert code == 0
    assert json.loads(out)["total"]["all_exits"] == 0
    assert "sans motif, comptées à part : 1" in err
    assert "hors statistiques IAE (services à la personne, GEIQ) : 1" in err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--start", "2025-12-31", "--end", "2025-01-01"), 1, "se termine avant de commencer"),
        (("--start", "1850-01-01", "--end", "1850-12-31"), 1, "Vérifiez les dates"),
        ((*YEAR, "--structure", "inconnue"), 1, "Structure inconnue : inconnue"),
        ((*YEAR, "--structure", "٣"), 1, "Structure inconnue"),
        ((*YEAR, "--structure", "9" * 30), 1, "Structure inconnue"),
    ],
)
def test_refused_data_ends_with_a_sentence(capsys, arguments, code, words):
    ended, out, err = run(capsys, *arguments)
    assert (ended, out) == (code, "")
    assert words in err


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"key": "min_days_aci_ei", "value": "trois mois"}, "un nombre est attendu"),
        ({"key": "min_days_aci_ei", "value": "-1"}, "seuil positif"),
        ({"key": "national_dynamic_target", "value": "160"}, "taux de 100 % au plus"),
        ({"key": "category:99", "value": "durable"}, "un code de motif"),
        ({"key": "min_days", "value": "81"}, "connues : min_days_aci_ei"),
    ],
)
def test_a_dated_setting_that_cannot_be_read_stops_the_figures_and_is_named(capsys, setting, words):
    RuleSetting.objects.create(**setting, valid_from=date(2025, 1, 1), basis="Saisie")
    code, _, err = run(capsys, *YEAR)
    assert code == 1
    assert (NAMES[setting["key"]].label if setting["key"] in NAMES else setting["key"]) in err
    assert words in err


def test_without_a_setting_the_version_is_the_month_the_states_code_was_read(capsys):
    leave(OrganisationFactory(kind="AI"), motive="7", hours=160)
    _, out, _ = run(capsys, *YEAR)
    assert json.loads(out)["rules"]["version"] == "2026-08"


def test_a_setting_shows_in_the_rules_and_their_version(capsys):
    RuleSetting.objects.create(
        key="min_hours_ai_etti", value="140", valid_from=date(2025, 1, 1), basis="Dialogue de gestion"
    )
    leave(OrganisationFactory(kind="AI"), motive="7", hours=140)
    _, out, _ = run(capsys, *YEAR)
    statistics = json.loads(out)
    assert statistics["rules"]["min_hours_ai_etti"] == 140
    assert statistics["rules"]["version"] == "2026-08+2025-01-01"
    assert statistics["total"]["examined"] == 1
