"""Somebody acting from a seat."""

from __future__ import annotations

from backend.core.actor import Actor, Role
from backend.organisations.enums import GroupKind
from backend.organisations.models import Organisation
from tests.factories.employers import EmployerAccessFactory
from tests.factories.organisations import BelongingFactory, MembershipFactory, OrganisationFactory
from tests.factories.pathways import BeneficiaryAccessFactory


def actor_of(role: Role, organisation: Organisation | None = None, **fields: object) -> Actor:
    """The actor of a new seat with this role: a real membership (or access) read back as the door does."""
    if role is Role.OPERATOR:
        return Actor.operator()
    if role is Role.EMPLOYER:
        return EmployerAccessFactory(**fields).as_actor()
    if role is Role.BENEFICIARY:
        return BeneficiaryAccessFactory(**fields).as_actor()
    if role is Role.NETWORK_HEAD:
        return MembershipFactory(role=role, organisation=None, **fields).as_actor()
    organisation = organisation or OrganisationFactory()
    if role is Role.GROUP_HEAD:
        return MembershipFactory(group_head=True, group=organisation.group, **fields).as_actor()
    if role is Role.COLLECTIVE_HEAD:
        tie = BelongingFactory(organisation=organisation, group__kind=GroupKind.MARKET)
        return MembershipFactory(role=role, organisation=None, group=tie.group, **fields).as_actor()
    return MembershipFactory(role=role, organisation=organisation, **fields).as_actor()
