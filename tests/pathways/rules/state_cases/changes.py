"""Suspensions and prolongations of a PASS."""

from __future__ import annotations

from datetime import date, timedelta

from backend.core.values.dates import days_after
from pathways.enums import ProlongationMotive as P
from pathways.enums import RequestStatus
from pathways.enums import SuspensionMotive as S
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.passes.facts import PassFacts, Prolongation, Suspension
from pathways.rules.passes.prolongations import prolongation_findings
from pathways.rules.passes.suspensions import closing_findings, longest_end, suspension_findings, without
from tests.pathways.rules.boundaries.standing import refused
from tests.pathways.rules.state_cases.case import TESTS, Case

TODAYS = {S.CONTRACT_SUSPENDED, S.CONTRACT_BROKEN, S.CONTRACT_FINISHED, S.AGREED_LOCALLY, S.PASSERELLE}
SUSPENSION, PROLONGATION, CLOSING = "Suspension", "Prolongation", "Clôture"
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
IAE = PassFacts(date(2026, 1, 5), date(2026, 12, 31))
BEFORE = Suspension(date(2026, 6, 1), date(2026, 6, 30), S.CONTRACT_BROKEN)


def _suspended(
    start: date, *codes: str, days: int = 20, motive: S = S.CONTRACT_BROKEN, kind: str = "ACI", iae: PassFacts = IAE,
    today: date = TODAY,
) -> bool:  # fmt: skip
    """Whether such a suspension is refused."""
    new = Suspension(start, days_after(start, days - 1), motive)
    found = suspension_findings(new, iae, structure_kind=kind, today=today, book=BUILT_IN)
    return any(each.code in codes and each.refuses for each in found)


def _bounds(start: date) -> bool:
    return _suspended(start, "suspension_outside_pass", today=date(2027, 1, 10))


def _motives(kind: str, on: date) -> int:
    """How many motives a structure of this kind has, that day."""
    iae = PassFacts(on - 30 * DAY, on + 700 * DAY)
    return sum(
        not _suspended(on, "suspension_motive_elsewhere", motive=each, kind=kind, iae=iae, today=on)
        for each in S
    )


def _moved_by(days: int) -> int:
    """By how many days the end of the PASS moves for a suspension of so many days, first and last included."""
    new = Suspension(date(2026, 6, 1), days_after(date(2026, 6, 1), days - 1), S.CONTRACT_BROKEN)
    return (IAE.moved(suspensions=[new]).end - IAE.end).days


def _taken_back() -> bool:
    return without(IAE.moved(suspensions=[BEFORE]), BEFORE).end == IAE.end


def _after_a_hire() -> date:
    """The last day of a suspension once a contract begins during it: our rules leave it as it was noted."""
    known = Suspension(date(2022, 7, 17), date(2022, 12, 17), S.CONTRACT_BROKEN)
    iae = PassFacts(date(2022, 6, 17), date(2024, 6, 16)).moved(suspensions=[known])
    return iae.suspensions[0].end


def _closed(on: date) -> bool:
    iae = PassFacts(
        date(2025, 1, 6),
        date(2027, 12, 31),
        suspensions=(Suspension(date(2025, 9, 1), date(2026, 12, 31), S.CONTRACT_BROKEN),),
    )
    return not refused(
        closing_findings(iae, on=on, note="Vu avec elle", today=TODAY, book=BUILT_IN), "closing_too_soon"
    )


def _asked(  # the end of a PASS, the day it is asked
    ends: date, on: date, *codes: str, days: int = 100, motive: P = P.RQTH, done: int = 0, kind: str = "ACI",
    suspended: bool = False, pending: bool = False,
) -> bool:  # fmt: skip
    """Whether such a request is refused for one of these reasons."""
    before = [Prolongation(ends - timedelta(days=done), ends, P.TRAINING, on)] if done else []
    if pending:
        before.append(Prolongation(ends, ends + DAY, P.RQTH, on, RequestStatus.ASKED))
    pauses = (Suspension(on - DAY, on + DAY, S.CONTRACT_BROKEN),) if suspended else ()
    iae = PassFacts(ends - 729 * DAY, ends, suspensions=pauses, prolongations=tuple(before))
    new = Prolongation(ends, days_after(ends, days), motive, on)
    return refused(prolongation_findings(new, iae, structure_kind=kind, book=BUILT_IN), *codes)


def _open(ends: date, on: date) -> bool:
    return not _asked(ends, on, "prolongation_outside_window")


def _chain() -> date:
    """Two prolongations, each from the end before it."""
    first = Prolongation(date(2021, 3, 1), date(2021, 3, 31), P.TRAINING, date(2021, 2, 1))
    second = Prolongation(date(2021, 3, 31), date(2021, 4, 30), P.TRAINING, date(2021, 3, 20))
    return PassFacts(date(2019, 3, 2), date(2021, 3, 1)).moved(prolongations=[first, second]).end


def _together() -> int:
    end = date(2027, 2, 28)
    both = [
        Prolongation(end, end + 30 * DAY, P.TRAINING, TODAY),
        Prolongation(end + 30 * DAY, end + 44 * DAY, P.RQTH, TODAY),
    ]
    return PassFacts(date(2025, 3, 1), end, prolongations=tuple(both)).prolonged_days


END = date(2027, 2, 28)
THEN = date(2022, 11, 17)
UNKNOWN_DAY = "Aujourd’hui, chaque demande dure 365 jours ; le jour où la plateforme a quitté l’ancienne limite n’a pas été retrouvé."

CASES = (
    Case(SUSPENSION, "commencée le 31/01/2023, elle dure au plus jusqu’au", date(2026, 1, 30), lambda: longest_end(date(2023, 1, 31), book=BUILT_IN)),
    Case(SUSPENSION, "commencée le 07/02/2022, au plus jusqu’au", date(2023, 2, 6), lambda: longest_end(date(2022, 2, 7), book=BUILT_IN), "changement n° 1104"),
    Case(SUSPENSION, "commencée le 15/01/2021, au plus jusqu’au", date(2021, 7, 14), lambda: longest_end(date(2021, 1, 15), book=BUILT_IN), "changement n° 489"),
    Case(SUSPENSION, "le premier jour du PASS, hors du PASS", False, lambda: _bounds(IAE.start), TESTS),
    Case(SUSPENSION, "au milieu du PASS, hors du PASS", False, lambda: _bounds(date(2026, 6, 1)), TESTS),
    Case(SUSPENSION, "le dernier jour du PASS, hors du PASS", False, lambda: _bounds(IAE.end), TESTS),
    Case(SUSPENSION, "la veille du PASS, hors du PASS", True, lambda: _bounds(IAE.start - DAY), TESTS),
    Case(SUSPENSION, "le lendemain du PASS, hors du PASS", True, lambda: _bounds(IAE.end + DAY), TESTS),
    Case(SUSPENSION, "à venir, refusée", True, lambda: _suspended(TODAY + DAY, "suspension_to_come")),
    Case(SUSPENSION, "le jour même, refusée", False, lambda: _suspended(TODAY, "suspension_to_come")),
    Case(SUSPENSION, "deux suspensions sur les mêmes jours, refusées", True,
         lambda: _suspended(date(2026, 6, 30), "suspension_overlap", iae=IAE.moved(suspensions=[BEFORE])), TESTS),
    Case(SUSPENSION, "le lendemain de la précédente, refusée", False,
         lambda: _suspended(date(2026, 7, 1), "suspension_overlap", iae=IAE.moved(suspensions=[BEFORE]))),
    Case(SUSPENSION, "commencée il y a plus de 365 jours, refusée", True,
         lambda: _suspended(TODAY - timedelta(days=366), "suspension_told_late", iae=PassFacts(date(2025, 1, 6), date(2027, 1, 5))),
         instead=False, why="Le fait a eu lieu : il se note, avec le conseil de passer par le support de la plateforme."),
    Case(SUSPENSION, "avant la dernière embauche, refusée", True, lambda: _suspended(date(2026, 3, 2), "suspension_outside_pass"),
         instead=False, why="Les embauches d’autres structures ne se connaissent pas ici ; la plateforme, qui les tient, reste seule juge."),
    Case(SUSPENSION, "un jour de contrat suspendu suspend le PASS, refusée", False,
         lambda: _suspended(date(2026, 6, 1), "suspension_too_short", days=1, motive=S.CONTRACT_SUSPENDED), "changement n° 489",
         instead=True, why="L’article R5132-1-3 demande plus de quinze jours ; le motif de la plateforme le dit, son formulaire ne le compte pas."),
    Case(SUSPENSION, "motifs offerts à une AI en juin 2025", 4, lambda: _motives("AI", date(2025, 6, 2)), TESTS),
    Case(SUSPENSION, "motifs offerts à une ETTI en juin 2025", 4, lambda: _motives("ETTI", date(2025, 6, 2)), TESTS),
    Case(SUSPENSION, "motifs offerts à un ACI en juin 2025", 5, lambda: _motives("ACI", date(2025, 6, 2)), TESTS),
    Case(SUSPENSION, "motifs offerts à une EI en juin 2025", 5, lambda: _motives("EI", date(2025, 6, 2)), TESTS),
    Case(SUSPENSION, "motifs offerts à un ACI en août 2026", 5, lambda: _motives("ACI", date(2026, 8, 21)), instead=4,
         why="L’expérimentation du contrat passerelle s’est arrêtée fin 2025 ; la plateforme en garde le motif dans sa liste."),
    Case(SUSPENSION, "de 30 jours, elle repousse la fin du PASS de", 29, lambda: _moved_by(30), TESTS),
    Case(SUSPENSION, "raccourcie à 10 jours, de", 9, lambda: _moved_by(10), TESTS),
    Case(SUSPENSION, "retirée, la fin du PASS revient", True, _taken_back, TESTS),
    Case(SUSPENSION, "du 17/07 au 17/12/2022, embauche le 17/09/2022 : elle finit", date(2022, 9, 16), _after_a_hire, TESTS, date(2022, 12, 17),
         "Un contrat saisi ici ne change pas le PASS, que la plateforme tient : la nouvelle fin se note, ou la fin du PASS reçue d’elle l’emporte."),
    Case(SUSPENSION, "anciens motifs gardés (maladie, maternité, cure, incarcération…)", 6, lambda: len(set(S) - TODAYS), instead=0,
         why="Ils disent la santé ou la justice : ces motifs n’entrent pas, une suspension d’alors se note avec un motif d’aujourd’hui."),
    Case(CLOSING, "après douze mois d’affilée, possible", True, lambda: _closed(date(2026, 9, 1)), "changement n° 2643"),
    Case(CLOSING, "la veille, possible", False, lambda: _closed(date(2026, 8, 31)), "changement n° 2643"),
    Case(PROLONGATION, "12 mois avant la fin, ouverte", True, lambda: _open(END, date(2026, 2, 28))),
    Case(PROLONGATION, "un jour plus tôt, ouverte", False, lambda: _open(END, date(2026, 2, 27))),
    Case(PROLONGATION, "6 mois après la fin, ouverte", True, lambda: _open(END, date(2027, 8, 28))),
    Case(PROLONGATION, "un jour plus tard, ouverte", False, lambda: _open(END, date(2027, 8, 29))),
    Case(PROLONGATION, "7 mois avant la fin, en 2024, ouverte", True, lambda: _open(date(2024, 12, 15), date(2024, 5, 15)), "changement n° 2826"),
    Case(PROLONGATION, "un jour plus tôt, en 2024, ouverte", False, lambda: _open(date(2024, 12, 15), date(2024, 5, 14)), "changement n° 2826"),
    Case(PROLONGATION, "le 17/11/2022, d’un PASS du 18/11/2021 au 17/11/2023, ouverte", False, lambda: _open(date(2023, 11, 17), THEN), TESTS,
         instead=True, why="La plateforme comptait douze mois depuis le début du PASS, nous douze mois avant sa fin : un jour d’écart, en faveur de la personne."),
    Case(PROLONGATION, "le 17/11/2022, d’un PASS du 17/11/2021 au 16/11/2023, ouverte", True, lambda: _open(date(2023, 11, 16), THEN), TESTS),
    Case(PROLONGATION, "le 17/11/2022, d’un PASS fini le 17/08/2022, ouverte", True, lambda: _open(date(2022, 8, 17), THEN), TESTS),
    Case(PROLONGATION, "le 17/11/2022, d’un PASS fini le 16/08/2022, ouverte", False, lambda: _open(date(2022, 8, 16), THEN), TESTS),
    Case(PROLONGATION, "après la fin, en août 2023, ouverte", False, lambda: _open(date(2023, 8, 1), date(2023, 8, 20)), "code public de la plateforme, 2023",
         instead=True, why="Le premier jour des six mois d’aujourd’hui n’a pas été retrouvé : la borne la plus large est gardée."),
    Case(PROLONGATION, "pendant une suspension, refusée", True, lambda: _asked(END, TODAY, "prolongation_while_suspended", suspended=True)),
    Case(PROLONGATION, "quand une autre demande attend, refusée", True, lambda: _asked(END, TODAY, "prolongation_pending", pending=True)),
    Case(PROLONGATION, "d’un jour, refusée", False, lambda: _asked(END, TODAY, "prolongation_not_after", days=1)),
    Case(PROLONGATION, "de 365 jours, refusée", False, lambda: _asked(END, TODAY, "prolongation_too_long", days=365)),
    Case(PROLONGATION, "de 366 jours, refusée", True, lambda: _asked(END, TODAY, "prolongation_too_long", days=366)),
    Case(PROLONGATION, "pour RQTH, de trois ans en une demande en 2023, refusée", False,
         lambda: _asked(date(2023, 6, 1), date(2023, 5, 1), "prolongation_too_long", days=1094), TESTS, instead=True, why=UNKNOWN_DAY),
    Case(PROLONGATION, "1 095 jours en tout pour difficultés, refusée", False,
         lambda: _asked(END, TODAY, "prolongation_total", days=365, done=730, motive=P.DIFFICULTIES), TESTS),
    Case(PROLONGATION, "un jour de plus, refusée", True,
         lambda: _asked(END, TODAY, "prolongation_total", days=365, done=731, motive=P.DIFFICULTIES), TESTS),
    Case(PROLONGATION, "1 825 jours en tout à 50 ans, refusée", False, lambda: _asked(END, TODAY, "prolongation_total", days=365, done=1460, motive=P.SENIOR)),
    Case(PROLONGATION, "un jour de plus, refusée", True, lambda: _asked(END, TODAY, "prolongation_total", days=365, done=1461, motive=P.SENIOR)),
    Case(PROLONGATION, "30 jours de formation et 14 de RQTH font", 44, _together, TESTS),
    Case(PROLONGATION, "pour difficultés, en EI, refusée", True, lambda: _asked(END, TODAY, "prolongation_motive_elsewhere", motive=P.DIFFICULTIES, kind="EI")),
    Case(PROLONGATION, "pour difficultés, en AI, refusée", False, lambda: _asked(END, TODAY, "prolongation_motive_elsewhere", motive=P.DIFFICULTIES, kind="AI")),
    Case(PROLONGATION, "de la fin du PASS au 31/03/2021, puis de là au 30/04/2021 : nouvelle fin", date(2021, 4, 30), _chain, TESTS),
    Case(PROLONGATION, "pour un CDI à 57 ans, du 01/02/2021, elle va au plus jusqu’au", date(2031, 1, 31),
         lambda: days_after(date(2021, 2, 1), 3650), TESTS, date(2031, 1, 30),
         "Un plafond technique de dix ans, que nous comptons en 3 650 jours : la fin du CDI vient avant."),
)  # fmt: skip
