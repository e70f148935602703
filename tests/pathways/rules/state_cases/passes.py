"""The length of a PASS, what is left of it, its state, and the wait before another."""

from __future__ import annotations

from datetime import date, timedelta

from backend.core.values.identifiers import clean_pass_number
from pathways.enums import ProlongationMotive, SuspensionMotive
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.passes.count import count_days, status_in_words
from pathways.rules.passes.facts import PassFacts, Prolongation, Suspension
from pathways.rules.passes.length import pass_end, pass_findings, waiting_end
from tests.pathways.rules.boundaries.standing import refused
from tests.pathways.rules.state_cases.case import TESTS, Case

LENGTH, LEFT, STATE, WAIT = "Durée du PASS", "Reliquat du PASS", "État du PASS", "Carence"
DAY = timedelta(days=1)


def _end(start: date) -> date:
    return pass_end(start, book=BUILT_IN)


def _length(start: date, state: date, source: str = "", **told: object) -> Case:
    from_code = {"source": source} if source else {}
    return Case(
        LENGTH, f"commencé le {start:%d/%m/%Y}, il finit", state, lambda: _end(start), **from_code, **told
    )  # type: ignore[arg-type]


SEEN = date(2022, 11, 22)
OF_2021 = PassFacts(date(2021, 3, 25), date(2023, 3, 24))
PROLONGED = OF_2021.moved(
    prolongations=[
        Prolongation(start, start + timedelta(days=days), ProlongationMotive.TRAINING, SEEN)
        for start, days in ((date(2023, 3, 20), 4), (date(2021, 3, 25), 5), (date(2021, 11, 1), 30))
    ]
)
SUSPENDED = PROLONGED.moved(
    suspensions=[
        Suspension(date(2021, 3, 25), date(2021, 3, 30), SuspensionMotive.CONTRACT_BROKEN),
        Suspension(date(2022, 11, 1), date(2022, 12, 1), SuspensionMotive.CONTRACT_BROKEN),
    ]
)


def _left(iae: PassFacts) -> int:
    return count_days(iae, today=SEEN, book=BUILT_IN).left


TODAY = date(2026, 11, 22)


def _state(what: str, state: str, start: date, end: date, *suspensions: Suspension) -> Case:
    iae = PassFacts(start, end, suspensions=suspensions)
    return Case(STATE, what, state, lambda: status_in_words(iae, TODAY), TESTS)


OVER = date(2000, 1, 1)


def _waits(start: date) -> bool:
    others = [(date(1998, 1, 1), OVER)]
    found = pass_findings(starts_on=start, ends_on=start + 30 * DAY, others=others, book=BUILT_IN)
    return refused(found, "pass_waiting")


def _agreed() -> bool:
    start = date(2001, 1, 1)
    found = pass_findings(
        starts_on=start,
        ends_on=start + 30 * DAY,
        others=[(date(1998, 1, 1), OVER)],
        book=BUILT_IN,
        agreed=[(start, start)],
    )
    return refused(found, "pass_waiting")


def _second(start: date) -> bool:
    found = pass_findings(
        starts_on=start,
        ends_on=start + 729 * DAY,
        others=[(date(2025, 3, 1), date(2027, 2, 28))],
        book=BUILT_IN,
    )
    return refused(found, "pass_overlap")


CLOSED = PassFacts(
    date(2024, 3, 1), date(2027, 2, 28), closed_on=date(2026, 11, 2),
    suspensions=(Suspension(date(2025, 9, 1), date(2026, 12, 31), SuspensionMotive.CONTRACT_BROKEN),),
)  # fmt: skip

CASES = (
    _length(date(2025, 3, 1), date(2027, 2, 28)),
    _length(date(2024, 3, 1), date(2026, 2, 28)),
    _length(date(2024, 2, 29), date(2026, 2, 27)),
    _length(date(2026, 2, 28), date(2028, 2, 27)),
    _length(date(2027, 3, 1), date(2029, 2, 27)),
    _length(
        date(2024, 1, 1), date(2025, 12, 30), instead=date(2025, 12, 31),
        why="La plateforme compte 730 jours depuis le 28 février 2024 ; le jour où ce PASS commençait, elle comptait deux ans de date à date. Une date reçue d’elle l’emporte.",
    ),
    _length(date(2019, 3, 2), date(2021, 3, 1), TESTS),
    _length(date(2020, 8, 17), date(2022, 8, 16), TESTS),
    _length(date(2021, 3, 25), date(2023, 3, 24), TESTS),
    _length(date(2021, 7, 26), date(2023, 7, 25), TESTS),
    _length(date(2021, 11, 18), date(2023, 11, 17), TESTS),
    Case(LENGTH, "un PASS d’avant le confinement de 2020 est allongé de trois mois : commencé le 02/03/2019, il finit", date(2021, 6, 1),
         lambda: _end(date(2019, 3, 2)), "code public de la plateforme, 2020", date(2021, 3, 1),
         "Mesure de crise, faite une fois par la plateforme : la date reçue d’elle porte déjà ces mois."),
    Case("Numéro du PASS", "« XXXXX 00 00001 » est le numéro", "XXXXX0000001", lambda: clean_pass_number("XXXXX 00 00001"), TESTS),
    Case("Numéro du PASS", "un agrément d’avant se lit aussi", "400121910144", lambda: clean_pass_number("40012 19 10144"), TESTS),
    Case(LEFT, "PASS du 25/03/2021 au 24/03/2023, vu le 22/11/2022", 122, lambda: _left(OF_2021), TESTS),
    Case(LEFT, "le même, prolongé de 4, 5 et 30 jours", 161, lambda: _left(PROLONGED), TESTS),
    Case(LEFT, "le même, suspendu 5 jours, puis 30 dont 9 restent à courir", 187, lambda: _left(SUSPENDED), TESTS),
    _state("fini depuis un an", "Expiré", TODAY - 1095 * DAY, TODAY - 365 * DAY),
    _state("fini hier", "Expiré", TODAY - 730 * DAY, TODAY - DAY),
    _state("fini aujourd’hui", "Valide", TODAY - 729 * DAY, TODAY),
    _state("commencé il y a un an", "Valide", TODAY - 365 * DAY, TODAY + 364 * DAY),
    _state("commence demain", "Valide (non démarré)", TODAY + DAY, TODAY + 730 * DAY),
    _state("suspendu d’hier à demain", "Valide (suspendu)", TODAY - 365 * DAY, TODAY + 364 * DAY,
           Suspension(TODAY - DAY, TODAY + DAY, SuspensionMotive.CONTRACT_BROKEN)),
    Case(STATE, "un second PASS pendant un PASS valide est refusé", True, lambda: _second(date(2027, 2, 28))),
    Case(STATE, "un second PASS le lendemain du premier ne le chevauche pas", False, lambda: _second(date(2027, 3, 1))),
    Case(WAIT, "un parcours fini le 01/01/2000 laisse attendre jusqu’au", date(2002, 1, 1),
         lambda: waiting_end(OVER, book=BUILT_IN), TESTS),
    Case(WAIT, "le lendemain de la fin, un nouveau PASS attend", True, lambda: _waits(OVER + DAY), TESTS),
    Case(WAIT, "le dernier jour des deux ans, il attend encore", True, lambda: _waits(date(2002, 1, 1)), TESTS),
    Case(WAIT, "le jour d’après, il n’attend plus", False, lambda: _waits(date(2002, 1, 2)), TESTS),
    Case(WAIT, "un prescripteur habilité peut dire le contraire", False, _agreed),
    Case(WAIT, "clos après douze mois de suspension, les deux ans partent du", date(2025, 9, 1), lambda: CLOSED.waits_from,
         "Code du travail, art. R5132-1-4"),
)  # fmt: skip
