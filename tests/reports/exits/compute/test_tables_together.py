"""What an outsider could work out from several published tables of one year, by a solver written apart.

SEC-37: small territories drawn at random, tables asked over any scopes in any order, exits corrected and structures
joining meanwhile; everything published is put together as if nothing had been corrected, which is what shows the most.
"""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from reports.exits.compute import masking
from reports.exits.compute.layouts import EXIT_LAYOUT, TOTAL, Published
from reports.exits.compute.masking import mask

K = 11
LEAVES = EXIT_LAYOUT.columns
COLUMNS = {
    **{leaf: (leaf,) for leaf in LEAVES},
    "other": ("no_news", "other_news"),
    "dynamic": ("durable", "transition", "positive"),
    "examined": LEAVES[:5],
    "all_exits": LEAVES,
}


def counted(territory, members):
    return {
        line: {leaf: sum(territory[one][leaf] for one in behind) for leaf in LEAVES}
        for line, behind in members.items()
    }


def publish(territory, members, earlier) -> Published:
    members = {line: frozenset(behind) for line, behind in members.items()}
    return Published(
        members, mask(counted(territory, members), EXIT_LAYOUT, members=members, earlier=earlier)
    )


class Attacker:
    """Writes one unknown per structure and counted column, and believes every published figure."""

    def __init__(self, structures, tables) -> None:
        self.structures, self.tables = sorted(structures), tables
        cells = [
            (self.row(table.behind(line), COLUMNS[column]), value)
            for table in tables
            for (line, column), value in table.counts.items()
            if value is not None
        ]
        self.rows = np.array([row for row, _ in cells]) if cells else None
        self.values = np.array([value for _, value in cells], dtype=float) if cells else None

    def row(self, structures, leaves):
        return np.array(
            [float(one in structures and leaf in leaves) for one in self.structures for leaf in LEAVES]
        )

    def span(self, weights):
        ends = []
        for sign in (1, -1):
            found = linprog(sign * weights, A_eq=self.rows, b_eq=self.values, bounds=(0, None))
            assert found.status in (0, 3), "two tables contradict each other: a correction shows"
            ends.append(sign * found.fun if found.status == 0 else sign * -np.inf)
        return ends

    def finds(self):
        """Every group of 1 to 10 known exactly, or so closely that it might as well be."""
        scopes = {frozenset([one]) for one in self.structures}
        published = {table.behind(line) for table in self.tables for line in (*table.members, TOTAL)}
        for one, other in combinations(published, 2):
            scopes |= {one - other, other - one, one & other}
        leaves = {frozenset(each) for each in COLUMNS.values()}
        leaves |= {whole - part for whole in leaves for part in leaves if part < whole}
        for scope in sorted(map(sorted, scopes | published)):
            for columns in sorted(map(sorted, leaves)):
                low, high = self.span(self.row(scope, columns)) if scope else (0, 0)
                if high > 1e-6 and low < K - 1e-6 and (high < K - 1e-6 or high - low < K - 1e-6):
                    yield scope, columns, low, high


def drawn(seed: int):
    """A few structures of two kinds, and what is asked of them: six gestures."""
    draw = random.Random(seed)
    size = draw.choice([6, 15, 40])
    territory = {
        one: {leaf: int(draw.expovariate(1 / size)) for leaf in LEAVES} for one in range(draw.randint(2, 4))
    }
    return draw, territory


def split(draw, chosen):
    """The table of these structures: one line each, or by kind."""
    if draw.random() < 0.5:
        return {f"s{one}": {one} for one in chosen}
    kinds = {"AI": {one for one in chosen if one % 2}, "ACI": {one for one in chosen if not one % 2}}
    return {kind: behind for kind, behind in kinds.items() if behind}


def campaign(seed: int, gestures: int = 5):
    draw, territory = drawn(seed)
    tables = []
    for _ in range(gestures):
        what = draw.random()
        if what < 0.3 and tables:
            corrected, leaf = draw.choice(sorted(territory)), draw.choice(LEAVES)
            territory[corrected][leaf] = max(
                0, territory[corrected][leaf] + draw.choice([-3, -2, -1, 1, 2, 3])
            )
        elif what < 0.4:
            territory[len(territory)] = {leaf: draw.randint(0, 12) for leaf in LEAVES}
        else:
            chosen = draw.sample(sorted(territory), draw.randint(1, len(territory)))
            tables.append(publish(territory, split(draw, sorted(chosen)), tables))
    return territory, tables


@pytest.mark.parametrize("seed", range(8))
def test_no_group_of_1_to_10_comes_out_of_tables_put_together(seed):
    """SEC-37."""
    territory, tables = campaign(seed)
    assert list(Attacker(territory, tables).finds()) == []


def of(**counts):
    return {**dict.fromkeys(LEAVES, 30), **counts}


def test_a_structure_left_by_subtraction_is_not_told():
    """SEC-37: a structure, then its group: the neighbour is what remains."""
    territory = {1: of(durable=50), 2: of(durable=4)}
    first = publish(territory, {"un": {1}}, [])
    both = publish(territory, {"tous": {1, 2}}, [first])
    assert first.counts["un", "durable"] == 50
    assert both.counts["tous", "durable"] is None
    assert both.counts["tous", "all_exits"] is not None
    assert publish(territory, {"tous": {1, 2}}, []).counts["tous", "durable"] == 54


def test_a_structure_that_joins_a_group_is_not_told():
    """SEC-37: the group before, the group after."""
    territory = {1: of(), 2: of(), 3: of(positive=2)}
    before = publish(territory, {"groupe": {1, 2}}, [])
    after = publish(territory, {"groupe": {1, 2, 3}}, [before])
    assert after.counts["groupe", "positive"] is None
    assert after.counts["groupe", "all_exits"] is not None


@pytest.mark.parametrize("corrected", [-3, -1, 1, 3])
def test_what_was_corrected_since_stays_as_it_was_told(corrected):
    """SEC-37: the same year again, one exit later."""
    territory = {1: of(), 2: of()}
    first = publish(territory, {"un": {1}, "deux": {2}}, [])
    territory[1]["durable"] += corrected
    again = publish(territory, {"un": {1}, "deux": {2}}, [first])
    assert again.counts == first.counts
    other = publish(territory, {"tous": {1, 2}}, [first])
    assert other.counts["tous", "durable"] in (60, None)


def test_a_correction_is_not_what_two_tables_differ_by():
    """SEC-37: the whole is asked once two parts were told apart, and one of them corrected."""
    territory = {1: of(), 2: of(), 3: of()}
    parts = [publish(territory, {"un": {1}}, []), publish(territory, {"deux": {2}}, [])]
    territory[1]["durable"] += 1
    whole = publish(territory, {"tous": {1, 2}}, parts)
    assert whole.counts["tous", "durable"] in (60, None)
    assert whole.counts["tous", "transition"] == 60
    wider = publish(territory, {"tous": {1, 2, 3}}, parts)
    assert wider.counts["tous", "durable"] == 91, "what nobody can subtract is told as it is"


def test_tables_of_others_change_nothing():
    territory = {1: of(durable=12), 2: of(durable=4), 3: of()}
    alone = publish(territory, {"un": {1}}, [])
    assert publish(territory, {"un": {1}}, [publish(territory, {"autres": {2, 3}}, [])]) == alone


def test_SEC_37_each_part_of_the_rule_is_needed(monkeypatch):
    """Without what former tables told, or without hiding what contradicts them, the attacker finds somebody."""
    territory = {1: of(durable=50), 2: of(durable=4)}
    first = publish(territory, {"un": {1}}, [])
    unaware = publish(territory, {"tous": {1, 2}}, [])
    assert list(Attacker(territory, [first, unaware]).finds())
    monkeypatch.setattr(masking.Outsider, "between_tables", lambda self: [])
    blind = publish(territory, {"tous": {1, 2}}, [first])
    assert list(Attacker(territory, [first, blind]).finds())
    monkeypatch.undo()
    territory = {1: of(), 2: of(), 3: of()}
    parts = [publish(territory, {"un": {1}}, []), publish(territory, {"deux": {2}}, [])]
    territory[1]["durable"] += 1
    monkeypatch.setattr(masking.Outsider, "contradicted", lambda self: set())
    whole = publish(territory, {"tous": {1, 2}}, parts)
    with pytest.raises(AssertionError, match="contradict"):
        list(Attacker(territory, [*parts, whole]).finds())
