"""One page, whatever there is to say: what fits, in which order, what is left out, in words an employer reads."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competences.enums import CvPart
from competences.rules.cvs import (
    GROUPS,
    HEADING_ROWS,
    ORDER,
    PROPOSED_SKILLS,
    ROWS,
    Head,
    Line,
    chosen_among,
    fit,
    in_a_sentence,
    kept_choice,
    parts_in_order,
    period,
    rows_of,
    trade_of,
)

TODAY = date(2026, 11, 27)
HEAD = Head(name="Nadia Inventée")


def skill(n, *, group="Vu au travail", **said):
    return Line(f"s{n}", CvPart.SKILLS, f"Geste {n}", group=group, **said)


def work(n, **said):
    return Line(f"e{n}", CvPart.WORK, f"Métier {n}", when="depuis mars 2025", **said)


def title(n):
    return Line(f"l{n}", CvPart.TRAINING, f"Titre {n}", when="mars 2025")


def keys(page):
    return [[line.key for line in section.lines] for section in page.sections]


def rows_on(page, head):
    return head.rows + sum(
        HEADING_ROWS
        + sum(bool(group.title) for group in section.groups)
        + sum(line.rows for line in section.lines)
        for section in page.sections
    )


lines = st.lists(
    st.builds(
        Line,
        key=st.uuids().map(str),
        part=st.sampled_from(CvPart),
        what=st.text("abcdé W", min_size=1, max_size=160),
        how=st.text("abc é", max_size=60),
        more=st.text("abc é", max_size=300),
        group=st.sampled_from(["", *GROUPS.values()]),
    ),
    max_size=60,
)


@given(lines, st.sampled_from(CvPart), st.text("Wa é", max_size=300))
def test_the_page_is_never_longer_and_nothing_disappears(found, first, said):
    head = Head("Nadia Inventée", "Veilleuse de phare", ("06 00 00 00 00",), said, "français")
    page = fit(found, first=first, head=head)
    assert rows_on(page, head) <= ROWS
    shown = [line for section in page.sections for line in section.lines]
    assert sorted(line.key for line in [*shown, *page.left_out]) == sorted(line.key for line in found)


def test_every_part_gives_its_first_lines_before_another_takes_its_room():
    page = fit(
        [*map(skill, range(60)), *map(work, range(3)), *map(title, range(3))], first=CvPart.SKILLS, head=HEAD
    )
    assert [len(section) for section in keys(page)][1:] == [3, 3]
    assert keys(page)[0] == [f"s{n}" for n in range(len(keys(page)[0]))]
    assert [line.key for line in page.left_out] == [f"s{n}" for n in range(len(keys(page)[0]), 60)]


def test_what_the_person_puts_first_comes_first():
    page = fit([skill(1), work(1), title(1)], first=CvPart.TRAINING, head=HEAD)
    assert [section.part for section in page.sections] == [CvPart.TRAINING, CvPart.SKILLS, CvPart.WORK]
    assert parts_in_order(CvPart.WORK) == (CvPart.WORK, CvPart.SKILLS, CvPart.TRAINING)


def test_a_part_with_nothing_has_no_heading():
    assert keys(fit([title(1)], first=CvPart.SKILLS, head=HEAD)) == [["l1"]]


def test_what_is_declared_stands_last_under_words_of_its_own():
    assert [str(status) for status in ORDER] == ["CERTIFIEE", "RECONNUE", "OBSERVEE", "DECLAREE"]
    said = GROUPS[ORDER[-1]]
    page = fit([skill(1), skill(2, group=said)], first=CvPart.SKILLS, head=HEAD)
    assert [(group.title, len(group.lines)) for group in page.sections[0].groups] == [
        ("Vu au travail", 1),
        (said, 1),
    ]


def test_before_anybody_chose_a_readable_page_is_proposed():
    found = [*map(skill, range(20)), work(1), work(2, is_proposed=False), title(1)]
    proposed = [line.key for line in chosen_among(found, None, head=HEAD)]
    assert proposed == [*(f"s{n}" for n in range(PROPOSED_SKILLS)), "e1", "l1"]


def test_once_chosen_nothing_else_is_shown():
    found = [skill(1), skill(2), work(2, is_proposed=False)]
    assert [line.key for line in chosen_among(found, ["e2", "s2", "s99"], head=HEAD)] == ["s2", "e2"]


def test_a_choice_keeps_what_its_reader_is_not_shown():
    assert kept_choice(["s2", "x9"], offered=["s1", "s2"], before=["s1", "e7"]) == ["s2", "e7"]


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("", 10, 1),
        ("a" * 10, 10, 1),
        ("a" * 11, 10, 2),
        ("W" * 10, 10, 2),
        ("a\nb", 10, 2),
        ("aaaaaa bbbbbb", 10, 2),
    ],
)
def test_rows_of_a_text(text, width, rows):
    assert rows_of(text, width) == rows


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2025, 3, 31), date(2025, 9, 1), "mars 2025 – sept. 2025"),
        (date(2025, 3, 1), date(2025, 3, 31), "mars 2025"),
        (date(2025, 3, 1), None, "depuis mars 2025"),
        (date(2025, 3, 1), TODAY, "depuis mars 2025"),
        (date(2025, 3, 1), date(2026, 11, 26), "mars 2025 – nov. 2026"),
    ],
)
def test_dates_are_months(start, end, words):
    assert period(start, end, today=TODAY).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("label", "sex", "said"),
    [
        ("Employé / Employée de maison", "F", "Employée de maison"),
        ("Employé / Employée de maison", "M", "Employé de maison"),
        ("Employé / Employée de maison", "", "Employé / Employée de maison"),
        (
            "Conducteur de travaux / Conductrice de travaux du bâtiment",
            "M",
            "Conducteur de travaux du bâtiment",
        ),
        ("Nettoyage de locaux", "F", "Nettoyage de locaux"),
    ],
)
def test_a_trade_is_said_as_its_person_says_it(label, sex, said):
    assert trade_of(label, sex) == said


def test_gestures_are_one_phrase():
    assert in_a_sentence(["Tailler une haie", "Tondre"]) == "Tailler une haie, tondre"
    assert in_a_sentence([]) == ""
