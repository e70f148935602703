"""The starter referential holds together and shows that one know-how opens several trades."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from competences.rome.reader import read_export
from competences.rome.rows import Nature, Prominence
from competences.starter.reader import read_starter

FIELD_TRADES = """
K2204 K2202 K2205 K2307 G1501 G1502 K2304 K2308 K2309 I1608 N4118 A1203 A1202 A1201 A1208 F1707
A1401 A1402 A1403 A1414 K1302 K1303 K1304 J1301 K2501 I1203 I1202 F1606 F1604 F1603 F1602 F1608
F1611 F1703 F1704 F1702 H2206 G1602 G1603 G1605 G1607 G1803 N1101 N1102 N1103 N1105 N1106 N1110
N4105 N4121 H3302 D1507 D1505 D1106 D1214 D1242 B1803 H2402 H2913 I1619 I1611 K1204 M1607 M1601
"""


@pytest.fixture(scope="module")
def starter():
    return read_starter()


@pytest.fixture(scope="module")
def know_how_of(starter):
    """Savoir-faire cited by each trade."""
    cited = defaultdict(set)
    for link in starter.links:
        if link.nature is Nature.KNOW_HOW:
            cited[link.rome_code].add(link.competence_code)
    return cited


def test_every_trade_of_the_field_is_there_once(starter):
    codes = [row.rome_code for row in starter.occupations]
    assert sorted(codes) == sorted(re.findall(r"[A-Z][0-9]{4}", FIELD_TRADES))


def test_every_trade_asks_for_eight_to_fourteen_know_how(starter, know_how_of):
    sizes = {row.rome_code: len(know_how_of[row.rome_code]) for row in starter.occupations}
    assert {code: size for code, size in sizes.items() if not 8 <= size <= 14} == {}


def test_every_trade_has_a_heart_manners_and_knowledge(starter):
    kinds = defaultdict(Counter)
    for link in starter.links:
        kinds[link.rome_code][link.nature] += 1
        kinds[link.rome_code][link.prominence] += 1
    for row in starter.occupations:
        assert kinds[row.rome_code][Prominence.CORE] >= 3
        assert kinds[row.rome_code][Nature.SOFT_SKILL] >= 2
        assert kinds[row.rome_code][Nature.KNOWLEDGE] >= 1


def test_every_competence_is_asked_by_a_trade_or_is_a_family(starter):
    cited = {link.competence_code for link in starter.links} | {row.macro_code for row in starter.competences}
    assert {row.code for row in starter.competences} - cited == set()


def test_a_third_of_know_how_is_shared_by_several_trades(know_how_of):
    counts = Counter(code for codes in know_how_of.values() for code in codes)
    assert sum(count > 1 for count in counts.values()) / len(counts) >= 0.30


def test_codes_and_labels_are_unique(starter):
    for rows, field in (
        (starter.competences, "code"),
        (starter.competences, "label"),
        (starter.occupations, "label"),
        (starter.appellations, "ogr_code"),
        (starter.appellations, "label"),
    ):
        values = Counter(getattr(row, field).casefold() for row in rows)
        assert [value for value, count in values.items() if count > 1] == []
    links = Counter((link.rome_code, link.competence_code) for link in starter.links)
    assert max(links.values()) == 1


def test_codes_carry_the_tree_and_cannot_be_mistaken_for_those_of_rome(starter):
    by_code = {row.code: row for row in starter.competences}
    for row in starter.competences:
        assert not row.code.isdigit()
        if row.nature is Nature.KNOWLEDGE:
            assert row.functional_code == ""
            continue
        assert re.fullmatch(r"S[0-9][A-Z][0-9]{2}", row.functional_code)
        if not row.is_macro:
            assert by_code[row.macro_code].functional_code == row.functional_code
    assert not any(row.ogr_code.isdigit() for row in starter.appellations)


def test_every_trade_has_three_names_or_more_and_one_is_main(starter):
    names = Counter(row.rome_code for row in starter.appellations)
    mains = Counter(row.rome_code for row in starter.appellations if row.is_main)
    for row in starter.occupations:
        assert 3 <= names[row.rome_code] <= 8
        assert mains[row.rome_code] == 1


@pytest.mark.rome
def test_trades_exist_in_rome_and_no_code_collides_with_it(starter, rome_dir):
    export = read_export(rome_dir)
    assert {row.rome_code for row in starter.occupations} <= {row.rome_code for row in export.occupations}
    assert not {row.code for row in starter.competences} & {row.code for row in export.competences}
    assert not {row.ogr_code for row in starter.appellations} & {row.ogr_code for row in export.appellations}
    functional = {row.functional_code for row in export.competences}
    assert not {row.functional_code for row in starter.competences if row.functional_code} & functional
    official = {row.label.casefold() for row in export.competences if len(row.label) > 30}
    assert [row.label for row in starter.competences if row.label.casefold() in official] == []
