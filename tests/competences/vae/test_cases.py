"""The cases of a VAE, by their number: both sides of each delay, and what is refused with its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from competences.enums import VaeChannel, VaeFunding, VaeScope, VaeStatus
from competences.rules.vae import FileFacts
from competences.rules.vae.findings import remarks_on
from competences.rules.vae.funding import funding_findings
from competences.rules.vae.leave import ask_before, leave_findings, leave_of
from competences.rules.vae.limits import limit_findings
from competences.rules.vae.reading import leave_answer_due
from competences.rules.vae.table import NEXT_KINDS
from tests.competences.vae.files import BUILT_IN, K, day, file_of, found, read, said, step

S = VaeStatus

A1 = said((K.FEASIBILITY_SENT, "05/01/2026"), (K.COMPLETE, "12/01/2026"))
A4 = A1.plus(step(K.ADMISSIBLE, "16/03/2026"))
A7 = said(
    (K.FEASIBILITY_SENT, "05/01/2026"), (K.INCOMPLETE, "09/01/2026"), (K.FEASIBILITY_SENT, "20/01/2026"),
    (K.COMPLETE, "22/01/2026"),
)  # fmt: skip
A8 = said((K.FEASIBILITY_SENT, "05/01/2026"))
A9 = A1.plus(step(K.NOT_ADMISSIBLE, "10/03/2026", details="Manque : hygiène."))
A11 = A1.plus(step(K.ADMISSIBLE, "20/03/2026")).plus(step(K.DECISION_WITHDRAWN, "27/03/2026"))
B1 = said((K.ADMISSIBLE, "12/01/2026"))
B4 = B1.plus(step(K.PROGRESS, "30/06/2026"))
B5 = B1.plus(step(K.GOOD_REASON, "15/07/2026", details="Hospitalisation"))
B6 = said((K.ADMISSIBLE, "31/08/2026"))


@pytest.mark.parametrize(
    ("case", "file", "today", "status", "is_computed", "since"),
    [
        ("A2", A1, "12/03/2026", S.COMPLETE, False, "12/01/2026"),
        ("A3", A1, "13/03/2026", S.TACIT, True, "13/03/2026"),
        ("A4", A4, "16/03/2026", S.ADMISSIBLE, False, "16/03/2026"),
        ("A5", said((K.COMPLETE, "31/12/2025")), "28/02/2026", S.COMPLETE, False, "31/12/2025"),
        ("A5", said((K.COMPLETE, "31/12/2025")), "01/03/2026", S.TACIT, True, "01/03/2026"),
        ("A6", said((K.COMPLETE, "31/07/2026")), "30/09/2026", S.COMPLETE, False, "31/07/2026"),
        ("A6", said((K.COMPLETE, "31/07/2026")), "01/10/2026", S.TACIT, True, "01/10/2026"),
        ("A7", A7, "22/03/2026", S.COMPLETE, False, "22/01/2026"),
        ("A7", A7, "23/03/2026", S.TACIT, True, "23/03/2026"),
        ("A8", A8, "20/03/2026", S.FEASIBILITY_SENT, False, "05/01/2026"),
        ("A9", A9, "01/12/2026", S.NOT_ADMISSIBLE, False, "10/03/2026"),
        ("A11", A11, "27/03/2026", S.COMPLETE, False, "27/03/2026"),
        ("A11", A11, "27/12/2026", S.COMPLETE, False, "27/03/2026"),
        ("B1", B1, "12/07/2026", S.ADMISSIBLE, False, "12/01/2026"),
        ("B2", B1, "31/07/2026", S.ADMISSIBLE, False, "12/01/2026"),
        ("B3", B1, "01/08/2026", S.LAPSED, True, "01/08/2026"),
        ("B4", B4, "01/08/2026", S.ADMISSIBLE, False, "12/01/2026"),
        ("B5", B5, "01/08/2026", S.ADMISSIBLE, False, "12/01/2026"),
        ("B5", B5, "01/08/2028", S.ADMISSIBLE, False, "12/01/2026"),
        ("B6", B6, "28/02/2027", S.ADMISSIBLE, False, "31/08/2026"),
        ("B6", B6, "01/03/2027", S.LAPSED, True, "01/03/2027"),
    ],
)  # fmt: skip
def test_r35_r36_what_time_makes_of_a_file(case, file, today, status, is_computed, since):
    reading = read(file, today)
    assert (reading.status, reading.is_computed, reading.since) == (status, is_computed, day(since)), case
    assert ("R6412-4" in reading.basis) == is_computed


@pytest.mark.parametrize(
    ("case", "file", "today", "code", "aim", "last"),
    [
        ("A1", A1, "13/01/2026", "decision", "12/03/2026", "12/03/2026"),
        ("A4", A4, "17/03/2026", "lapse", "16/09/2026", "30/09/2026"),
        ("A5", said((K.COMPLETE, "31/12/2025")), "01/01/2026", "decision", "28/02/2026", "28/02/2026"),
        ("A6", said((K.COMPLETE, "31/07/2026")), "01/08/2026", "decision", "30/09/2026", "30/09/2026"),
        ("A7", A7, "23/01/2026", "decision", "22/03/2026", "22/03/2026"),
        ("B1", B1, "12/07/2026", "lapse", "12/07/2026", "31/07/2026"),
        ("B6", B6, "01/09/2026", "lapse", "28/02/2027", "28/02/2027"),
        ("D1", B1.plus(step(K.VALIDATION_SENT, "10/02/2026")), "11/02/2026", "jury", "10/05/2026", "31/05/2026"),
        ("D3", B6.plus(step(K.VALIDATION_SENT, "30/11/2026")), "01/12/2026", "jury", "28/02/2027", "28/02/2027"),
    ],
)  # fmt: skip
def test_r35_r36_the_day_to_aim_at_and_the_last_one(case, file, today, code, aim, last):
    delay = read(file, today).delay(code)
    assert (delay.aim_on, delay.last_on) == (day(aim), day(last)), case
    assert not delay.is_late(day(last))
    assert delay.is_late(day(last) + timedelta(days=1))


def test_r35_a4_both_readings_are_told_apart():
    assert read(A1, "14/03/2026").notified == S.COMPLETE
    assert read(A4, "14/03/2026").status == S.TACIT
    assert read(A4, "17/03/2026").notified == S.ADMISSIBLE


def test_a8_silence_before_complete_is_no_decision_and_says_what_to_ask():
    reading = read(A8, "20/03/2026")
    assert reading.delay("decision") is None
    assert reading.delay("ask_complete").is_late(day("20/03/2026"))
    assert reading.delay("ask_complete").words == "Demandez au certificateur si le dossier est complet"


def test_a9_b3_nothing_runs_on_a_dead_file():
    assert (read(A9, "11/03/2026").delays, read(B1, "01/08/2026").delays) == ((), ())
    assert A9.last(K.NOT_ADMISSIBLE).details == "Manque : hygiène."


def test_a11_a_withdrawn_decision_stays_visible_and_another_may_come():
    assert K.ADMISSIBLE in [each.kind for each in A11.in_order]
    assert found(A11, step(K.NOT_ADMISSIBLE, "02/04/2026"), "02/04/2026") == {}


def test_b1_the_day_to_aim_at_is_reached_and_nobody_is_late():
    delay = read(B1, "12/07/2026").delay("lapse")
    assert delay.is_reached(day("12/07/2026"))
    assert not delay.is_reached(day("11/07/2026"))
    assert not delay.is_late(day("12/07/2026"))


SENT = B1.plus(step(K.VALIDATION_SENT, "10/02/2026"))
JURY = SENT.plus(step(K.JURY, "15/04/2026", jury_on=day("20/05/2026")))


@pytest.mark.parametrize(
    ("case", "file", "new", "today", "expected"),
    [
        ("A10", A1, step(K.NOT_ADMISSIBLE, "11/03/2026"), "10/03/2026", {"step_to_come": True}),
        ("A10", A1, step(K.NOT_ADMISSIBLE, "10/03/2026"), "10/03/2026", {}),
        ("D2", SENT, step(K.JURY, "15/04/2026", jury_on=day("02/06/2026")), "16/04/2026", {"jury_late": False}),
        ("D2", SENT, step(K.JURY, "15/04/2026", jury_on=day("31/05/2026")), "16/04/2026", {}),
        ("D5", JURY, step(K.FULL, "19/05/2026"), "19/05/2026", {"result_before_jury": True}),
        ("D5", JURY, step(K.FULL, "20/05/2026"), "20/05/2026", {}),
        ("D6", A9, step(K.VALIDATION_SENT, "12/03/2026"), "12/03/2026", {"stage_out_of_order": True}),
        ("D6", B1, step(K.VALIDATION_SENT, "01/08/2026"), "01/08/2026", {"stage_out_of_order": True}),
        ("D6", B1, step(K.VALIDATION_SENT, "31/07/2026"), "01/08/2026", {}),
        ("D8", JURY, step(K.PARTIAL, "21/05/2026"), "21/05/2026", {"blocs_missing": True}),
        ("D8", JURY, step(K.PARTIAL, "21/05/2026", blocs=" , ;"), "21/05/2026", {"blocs_missing": True}),
        ("D8", JURY, step(K.PARTIAL, "21/05/2026", blocs="BC01"), "21/05/2026", {}),
        ("D10", JURY, step(K.ABSENT, "20/05/2026"), "21/05/2026", {}),
        ("D10", JURY, step(K.EXCUSED, "20/05/2026"), "21/05/2026", {}),
        ("D11", SENT, step(K.JURY, "15/04/2026", jury_on=day("20/05/2026"), jury_members=1), "16/04/2026",
         {"jury_too_small": False}),
        ("D11", SENT, step(K.JURY, "15/04/2026", jury_on=day("20/05/2026"), jury_members=2), "16/04/2026", {}),
        ("D11", SENT, step(K.JURY, "15/04/2026", jury_on=day("20/05/2026"), jury_knows_candidate=True), "16/04/2026",
         {"jury_knows_candidate": False}),
    ],
)  # fmt: skip
def test_r36_what_is_refused_and_what_is_only_said(case, file, new, today, expected):
    assert found(file, new, today) == expected, case


def test_d6_the_refusal_says_why():
    new = step(K.VALIDATION_SENT, "01/08/2026")
    from competences.rules.vae import step_findings

    [finding] = step_findings(B1, new, today=day("01/08/2026"), book=BUILT_IN)
    assert "Caduque" in finding.sentence
    assert "R6412-5" in finding.basis


@pytest.mark.parametrize(("today", "is_late"), [("04/06/2026", False), ("05/06/2026", True)])
def test_d4_the_result_is_due_in_fifteen_days(today, is_late):
    delay = read(JURY, today).delay("result")
    assert (delay.last_on, delay.is_late(day(today))) == (day("04/06/2026"), is_late)


def test_d7_the_three_months_run_again_from_the_new_deposit():
    again = SENT.plus(step(K.VALIDATION_INCOMPLETE, "20/02/2026"))
    assert read(again, "01/03/2026").status == S.VALIDATION_INCOMPLETE
    again = again.plus(step(K.VALIDATION_SENT, "15/03/2026"))
    assert read(again, "16/03/2026").delay("jury").last_on == day("30/06/2026")
    assert found(JURY, step(K.VALIDATION_INCOMPLETE, "16/04/2026"), "16/04/2026") == {
        "stage_out_of_order": True
    }


def test_d9_a_partial_result_names_its_blocs_and_opens_a_new_validation_file():
    partial = JURY.plus(step(K.PARTIAL, "25/05/2026", blocs="BC01, BC03"))
    reading = read(partial, "26/05/2026")
    assert (reading.status, reading.blocs) == (S.PARTIAL, ("BC01", "BC03"))
    assert NEXT_KINDS[S.PARTIAL][0] is K.VALIDATION_SENT
    assert found(partial, step(K.VALIDATION_SENT, "10/09/2026"), "10/09/2026") == {}
    assert found(partial, step(K.COMPLETE, "10/09/2026"), "10/09/2026") == {"stage_out_of_order": True}


def test_d10_after_an_absence_another_jury_may_sit():
    for kind, status in ((K.ABSENT, S.ABSENT), (K.EXCUSED, S.EXCUSED)):
        away = JURY.plus(step(kind, "20/05/2026"))
        assert read(away, "01/06/2026").status == status
        assert found(away, step(K.JURY, "01/06/2026", jury_on=day("10/07/2026")), "01/06/2026") in (
            {"jury_late": False},
        )


def test_d12_a_certification_that_left_the_repertory_stays_won():
    won = JURY.plus(step(K.FULL, "25/05/2026"))
    assert list(remarks_on(won, today=day("01/06/2026"))) == []
    [words] = remarks_on(file_of(*won.steps[1:], replaced_on=day("01/03/2026")), today=day("01/06/2026"))
    assert "L6113-9" in words


# Yearly limits


def deposited(name: str, on: str, *more, **facts):
    return file_of(step(K.FEASIBILITY_SENT, on), *more, certification=name, **facts)


X, Y, Z = (deposited(name, "03/02/2026") for name in "XYZ")
BLOCS = VaeScope.BLOCS
X_BLOC, Z_BLOC = (deposited(name, "03/02/2026", scope=BLOCS) for name in "XZ")
X_REFUSED = deposited("X", "03/02/2026", step(K.NOT_ADMISSIBLE, "10/03/2026"))
X_TWICE = deposited(
    "X", "03/02/2026", step(K.INCOMPLETE, "09/02/2026"), step(K.FEASIBILITY_SENT, "20/02/2026")
)
X_LAPSED = deposited("X", "02/01/2026", step(K.ADMISSIBLE, "12/01/2026"))
X_REPLACED = deposited("X", "02/01/2026", step(K.ADMISSIBLE, "12/01/2026"), replaced_on=day("01/09/2026"))
FULL_X, FULL_W, SOME_OF_X = (
    file_of(certification="X"), file_of(certification="W"), file_of(certification="X", scope=BLOCS)
)  # fmt: skip


@pytest.mark.parametrize(
    ("case", "before", "new", "on", "reason", "refused"),
    [
        ("C1", [X], FULL_X, "10/09/2026", "", True),
        ("C1", [X], FULL_X, "10/09/2026", "le portail l’a pris", True),
        ("C2", [X, Y, Z], FULL_W, "10/09/2026", "", True),
        ("C2", [X, Y], FULL_W, "10/09/2026", "", None),
        ("C3", [deposited("X", "30/12/2026")], FULL_X, "31/12/2026", "", True),
        ("C3", [deposited("X", "30/12/2026")], FULL_X, "02/01/2027", "", None),
        ("C4", [X_BLOC], FULL_X, "10/09/2026", "", None),
        ("C5", [X, Y, Z_BLOC], FULL_W, "10/09/2026", "", None),
        ("C6", [X], SOME_OF_X, "10/09/2026", "", True),
        ("C6", [X], SOME_OF_X, "10/09/2026", "accepté par le certificateur", False),
        ("C7", [X_REFUSED], FULL_X, "10/09/2026", "", True),
        ("C7", [X_REFUSED], FULL_X, "10/09/2026", "déposé et accepté par le portail", False),
        ("C8", [X_TWICE, Y], FULL_W, "10/09/2026", "", None),
        ("B7", [X_LAPSED], FULL_X, "10/09/2026", "", None),
        ("B7", [X_LAPSED], FULL_X, "31/07/2026", "", True),
        ("B8", [X_REPLACED], FULL_X, "10/09/2026", "", True),
    ],
)  # fmt: skip
def test_r37_files_of_a_civil_year(case, before, new, on, reason, refused):
    findings = list(limit_findings(new, day(on), before, book=BUILT_IN, reason=reason))
    assert [each.refuses for each in findings] == ([] if refused is None else [refused]), case


def test_r37_c1_b8_the_refusal_says_when_and_why():
    [c1] = limit_findings(FULL_X, day("10/09/2026"), [X], book=BUILT_IN)
    assert "1er\u00a0janvier\u00a02027" in c1.way_out
    [b8] = limit_findings(FULL_X, day("10/09/2026"), [X_REPLACED], book=BUILT_IN)
    assert "le référentiel a changé" in b8.sentence


# Consent, leave, money


def test_e1_without_a_yes_nothing_passes_the_project():
    from competences.rules.vae import FileFacts

    proposed = FileFacts(steps=(step(K.PLANNED, "01/03/2026"),))
    for kind in K:
        if kind not in {K.PLANNED, K.AGREED, K.DROPPED, K.JURY}:
            assert found(proposed, step(kind, "02/03/2026", blocs="BC01"), "02/03/2026").get(
                "consent_missing"
            ), kind
    assert found(proposed, step(K.AGREED, "02/03/2026"), "02/03/2026") == {}


ASKED = JURY.plus(step(K.LEAVE_ASKED, "02/05/2026", leave_on=day("01/06/2026"), leave_hours=24))


def test_e2_the_request_reaches_the_employer_thirty_days_before():
    assert ask_before(day("01/06/2026"), book=BUILT_IN) == day("02/05/2026")
    late = step(K.LEAVE_ASKED, "03/05/2026", leave_on=day("01/06/2026"))
    assert [each.code for each in leave_findings(JURY, late, book=BUILT_IN)] == ["leave_asked_late"]
    in_time = step(K.LEAVE_ASKED, "02/05/2026", leave_on=day("01/06/2026"))
    assert list(leave_findings(JURY, in_time, book=BUILT_IN)) == []


@pytest.mark.parametrize(("today", "is_by_silence"), [("17/05/2026", False), ("18/05/2026", True)])
def test_e3_fifteen_days_of_silence_grant_the_leave(today, is_by_silence):
    assert leave_answer_due(day("02/05/2026"), book=BUILT_IN) == day("17/05/2026")
    leave = leave_of(ASKED, today=day(today), book=BUILT_IN)
    assert leave.is_by_silence is is_by_silence
    assert (leave.words == "accordé (silence)") is is_by_silence
    assert leave.since == (day("18/05/2026") if is_by_silence else day("02/05/2026"))


@pytest.mark.parametrize(
    ("until", "codes"), [("02/06/2026", []), ("05/06/2026", ["leave_postponed_too_far"])]
)
def test_e4_a_leave_is_postponed_a_month_at_most(until, codes):
    answer = step(K.LEAVE_POSTPONED, "10/05/2026", leave_on=day(until))
    assert [each.code for each in leave_findings(ASKED, answer, book=BUILT_IN)] == codes


@pytest.mark.parametrize(
    ("on", "hours", "details", "codes"),
    [
        ("02/05/2026", 48, "", []),
        ("02/05/2026", 50, "", ["leave_too_long"]),
        ("02/05/2026", 50, "Accord d’entreprise du 3 mars 2025", []),
        ("02/05/2021", 25, "", ["leave_too_long"]),
    ],
)
def test_e5_forty_eight_hours_a_session(on, hours, details, codes):
    asked = step(K.LEAVE_ASKED, on, leave_hours=hours, details=details)
    assert [each.code for each in leave_findings(SENT, asked, book=BUILT_IN)] == codes


def test_e6_a_second_leave_within_the_year_serves_the_missing_blocs():
    granted = ASKED.plus(step(K.LEAVE_GRANTED, "10/05/2026"))
    second = step(K.LEAVE_ASKED, "01/12/2026", leave_on=day("10/01/2027"))
    assert [each.code for each in leave_findings(granted, second, book=BUILT_IN)] == ["leave_too_soon"]
    partial = granted.plus(step(K.PARTIAL, "25/05/2026", blocs="BC01"))
    assert list(leave_findings(partial, second, book=BUILT_IN)) == []


def funded(on: str, **more) -> list[str]:
    return [each.code for each in funding_findings(file_of(**more), on=day(on), book=BUILT_IN)]


def test_e7_the_cpf_wants_both_on_the_portal():
    away = {"funding": VaeFunding.CPF, "companion_on_portal": False}
    assert funded("01/08/2025", **away) == ["cpf_needs_portal"]
    assert funded("31/07/2025", **away) == []
    assert funded("01/08/2025", **away, channel=VaeChannel.DIRECT) == []
    assert funded("01/08/2025", **{**away, "companion_on_portal": True}) == []


def test_e8_three_quotes_for_each_training():
    assert funded("01/09/2025", quotes=2) == ["quotes_missing"]
    assert funded("01/09/2025", quotes=3) == funded("08/07/2025", quotes=2) == funded("01/09/2025") == []


def test_e9_directly_with_the_certifier_no_registration_is_needed():
    direct = file_of(channel=VaeChannel.DIRECT)
    assert found(direct, step(K.FEASIBILITY_SENT, "05/01/2026"), "05/01/2026") == {}


PROJECT = FileFacts(steps=(step(K.PLANNED, "01/11/2026"),))


@pytest.mark.parametrize("kind", [K.AGREED, K.DROPPED])
@pytest.mark.parametrize(
    ("on", "is_told"),
    [("01/01/2020", True), ("31/10/2026", True), ("01/11/2026", False), ("02/11/2026", False)],
)
def test_no_step_stands_before_its_project(kind, on, is_told):
    """Refused when typed, kept with a word when a file says so; whichever of the two comes in first."""
    assert ("before_the_project" in found(PROJECT, step(kind, on), "27/11/2026")) is is_told
    other = FileFacts(steps=(step(kind, on),))
    assert ("before_the_project" in found(other, PROJECT.steps[0], "27/11/2026")) is is_told


def test_every_kind_of_step_waits_for_the_project():
    for kind in set(K) - {K.PLANNED}:
        assert found(PROJECT, step(kind, "31/10/2026"), "27/11/2026")["before_the_project"]
