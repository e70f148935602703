"""What becomes of each right at a border, on both sides of each bound."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.findings import Confidence
from pathways.enums.travelling import (
    Destination,
    SavedFate,
    SavedKind,
    Tie,
    Verdict,
    VisitKind,
    VisitPaper,
    VisitRhythm,
)
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.travelling.border import counted_days, to_do, what_travels
from pathways.rules.travelling.facts import Border, Carried, Learnt, SavedNoted, Spell, TitleHeld, VisitNoted

DAY = timedelta(days=1)
D, T, V = Destination, Tie, Verdict
MADE = date(2025, 1, 6)
ON = date(2026, 12, 1)


def visit(made_on=MADE, kind=VisitKind.FIRST, rhythm=VisitRhythm.ORDINARY, paper=VisitPaper.FOLLOWED, **said):
    return VisitNoted(said.pop("id", 1), kind, made_on, rhythm, paper, **said)


def days(kind=SavedKind.LEAVE, fate=SavedFate.TO_PAY, count="6", place=7):
    return SavedNoted(1, kind, date(2026, 10, 31), Decimal(count), fate, place, "Jardins inventés")


def at(border, **known):
    return what_travels(Carried(**known), border, book=BUILT_IN)


def right(code, border, **known):
    (found,) = [each for each in at(border, **known) if each.code == code]
    return found


@pytest.mark.parametrize(
    ("on", "verdict"),
    [(date(2027, 1, 5), V.ASK), (date(2027, 1, 6), V.ASK), (date(2027, 1, 7), V.LOST)],
)
def test_in_mission_a_visit_serves_two_years(on, verdict):
    """R4625-11."""
    assert right("visit", Border(on, D.ETTI), visits=(visit(),)).verdict is verdict


@pytest.mark.parametrize(("on", "verdict"), [(date(2030, 1, 6), V.ASK), (date(2030, 1, 7), V.LOST)])
@pytest.mark.parametrize("to", [D.AI, D.ACI, D.EI, D.HOMES, D.GEIQ, D.ORDINARY])
def test_elsewhere_it_serves_five(to, on, verdict):
    """R4624-15."""
    assert right("visit", Border(on, to), visits=(visit(),)).verdict is verdict


@pytest.mark.parametrize(
    ("jobs", "verdict"),
    [((), V.ASK), (("K2204",), V.ASK), (("K2204", "G1603"), V.ASK), (("A1203",), V.LOST), (("K2204", "A1203"), V.LOST)],
)  # fmt: skip
def test_the_work_is_one_the_visit_covers(jobs, verdict):
    covered = visit(jobs=("K2204", "G1603", "H3302"))
    assert right("visit", Border(ON, D.ETTI, jobs=jobs), visits=(covered,)).verdict is verdict


def test_a_paper_that_names_no_work_is_asked_for_whatever_the_work():
    assert right("visit", Border(ON, D.ETTI, jobs=("A1203",)), visits=(visit(),)).verdict is V.ASK


@pytest.mark.parametrize(
    ("adjusted_on", "verdict"), [(ON - 731 * DAY, V.ASK), (date(2024, 12, 1), V.LOST), (ON - DAY, V.LOST)]
)
def test_adjustments_asked_for_in_the_span_ask_for_a_new_visit(adjusted_on, verdict):
    """R4625-11, 3°: none in the two years; whatever the visit they came from."""
    back = visit(adjusted_on, VisitKind.RETURN, paper=VisitPaper.FOLLOWED_ADJUSTED, id=2)
    found = right("visit", Border(ON, D.ETTI), visits=(visit(), back))
    assert found.verdict is verdict
    assert "aménagement" not in found.plain


def test_with_the_same_employer_the_follow_up_goes_on_until_its_day():
    known = (visit(due_on=date(2026, 12, 1)),)
    assert right("visit", Border(ON, D.ACI, T.SAME), visits=known).verdict is V.KEPT
    assert right("visit", Border(ON + DAY, D.ACI, T.SAME), visits=known).verdict is V.ASK


def test_without_a_visit_the_paper_is_asked_for_with_the_delay_of_the_next_employer():
    assert "3 mois" in right("visit", Border(ON, D.ORDINARY)).sentence
    assert "dans le mois" in right("visit", Border(ON, D.AI)).sentence


def test_a_self_employed_worker_has_no_employer_to_organise_it_and_the_page_says_it_is_not_sure():
    found = right("visit", Border(ON, D.EITI), visits=(visit(),))
    assert (found.verdict, found.confidence) == (V.LOST, Confidence.UNSETTLED)


def test_the_paper_is_asked_to_the_service_that_gave_it():
    found = right("visit", Border(ON, D.ETTI), visits=(visit(service="Santé au travail des Songes"),))
    assert "Santé au travail des Songes" in found.way_out
    exam = visit(kind=VisitKind.APTITUDE, rhythm=VisitRhythm.REINFORCED, paper=VisitPaper.APT)
    assert "l’avis d’aptitude" in right("visit", Border(ON, D.ETTI), visits=(exam,)).way_out


@pytest.mark.parametrize(
    ("kind", "tie", "verdict", "confidence"),
    [
        (SavedKind.LEAVE, T.OTHER, V.ASK, Confidence.CONFIRMED),
        (SavedKind.LEAVE, T.GROUP, V.ASK, Confidence.CONFIRMED),
        (SavedKind.LEAVE, T.SAME, V.KEPT, Confidence.PROBABLE),
        (SavedKind.ACCOUNT, T.OTHER, V.ASK, Confidence.PROBABLE),
        (SavedKind.REST, T.OTHER, V.ASK, Confidence.UNSETTLED),
    ],
)
def test_days_are_paid_moved_or_kept(kind, tie, verdict, confidence):
    found = right(f"saved_{kind.lower()}", Border(ON, D.ETTI, tie), saved=(days(kind),))
    assert (found.verdict, found.confidence, found.amount) == (verdict, confidence, "6\u00a0jours")


@pytest.mark.parametrize("fate", [SavedFate.PAID, SavedFate.TAKEN, SavedFate.MOVED])
def test_days_settled_are_no_longer_a_right(fate):
    assert [each.code for each in at(Border(ON, D.ETTI), saved=(days(fate=fate),))] == ["visit"]


def test_leave_of_a_mission_has_its_own_article():
    mission = (Spell(7, date(2026, 1, 5), None, is_mission=True),)
    assert "L1251-19" in right("saved_conges", Border(ON, D.ACI), saved=(days(),), spells=mission).basis
    assert "L3141-28" in right("saved_conges", Border(ON, D.ACI), saved=(days(),)).basis


@pytest.mark.parametrize(
    ("end", "verdict"),
    [(None, V.KEPT), (ON - DAY, V.KEPT), (ON - 2 * DAY, V.ASK)],
)
def test_seniority_goes_on_with_the_same_employer_without_a_day_between(end, verdict):
    """L1243-11."""
    spells = (Spell(7, date(2026, 1, 1), end),)
    assert right("seniority", Border(ON, D.ACI, T.SAME), spells=spells, place=7).verdict is verdict


@pytest.mark.parametrize("tie", [T.GROUP, T.OTHER])
def test_seniority_begins_again_elsewhere_and_the_page_says_how_sure_that_is(tie):
    spells = (Spell(7, date(2026, 1, 1), ON - DAY),)
    found = right("seniority", Border(ON, D.ETTI, tie), spells=spells, place=7)
    assert (found.verdict, found.confidence, found.amount) == (V.LOST, Confidence.PROBABLE, "11 mois")


@pytest.mark.parametrize(
    ("end", "verdict", "amount"),
    [(date(2026, 8, 31), V.LOST, ""), (date(2026, 9, 1), V.ASK, "1\u00a0jour"), (ON - DAY, V.ASK, "91\u00a0jours")],
)  # fmt: skip
def test_missions_of_the_three_months_before_count_where_they_were_done(end, verdict, amount):
    """L1251-38: from 1 September, for a hire of 1 December."""
    spells = (Spell(7, date(2026, 1, 1), end, is_mission=True),)
    found = right("seniority", Border(ON, D.ORDINARY), spells=spells, place=7)
    assert (found.verdict, found.amount) == (verdict, amount)


def test_trainings_stay_with_the_person_and_a_paper_that_lacks_is_named():
    learnt = (Learnt("Gestes", Decimal("14"), True), Learnt("Cuisine", None, False))
    found = right("training", Border(ON, D.ORDINARY), learnt=learnt)
    assert (found.verdict, found.amount) == (V.KEPT, "14\u00a0h")
    assert "Cuisine" in found.way_out
    assert "Gestes" not in found.way_out
    assert "inconnues pour 1 formation" in found.sentence


@pytest.mark.parametrize(
    ("title", "tie", "verdict"),
    [
        (TitleHeld("SST", ON, False), T.OTHER, V.KEPT),
        (TitleHeld("SST", ON - DAY, False), T.OTHER, V.LOST),
        (TitleHeld("Permis B", None, False), T.OTHER, V.KEPT),
        (TitleHeld("Autorisation de conduite", None, True), T.OTHER, V.LOST),
        (TitleHeld("Autorisation de conduite", None, True), T.GROUP, V.LOST),
        (TitleHeld("Autorisation de conduite", None, True), T.SAME, V.KEPT),
    ],
)
def test_a_title_follows_the_person_unless_an_employer_gave_it_for_its_own_work(title, tie, verdict):
    assert right("title", Border(ON, D.EI, tie), titles=(title,)).verdict is verdict


def test_what_is_to_be_asked_for_comes_first():
    found = at(
        Border(ON, D.ETTI),
        visits=(visit(),),
        saved=(days(),),
        spells=(Spell(7, date(2026, 1, 1), None),),
        learnt=(Learnt("Gestes", Decimal(14), True),),
        place=7,
    )
    assert [each.verdict for each in found] == [V.ASK, V.ASK, V.LOST, V.KEPT]
    assert {each.code for each in to_do(found)} == {"visit", "saved_conges"}


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(
    made=st.lists(DAYS, max_size=3),
    on=DAYS,
    to=st.sampled_from(list(D)),
    tie=st.sampled_from(list(T)),
    start=DAYS,
    is_mission=st.booleans(),
)
def test_every_right_says_what_becomes_of_it_by_which_text_and_what_to_do(
    made, on, to, tie, start, is_mission
):
    found = at(
        Border(on, to, tie),
        visits=tuple(visit(day, id=n) for n, day in enumerate(made)),
        saved=tuple(days(kind) for kind in SavedKind),
        spells=(Spell(7, start, None, is_mission),),
        titles=(TitleHeld("SST", None, False),),
        place=7,
    )
    assert all(each.sentence and each.basis and each.plain for each in found)
    assert all(each.way_out for each in found if each.verdict is not V.KEPT)


@given(spells=st.lists(st.tuples(DAYS, DAYS), max_size=5), since=DAYS, length=st.integers(0, 400))
def test_counted_days_never_pass_the_window_and_no_day_counts_twice(spells, since, length):
    last = since + length * DAY
    worked = [Spell(7, min(pair), max(pair)) for pair in spells]
    count = counted_days(worked, since, last)
    assert 0 <= count <= length + 1
    assert counted_days(worked * 2, since, last) == count


@given(earlier=DAYS, later=DAYS, to=st.sampled_from([D.ETTI, D.ACI, D.ORDINARY]))
def test_a_visit_lost_one_day_is_not_found_again_the_next(earlier, later, to):
    first, second = sorted((earlier, later))
    lost = right("visit", Border(first, to), visits=(visit(date(2021, 1, 4)),)).verdict is V.LOST
    assert not lost or right("visit", Border(second, to), visits=(visit(date(2021, 1, 4)),)).verdict is V.LOST
