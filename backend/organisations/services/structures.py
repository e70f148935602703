"""Open a group and its structures, and set how a structure works."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from backend.accounts.models import User
from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.core.steps import check_seen, lock, put, save, write
from backend.organisations.enums import GroupKind, StructureKind
from backend.organisations.models import Group, Organisation
from backend.organisations.permissions import (
    may_change_settings,
    may_create_group,
    may_create_structure,
    may_rename_group,
    may_share_caseload,
)
from backend.organisations.rules.groups import head_of
from backend.organisations.services.group_offers import join
from backend.organisations.services.members import seat

SETTINGS = (
    "name",
    "siret",
    "insee_code",
    "department",
    "phone",
    "is_caseload_shared",
    "interview_every_days",
)
"""What the people who answer for a structure may change; its kind and its group are not settings."""
CASELOAD_IS_READ = (
    "Partager la file active ouvre tous les dossiers à chaque accompagnateur : ce choix revient à une personne "
    "responsable de la structure, qui les lit."
)


@transaction.atomic
def create_group(*, actor: Actor, name: str, kind: GroupKind = GroupKind.GROUP) -> Group:
    """Open a group, or a collective, around one's own structure, and sit at its head.

    The head of a group of one structure holds no more than its manager did.
    """
    allowed = may_create_group(actor)
    ensure(
        allowed,
        "cannot_create_group",
        "Un groupe s’ouvre par la personne responsable d’une structure.",
    )
    group = save(Group(name=name, kind=kind))
    if actor.user_id is not None:
        join(Organisation.objects.covered_by(actor).get(), group)
        seat(user=User.objects.get(pk=actor.user_id), role=head_of(kind), group=group)
    trail.record(actor, "group.created", group, kind=kind)
    return group


@transaction.atomic
def rename_group(*, actor: Actor, group: Group, seen: str, name: str) -> Group:
    """Correct how a group is called; its kind never changes."""
    group = lock(actor, group)
    allowed = may_rename_group(actor, group)
    ensure(allowed, "cannot_rename_group", "Seule la tête de ce groupe corrige son nom.")
    check_seen(group, seen)
    was = put(group, {"name": name.strip()})
    if was:
        save(group)
        trail.record(actor, "group.renamed", group, was=was)
    return group


@transaction.atomic
def create_structure(
    *, actor: Actor, name: str, kind: StructureKind, group: Group | None = None, **settings: Any
) -> Organisation:
    """Open a structure, in one's own group; `settings` are those of `SETTINGS`."""
    allowed = may_create_structure(actor, group)
    ensure(allowed, "cannot_create_structure", "Seule la tête d’un groupe y ajoute des structures.")
    _refuse_unknown(settings)
    organisation = save(Organisation(name=name, kind=kind, **settings))
    if group is not None:
        join(organisation, group)
    trail.record(actor, "structure.created", organisation, kind=kind)
    return organisation


@transaction.atomic
def change_structure(*, actor: Actor, organisation: Organisation, **settings: Any) -> Organisation:
    """Change how a structure works; the trail keeps which settings moved, not their values."""
    organisation = lock(actor, organisation)
    allowed = may_change_settings(actor, organisation)
    ensure(allowed, "cannot_change_structure", "Seule une personne responsable de la structure la règle.")
    _refuse_unknown(settings)
    changed = write(organisation, settings, SETTINGS)
    if "is_caseload_shared" in changed:
        ensure(may_share_caseload(actor, organisation), "cannot_share_caseload", CASELOAD_IS_READ)
    organisation.full_clean()
    organisation.save(update_fields=changed)
    trail.record(actor, "structure.changed", organisation, fields=changed)
    return organisation


def _refuse_unknown(settings: dict[str, Any]) -> None:
    unknown = sorted(set(settings) - set(SETTINGS))
    if unknown:
        raise DomainError("not_a_setting", f"Ces réglages n’existent pas : {', '.join(unknown)}.")
