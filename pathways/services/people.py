"""Welcoming a person, opening their stay in a structure, naming who accompanies them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from backend.accounts.models import User
from backend.audit import trail
from backend.core import steps
from backend.core.actor import ADVISING, Actor
from backend.core.errors import Conflict, DomainError, OutOfReach, ensure
from backend.core.findings import raise_refusals
from backend.core.wall.gates import Gate
from backend.core.wall.reach import lifted
from backend.organisations.models import Membership, Organisation
from pathways.models import Beneficiary, EntryProfile, Relay, Stay
from pathways.permissions import (
    CONTACT,
    may_assign_advisor,
    may_edit_person,
    may_manage_people,
    may_open_stay,
    may_record_entry,
)
from pathways.rules.people import birth_findings
from pathways.rules.stays import entry_findings
from pathways.rules.twins.look_alikes import Identity
from pathways.selectors.twins.look_alikes import LookAlike, look_alikes

EDITABLE = frozenset({"last_name", "first_name", *CONTACT})
"""What `update_person` may change."""

ENTRY = frozenset(
    field.name for field in EntryProfile._meta.fields if field.name not in {"id", "beneficiary", "version"}
)
"""What `record_entry` may write."""

_NOT_YOURS = "Seule l’équipe d’accompagnement peut accueillir une personne."
_NOT_ACCOMPANIED = "Seule l’équipe qui accompagne la personne aujourd’hui peut modifier sa fiche."
_WELCOME_REFUSED = (
    "Une structure accueille de nouveau chez elle, quand aucune autre n’accompagne la personne. Vers une autre "
    "structure, proposez un relais : la personne choisit ce qu’elle donne à lire, et la structure répond."
)
_NOT_GIVEN = "La personne n’a pas donné à lire sa situation à l’entrée. Demandez-lui de l’ajouter à son accord, sur la page du relais."
_MAY_BE_KNOWN = (
    "Une personne qui lui ressemble est déjà suivie. Regardez sa fiche : si c’est elle, continuez-la ; sinon, dites que "
    "ce n’est pas elle pour en créer une autre."
)


class MayBeKnown(Conflict):
    """The person may have a file already: nothing was written, and the files to look at are given."""

    def __init__(self, candidates: Sequence[LookAlike]) -> None:
        super().__init__("look_alike", _MAY_BE_KNOWN, field="last_name")
        self.candidates = candidates

    def as_dict(self) -> dict[str, Any]:
        """The refusal, with the numbers of the files to look at."""
        return {**super().as_dict(), "candidates": [each.person.pk for each in self.candidates]}


@transaction.atomic
def welcome_person(
    *,
    actor: Actor,
    organisation: Organisation,
    started_on: date,
    last_name: str,
    first_name: str,
    sex: str = "",
    birth_date: date | None = None,
    phone: str = "",
    email: str = "",
    postcode: str = "",
    insee_code: str = "",
    advisor: User | None = None,
    is_someone_else: bool = False,
) -> Stay:
    """Create the person's file and their first stay, in one of the actor's own structures.

    `MayBeKnown` when somebody the actor sees looks like them and may be the same person; the actor looks,
    then says `is_someone_else`.
    """
    ensure(may_manage_people(actor), "not_yours", _NOT_YOURS)
    organisation = _lock_own_structure(actor, organisation)
    if not is_someone_else:
        _check_not_known(actor, Identity(last_name, first_name, birth_date, phone, email))

    raise_refusals(entry_findings(started_on=started_on, today=timezone.localdate()))
    _check_birth_date(birth_date, on=started_on)
    beneficiary = Beneficiary(
        last_name=last_name.strip(),
        first_name=first_name.strip(),
        sex=sex,
        birth_date=birth_date,
        phone=phone,
        email=email,
        postcode=postcode,
        insee_code=insee_code,
    )
    # The searchable name is computed while saving, after the checks.
    beneficiary.full_clean(exclude={"search_name"})
    with lifted(Gate.WELCOME):
        beneficiary.save()
        trail.record(actor, "beneficiary.created", beneficiary)
        return start_stay(actor, beneficiary, organisation, started_on, advisor)


@transaction.atomic
def open_stay(
    *,
    actor: Actor,
    beneficiary: Beneficiary,
    organisation: Organisation,
    started_on: date,
    advisor: User | None = None,
) -> Stay:
    """Open the next step of a person's thread in one's own structure: they came back, or arrive by themselves.

    To another structure a relay leads (`services.relays`): nobody opens somebody else's door. Asking again for the stay
    already open since the same day gives it back.
    """
    ensure(may_manage_people(actor), "not_yours", _NOT_YOURS)
    beneficiary = steps.lock(actor, beneficiary)
    organisation = steps.within_reach(actor, organisation)
    ensure(may_open_stay(actor, beneficiary, organisation.pk), "not_yours", _WELCOME_REFUSED)

    stays = Stay.objects.filter(beneficiary=beneficiary, organisation=organisation)
    already = stays.filter(ended_on__isnull=True, started_on=started_on).first()
    if already is not None:
        return already
    born_on = beneficiary.birth_date
    raise_refusals(entry_findings(started_on=started_on, today=timezone.localdate(), born_on=born_on))
    check_no_overlap(stays, started_on)
    return start_stay(actor, beneficiary, organisation, started_on, advisor)


@transaction.atomic
def assign_advisor(*, actor: Actor, stay: Stay, advisor: User | None) -> Stay:
    """Name who accompanies the person during this stay; nobody means the whole team sees them."""
    stay = steps.lock(actor, stay)
    ensure(
        may_assign_advisor(actor, stay),
        "not_yours",
        "Seule l’équipe de cette structure peut choisir qui accompagne la personne.",
    )
    _check_advisor(stay.organisation, advisor)
    if stay.advisor_id == (advisor.pk if advisor else None):
        return stay

    stay.advisor = advisor
    steps.save(stay)
    trail.record(actor, "stay.advisor_assigned", stay, advisor=stay.advisor_id)
    return stay


@transaction.atomic
def hand_over_stays(*, actor: Actor, stays: QuerySet[Stay], successor: User) -> int:
    """Name another referent for each stay of a colleague who leaves; how many moved.

    Who may end the colleague's seat is asked by the service that ends it: it may be somebody who reads none of these
    people, and learns here no more than how many they are.
    """
    moved = list(stays.select_for_update(of=("self",)).select_related("organisation"))
    for stay in moved:
        _check_advisor(stay.organisation, successor)
        stay.advisor = successor
        steps.save(stay)
        trail.record(actor, "stay.advisor_assigned", stay, advisor=successor.pk)
    return len(moved)


@transaction.atomic
def update_person(*, actor: Actor, beneficiary: Beneficiary, version: int, **changes: Any) -> Beneficiary:
    """Correct a person's file; `changes` are fields of `EDITABLE`. `Conflict` when `version` is old."""
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_edit_person(actor, beneficiary), "not_yours", _NOT_ACCOMPANIED)
    steps.check_version(beneficiary, version)

    changed = steps.write(beneficiary, changes, EDITABLE)
    if not changed:
        beneficiary.version = version
        return beneficiary
    if "birth_date" in changed:
        entry = Stay.objects.filter(beneficiary=beneficiary).order_by("started_on").first()
        _check_birth_date(beneficiary.birth_date, on=entry.started_on if entry else timezone.localdate())
    beneficiary.full_clean(exclude={"search_name"})
    beneficiary.save()
    trail.record(actor, "beneficiary.updated", beneficiary, fields=changed)
    return beneficiary


def start_stay(
    actor: Actor,
    beneficiary: Beneficiary,
    organisation: Organisation,
    started_on: date,
    advisor: User | None,
) -> Stay:
    """Write the stay that a gesture opens, within its transaction; a former relay there bounds nothing any more."""
    _check_advisor(organisation, advisor)
    Relay.objects.filter(beneficiary=beneficiary, receiver=organisation, holds=True).update(holds=False)
    stay = steps.save(
        Stay(beneficiary=beneficiary, organisation=organisation, started_on=started_on, advisor=advisor)
    )
    trail.record(actor, "stay.opened", stay, structure=organisation.pk)
    return stay


@transaction.atomic
def record_entry(*, actor: Actor, beneficiary: Beneficiary, version: int, **known: Any) -> EntryProfile:
    """Write what is known of the person's situation when they came in; None and "" mean not known.

    `known` are fields of `ENTRY`; `version` is 0 while nothing was ever written. `Conflict` when it is old.
    """
    beneficiary = steps.lock(actor, beneficiary)
    ensure(may_edit_person(actor, beneficiary), "not_yours", _NOT_ACCOMPANIED)
    ensure(may_record_entry(actor, beneficiary), "not_given", _NOT_GIVEN)
    profile = EntryProfile.objects.filter(beneficiary=beneficiary).first()
    profile = profile or EntryProfile(beneficiary=beneficiary, version=0)
    steps.check_version(profile, version)

    changed = steps.write(profile, known, ENTRY)
    steps.save(profile)
    trail.record(actor, "beneficiary.entry_recorded", profile, fields=changed)
    return profile


def _lock_own_structure(actor: Actor, organisation: Organisation) -> Organisation:
    """The structure, locked so that two identical welcomes do not cross."""
    own = Organisation.objects.covered_by(actor).select_for_update(of=("self",))
    found = own.filter(pk=organisation.pk).first()
    if found is None:
        raise OutOfReach
    return found


def _check_birth_date(birth_date: date | None, *, on: date) -> None:
    """Refuse, under its field, a birth date that does not fit the day of entry."""
    raise_refusals(birth_findings(birth_date=birth_date, entered_on=on))


def _check_not_known(actor: Actor, who: Identity) -> None:
    found = look_alikes(actor, who)
    if found:
        raise MayBeKnown(found)


def check_no_overlap(earlier: QuerySet[Stay], started_on: date) -> None:
    """Refuse an entry before the end of an earlier stay of the person in the same structure."""
    if earlier.filter(ended_on__gte=started_on).exists():
        raise DomainError(
            "stays_overlap",
            "Un passage précédent dans cette structure se termine après cette date. Choisissez une entrée "
            "plus tardive.",
            field="started_on",
        )


def _check_advisor(organisation: Organisation, advisor: User | None) -> None:
    if advisor is not None and not _is_colleague(advisor.pk, organisation, roles=ADVISING):
        raise DomainError(
            "advisor_elsewhere",
            "Ce référent ne fait pas partie de l’équipe d’accompagnement de la structure. Choisissez un membre "
            "de cette équipe.",
            field="advisor",
        )


def _is_colleague(user_id: int, organisation: Organisation, *, roles: frozenset[str]) -> bool:
    """Whether this account holds one of these roles in the structure today."""
    seats = Membership.objects.live(timezone.now()).filter(organisation=organisation, user_id=user_id)
    return seats.filter(role__in=roles).exists()
