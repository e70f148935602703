"""Who may see what of a thread; a role not listed sees nothing.

Steps of the thread (stays, contracts, PASS, exits) follow the person: whoever accompanies them today sees
the whole line, as the State platform already shows. What was said along the way (interviews, freins, goals)
stays among the structures that share one thread, and a private note with its author. Once the door is closed
(`pathways.doors`), a structure keeps what is its own: who the person is, its stays with their contracts, hours
and exits, and its own interviews (decision 0002).
"""

from __future__ import annotations

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from backend.accounts.models import User
from backend.core.access import of_visible, related_queryset
from backend.core.actor import (
    ACCOMPANY,
    ADMINISTRATIVE_READERS,
    ADVISING,
    HAS_PEOPLE,
    KEEPS_PRIVATE_NOTES,
    SOCIAL_READERS,
    SUPERVISORS,
    Actor,
    Role,
)
from backend.core.tables.births import may_be
from backend.core.values.text import normalise
from pathways import doors, given
from pathways.enums import RelayPart
from pathways.rules.relays.table import READ_BY_RECEIVER, WAITING

if TYPE_CHECKING:
    from pathways.models import (  # noqa: F401
        Beneficiary,
        BeneficiaryAccess,
        Contract,
        EntryProfile,
        Exit,
        IaePass,
        Interview,
        PrivateNote,
        Relay,
        RelayStep,
        Reunion,
        Stay,
        ToldApart,
    )


class BeneficiaryQuerySet(models.QuerySet["Beneficiary"]):
    """People accompanied."""

    def visible_to(self, actor: Actor) -> Self:
        """People one may name: those accompanied, and those whose stays one's structure keeps; oneself."""
        match actor.role:
            case Role.OPERATOR:
                return self
            case Role.BENEFICIARY:
                return self.filter(pk=actor.beneficiary_id)
            case _ if actor.role in HAS_PEOPLE:
                return self.filter(pk__in=doors.known(actor))
            case _:
                return self.none()

    def accompanied_by(self, actor: Actor, on: date | None = None) -> Self:
        """People whose thread is open to the actor that day, today by default: read whole, and written."""
        return doors.of_accompanied(self, actor, "pk", on=on)

    def matching(self, text: str) -> Self:
        """People whose name contains every word typed, whatever accents, order, apostrophes and spaces."""
        found = self
        for word in normalise(text).split()[:6]:
            found = found.filter(search_key__contains=word)
        return found

    def maybe_born(self, *days: date) -> Self:
        """People whose birth date may be one of these, of what is known on each side."""
        return self.filter(reduce(or_, (may_be("birth_date", day) for day in days), Q(pk__in=())))

    def present_on(self, day: date, organisation_ids: frozenset[int]) -> Self:
        """People with a stay under way that day in one of these structures."""
        stays = related_queryset(self, "stays").open_on(day).filter(organisation_id__in=organisation_ids)
        return self.filter(pk__in=stays.order_by().values("beneficiary_id"))


class PassQuerySet(models.QuerySet["IaePass"]):
    """PASS IAE."""

    def visible_to(self, actor: Actor) -> Self:
        """Of the people accompanied, the group's head included; one's own."""
        if actor.role not in ADMINISTRATIVE_READERS:
            return self.none()
        return doors.of_accompanied(self, actor)


class PassChangeQuerySet(models.QuerySet[Any]):
    """Suspensions and prolongations of PASS IAE."""

    def visible_to(self, actor: Actor) -> Self:
        """Of the people accompanied; one's own. Never for the group's head: some motives speak of age or of health."""
        if actor.role not in SOCIAL_READERS:
            return self.none()
        rows = doors.of_accompanied(self, actor, "iae_pass__beneficiary")
        return given.only_what_was(rows, actor, RelayPart.SITUATION, "iae_pass__beneficiary")

    def standing(self) -> Self:
        """Those nobody cancelled."""
        return self.filter(cancelled_at__isnull=True)


class EntryProfileQuerySet(models.QuerySet["EntryProfile"]):
    """Situations at entry."""

    def visible_to(self, actor: Actor) -> Self:
        """Of the people accompanied; one's own. Never for the group's head nor an encadrant."""
        if actor.role not in SOCIAL_READERS:
            return self.none()
        rows = doors.of_accompanied(self, actor)
        return given.only_what_was(rows, actor, RelayPart.SITUATION, own=None)


class AccessQuerySet(models.QuerySet["BeneficiaryAccess"]):
    """Doors of the people themselves."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the people one accompanies; the person's own."""
        if actor.role not in SOCIAL_READERS:
            return self.none()
        return doors.of_accompanied(self, actor)

    def live(self, now: datetime) -> Self:
        """Accesses not ended yet."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now))


class StayQuerySet(models.QuerySet["Stay"]):
    """Steps of the thread."""

    def visible_to(self, actor: Actor) -> Self:
        """Every step of a person accompanied, then one's own; a supervisor those under way in their structure."""
        if actor.role in SUPERVISORS:
            return self.covered_by(actor)
        if actor.role not in ADMINISTRATIVE_READERS:
            return self.none()
        rows = doors.of_accompanied_or_own(self, actor, self._all().covered_by(actor))
        return given.only_what_was(rows, actor, RelayPart.STEPS)

    def covered_by(self, actor: Actor) -> Self:
        """Steps the actor answers for, whatever their dates: in their own perimeter, among their own people."""
        if actor.is_operator:
            return self
        if actor.role not in HAS_PEOPLE:
            return self.none()
        rows = self.filter(doors.own_stays(actor))
        if actor.role in SUPERVISORS:
            return rows.filter(doors.not_over(timezone.localdate()))
        return rows

    def _all(self) -> Self:
        return self.model._default_manager.all()  # type: ignore[return-value]

    def open_on(self, day: date) -> Self:
        """Stays under way on this day, first and last day included."""
        return self.filter(started_on__lte=day).exclude(ended_on__lt=day)


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts of the steps."""

    def visible_to(self, actor: Actor) -> Self:
        """Contracts of visible stays."""
        return of_visible(self, actor, "stay")

    def running_on(self, day: date) -> Self:
        """Contracts under way that day, by their real end when known, else the planned one."""
        begun = self.filter(started_on__lte=day).exclude(ended_on__lt=day)
        return begun.exclude(ended_on__isnull=True, planned_end_on__lt=day)


class OfContractQuerySet(models.QuerySet[Any]):
    """What hangs from contracts: their avenants, the hours worked."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the contracts of visible stays."""
        return of_visible(self, actor, "contract__stay")


class ExitQuerySet(models.QuerySet["Exit"]):
    """How stays ended."""

    def visible_to(self, actor: Actor) -> Self:
        """Exits of visible stays; a supervisor has no use for them."""
        if actor.role not in ADMINISTRATIVE_READERS:
            return self.none()
        return of_visible(self, actor, "stay")

    def covered_by(self, actor: Actor) -> Self:
        """Exits from the stays the actor answers for."""
        if actor.is_operator:
            return self
        if actor.role not in ADMINISTRATIVE_READERS:
            return self.none()
        covered = related_queryset(self, "stay").covered_by(actor).order_by()
        return self.filter(stay__in=covered.values("pk"))

    def between(self, start: date, end: date) -> Self:
        """Exits of the period, both days included."""
        return self.filter(occurred_on__range=(start, end))


class FollowUpQuerySet(models.QuerySet[Any]):
    """Goals, actions, appointments: the social side, shared inside one group, or given by the person in a relay."""

    part: ClassVar[RelayPart] = RelayPart.GOALS

    def visible_to(self, actor: Actor) -> Self:
        """Those of people accompanied, recorded in the actor's own group; the person sees all of theirs."""
        if actor.role not in SOCIAL_READERS:
            return self.none()
        return self._of_the_group(doors.of_accompanied(self, actor), actor)

    def _of_the_group(self, rows: Self, actor: Actor) -> Self:
        if actor.role not in HAS_PEOPLE:
            return rows
        theirs = Q(organisation_id__in=actor.thread_ids) | Q(organisation__isnull=True)
        beside = given.of_the_sender(self.model, actor, self.part)
        if beside is not None:
            theirs |= Q(pk__in=beside)
        return given.only_what_was(rows.filter(theirs), actor, self.part)


class BarrierQuerySet(FollowUpQuerySet):
    """Freins."""

    part = RelayPart.BARRIERS


class OwnFollowUpQuerySet(FollowUpQuerySet):
    """What a structure keeps of its own on the social side, once the door is closed."""

    def visible_to(self, actor: Actor) -> Self:
        """As the rest of the social side; once the door is closed, those of one's own structure."""
        if actor.role not in SOCIAL_READERS:
            return self.none()
        return self._of_the_group(doors.of_accompanied_or_kept(self, actor), actor)


class StandingQuerySet(OwnFollowUpQuerySet):
    """Those of which a row written by mistake is taken back, and stays."""

    def standing(self) -> Self:
        """Those nobody took back."""
        return self.filter(cancelled_at__isnull=True)


class DerogationQuerySet(StandingQuerySet):
    """Decisions on the contracts of a person: some motives speak of age or of health, so as the rest of the social side."""

    part = RelayPart.SITUATION


class DiagnosisQuerySet(StandingQuerySet):
    """Diagnoses of eligibility: health, justice and housing are among the criteria, so as the situation at entry."""

    part = RelayPart.SITUATION

    def with_documents(self) -> Self:
        """Those whose documents were not erased yet."""
        return self.filter(purged_on__isnull=True)


class WatchEndQuerySet(OwnFollowUpQuerySet):
    """Decisions to stop watching someone between two steps."""

    part = RelayPart.STEPS

    def in_force(self) -> Self:
        """Those nobody went back on."""
        return self.filter(resumed_at__isnull=True)


class ImmersionQuerySet(StandingQuerySet):
    """Immersions (PMSMP)."""

    part = RelayPart.STEPS


class TrainingQuerySet(StandingQuerySet):
    """Trainings."""

    part = RelayPart.STEPS


class HoursWishQuerySet(StandingQuerySet):
    """Hours people want: what they aim at, so as their goals."""

    part = RelayPart.GOALS


class InterviewQuerySet(OwnFollowUpQuerySet):
    """Interviews; who reads their text is `permissions.may_read_synthesis`."""

    part = RelayPart.INTERVIEWS

    def before(self, instant: datetime) -> Self:
        """Interviews held before that instant."""
        return self.filter(happened_at__lt=instant)


class PrivateNoteQuerySet(models.QuerySet["PrivateNote"]):
    """Notes kept by their author."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own notes about people one accompanies; nobody else's, whatever the role."""
        if actor.role not in KEEPS_PRIVATE_NOTES:
            return self.none()
        return doors.of_accompanied(self, actor, "interview__beneficiary").filter(author_id=actor.user_id)


class RelayQuerySet(models.QuerySet["Relay"]):
    """Relays between two structures."""

    def visible_to(self, actor: Actor) -> Self:
        """The person's own; those one's structure proposed for people it may name; those it may answer."""
        match actor.role:
            case Role.OPERATOR:
                return self
            case Role.BENEFICIARY:
                return self.filter(beneficiary_id=actor.beneficiary_id)
            case _ if actor.role in ADVISING:
                return self.filter(pk__in=self._sent_by(actor).union(*self._read_by(actor)))
            case _:
                return self.none()

    def _sent_by(self, actor: Actor) -> models.QuerySet[Any, Any]:
        rows = self.model._default_manager.order_by()
        ours = rows.filter(organisation_id__in=actor.organisation_ids, beneficiary_id__in=doors.known(actor))
        return ours.values("pk")

    def _read_by(self, actor: Actor) -> tuple[models.QuerySet[Any, Any], models.QuerySet[Any, Any]]:
        """By the structure it names, and by the address it was sent to while no structure answered for it."""
        read = self.model._default_manager.order_by().filter(status__in=READ_BY_RECEIVER)
        read = read.exclude(organisation_id__in=actor.organisation_ids)
        in_time = Q(expires_on__gte=timezone.localdate()) | Q(stay__isnull=False)
        mine = User.objects.filter(pk=actor.user_id or 0, address_proven_at__isnull=False)
        here = read.filter(in_time, receiver_id__in=actor.organisation_ids)
        to_me = read.filter(in_time, to_email__in=mine.values(address=Lower("email")), receiver__isnull=True)
        return here.values("pk"), to_me.values("pk")

    def under_way(self, day: date) -> Self:
        """Those that still wait for a hand that day."""
        return self.filter(status__in=WAITING, expires_on__gte=day)


class RelayStepQuerySet(models.QuerySet["RelayStep"]):
    """What is to be done before a welcome."""

    def visible_to(self, actor: Actor) -> Self:
        """As the relay it prepares."""
        return of_visible(self, actor, "relay")


class ReunionQuerySet(models.QuerySet["Reunion"]):
    """Files made one."""

    def visible_to(self, actor: Actor) -> Self:
        """Of the people accompanied; the gesture belongs to who writes the thread."""
        if actor.role not in ACCOMPANY:
            return self.none()
        return doors.of_accompanied(self, actor, "kept")

    def standing(self) -> Self:
        """Those nobody undid."""
        return self.filter(separated_at__isnull=True)


class ToldApartQuerySet(models.QuerySet["ToldApart"]):
    """Pairs of people somebody told apart."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of whom one accompanies both."""
        if actor.role not in ACCOMPANY:
            return self.none()
        return doors.of_accompanied(doors.of_accompanied(self, actor, "first"), actor, "second")

    def between(self, one: int, other: int) -> Self:
        """The pair of these two, in whichever order."""
        return self.filter(Q(first=one, second=other) | Q(first=other, second=one))
