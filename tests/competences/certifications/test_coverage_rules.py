"""Coverage is exact, monotone and free of order; a list is cut into its own words, and only as a proposal."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competences.enums import Level, ProofStatus
from competences.rules.certifications.coverage import (
    PROVED,
    BlocAsked,
    LineAsked,
    Proof,
    bloc_tail,
    coverage,
)
from competences.rules.certifications.places import Places, places_for
from competences.rules.certifications.splitting import split_competences, typed_lines

DECLARED, SEEN, RECOGNISED, CERTIFIED = tuple(ProofStatus)
ALONE, HELPED = Level.ALONE, Level.WITH_HELP

LIGHT = BlocAsked(
    1,
    "BC01",
    "Allumer",
    (LineAsked(11, "Allumer", frozenset({1})), LineAsked(12, "Nettoyer", frozenset({2, 3}))),
)
WATCH = BlocAsked(
    2, "BC02", "Guetter", (LineAsked(21, "Voir loin", frozenset({4})), LineAsked(22, "Prévenir"))
)
SKY = BlocAsked(3, "BC03", "Lire le ciel")


def test_the_worked_example_of_the_page():
    found = coverage(
        (LIGHT, WATCH, SKY),
        [
            Proof(1, SEEN, ALONE),
            Proof(3, RECOGNISED, ALONE),
            Proof(4, DECLARED, Level.TEACHES),
            Proof(2, SEEN, HELPED),
        ],
    )
    light, watch, sky = found.blocs
    assert (light.share(SEEN), light.share(RECOGNISED), light.share(DECLARED)) == (
        Fraction(1, 2),
        Fraction(1, 2),
        0,
    )
    assert light.share(*PROVED) == 1
    assert (watch.share(*PROVED), watch.share(DECLARED)) == (0, Fraction(1, 2))
    assert (sky.lines, sky.share(*ProofStatus)) == ((), 0)
    assert (found.proved, found.told, found.remaining) == (Fraction(1, 2), Fraction(3, 4), 2)
    assert [line.asked.text for line in watch.missing] == ["Voir loin", "Prévenir"]
    assert watch.missing[0].is_declared_only


@pytest.mark.parametrize(("level", "is_shown"), [(1, False), (2, False), (3, True), (4, True)])
def test_shown_begins_where_nobody_helps_any_more(level, is_shown):
    (bloc,) = coverage((LIGHT,), [Proof(1, SEEN, level)]).blocs
    assert bloc.lines[0].is_proved is is_shown
    assert bloc.lines[0].is_on_the_way is not is_shown


def test_a_bloc_that_a_jury_gave_is_certified_and_asks_for_nothing_more():
    found = coverage((LIGHT, SKY), [], obtained={1, 3})
    assert [bloc.share(CERTIFIED) for bloc in found.blocs] == [1, 1]
    assert [bloc.share(SEEN) for bloc in found.blocs] == [0, 0]
    assert found.blocs[0].missing == ()
    assert found.proved == 1


competences = st.integers(0, 6)
proofs = st.builds(Proof, competences, st.sampled_from(ProofStatus), st.integers(1, 4))
lines = st.builds(LineAsked, st.integers(0, 99), st.just("ligne"), st.frozensets(competences, max_size=3))
blocs = st.lists(
    st.tuples(st.integers(0, 5), st.lists(lines, max_size=4)).map(
        lambda t: BlocAsked(t[0], "BC", "b", tuple(t[1]))
    ),
    max_size=4,
)
SOME = [(status,) for status in ProofStatus] + [PROVED, tuple(ProofStatus)]


@given(blocs, st.lists(proofs), st.lists(proofs), st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_more_never_lowers_anything(asked, some, more, obtained, others):
    before, after = coverage(asked, some, obtained), coverage(asked, [*some, *more], obtained | others)
    for statuses in SOME:
        assert before.share(*statuses) <= after.share(*statuses)
        for was, now in zip(before.blocs, after.blocs, strict=True):
            assert was.share(*statuses) <= now.share(*statuses)
    assert after.remaining <= before.remaining


@given(blocs, st.lists(proofs).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_order_and_repetition_never_matter(asked, told):
    some, shuffled = told
    assert coverage(asked, some) == coverage(asked, [*shuffled, *shuffled])


@given(blocs, st.lists(proofs), st.sets(st.integers(0, 5)))
def test_shares_are_shares_and_the_person_s_word_only_adds(asked, some, obtained):
    found = coverage(asked, some, obtained)
    for bloc in found.blocs:
        assert all(0 <= bloc.share(*statuses) <= 1 for statuses in SOME)
        assert max(bloc.share(status) for status in PROVED) <= bloc.share(*PROVED)
    assert 0 <= found.proved <= found.told <= 1


@given(blocs, st.lists(proofs), st.sampled_from([SEEN, RECOGNISED, CERTIFIED]))
def test_what_the_person_says_alone_proves_nothing(asked, some, status):
    only = [Proof(each.competence, DECLARED, each.level) for each in some]
    found = coverage(asked, only)
    assert found.proved == found.share(status) == 0


@pytest.mark.parametrize(
    ("said", "tail"),
    [("RNCP90001BC01", "BC01"), ("BC01", "BC01"), ("bc 1", "BC01"), ("Bloc 1", "BC01"), ("1", "BC01"),
     ("RS42BC12", "BC12"), ("UNITE-A", "UNITEA")],
)  # fmt: skip
def test_a_bloc_is_recognised_however_written(said, tail):
    assert bloc_tail(said) == tail


@pytest.mark.parametrize(
    "text",
    [
        "C1. Allumer la lanterne C2. Nettoyer les vitres",
        "C1.1 Allumer la lanterne\nC1.2 - Nettoyer les vitres",
        "- Allumer la lanterne ;\n- Nettoyer les vitres.",
        "• Allumer la lanterne\n\n• Nettoyer les vitres",
        "* Allumer la lanterne\n* Nettoyer les\n  vitres",
        "1. Allumer la lanterne\n2. Nettoyer les vitres",
        "1 - Allumer la lanterne 2 - Nettoyer les vitres",
        "Être capable de :\nAllumer la lanterne\nNettoyer les vitres",
        "Allumer la lanterne\n\nNettoyer les\nvitres",
        "Allumer la lanterne ; Nettoyer les vitres",
        "Allumer la lanterne - Nettoyer les vitres",
        "Allumer la lanterne. Nettoyer les vitres.",
    ],
)
def test_ten_ways_of_writing_the_same_list(text):
    assert split_competences(text) == ("Allumer la lanterne", "Nettoyer les vitres")


def test_a_text_that_nothing_cuts_stays_whole():
    assert split_competences("Allumer la lanterne au bon moment") == ("Allumer la lanterne au bon moment",)
    assert split_competences("") == ()


@given(st.text(max_size=400))
def test_a_proposal_is_made_of_the_words_of_the_text(text):
    squeezed = "".join(text.split())
    for line in split_competences(text):
        assert "".join(line.split()) in squeezed


def test_what_somebody_typed_is_kept_once():
    assert typed_lines(" Allumer \n\nAllumer\nNettoyer ;\n--") == ("Allumer", "Nettoyer")


def test_what_is_missing_is_shown_at_one_s_own_post_first():
    asked_by = {1: {"K1", "K2", "K3"}, 2: {"Z9"}}
    assert places_for({1}, asked_by, own={"K1"}, near={"K1", "K2"}) == Places(("K1",), ("K2",), ())
    assert places_for({2}, asked_by, own={"K1"}, near={"K2"}) == Places((), (), ("Z9",))
    assert places_for((), asked_by, own={"K1"}, near=()).is_training
