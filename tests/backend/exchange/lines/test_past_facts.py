"""What a file says is judged by the rules of the screen: what cannot be is refused, what the law refuses is kept and said."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.core.actor import Actor
from backend.exchange.importing import context
from backend.exchange.services import import_bundle
from pathways.models import Contract, Exit, IaePass, MonthlyHours
from tests.backend.exchange.whole import write_bundle

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-26T10:00:00+01:00")]
PLACES = [
    {"id": kind, "nom": f"Structure inventée {kind}", "type": kind} for kind in ("ACI", "AI", "ETTI", "EI")
]
REFUSED, RESERVE, NOTICE = "refus", "réserve", "avis"


def bring(folder, **files):
    """The files of a bundle, with four structures and the people they name."""
    lines = {"structures.csv": PLACES, "salaries.csv": []}
    lines |= {f"{name}.csv": rows for name, rows in files.items()}
    people = dict.fromkeys(
        row["salarie_id"] for rows in files.values() for row in rows if "salarie_id" in row
    )
    lines["salaries.csv"] = [{"id": each, "nom": "Fictive", "prenom": "Solange"} for each in people]
    return import_bundle(actor=Actor.operator(), folder=write_bundle(folder, lines))


def verdicts(report, name):
    """By line: gravity and column of each thing said."""
    said = {}
    for fault in [*report.faults, *report.notices]:
        if fault.file == f"{name}.csv":
            said.setdefault(fault.line, []).append((fault.severity.value, fault.column))
    return said


def expected(rows):
    return {number: said for number, (_, said) in enumerate(rows, start=2) if said}


def contract(key, start, planned, where="ACI", kind="CDDI", who=None, **more):
    return {
        "id": key, "salarie_id": who or f"p-{key}", "structure_id": where, "type": kind, "date_debut": start,
        "date_fin_prevue": planned, "date_fin": "", "heures_hebdo": "26", "contrat_initial_id": "", **more,
    }  # fmt: skip


CONTRACTS = [
    (contract("a", "2026-01-05", "2026-05-04"), []),
    (contract("b", "2026-01-05", "2026-05-03"), [(RESERVE, "date_fin_prevue")]),
    (contract("c", "2024-01-05", "2026-01-04"), []),
    (contract("d", "2024-01-05", "2026-01-05"), [(RESERVE, "date_fin_prevue")]),
    (contract("e", "2026-01-05", "2026-07-04", where="ETTI"), [(RESERVE, "type")]),
    (contract("f", "2026-01-05", "2026-07-04", heures_hebdo="19,75"), [(RESERVE, "heures_hebdo")]),
    (contract("g", "2026-01-05", "2026-07-04", heures_hebdo="35,5"), [(RESERVE, "heures_hebdo")]),
    (contract("h", "2026-01-05", ""), [(RESERVE, "date_fin_prevue")]),
    (contract("i", "2026-01-05", "", date_fin="2026-01-20"), []),
    (contract("j", "2026-01-05", "2026-07-04", date_fin="2026-01-20"), []),
    (contract("k2", "2025-02-10", "2025-06-30", who="k", contrat_initial_id="k1"), [(RESERVE, "date_debut")]),
    (contract("k1", "2024-08-01", "2025-01-31", who="k"), []),
    (
        contract("l2", "2025-02-01", "2025-06-30", kind="CDD", who="l", contrat_initial_id="l1"),
        [(REFUSED, "type")],
    ),
    (contract("l1", "2024-08-01", "2025-01-31", who="l"), []),
    (contract("m3", "2026-02-01", "2026-08-31", who="m"), [(RESERVE, "date_fin_prevue")]),
    (contract("m1", "2024-02-01", "2025-01-31", who="m"), []),
    (contract("m2", "2025-02-01", "2026-01-31", who="m"), []),
    (contract("n1", "2024-08-01", "2025-01-31", who="n"), []),
    (contract("n2", "2024-08-01", "2025-01-31", who="n"), [(RESERVE, "date_debut"), (RESERVE, "heures_hebdo")]),
    (contract("o", "2023-01-05", "2025-01-05", where="ETTI", kind="CTT"), [(RESERVE, "date_fin_prevue")]),
    (contract("q", "2026-02-02", "2026-06-30"), [(NOTICE, "date_debut")]),
    (contract("r", "2027-02-01", "2027-06-30"), [(RESERVE, "date_debut")]),
]  # fmt: skip
OVER = [
    {"salarie_id": f"p-{each}", "numero": f"99999000000{n}", "date_debut": "2023-01-01", "date_fin": end}
    for n, (each, end) in enumerate((("q", "2026-02-01"), ("r", "2027-01-31"), ("a", "2026-01-05")))
]


def test_contracts(tmp_path):
    report = bring(tmp_path, contrats=[row for row, _ in CONTRACTS], **{"pass": OVER})
    assert verdicts(report, "contrats") == expected(CONTRACTS)
    assert set(Contract.objects.values_list("external_id", flat=True)) == {
        row["id"] for row, _ in CONTRACTS
    } - {"l2"}
    again = bring(tmp_path, contrats=[row for row, _ in CONTRACTS], **{"pass": OVER})
    assert verdicts(again, "contrats") == expected(CONTRACTS), "said each time, until settled"


def leaving(who, day, motive, months="", **more):
    return {
        "salarie_id": who, "structure_id": "ACI", "date_sortie": day, "motif": motive,
        "contrat_duree_mois": months, "date_entree": "", **more,
    }  # fmt: skip


EXITS = [
    (leaving("p1", "2026-07-04", "9", "2"), [(REFUSED, "contrat_duree_mois")]),
    (leaving("p2", "2026-07-04", "9", "5"), [(REFUSED, "contrat_duree_mois")]),
    (leaving("p3", "2026-07-04", "9", "6"), []),
    (leaving("p4", "2026-07-04", "10", "6"), [(REFUSED, "contrat_duree_mois")]),
    (leaving("p5", "2026-07-04", "10", "5"), []),
    (leaving("p6", "2026-07-04", "9"), []),
    (leaving("p7", "2026-07-04", "1", "2"), []),
    (leaving("p8", "2025-07-04", "7"), [(REFUSED, "date_sortie")]),
    (leaving("p9", "2027-02-26", "7"), []),
    (leaving("p10", "2027-02-27", "7"), [(REFUSED, "date_sortie")]),
    (leaving("p11", "2026-03-01", "7", date_entree="2026-03-02"), [(REFUSED, "date_sortie")]),
    (leaving("p12", "2026-01-05", "7"), []),
]


def test_exits(tmp_path):
    contracts = [
        contract(f"c{row['salarie_id']}", "2026-01-05", "2026-07-04", who=row["salarie_id"])
        for row, _ in EXITS
    ]
    report = bring(tmp_path, contrats=contracts, sorties=[row for row, _ in EXITS])
    assert verdicts(report, "sorties") == expected(EXITS)
    refused = sum(REFUSED in dict(said) for _, said in EXITS)
    assert Exit.objects.count() == len(EXITS) - refused


def test_case_09_a_motive_that_contradicts_its_length_has_the_words_of_the_screen(tmp_path):
    contracts = [contract("c1", "2026-01-05", "2026-07-04", who="p1")]
    [fault] = bring(tmp_path, contrats=contracts, sorties=[leaving("p1", "2026-07-04", "9", "2")]).faults
    assert fault.problem.startswith("Le motif dit «")
    assert fault.what_to_do.startswith("Corrigez la durée, ou choisissez « Embauche en CDD")
    assert not Exit.objects.exists()


def worked(key, month, hours, client=""):
    return {"contrat_id": key, "mois": month, "heures": hours, "client_type": client}


HOURS = [
    (worked("c1", "2019-05", "100"), [(REFUSED, "mois")]),
    (worked("c1", "2031-05", "100"), [(REFUSED, "mois"), (REFUSED, "mois")]),
    (worked("c1", "2026-01", "100"), []),
    (worked("c2", "2025-12", "1"), [(REFUSED, "mois")]),
    (worked("c2", "2026-07", "1"), [(REFUSED, "mois")]),
    (worked("c2", "2026-11", "1"), [(REFUSED, "mois")]),
    (worked("c3", "2026-12", "1"), [(REFUSED, "mois")]),
    (worked("c3", "2026-11", "1"), []),
    (worked("c4", "2026-01", "24"), []),
    (worked("c5", "2026-01", "24,25"), [(REFUSED, "heures")]),
    (worked("c6", "2026-01", "300"), [(NOTICE, "heures")]),
    (worked("c7", "2026-02", "190", "ENTREPRISE"), []),
    (worked("c7", "2026-04", "110", "ENTREPRISE"), [(RESERVE, "heures")]),
    (worked("c7", "2026-03", "190", "ENTREPRISE"), []),
    (worked("c8", "2026-02", "190", "PARTICULIER"), []),
    (worked("c9", "2026-01", "20", "PARTICULIER"), [(REFUSED, "heures")]),
    (worked("c9", "2026-01", "20", "PUBLIC"), [(REFUSED, "heures")]),
]


def test_hours(tmp_path):
    def one(key, start, planned, end):
        return contract(key, start, planned, "AI", "CDDU", date_fin=end)

    contracts = [
        one("c1", "2026-01-05", "", "2026-01-20"),
        one("c2", "2026-01-05", "2026-06-30", ""),
        one("c3", "2026-01-05", "", ""),
        one("c4", "2026-01-05", "", "2026-01-05"),
        one("c5", "2026-01-05", "", "2026-01-05"),
        *(one(key, "2026-01-01", "", "2026-09-30") for key in ("c6", "c7", "c8")),
        one("c9", "2026-01-05", "", "2026-01-05"),
    ]
    report = bring(tmp_path, contrats=contracts, heures=[row for row, _ in HOURS])
    assert verdicts(report, "heures") == expected(HOURS)
    assert MonthlyHours.objects.count() == sum(REFUSED not in dict(said) for _, said in HOURS)
    again = bring(tmp_path, contrats=contracts, heures=[row for row, _ in HOURS])
    assert verdicts(again, "heures") == expected(HOURS)


def test_case_10_hours_outside_their_contract(tmp_path):
    contracts = [contract("c1", "2026-01-05", "", "AI", "CDDU", date_fin="2026-01-20")]
    hours = [worked("c1", "2019-05", "100"), worked("c1", "2031-05", "100")]
    report = bring(tmp_path, contrats=contracts, heures=hours)
    assert {(fault.line, fault.problem) for fault in report.faults} == {
        (2, "Ce mois est en dehors du contrat."),
        (3, "Ce mois est en dehors du contrat."),
        (3, "Ce mois n’a pas commencé."),
    }
    assert not MonthlyHours.objects.exists()


def test_fewer_hours_are_taken_even_where_too_many_were_known(tmp_path):
    contracts = [contract("c1", "2026-01-05", "", "AI", "CDDU", date_fin="2026-01-06")]
    bring(tmp_path, contrats=contracts, heures=[worked("c1", "2026-01", "40")])
    Contract.objects.update(ended_on=date(2026, 1, 5))
    report = bring(tmp_path, heures=[worked("c1", "2026-01", "30")], contrats=contracts)
    assert report.faults == []
    assert MonthlyHours.objects.get().hours == 30


def iae(who, number, start, end=""):
    return {"salarie_id": who, "numero": f"9999900000{number:02}", "date_debut": start, "date_fin": end}


PASSES = [
    (iae("p1", 1, "2025-01-01", "2026-12-31"), []),
    (iae("p1", 2, "2026-01-01", "2027-12-31"), [(REFUSED, "date_debut")]),
    (iae("p2", 3, "2020-01-01", "2021-12-30"), []),
    (iae("p2", 4, "2021-12-30", "2023-12-30"), [(REFUSED, "date_debut")]),
    (iae("p3", 5, "2020-01-01", "2021-12-30"), []),
    (iae("p3", 6, "2021-12-31", "2023-12-30"), [(RESERVE, "date_debut")]),
    (iae("p4", 7, "2020-01-01", "2021-12-30"), []),
    (iae("p4", 8, "2023-12-31"), []),
    (iae("p5", 10, "2023-12-30"), [(RESERVE, "date_debut")]),
    (iae("p5", 9, "2020-01-01", "2021-12-30"), []),
    (iae("p6", 11, "2020-01-01", "2019-12-31"), [(REFUSED, "date_fin")]),
    (iae("p7", 12, "2026-06-01", "2028-05-30"), [(REFUSED, "date_debut")]),
    (iae("p7", 13, "2026-01-01", "2026-06-01"), []),
]


def test_passes(tmp_path):
    report = bring(tmp_path, **{"pass": [row for row, _ in PASSES]})
    assert verdicts(report, "pass") == expected(PASSES)
    assert IaePass.objects.count() == sum(REFUSED not in dict(said) for _, said in PASSES)


def test_case_11_the_second_of_two_passes_over_the_same_days_is_refused(tmp_path):
    report = bring(tmp_path, **{"pass": [row for row, _ in PASSES[:2]]})
    [fault] = report.faults
    assert (fault.line, fault.problem) == (
        3,
        "Un autre PASS IAE couvre déjà une partie de ces dates, et une personne n’en a qu’un à la fois.",
    )
    assert IaePass.objects.get().number == "999990000001"


def test_a_file_that_moves_one_pass_before_bringing_the_next_is_read_as_a_whole(tmp_path):
    bring(tmp_path, **{"pass": [iae("p1", 1, "2025-01-01", "2026-12-31")]})
    lines = [iae("p1", 2, "2026-07-01", "2028-06-29"), iae("p1", 1, "2025-01-01", "2026-06-30")]
    assert bring(tmp_path, **{"pass": lines}).faults == []
    assert IaePass.objects.count() == 2


@pytest.mark.parametrize("name", ["contrats", "heures", "pass"])
def test_what_is_judged_costs_the_same_reads_whatever_the_lines(tmp_path, name, monkeypatch):
    """A chunk of ten lines and one of five hundred read as many times."""
    monkeypatch.setattr(context, "FIRST_CHUNK", context.CHUNK)  # one chunk, however slow this machine is
    reads = {}
    for count in (10, 500):
        start = f"p{count}-"
        people = [f"{start}{n % 100}" for n in range(count)]
        contracts = [
            contract(
                f"{who}-{n}", f"20{10 + n // 100}-01-01", f"20{10 + n // 100}-06-30", who=who, where="AI"
            )
            for n, who in enumerate(people)
        ]
        files = {"contrats": contracts}
        if name == "heures":
            files["heures"] = [
                worked(row["id"], row["date_debut"][:7], "10", "ENTREPRISE") for row in contracts
            ]
        if name == "pass":
            files["pass"] = [
                iae(who, 0, f"20{10 + 2 * (n // 100)}-01-01", f"20{10 + 2 * (n // 100)}-12-31")
                | {"numero": f"{count:05}{n:07}"}
                for n, who in enumerate(people)
            ]
        with CaptureQueriesContext(
            connection,
        ) as told:
            report = bring(tmp_path / str(count), **files)
        assert report.tallies[f"{name}.csv"].added == count
        tables = {
            "contrats": "pathways_contract",
            "heures": "pathways_monthlyhours",
            "pass": "pathways_iaepass",
        }
        reads[count] = sum(
            query["sql"].startswith("SELECT") and tables[name] in query["sql"] for query in told
        )
    assert reads[10] == reads[500]


@pytest.mark.parametrize(("birth", "is_refused"), [("2010-01-05", False), ("2010-01-06", True)])
def test_a_person_is_of_age_on_the_day_of_their_entry(tmp_path, birth, is_refused):
    lines = {
        "structures.csv": PLACES,
        "salaries.csv": [
            {"id": "p1", "nom": "Fictive", "prenom": "Solange", "date_naissance": birth, "brsa": "oui"}
        ],
        "contrats.csv": [contract("c1", "2026-01-05", "2026-07-04", who="p1")],
    }
    for _ in range(2):
        report = import_bundle(actor=Actor.operator(), folder=write_bundle(tmp_path, lines))
        said = [(fault.file, fault.column) for fault in report.faults]
        assert said == (
            [("salaries.csv", "date_naissance"), ("contrats.csv", "salarie_id")] if is_refused else []
        )


def test_a_contract_under_a_new_id_in_a_stay_already_left_is_said(tmp_path):
    """Ended and left on 15 October; the same contract comes again under another number."""
    first = contract("c1", "2026-01-05", "2026-12-31", who="p1")
    bring(tmp_path, contrats=[first], sorties=[leaving("p1", "2026-10-15", "7")])
    Contract.objects.update(ended_on=date(2026, 10, 15))
    report = bring(tmp_path, contrats=[first | {"id": "c77"}])
    assert {notice.problem[:40] for notice in report.notices if notice.severity == RESERVE} >= {
        "La personne est sortie le 15 octobre 2026"[:40].replace(" octobre ", "\u00a0octobre\u00a0"),
        "Un CDD d’insertion couvre déjà exactemen",
    }


def test_a_figure_that_is_rounded_is_said(tmp_path):
    rows = [contract("c1", "2026-01-05", "2026-07-04", who="p1", heures_hebdo="26,333")]
    report = bring(tmp_path, contrats=rows, heures=[worked("c1", "2026-02", "10,005")])
    assert {(n.file, n.problem) for n in report.notices} == {
        ("contrats.csv", "arrondi à 26,33"),
        ("heures.csv", "arrondi à 10,01"),
    }


@pytest.mark.parametrize("month", ["2026-02", "2026-02-15", "15/02/2026", "02/2026", "2026-02-01"])
def test_a_day_is_the_month_it_belongs_to(tmp_path, month):
    rows = [contract("c1", "2026-01-05", "2026-07-04", who="p1")]
    assert bring(tmp_path, contrats=rows, heures=[worked("c1", month, "10")]).faults == []
    assert MonthlyHours.objects.get().month == date(2026, 2, 1)
