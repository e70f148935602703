"""What is read of relays: the sheet of what the person gave, what each hand has to do, and the day planned on the line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from backend.core.access import People
from backend.core.actor import SYNTHESIS_READERS, Actor
from backend.core.pages.once import once_per_page
from backend.core.values.dates import french_date
from backend.core.values.identifiers import spaced_phone
from backend.mail.enums import MessageKind
from backend.mail.selectors import Told, latest_about, told
from pathways.enums import AppointmentStatus, RelayHand, RelayPart, RelayStatus, RequestStatus
from pathways.models import (
    Action,
    Appointment,
    BarrierReading,
    Beneficiary,
    Derogation,
    EntryProfile,
    Goal,
    HoursWish,
    IaePass,
    Immersion,
    Interview,
    MedicalVisit,
    Relay,
    SavedDays,
    Stay,
    Training,
)
from pathways.permissions import side_of
from pathways.rules.relays.findings import late_from
from pathways.rules.relays.table import READ_BY_RECEIVER, TABLE, Move
from pathways.rules.timeline import Mark
from pathways.rules.transitions import STILL_OPEN
from pathways.selectors import sources
from pathways.selectors.following.person import of_each, relays_of, whole_relays
from pathways.selectors.following.travelling import rights_at_relay
from pathways.selectors.rule_book import read_book
from pathways.selectors.sources import Coming, SheetLine, gathered, in_trades

INTERVIEWS_GIVEN = 10
"""The latest ones: what a first meeting needs, not a whole file."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One group of fields the person gave, and what it holds today."""

    part: str
    label: str
    lines: tuple[SheetLine, ...]


def sheet_of(reader: Actor, relay: Relay) -> list[SheetPart]:
    """The summary the structure reads before it welcomes: the groups given today, and no other.

    Nothing before the person agreed, nor after a no, nor once the delay has passed; after the welcome the thread itself
    is read, within the same bounds (`pathways.given`). What was said comes from the structure that proposes, and a text of
    interview is for the roles that read texts.
    """
    state = relay.state_on(timezone.localdate())
    if state.status == RelayStatus.WELCOMED:
        return []
    return [
        SheetPart(part, RelayPart(part).label, tuple(_LINES[RelayPart(part)](reader, relay)))
        for part in RelayPart.values
        if part in state.given
    ]


def name_given(relay: Relay) -> str:
    """The person's name once they gave it, « Une proposition de relais » before."""
    given = relay.state_on(timezone.localdate()).given
    return str(relay.beneficiary) if RelayPart.IDENTITY in given else "Une proposition de relais"


def relays_to_come(actor: Actor, person: Beneficiary) -> list[Coming]:
    """The meeting of the three, then the welcome, of those nobody said no to."""
    today, found = timezone.localdate(), []
    for relay in _planned(actor, person, today):
        place = target_of(relay)
        if relay.status != RelayStatus.MET:
            found.append(
                Coming(
                    timezone.localdate(relay.meets_at), f"Rencontre à trois avec {place} : elle est prévue le"
                )
            )
        found.append(Coming(relay.planned_on, f"Relais vers {place} : l’accueil est prévu le"))
    return found


def relay_marks(actor: Actor, person: Beneficiary) -> list[Mark]:
    """On the line, the day the three meet, then the welcome it prepares."""
    today, marks = timezone.localdate(), []
    for relay in _planned(actor, person, today):
        place = target_of(relay)
        marks.append(
            Mark("Relais", f"Relais vers {place} : rencontre à trois", timezone.localdate(relay.meets_at))
        )
        marks.append(Mark("Relais", f"Relais vers {place} : accueil", relay.planned_on))
    return marks


def target_of(relay: Relay) -> str:
    """The structure it goes to, or « une autre structure » while only an address is known."""
    return str(relay.receiver) if relay.receiver is not None else "une autre structure"


def late_relays(today: date, relays: Iterable[Relay]) -> Iterator[tuple[Relay, date]]:
    """Of these relays under way, those whose turn somebody has had for too long, with the day it became late."""
    book = read_book()
    for relay in relays:
        since = late_from(
            relay.state_on(today),
            moved_on=relay.moved_on,
            meets_on=timezone.localdate(relay.meets_at),
            planned_on=relay.planned_on,
            book=book,
        )
        if since is not None and since <= today:
            yield relay, since


def relays_awaiting(actor: Actor, today: date) -> list[Relay]:
    """Relays whose turn is this reader's, the soonest to lapse first: what Ma journée and the list both show.

    Those proposed to us that wait for an answer or the welcome, those we proposed whose new date is to confirm, and
    those of both sides whose meeting is past and not noted.
    """
    ours = [relay for relay in _under_way(actor, today) if is_our_turn(actor, relay, today)]
    return sorted(ours, key=lambda relay: (relay.expires_on, relay.pk))


def relays_sent(actor: Actor, today: date, people: People = None) -> list[Relay]:
    """Those under way that one's own structure proposed."""
    return [relay for relay in _under_way(actor, today, people) if side_of(actor, relay) is RelayHand.SENDER]


@once_per_page
def _under_way(actor: Actor, today: date, people: People = None) -> tuple[Relay, ...]:
    """Relays of both sides that wait for a hand, with their steps, two queries; of some people, as their page reads them."""
    found: Iterable[Relay] = (
        whole_relays(Relay.objects.visible_to(actor).under_way(today))
        if people is None
        else of_each(relays_of, actor, people)
    )
    return tuple(relay for relay in found if relay.state_on(today).waits_for is not None)


def is_our_turn(actor: Actor, relay: Relay, today: date) -> bool:
    """Whether this relay waits for this reader; a person's answer is theirs, whoever writes it down.

    Between the yes of both structures and the meeting it waits for nobody: then the first of them to note it does.
    """
    side, state = side_of(actor, relay), relay.state_on(today)
    if side is None or state.waits_for is None:
        return False
    if relay.status == RelayStatus.ACCEPTED:
        return side in TABLE[Move.MEET].hands and relay.meets_at < timezone.now()
    return state.waits_for is side


def _planned(actor: Actor, person: Beneficiary, today: date) -> Iterable[Relay]:
    return [
        relay
        for relay in relays_of(actor, person.pk)
        if relay.status in READ_BY_RECEIVER and relay.state_on(today).waits_for is not None
    ]


def _identity(reader: Actor, relay: Relay) -> Iterator[SheetLine]:
    yield SheetLine("Prénom et nom", str(relay.beneficiary))


def _contact(reader: Actor, relay: Relay) -> Iterator[SheetLine]:
    person = relay.beneficiary
    said = (
        ("Date de naissance", french_date(person.birth_date) if person.birth_date else ""),
        ("Téléphone", spaced_phone(person.phone)),
        ("E-mail", person.email),
        ("Code postal", person.postcode),
    )
    yield from (SheetLine(label, text) for label, text in said if text)


def _steps(reader: Actor, relay: Relay) -> Iterator[SheetLine]:
    person = relay.beneficiary_id
    stays = (
        Stay.objects.filter(beneficiary=person).select_related("organisation").prefetch_related("contracts")
    )
    for stay in stays:
        yield SheetLine(str(stay.organisation), _days(stay.started_on, stay.ended_on))
        for contract in stay.contracts.all():
            end = contract.ended_on or contract.planned_end_on
            yield SheetLine(contract.get_kind_display(), _days(contract.started_on, end))
    for immersion in Immersion.objects.standing().filter(beneficiary=person):
        yield SheetLine(
            f"Immersion chez {immersion.host_name}", _days(immersion.started_on, immersion.last_day)
        )
    for training in Training.objects.standing().filter(beneficiary=person):
        yield SheetLine(f"Formation « {training.title} »", _days(training.started_on, training.last_day))
    for iae in IaePass.objects.filter(beneficiary=person):
        yield SheetLine("PASS IAE", _days(iae.starts_on, iae.ends_on))


def _situation(reader: Actor, relay: Relay) -> Iterator[SheetLine]:
    profile = EntryProfile.objects.filter(beneficiary=relay.beneficiary_id).first()
    if profile is not None:
        for field in profile._meta.fields:
            answer = getattr(profile, field.name)
            if isinstance(answer, bool):
                yield SheetLine(str(field.verbose_name), "oui" if answer else "non")
        if profile.education_level:
            yield SheetLine("niveau de formation", profile.get_education_level_display())
    granted = Derogation.objects.standing().filter(_said_by(relay), status=RequestStatus.GRANTED)
    for row in granted:
        yield SheetLine(row.get_motive_display(), _days(row.starts_on, row.ends_on))


def _barriers(reader: Actor, relay: Relay) -> Iterator[SheetLine]:
    latest: dict[str, BarrierReading] = {}
    for row in BarrierReading.objects.filter(_said_by(relay)).order_by("read_on", "pk"):
        latest[row.theme] = row
    for row in latest.values():
        yield SheetLine(row.get_theme_display(), f"{row.get_impact_display()} le {french_date(row.read_on)}")


def _goals(reader: Actor, relay: Relay) -> Iterator[SheetLine]:
    for goal in Goal.objects.filter(_said_by(relay), status__in=STILL_OPEN):
        yield SheetLine("Objectif", goal.label)
    wish = HoursWish.objects.standing().filter(_said_by(relay), starts_on__lte=timezone.localdate()).first()
    if wish is not None:
        yield SheetLine("Heures souhaitées", str(wish))
    for action in Action.objects.filter(_said_by(relay), status__in=STILL_OPEN):
        yield SheetLine("Action", action.label)
    planned = Appointment.objects.filter(
        _said_by(relay), status=AppointmentStatus.PLANNED, starts_at__gte=timezone.now()
    )
    for each in planned:
        yield SheetLine("Rendez-vous", french_date(timezone.localdate(each.starts_at)))


def _interviews(reader: Actor, relay: Relay) -> Iterator[SheetLine]:
    reads_text = reader.role in SYNTHESIS_READERS
    for row in Interview.objects.filter(_said_by(relay)).order_by("-happened_at")[:INTERVIEWS_GIVEN]:
        title = f"{row.get_kind_display()}, le {french_date(timezone.localdate(row.happened_at))}"
        yield SheetLine(title, row.synthesis if reads_text else "")


def _skills(reader: Actor, relay: Relay) -> Iterator[SheetLine]:
    yield from gathered(sources.skills_given, Actor.operator(), relay.beneficiary)


def _rights(reader: Actor, relay: Relay) -> Iterator[SheetLine]:
    """Visits and days as noted, then what the structure that welcomes will have to ask for."""
    theirs = MedicalVisit.objects.standing().filter(_said_by(relay))
    for visit in theirs:
        due = f" · prochaine avant le {french_date(visit.due_on)}" if visit.due_on else ""
        covers = f" · {', '.join(in_trades(visit.job_codes).values())}" if visit.jobs else ""
        yield SheetLine(str(visit), f"{visit.get_paper_display()}{covers}{due}")
    for saved in SavedDays.objects.standing().filter(_said_by(relay)):
        yield SheetLine(
            saved.get_kind_display(),
            f"{saved.days_in_words} au {french_date(saved.counted_on)}, {saved.get_fate_display().lower()}",
        )
    for right in rights_at_relay(relay):
        yield SheetLine(f"{right.verdict.label} : {right.label.lower()}", right.way_out)


_LINES = {
    RelayPart.IDENTITY: _identity,
    RelayPart.CONTACT: _contact,
    RelayPart.STEPS: _steps,
    RelayPart.SITUATION: _situation,
    RelayPart.BARRIERS: _barriers,
    RelayPart.GOALS: _goals,
    RelayPart.INTERVIEWS: _interviews,
    RelayPart.SKILLS: _skills,
    RelayPart.RIGHTS: _rights,
}
"""What each group holds; a group without its line is a KeyError the first time somebody gives it."""


def _said_by(relay: Relay) -> Q:
    """Of this person, written by the structure that proposes, or by nobody in particular."""
    by = Q(organisation_id=relay.organisation_id) | Q(organisation__isnull=True)
    return by & Q(beneficiary_id=relay.beneficiary_id)


def _days(start: date, end: date | None) -> str:
    until = f"au {french_date(end)}" if end else ", en cours"
    return f"du {french_date(start)} {until}".replace(" ,", ",")


def letter_of(relay: Relay) -> Told | None:
    """What became of the letter sent to an address, for who typed it; a team of the group reads it on its own pages."""
    if not relay.to_email:
        return None
    letter = latest_about(Relay._meta.label_lower, [relay.pk], MessageKind.RELAY).get(relay.pk)
    return told(letter) if letter else None
