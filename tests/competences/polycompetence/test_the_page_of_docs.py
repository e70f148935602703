"""The worked examples of `docs/polycompetence.md` are what the rules say."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from competences.rules.polycompetence.person import COUNTS_FROM, breadth, gains, standings
from competences.rules.polycompetence.team import PROOF_MONTHS, Team, measures
from competences.rules.polycompetence.trades import HELD_FROM, NEAR_FROM, Trade, Trades

PAGE = Path(__file__).parents[3] / "docs" / "polycompetence.md"
PERSON, TEAM = "## Exemple d’une personne", "## Exemple d’une équipe"


def tables(title):
    """The tables under a title, as rows of cells, without their heads."""
    part = PAGE.read_text(encoding="utf-8").split(title)[1].split("\n## ")[0]
    found, rows = [], []
    for line in [*part.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            found.append(rows[2:])
            rows = []
    return found


def words(text):
    return [each.strip() for each in text.split(",") if each.strip()]


def test_the_person_of_the_page():
    trades_table, people = tables(PERSON)
    trades = Trades.build(
        Trade(
            code,
            code,
            domain,
            tuple((name, int(weight)) for name, weight in (each.split() for each in words(cited))),
        )
        for code, domain, cited in trades_table
    )
    assert len(people) == 6
    for told, *shares, extent, unlocking in people:
        levels = dict.fromkeys([] if told == "aucun" else words(told), COUNTS_FROM)
        found = standings(levels, trades)
        covered = {each.trade: each.coverage for each in found}
        assert [covered.get(row[0], 0) for row in trades_table] == [Fraction(share) for share in shares], told
        assert breadth(found) == Fraction(extent), told
        promised = {code: gain.breadth for code, gain in gains(levels, trades).items() if gain.breadth}
        assert promised == {
            name: Fraction(part) for name, part in (each.split() for each in words(unlocking))
        }, told


def test_the_team_of_the_page():
    (teams,) = tables(TEAM)
    assert len(teams) == 5
    for told, coverage, solidity, worst, keys, chain, without_one in teams:
        links = {}
        for each in told.split(";"):
            name, _, able = each.partition(":")
            links[name.strip()] = frozenset(words(able))
        found = measures(Team(dict.fromkeys("NVT", 1), links))
        assert found.rank == tuple(map(Fraction, (coverage, solidity, worst, without_one, chain))), told
        assert list(found.key_people) == words(keys), told


def test_the_figures_of_the_page():
    text = PAGE.read_text(encoding="utf-8")
    assert f"à partir de {int(HELD_FROM * 100)} %" in text
    assert f"au-dessus de {int(NEAR_FROM * 100)} %" in text
    assert f"moins de {PROOF_MONTHS} mois" in text
