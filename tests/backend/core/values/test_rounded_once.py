"""A figure is rounded once, where it is shown, a half going up; nothing on the way rounds it before."""

import ast
import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from backend.core.tables.exports import Percent, csv_cell
from backend.core.values.numbers import added, decimal_in_words, half_up
from backend.web.templatetags.web import percent
from employers.matching.explain import whole_percent
from employers.recomposition.documents.words import percent_text
from reports.exits.compute.masking import masked_rate
from reports.exits.compute.summary import as_promised, dynamic_range, promised, rate

ROOT = Path(__file__).resolve().parents[4]
COUNTS = [(part, whole) for whole in range(1, 301) for part in range(whole + 1)]
SOME = [*random.Random(1382).sample(COUNTS, 4_000), (13, 82), (1, 16), (1, 32), (1, 200), (0, 3), (3, 3)]


def exact(part, whole, decimals):
    """The share rounded from its two counts, without any number a computer holds in between."""
    scaled = Fraction(part, whole) * 10**decimals
    return Decimal(int(scaled + Fraction(1, 2))).scaleb(-decimals)


def shown(part, whole, decimals):
    text = f"{exact(part * 100, whole, decimals):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def test_a_share_on_screen_is_the_exact_one_rounded_once():
    for part, whole in SOME:
        assert percent(rate(part, whole)) == f"{shown(part, whole, 1)}\u00a0%", (part, whole)
        assert percent(dynamic_range(dynamic=part, examined=whole, missing=0)[0]).startswith(
            shown(part, whole, 1)
        )


def test_the_network_reads_the_same_figure():
    for part, whole in SOME:
        masked = {("ACI", "durable"): part, ("ACI", "examined"): whole}
        assert percent(masked_rate(masked, "ACI", "durable", "examined")) == percent(rate(part, whole))


def test_a_file_and_a_tool_round_from_the_same_whole_share():
    for part, whole in SOME:
        assert csv_cell(Percent(rate(part, whole))) == f"{shown(part, whole, 2)} %"
        assert promised(rate(part, whole)) == float(exact(part, whole, 4))
        assert percent_text(Fraction(part, whole)) == f"{shown(part, whole, 1)} %"


def test_thirteen_of_eighty_two():
    assert percent(rate(13, 82)) == "15,9\u00a0%"
    assert promised(rate(13, 82)) == 0.1585


@pytest.mark.parametrize(
    ("value", "words"), [(6.25, "6,3"), (0.05, "0,1"), (22.0, "22"), (20, "20"), (0, "0"), (99.95, "100")]
)
def test_a_half_goes_up(value, words):
    assert decimal_in_words(value) == words


def test_nothing_is_never_a_rate():
    assert rate(0, 0) is None
    assert promised(None) is None
    assert percent(None) == "—"


def test_hours_are_added_as_they_are_written():
    assert added([0.1, 0.2]) == 0.3
    assert added([]) == 0
    assert half_up(added([19.96, 0]), 1) == Decimal("20.0")
    assert added([19.96, 0]) < 20


def test_a_part_is_never_a_hundred_percent_in_either_sentence():
    assert (whole_percent(0.999), whole_percent(0.001), whole_percent(0.125), whole_percent(1)) == (
        99,
        1,
        13,
        100,
    )


def test_promised_rates_reach_every_line_of_the_figures():
    line = {"examined": 82, "rates": {"dynamic": 13 / 82}}
    figures = {
        "total": line,
        "by_type": {"ACI": line},
        "by_structure": {"aci": line},
        "missing_motive": {"dynamic": {"lowest": 13 / 82, "highest": None}},
    }
    left = as_promised(figures)
    rates = [left["total"], *left["by_type"].values(), *left["by_structure"].values()]
    assert [each["rates"]["dynamic"] for each in rates] == [0.1585] * 3
    assert left["missing_motive"]["dynamic"] == {"lowest": 0.1585, "highest": None}
    assert line["rates"]["dynamic"] == 13 / 82


ROUNDING_ON_PURPOSE = {
    "competences/search/cli.py": "a score as JSON",
    "competences/starter/equivalents.py": "a likeness to the hundredth, as it is kept",
    "competences/search/index.py": "scores that must not differ by the noise of the machine",
    "employers/matching/formula.py": "the same: ranks are decided to the ninth decimal (matching/README.md)",
    "employers/recomposition": "whole half-hours of a programme, and its own JSON (recomposition/README.md)",
    "backend/demo": "draws of the invented territory",
    "reports/exits/compute/presence.py": "hours to the hundredth, as they are kept",
}


def test_who_rounds_says_why():
    """What people read is rounded by `half_up`; `round` goes to the even neighbour, and often twice."""
    found = set()
    for package in ("backend", "pathways", "competences", "employers", "reports"):
        for path in (ROOT / package).rglob("*.py"):
            calls = [
                node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
            ]
            if any(ast.unparse(call.func).split(".")[-1] == "round" for call in calls):
                found.add(path.relative_to(ROOT).as_posix())
    told = {path for path in found if any(path.startswith(home) for home in ROUNDING_ON_PURPOSE)}
    assert found - told == set(), "use backend.core.values.numbers.half_up, once, where it is shown"
    assert all(any(path.startswith(home) for path in found) for home in ROUNDING_ON_PURPOSE)
