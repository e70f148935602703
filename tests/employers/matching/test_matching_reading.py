"""What the two input files may hold, and how the rest is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from employers.matching.errors import InputRefused
from employers.matching.reading import read_profiles, read_requirements
from employers.matching.vocabulary import HeldCompetence, Profile, RequiredCompetence, Requirement

GOOD_NEED = b'{"id": "r1", "competences": [{"code": "C1"}]}\n'
GOOD_PERSON = b'{"id": "p1", "competences": [{"code": "C1", "level": 3}]}\n'


def need(**competence: object) -> bytes:
    return json.dumps({"id": "r2", "competences": [{"code": "C1", **competence}]}).encode()


def someone(**entry: object) -> bytes:
    return json.dumps({"id": "p2", "competences": [], **entry}).encode()


@pytest.fixture
def file(tmp_path):
    def write(content: bytes):
        path = tmp_path / "lignes.jsonl"
        path.write_bytes(content)
        return path

    return write


def test_defaults_are_importance_one_and_no_level(file):
    (asked,) = read_requirements(file(GOOD_NEED))
    assert asked == Requirement("r1", (RequiredCompetence("C1", 1.0, None),))


def test_byte_order_mark_blank_lines_and_windows_line_ends_are_ordinary(file):
    people = read_profiles(file(b"\xef\xbb\xbf\r\n" + GOOD_PERSON.strip() + b"\r\n\r\n" + someone()))
    assert people == [Profile("p1", (HeldCompetence("C1", 3),)), Profile("p2", ())]


def test_an_empty_file_holds_nobody(file):
    assert read_profiles(file(b"")) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}", "JSON"),
        (b"[1]", "objet"),
        (b'{"id": "r2", "id": "r3", "competences": []}', "deux fois"),
        (b'{"competences": [{"code": "C1"}]}', "« id »"),
        (b'{"id": 12, "competences": [{"code": "C1"}]}', "« id »"),
        (b'{"id": "  ", "competences": [{"code": "C1"}]}', "« id »"),
        (b'{"id": "r2"}', "« competences »"),
        (b'{"id": "r2", "competences": {"code": "C1"}}', "« competences »"),
        (b'{"id": "r2", "competences": []}', "au moins une"),
        (b'{"id": "r2", "competences": ["C1"]}', "« code »"),
        (need(importance=0), "au moins une"),
        (need(importance=-1), "« importance »"),
        (need(importance="1"), "« importance »"),
        (need(importance=True), "« importance »"),
        (need(importance=float("nan")), "NaN"),
        (need(importance=float("inf")), "Infinity"),
        (b'{"id": "r2", "competences": [{"code": "C1", "importance": 1e999}]}', "« importance »"),
        (need(importance=10**400), "« importance »"),
        (need(importance=1_000_001), "« importance »"),
        (need(level=0), "« level »"),
        (need(level=5), "« level »"),
        (need(level=2.5), "« level »"),
        (need(level="2"), "« level »"),
        (need(level=True), "« level »"),
        (need(code=104253), "« code »"),
        (need(code=""), "« code »"),
        (need(code="C" * 201), "200"),
        (need(poids=1), "« poids »"),
        (GOOD_NEED, "ligne 1"),
        (b'{"id": "\xe9"}', "UTF-8"),
    ],
)
def test_a_faulty_requirement_is_refused_with_its_line_and_a_way_out(file, line, words):
    with pytest.raises(InputRefused) as refusal:
        read_requirements(file(GOOD_NEED + line))
    assert refusal.value.message.startswith("lignes.jsonl, ligne 2 : ")
    assert words in refusal.value.message
    assert refusal.value.message.endswith(".")


@pytest.mark.parametrize("key", ["age", "sexe", "code_postal", "humeur", "importance"])
def test_a_forbidden_key_in_a_profile_is_named_and_its_value_is_not(file, key):
    with pytest.raises(InputRefused) as refusal:
        read_profiles(file(GOOD_PERSON + someone(**{key: "valeur-secrète"})))
    assert f"ligne 2 : la clé « {key} »" in refusal.value.message
    assert "secrète" not in refusal.value.message


def test_a_forbidden_key_is_refused_inside_a_competence_too(file):
    with pytest.raises(InputRefused, match="« age »"):
        read_profiles(file(someone(competences=[{"code": "C1", "age": 51}])))


def test_a_file_that_cannot_be_read_is_told_by_its_name_only(tmp_path):
    for path in (tmp_path / "absent.jsonl", tmp_path):
        with pytest.raises(InputRefused, match="ne peut pas être lu") as refusal:
            read_profiles(path)
        assert str(tmp_path.parent) not in refusal.value.message


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "competences", "code", "level", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=st.binary(max_size=60) | JSON_VALUES.map(lambda value: json.dumps(value).encode()))
def test_any_content_is_either_read_or_refused(file, content):
    for read in (read_requirements, read_profiles):
        try:
            entries = read(file(content))
        except InputRefused as refusal:
            assert refusal.message.endswith(".")  # noqa: PT017 - a refusal is one of two right answers
        else:
            assert all(entry.id.strip() for entry in entries)
