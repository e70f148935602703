"""The search box finds trades from what people type."""

from __future__ import annotations

import io
import json
import pickle
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competences.rome.reader import read_export
from competences.search.cli import run
from competences.search.everyday import Everyday
from competences.search.index import Index
from competences.starter.reader import read_starter


def starter_entries() -> list[tuple[str, str, str, bool, bool]]:
    starter = read_starter()
    labels = {row.rome_code: row.label for row in starter.occupations}
    return [
        (row.rome_code, labels[row.rome_code], row.label, row.is_main, row.is_rare)
        for row in starter.appellations
    ]


INDEX = Index.build(starter_entries())


def first(text: str, index: Index = INDEX) -> str:
    return index.search(text, 1)[0].rome_code


@pytest.mark.parametrize(
    ("text", "rome_code"),
    [
        ("cariste", "N1101"),
        ("CARISTES (H/F)", "N1101"),
        ("cariste CACES 3", "N1101"),
        ("femme de ménage", "K1304"),
        ("Homme de ménage chez des particuliers", "K1304"),
        ("aide à dom", "K1302"),
        ("ASH en EHPAD", "J1301"),
        ("ouvriere espaces vert", "A1203"),
        ("plonbier", "F1603"),
        ("peintre", "F1606"),
        ("commise de cuisine", "G1602"),
        ("faire la plonge", "G1605"),
        ("réparer des vélos", "I1619"),
        ("couturières", "B1803"),
        ("agent d’accueil", "M1601"),
        ("placo", "F1604"),
        ("ELS", "D1507"),
        ("livreuse de colis", "N4105"),
    ],
)
def test_plain_french_finds_the_trade(text, rome_code):
    assert first(text) == rome_code


def test_each_trade_comes_once_best_first_with_a_score_between_0_and_1():
    hits = INDEX.search("agent d'entretien", 20)
    assert len({hit.rome_code for hit in hits}) == len(hits)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert 0 < min(scores) <= max(scores) <= 1


def test_the_appellation_shown_is_the_one_that_answers():
    (hit,) = INDEX.search("caissière de supermarché", 1)
    assert (hit.rome_code, hit.label) == ("D1505", "Hôte / Hôtesse de caisse")
    assert hit.appellation == "Caissier de supermarché / Caissière de supermarché"


@pytest.mark.parametrize("text", ["", "   ", "?!…", "\x00", "🙂"])
def test_an_empty_text_finds_nothing(text):
    assert INDEX.search(text) == []


def test_no_trade_asked_and_no_trade_known_find_nothing():
    assert INDEX.search("cariste", 0) == []
    assert Index.build([]).search("cariste") == []


def test_equal_scores_follow_the_written_rule():
    entries = [
        ("A0001", "Un", "Gardien de nuages", False, True),
        ("A0002", "Deux", "Gardien de nuages", False, False),
        ("A0003", "Trois", "Gardien de nuages", True, False),
    ]
    index = Index.build(entries, everyday=Everyday.of({}))
    hits = index.search("gardien de nuages")
    assert [hit.rome_code for hit in hits] == ["A0003", "A0002", "A0001"]
    assert len({hit.score for hit in hits}) == 1


def test_entries_in_any_order_give_the_same_answers():
    entries = starter_entries()
    random.Random(3).shuffle(entries)
    shuffled = Index.build(entries)
    for text in ("agent", "vendeuse", "ouvrier agricole", "netoyage des vitre"):
        assert shuffled.search(text) == INDEX.search(text)


def test_an_index_taken_out_of_a_cache_answers_the_same():
    again = pickle.loads(pickle.dumps(INDEX))  # noqa: S301 - our own bytes
    assert again.search("aide maçon") == INDEX.search("aide maçon")


def test_everyday_words_replace_a_known_word_only_when_it_stands_alone():
    entries = [
        ("A0001", "Peintre en bâtiment", "Peintre en bâtiment", True, False),
        ("A0002", "Peintre automobile", "Peintre automobile", True, False),
    ]
    index = Index.build(entries, everyday=Everyday.of({"peintre": ["peintre en bâtiment"]}))
    assert first("peintre", index) == "A0001"
    assert first("peintre automobile", index) == "A0002"


def test_what_a_trade_does_helps_a_title_made_of_gestures():
    entries = [
        ("A0001", "Veilleur de phare", "Veilleur de phare", True, False),
        ("A0002", "Accordeur", "Accordeur de grillons", True, False),
    ]
    deeds = {"A0001": "Allume la lanterne chaque soir.", "A0002": "Tend l'oreille dans la prairie."}
    assert Index.build(entries).search("allumer une lanterne") == []
    assert first("allumer une lanterne", Index.build(entries, deeds=deeds)) == "A0001"


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_any_text_gives_an_answer_in_bounds(text):
    hits = INDEX.search(text, 5)
    assert len(hits) <= 5
    assert all(0 < hit.score <= 1 for hit in hits)


@pytest.mark.rome
def test_every_everyday_phrase_is_put_into_words_that_rome_knows(rome_dir):
    export = read_export(rome_dir)
    labels = {row.rome_code: row.label for row in export.occupations}
    entries = [
        (row.rome_code, labels[row.rome_code], row.label, row.is_main, row.is_rare)
        for row in export.appellations
    ]
    index = Index.build(entries, everyday=Everyday.of({}))
    said = {meaning for meanings in Everyday.of_the_field().meanings.values() for meaning in meanings}
    assert len(said) > 150
    assert [meaning for meaning in sorted(said) if index.search(meaning, 1)[0].score < 0.65] == []


def test_the_command_writes_one_json_line_per_text():
    out = io.StringIO()
    run(INDEX, ["caristes\n", ""], 2, out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["query"] for line in lines] == ["caristes", ""]
    best, second = lines[0]["results"]
    assert list(best) == ["rome_code", "label", "appellation", "score"]
    assert best["rome_code"] == "N1101"
    assert best["score"] == round(best["score"], 4) > second["score"]
    assert lines[1]["results"] == []
