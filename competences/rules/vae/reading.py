"""What the steps and the days that passed make of a file, on a given day.

What was notified and what is computed stay apart: a silence or a delay never becomes a step, it is read again each day,
and the notification that comes later takes its place (R35, R36).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from backend.core.values.dates import day_after, days_after, month_end, months_after
from competences.enums import VaeChannel, VaeHand, VaeStatus, VaeStepKind
from competences.rules.vae.facts import FileFacts, StepFacts, codes_of
from competences.rules.vae.table import ADMITTED, ARTICLE, CLOSED, TRANSITIONS
from pathways.rules.dated import vae as figures
from pathways.rules.dated.book import RuleBook

S, K = VaeStatus, VaeStepKind


@dataclass(frozen=True, slots=True)
class Delay:
    """One delay that runs: the day to aim at, the last one, and by whose hand it ends.

    The status changes, or somebody is late, only after `last_on`.
    """

    code: str
    words: str
    aim_on: date
    last_on: date
    hand: VaeHand
    basis: str

    def is_late(self, today: date) -> bool:
        """Whether the last day is over."""
        return today > self.last_on

    def is_reached(self, today: date) -> bool:
        """Whether the day to aim at has come."""
        return today >= self.aim_on


@dataclass(slots=True)
class _Walk:
    """Where the file stands as one goes along its steps."""

    book: RuleBook
    status: VaeStatus = S.PROJECT
    since: date | None = None
    complete_on: date | None = None
    admitted_on: date | None = None
    is_computed: bool = False
    has_progress: bool = False
    out_of_place: list[tuple[StepFacts, VaeStatus, date | None]] = field(default_factory=list)

    def pass_time(self, day: date) -> None:
        """What silence and delays make of it up to that day."""
        due = self.decision_due
        if self.status is S.COMPLETE and due is not None and day > due:
            self._becomes(S.TACIT, day_after(due))
            self.admitted_on = self.since
        last = self.lapse_last
        if self.status in ADMITTED and last is not None and day > last:
            self._becomes(S.LAPSED, day_after(last))

    def _becomes(self, status: VaeStatus, day: date) -> None:
        self.status, self.since, self.is_computed = status, day, True

    def take(self, step: StepFacts) -> None:
        """A step, after what time had made of the file that day."""
        self.pass_time(step.on)
        row = TRANSITIONS[step.kind]
        if self.status not in row.possible_from:
            self.out_of_place.append((step, self.status, self.since))
        if step.kind in {K.PROGRESS, K.GOOD_REASON}:
            self.has_progress = self.has_progress or self.status in ADMITTED | {S.LAPSED}
        if row.leads_to is not None and self.status not in row.keeps:
            self._move(step, row.leads_to)

    def _move(self, step: StepFacts, status: VaeStatus) -> None:
        if step.kind is K.COMPLETE:
            self.complete_on = step.on
        elif step.kind is K.ADMISSIBLE:
            self.admitted_on = step.on
        elif step.kind is K.DECISION_WITHDRAWN:
            # An answer was given: what is waited for now is another one, and silence says nothing any more.
            self.complete_on = self.admitted_on = None
        self.status, self.since, self.is_computed = status, step.on, False

    @property
    def decision_due(self) -> date | None:
        """The last day for the certifier to answer."""
        day = self.complete_on
        return day and months_after(day, self.book.whole(figures.DECISION, on=day))

    @property
    def lapse_aim(self) -> date | None:
        """Six months to the day after the admissibility, unless something was done since."""
        day = None if self.has_progress else self.admitted_on
        return day and months_after(day, self.book.whole(figures.LAPSE, on=day))

    @property
    def lapse_last(self) -> date | None:
        """The end of that month."""
        return self.lapse_aim and month_end(self.lapse_aim)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file on a day. `is_computed`: no step says this status, the law does; `notified` is what the steps say."""

    status: VaeStatus
    since: date | None
    is_computed: bool
    basis: str
    notified: VaeStatus
    is_agreed: bool
    delays: tuple[Delay, ...]
    jury_on: date | None
    blocs: tuple[str, ...]
    is_kept_from_lapse: bool
    out_of_place: tuple[tuple[StepFacts, VaeStatus, date | None], ...]

    @property
    def is_closed(self) -> bool:
        """Whether this file goes no further."""
        return self.status in CLOSED

    def delay(self, code: str) -> Delay | None:
        """One of the delays that run."""
        return next((each for each in self.delays if each.code == code), None)


def read_file(file: FileFacts, *, today: date, book: RuleBook) -> Reading:
    """R35, R36: the status of a file on a day, with its delays; steps of days to come are not read."""
    walk = _Walk(book)
    for step in file.in_order:
        if step.on <= today:
            walk.take(step)
    notified = walk.status if not walk.is_computed else _last_notified(file, today)
    walk.pass_time(today)
    status = walk.status
    basis = f"{ARTICLE}R6412-4" if walk.is_computed else ""
    jury = file.last(K.JURY)
    return Reading(
        status=status,
        since=walk.since,
        is_computed=walk.is_computed,
        basis=basis,
        notified=notified,
        is_agreed=file.is_agreed,
        delays=tuple(_delays(file, walk, today=today, book=book)),
        jury_on=jury.jury_on if jury else None,
        blocs=codes_of(
            [code for step in file.steps for code in codes_of(step.blocs) if step.kind is K.PARTIAL]
        ),
        is_kept_from_lapse=walk.has_progress,
        out_of_place=tuple(walk.out_of_place),
    )


def _last_notified(file: FileFacts, today: date) -> VaeStatus:
    told = [TRANSITIONS[step.kind].leads_to for step in file.in_order if step.on <= today]
    return next((status for status in reversed(told) if status is not None), S.PROJECT)


def _delays(file: FileFacts, walk: _Walk, *, today: date, book: RuleBook) -> Iterator[Delay]:
    match walk.status:
        case S.FEASIBILITY_SENT if walk.since:
            last = days_after(walk.since, book.whole(figures.ASK_COMPLETE, on=walk.since))
            words = "Demandez au certificateur si le dossier est complet"
            yield Delay("ask_complete", words, last, last, VaeHand.CERTIFIER, f"{ARTICLE}R6412-4")
        case S.COMPLETE if walk.decision_due:
            due = walk.decision_due
            yield Delay(
                "decision", "Décision du certificateur", due, due, VaeHand.CERTIFIER, f"{ARTICLE}R6412-4"
            )
        case S.ADMISSIBLE | S.TACIT if walk.lapse_aim and walk.lapse_last:
            words = "Une démarche à enregistrer, sinon la recevabilité devient caduque"
            yield Delay("lapse", words, walk.lapse_aim, walk.lapse_last, VaeHand.PERSON, f"{ARTICLE}R6412-4")
        case S.VALIDATION_SENT if walk.since:
            yield jury_delay(walk.since, book=book)
        case S.JURY:
            yield from _of_the_jury(file, book=book)
    yield from _of_the_leave(file, today=today, book=book)


def jury_delay(sent_on: date, *, book: RuleBook) -> Delay:
    """R36: the jury meets before the end of the third month that follows the deposit of the validation file."""
    aim = months_after(sent_on, book.whole(figures.JURY, on=sent_on))
    return Delay("jury", "Le jury se réunit", aim, month_end(aim), VaeHand.CERTIFIER, f"{ARTICLE}R6412-5")


def _of_the_jury(file: FileFacts, *, book: RuleBook) -> Iterator[Delay]:
    jury = file.last(K.JURY)
    if jury is None or jury.jury_on is None:
        return
    last = days_after(jury.jury_on, book.whole(figures.RESULT, on=jury.jury_on))
    yield Delay("result", "Résultat du jury", last, last, VaeHand.CERTIFIER, f"{ARTICLE}R6412-7")


def leave_answer_due(asked_on: date, *, book: RuleBook) -> date:
    """The employer's last day to answer; silence then grants the leave (R6422-4)."""
    return days_after(asked_on, book.whole(figures.LEAVE_ANSWER, on=asked_on))


def _of_the_leave(file: FileFacts, *, today: date, book: RuleBook) -> Iterator[Delay]:
    asked = file.last(K.LEAVE_ASKED)
    answered = file.last(K.LEAVE_GRANTED, K.LEAVE_POSTPONED)
    if asked is None or (answered is not None and answered.on >= asked.on):
        return
    due = leave_answer_due(asked.on, book=book)
    if today <= due:
        yield Delay(
            "leave", "Réponse de l’employeur au congé", due, due, VaeHand.EMPLOYER, f"{ARTICLE}R6422-4"
        )


def portal_days(file: FileFacts, *, today: date, book: RuleBook) -> tuple[date, date] | None:
    """The days France VAE calls a file inactive, then closes it, when nothing more is done there; None elsewhere.

    An information: the portal stopped applying the legal lapse by itself in August 2025.
    """
    steps = [step for step in file.in_order if step.on <= today]
    reading = read_file(file, today=today, book=book)
    if file.channel != VaeChannel.FRANCE_VAE or not steps or reading.is_closed:
        return None
    was_admitted = any(step.kind is K.ADMISSIBLE for step in steps)
    last = steps[-1].on
    name = figures.IDLE_AFTER if was_admitted else figures.IDLE_BEFORE
    idle = days_after(last, book.whole(name, on=last))
    return idle, days_after(idle, book.whole(figures.IDLE_CLOSES, on=last))
