"""One proposal as its page shows it: the week, the tasks, why they hold together, who could do them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import OuterRef, Subquery

from backend.core.actor import Actor
from backend.core.values.numbers import added, percent_in_words
from backend.core.values.text import alphabetical
from employers.enums import ConsentDecision, Fit
from employers.models import JobProposal, Placement, ProfileConsent, WorkTask
from employers.permissions import may_ask_consent, may_work_with_employers, reads_hires
from employers.rules.dangerous import SHORT_CONTRACT_BAN
from employers.rules.fit import fit_in_words
from employers.rules.job_quality import HEAVY_CAP, SKILL_FLOOR, JobQuality
from employers.screens.analyses.cards import Mark, team_marks
from employers.screens.week import (
    IN_WORDS,
    WeekChart,
    colour_of,
    hours_in_words,
    in_words,
    week_chart,
)
from employers.selectors.quality import quality_of
from employers.selectors.ranking import Candidate, rank_people, tasks_of
from pathways.models import Stay
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import CDDI_HOURS, CDI_HOURS
from pathways.selectors.rule_book import read_book

SHOWN_FIRST = 8


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task of the table, in the colour it has in the drawing."""

    task: WorkTask
    marks: tuple[Mark, ...]
    colour: str
    hours: str
    seasons: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing to know of the job: good, or to look at."""

    is_good: bool
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RankedPerson:
    """A candidate with their rank in words and what was already asked."""

    candidate: Candidate
    rank: str
    may_be_asked: bool

    @property
    def pill(self) -> str:
        """The colour of the band."""
        return _PILLS[self.candidate.fit]


_PILLS = {Fit.HOLDS_MOST: "pill-good", Fit.TO_TRAIN: "pill-warning", Fit.FAR: ""}


class ProposalPage:
    """Everything the page of a proposal needs, read once."""

    def __init__(self, actor: Actor, proposal: JobProposal, today: date) -> None:
        self.actor, self.proposal, self.today = actor, proposal, today

    @cached_property
    def tasks(self) -> list[WorkTask]:
        """The tasks of the job."""
        return tasks_of(self.proposal)

    @cached_property
    def week(self) -> WeekChart:
        """The drawing."""
        return week_of(self.tasks, book=self.book, today=self.today)

    @property
    def lines(self) -> list[TaskLine]:
        """The table beside the drawing."""
        return [
            TaskLine(
                task=task,
                marks=team_marks(task),
                colour=colour_of(order),
                hours=hours_in_words(task.average_hours),
                seasons=in_words(task.season_hours),
            )
            for order, task in enumerate(self.tasks)
        ]

    @property
    def employers(self) -> list[str]:
        """Whose tasks these are."""
        return sorted({task.analysis.establishment.employer.name for task in self.tasks}, key=alphabetical)

    @property
    def average(self) -> str:
        """« 22,6 h »."""
        return hours_in_words(added(self.week.totals) / len(self.week.totals))

    @property
    def signs(self) -> list[Sign]:
        """Why these tasks go together, and what is fragile."""
        quality = self.quality
        if quality is None:
            return []
        return [
            _weekly_sign(quality),
            _hard_sign(quality),
            _skill_sign(quality, self.tasks),
            *_fragile_signs(quality, self.tasks),
            *_danger_signs(self.tasks),
        ]

    @cached_property
    def quality(self) -> JobQuality | None:
        """What makes it a good job or not; the API says the same."""
        return quality_of(self.tasks, book=self.book)

    @cached_property
    def book(self) -> RuleBook:
        """The rules of the day."""
        return read_book()

    @property
    def part_time_hours(self) -> int:
        """Where ordinary part time begins."""
        return int(self.book.hours(CDI_HOURS, on=self.today))

    @cached_property
    def people(self) -> list[RankedPerson]:
        """Who could hold the job, best covered first; equals share their rank."""
        ranked = rank_people(self.actor, self.proposal, today=self.today)
        ranks = [candidate.rank for candidate in ranked]
        return [
            RankedPerson(
                candidate=each,
                rank=_rank_in_words(each.rank, ranks),
                may_be_asked=self.may_ask and not each.is_asked and not each.is_barred,
            )
            for each in ranked
        ]

    @property
    def people_able(self) -> list[RankedPerson]:
        """Those nothing keeps out of it."""
        return [each for each in self.people if not each.candidate.is_barred]

    @property
    def people_barred(self) -> list[RankedPerson]:
        """Those the law keeps out, with the reason: a habilitation to renew is a thing to do (R10, R38)."""
        return [each for each in self.people if each.candidate.is_barred]

    @property
    def people_first(self) -> list[RankedPerson]:
        """Those the page opens on: who is not far from the job, or the nearest when everybody is."""
        near = sum(each.candidate.fit != Fit.FAR for each in self.people_able)
        return self.people_able[: min(near or SHOWN_FIRST, SHOWN_FIRST)]

    @property
    def people_rest(self) -> list[RankedPerson]:
        """Those folded under them."""
        return self.people_able[len(self.people_first) :]

    @property
    def could_hold(self) -> int:
        """How many hold most of the job; who must learn it first is not counted."""
        return sum(each.candidate.fit == Fit.HOLDS_MOST for each in self.people_able)

    @property
    def fit_in_words(self) -> str:
        """What each band means."""
        return fit_in_words()

    @cached_property
    def holders(self) -> list[Placement]:
        """Whoever was hired for the job, the newest first, among the hires the actor reads."""
        if not reads_hires(self.actor):
            return []
        rows = Placement.objects.visible_to(self.actor).filter(proposal=self.proposal)
        return list(rows.select_related("beneficiary", "employer").order_by("-started_on", "-pk"))

    @cached_property
    def consents(self) -> list[ProfileConsent]:
        """Every question asked about this job, the ones that wait first."""
        rows = ProfileConsent.objects.visible_to(self.actor).filter(proposal=self.proposal)
        own = Stay.objects.covered_by(self.actor).filter(beneficiary_id=OuterRef("beneficiary_id"))
        stay = own.open_on(self.today).order_by("-started_on", "-pk").values("pk")[:1]
        found = rows.select_related("beneficiary", "employer", "proposal").annotate(stay_id=Subquery(stay))
        return sorted(found, key=_waiting_first)

    @property
    def lacks_competences(self) -> bool:
        """Whether nobody can be ranked because no task says what it asks."""
        return not any(task.requirements.all() for task in self.tasks)

    @property
    def may_write(self) -> bool:
        """Whether the actor composes the job."""
        return may_work_with_employers(self.actor)

    @property
    def reads_people(self) -> bool:
        """Whether the actor sees who could hold it: those who accompany them."""
        return may_ask_consent(self.actor)

    @property
    def may_ask(self) -> bool:
        """Whether people may still be asked about this job."""
        return self.reads_people and self.proposal.is_open

    @property
    def is_anyone_to_ask(self) -> bool:
        """Whether the button has somebody to be pressed for."""
        return any(person.may_be_asked for person in self.people)


def week_of(tasks: list[WorkTask], *, book: RuleBook, today: date) -> WeekChart:
    """The drawing of these tasks together."""
    line = float(book.hours(CDDI_HOURS, on=today))
    return week_chart([(task.name, task.season_hours) for task in tasks], line_hours=line)


def _waiting_first(row: ProfileConsent) -> tuple[bool, str, str, int]:
    return row.decision != ConsentDecision.ASKED, str(row.beneficiary), row.employer.name, -row.pk


def _rank_in_words(rank: int | None, ranks: list[int | None]) -> str:
    if rank is None:
        return "Pas pour ce poste"
    ordinal = "1er rang" if rank == 1 else f"{rank}e rang"
    return f"{ordinal} ex æquo" if ranks.count(rank) > 1 else ordinal


def _weekly_sign(quality: JobQuality) -> Sign:
    season, least = IN_WORDS[quality.lowest_season], hours_in_words(quality.least_hours)
    lowest = f"Plus bas : {hours_in_words(quality.lowest_hours)} {season}."
    if quality.has_enough_hours:
        return Sign(True, f"Au moins {least} à chaque saison.", lowest)
    return Sign(
        False, f"Moins de {least} {season}.", f"{lowest} Une tâche d’un autre employeur peut combler."
    )


def _hard_sign(quality: JobQuality) -> Sign:
    note = f"Repère : {percent_in_words(HEAVY_CAP, 0)}, vérifié chaque saison."
    if quality.heavy_share == 0:
        return Sign(True, "Aucune tâche pénible ni dévalorisée.", note)
    text = (
        f"{percent_in_words(quality.heavy_share, 0)} de tâches pénibles ou dévalorisées au plus, "
        f"{IN_WORDS[quality.heavy_season]}."
    )
    return Sign(quality.is_not_too_heavy, text, note)


def _skill_sign(quality: JobQuality, tasks: list[WorkTask]) -> Sign:
    growing = sum(task.is_skill_building for task in tasks)
    if not growing:
        return Sign(
            False, "Aucune tâche ne développe de compétence.", "Le poste apprendrait peu à qui le tient."
        )
    words = "1 tâche développe" if growing == 1 else f"{growing} tâches développent"
    share, floor = percent_in_words(quality.skill_share, 0), percent_in_words(SKILL_FLOOR, 0)
    return Sign(quality.teaches, f"{words} une compétence.", f"{share} des heures ; repère : {floor}.")


def _fragile_signs(quality: JobQuality, tasks: list[WorkTask]) -> list[Sign]:
    """What would remain if one of several employers withdrew."""
    if quality.without_one is None:
        return []
    employers = {
        task.analysis.establishment.employer_id: task.analysis.establishment.employer.name for task in tasks
    }
    if quality.is_robust:
        return [Sign(True, f"Sans l’un des {len(employers)} employeurs, le poste tient encore.")]
    name, left = employers[quality.weakest], hours_in_words(quality.without_one)  # type: ignore[index]
    return [Sign(False, f"Fragile : sans {name}, il ne resterait que {left} la saison la plus creuse.")]


def _danger_signs(tasks: list[WorkTask]) -> list[Sign]:
    """Work of the list D4154-1: what contract it may be done under, and the text."""
    named = sorted(
        {task.get_dangerous_work_display() for task in tasks if task.dangerous_work}, key=alphabetical
    )
    if not named:
        return []
    note = f"{', '.join(named)} ({SHORT_CONTRACT_BAN})."
    return [Sign(False, "Travail dangereux : ni mise à disposition, ni CDD, ni intérim.", note)]
