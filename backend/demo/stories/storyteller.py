"""A short language to write one person's story by hand, with dates counted from today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from backend.core.values.dates import months_after
from backend.demo.chance.calendar_tools import (
    at_clock,
    first_day_of_pass,
    last_day_of_pass,
    months_within,
    weekday_from,
)
from backend.demo.chance.names import Commune, email, phone
from backend.demo.rows import (
    Action,
    Appointment,
    Assessment,
    BarrierReading,
    Consent,
    Contract,
    Derogation,
    Diagnosis,
    Exit,
    Goal,
    HoursAmendment,
    Interview,
    Licence,
    MonthlyHours,
    Pass,
    PassProlongation,
    PassSuspension,
    Person,
    Profile,
    Stay,
    Territory,
)
from competences.enums import LicenceKind, ProofStatus
from competences.rules.licences import last_day
from employers.enums import ConsentDecision
from pathways.enums import (
    AppointmentStatus,
    BarrierImpact,
    BarrierTheme,
    ClientKind,
    ContractEnd,
    ContractKind,
    Criterion,
    Decider,
    DiagnosedBy,
    InterviewKind,
    InterviewMode,
    ProgressStatus,
    ProlongationMotive,
    RefusalReason,
    RequestStatus,
    Sex,
    SuspensionMotive,
)
from pathways.rules.dated.eligibility import DOCUMENTS_KEPT
from pathways.rules.dated.rows import BUILT_IN
from pathways.rules.passes.prolongations import decider_of

PRESCRIBER = "Agence inventée de Belval"
PRESENCE = 0.94  # share of the contract hours that were worked, in every story
# What is known, and false, of most people in the stories.
KNOWN = {"aah": False, "ass": False, "refugie": False, "sortant_detention": False, "sortant_ase": False}


@dataclass(frozen=True, slots=True)
class Cast:
    """Ids of the structures, people of the teams and employers that stories refer to."""

    ai: str
    etti: str
    aci: str
    eiti: str
    sap: str
    advisors: dict[str, str]
    supervisors: dict[str, str]
    brioches: str
    brioches_name: str
    canteen: str
    homes: tuple[Commune, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """Adds the rows of a story to a territory; `ago(n)` is n days before today, `ahead(n)` n days after."""

    rows: Territory
    today: date
    cast: Cast

    def ago(self, days: int) -> date:
        """The day that was this many days before today."""
        return self.today - timedelta(days=days)

    def ahead(self, days: int) -> date:
        """The day that will be this many days after today."""
        return self.today + timedelta(days=days)

    def person(self, person_id: str, rank: int, first_name: str, last_name: str, sex: str, age: int, education: str,
               profile: Profile, referent: str | None) -> str:  # fmt: skip
        """Introduce somebody; `rank` gives the telephone number and the home."""
        home = self.cast.homes[rank % len(self.cast.homes)]
        born = months_after(self.today, -12 * age) - timedelta(days=37 * rank + 11)
        self.rows.persons.append(
            Person(
                person_id, last_name, first_name, Sex(sex), born, phone(50_000 + rank), email(first_name, last_name),
                home.name, home.postcode, home.insee, education, profile, referent,
            )
        )  # fmt: skip
        return person_id

    def iae_pass(self, person: str, rank: int, *, start: date | None = None, end: date | None = None) -> None:
        """Deliver a PASS IAE that starts or ends on a day."""
        start = start or first_day_of_pass(end or self.today)
        self.rows.passes.append(Pass(person, f"999989{rank:06d}", start, last_day_of_pass(start)))

    def pass_of(self, stay: Stay) -> Pass:
        """The last PASS delivered to the person, as its changes made it so far."""
        return next(row for row in reversed(self.rows.passes) if row.person == stay.person)

    def suspend(
        self, stay: Stay, motive: SuspensionMotive, start: date, end: date, taken_back: str = ""
    ) -> None:
        """Suspend the PASS of a person, whose end moves by as much (R16), unless it was then taken back."""
        known = self.pass_of(stay)
        if not taken_back:
            self._change(known, end=known.end + (end - start))
        self.rows.suspensions.append(PassSuspension(known.number, stay.id, motive, start, end, taken_back))

    def prolong(self, stay: Stay, motive: ProlongationMotive, days: int, asked: date, decided: date | None = None,
                refusal: RefusalReason | None = None) -> None:  # fmt: skip
        """Ask to prolong the PASS of a person by so many days; granted, its end moves.

        What a prescripteur decides waits while it has no day; the structure grants what is its own the day it asks.
        """
        known = self.pass_of(stay)
        is_own = decider_of(motive) is Decider.EMPLOYER
        decided = asked if is_own else decided
        status = (
            RequestStatus.REFUSED if refusal else RequestStatus.GRANTED if decided else RequestStatus.ASKED
        )
        end = known.end + timedelta(days=days)
        self.rows.prolongations.append(
            PassProlongation(
                known.number, stay.id, motive, known.end, end, asked, "" if is_own else PRESCRIBER, "fiche de demande",
                status, decided, refusal,
            )
        )  # fmt: skip
        if status is RequestStatus.GRANTED:
            self._change(known, end=end)

    def close(self, stay: Stay, on: date, note: str) -> None:
        """Close the PASS of a person before its end (R18)."""
        self._change(self.pass_of(stay), closed=on, note=note)

    def _change(self, known: Pass, **changes: date | str) -> None:
        self.rows.passes[self.rows.passes.index(known)] = replace(known, **changes)  # type: ignore[arg-type]

    def derogate(self, decision: Derogation) -> None:
        """Record a derogation."""
        self.rows.derogations.append(decision)

    def diagnose(self, stay: Stay, *criteria: Criterion, by: DiagnosedBy = DiagnosedBy.EMPLOYER) -> None:
        """Make the diagnosis a few days before the stay; its documents are recent, and kept as long as the law asks."""
        made = weekday_from(stay.start - timedelta(days=6))
        criteria = tuple(each for each in Criterion if each in criteria)
        kept = self.today < months_after(made, BUILT_IN.whole(DOCUMENTS_KEPT, on=made))
        seen = {each: made - timedelta(days=12) for each in criteria} if kept else {}
        self.rows.diagnoses.append(Diagnosis(stay.id, by, made, criteria, seen))

    def stay(self, person: str, structure: str, start: date, end: date | None = None) -> Stay:
        """Let the person enter a structure, with the team of that structure."""
        rank = 1 + sum(each.person == person for each in self.rows.stays)
        advisor, supervisor = self.cast.advisors[structure], self.cast.supervisors.get(structure)
        stay = Stay(f"{person}-s{rank}", person, structure, rank, start, end, advisor, supervisor)
        self.rows.stays.append(stay)
        return stay

    def contracts(self, stay: Stay, kind: ContractKind, spans: Sequence[tuple[date, date | None]], weekly: float,
                  rome_code: str, client: ClientKind | None = None, avenant: tuple[date, float] | None = None,
                  broken: ContractEnd | None = None) -> None:  # fmt: skip
        """Sign a chain of contracts (start, planned end) and declare their hours up to last month.

        `avenant`, the first day of a month and hours a week, changes the last one; `broken` says why it stopped before its term.
        """
        first, before = None, sum(each.stay == stay.id for each in self.rows.contracts)
        for rank, (start, planned_end) in enumerate(spans, start=1):
            end = min(planned_end or stay.end or self.today, stay.end or planned_end or self.today)
            is_last = rank == len(spans)
            contract = Contract(
                f"{stay.id}-c{before + rank:02d}", stay.person, stay.structure, stay.id, kind, start, planned_end,
                end if end < self.today else None,
                None if kind is ContractKind.EITI else weekly, rome_code, first, stay.advisor, stay.supervisor,
                broken if is_last else None,
            )  # fmt: skip
            first = first or contract.id
            self.rows.contracts.append(contract)
            changed = avenant if is_last else None
            if changed:
                self.rows.amendments.append(HoursAmendment(contract.id, *changed))
            for month, days in months_within(start, min(end, self.ago(1))) if start < self.today else ():
                if contract.end or month < self.today.replace(day=1):
                    week = changed[1] if changed and month >= changed[0] else weekly
                    hours = round(days * week / 7 * PRESENCE * 2) / 2
                    self.rows.hours.append(MonthlyHours(contract.id, month, hours, client))

    def leave(self, stay: Stay, motive: int | None, employer: str | None = None, name: str = "",
              months: int | None = None) -> None:  # fmt: skip
        """Record how a stay ended."""
        if stay.end is None:
            raise ValueError(f"{stay.id} is not finished")
        self.rows.exits.append(
            Exit(stay.person, stay.structure, stay.id, stay.end, motive, employer, name, months)
        )

    def talk(self, stay: Stay, day: date, kind: InterviewKind, topics: tuple[BarrierTheme, ...], synthesis: str, *,
             mode: InterviewMode = InterviewMode.IN_PERSON, minutes: int = 30, private_note: str | None = None,
             advisor: str | None = None, hour: int = 10) -> None:  # fmt: skip
        """Record a follow-up of a stay."""
        rank = 1 + sum(each.person == stay.person for each in self.rows.interviews)
        self.rows.interviews.append(
            Interview(
                f"{stay.person}-i{rank:02d}", stay.person, stay.structure, advisor or stay.advisor, at_clock(day, hour),
                kind, mode, minutes, topics, synthesis, private_note,
            )
        )  # fmt: skip

    def barrier(
        self, person: str, theme: BarrierTheme, advisor: str, *readings: tuple[date, BarrierImpact]
    ) -> None:
        """Draw the curve of a frein."""
        self.rows.barriers += [
            BarrierReading(person, theme, impact, day, advisor) for day, impact in readings
        ]

    def goal(
        self,
        stay: Stay,
        theme: BarrierTheme,
        title: str,
        created: date,
        *actions: tuple[str, date, date | None],
    ) -> None:
        """Set a goal with its actions (title, due, done on)."""
        rank = 1 + sum(each.person == stay.person for each in self.rows.goals)
        goal_id = f"{stay.person}-g{rank}"
        reached = all(done for _, _, done in actions)
        status = ProgressStatus.DONE if reached else ProgressStatus.DOING
        self.rows.goals.append(Goal(goal_id, stay.person, stay.advisor, theme, title, created, status))
        for number, (name, due, done) in enumerate(actions, start=1):
            status = ProgressStatus.DONE if done else ProgressStatus.TO_DO
            self.rows.actions.append(
                Action(f"{goal_id}-a{number}", goal_id, stay.person, name, due, status, done)
            )

    def seen(self, stay: Stay, rome_code: str, ordinal: int, level: int, day: date, context: str, *,
             status: ProofStatus = ProofStatus.OBSERVED, by: str = "", answer: str = "") -> None:  # fmt: skip
        """Record a competence, seen by the supervisor of the stay unless somebody else is named; what the person answers."""
        observer = None if by else stay.supervisor or stay.advisor
        self.rows.assessments.append(
            Assessment(stay.person, rome_code, ordinal, level, status, observer, by, context, day, answer)
        )

    def licence(self, person: str, kind: LicenceKind, obtained: date, label: str = "") -> None:
        """Give a habilitation, valid as long as its rule says."""
        expires = last_day(kind, obtained, book=BUILT_IN)
        self.rows.licences.append(Licence(person, kind, label, obtained, expires))

    def meet(self, stay: Stay, day: date, hour: int, minute: int, purpose: str,
             status: AppointmentStatus = AppointmentStatus.PLANNED) -> None:  # fmt: skip
        """Plan an appointment with the advisor of the stay, or say what became of one."""
        rank = 1 + sum(each.person == stay.person for each in self.rows.appointments)
        self.rows.appointments.append(
            Appointment(
                f"{stay.person}-r{rank}", stay.person, stay.advisor, at_clock(day, hour, minute), purpose,
                status,
            )
        )  # fmt: skip

    def consent(self, person: str, employer: str, decision: ConsentDecision, day: date) -> None:
        """Record a person's answer about one employer."""
        self.rows.consents.append(Consent(person, employer, decision, day))

    def workday(self, days: int) -> date:
        """A working day about this many days ago."""
        return weekday_from(self.ago(days))
