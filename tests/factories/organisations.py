"""Accounts, structures and the seats people hold there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from backend.accounts.models import User
from backend.core.actor import Role
from backend.organisations.enums import StructureKind
from backend.organisations.models import Belonging, Convention, Group, Invitation, Membership, Organisation
from tests.factories.given import PASSWORD, TODAY


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"compte{n}@example.org")
    first_name = "Odile"
    last_name = "Exemple"
    address_proven_at = datetime(2026, 1, 1, tzinfo=UTC)
    password = factory.PostGenerationMethodCall("set_password", PASSWORD)

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        if create:
            instance.save()


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = Group

    name = factory.Sequence(lambda n: f"Groupe des {n} Vallées")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Chantier des Rives {n}")
    kind = StructureKind.ACI
    group = factory.SubFactory(GroupFactory)

    @classmethod
    def _create(cls, model_class, *args, group=None, **fields):
        """In a group of its own unless told; the instance remembers it, for whoever seats its head."""
        structure = super()._create(model_class, *args, **fields)
        structure.group = group
        if group is not None:
            BelongingFactory(organisation=structure, group=group)
        return structure


class BelongingFactory(DjangoModelFactory):
    class Meta:
        model = Belonging

    organisation = factory.SubFactory(OrganisationFactory, group=None)
    group = factory.SubFactory(GroupFactory)
    joined_on = date(2020, 1, 6)


class ConventionFactory(DjangoModelFactory):
    class Meta:
        model = Convention

    organisation = factory.SubFactory(OrganisationFactory)
    year = TODAY.year
    dynamic_target = Decimal("0.60")
    durable_target = Decimal("0.25")


class MembershipFactory(DjangoModelFactory):
    """The seat of an advisor; `group_head=True` sits at the head of `group`."""

    class Meta:
        model = Membership

    class Params:
        group_head = factory.Trait(
            role=Role.GROUP_HEAD, organisation=None, group=factory.SubFactory(GroupFactory)
        )

    user = factory.SubFactory(UserFactory)
    role = Role.ADVISOR
    organisation = factory.SubFactory(OrganisationFactory)


class InvitationFactory(DjangoModelFactory):
    """An invitation nobody answered yet; its link is known to nobody."""

    class Meta:
        model = Invitation

    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence(lambda n: f"a-venir-{n}@example.org")
    role = Role.SUPERVISOR
    token_digest = factory.Sequence(lambda n: f"{n:064d}")
    expires_at = datetime(2027, 1, 1, tzinfo=UTC)
