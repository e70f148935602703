"""A structure and its team, somebody they accompany, and a colleague of the structure next door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from backend.accounts.models import User
from backend.core.actor import Actor, Role
from backend.organisations.models import Organisation
from pathways.models import Beneficiary, Stay
from tests.factories import OrganisationFactory, StayFactory, actor_of


@dataclass(frozen=True)
class Accompanied:
    """One open stay, followed by the advisor; everyone of the structure who may knock, and a stranger."""

    structure: Organisation
    advisor: Actor
    manager: Actor
    supervisor: Actor
    neighbour: Actor
    stay: Stay

    @classmethod
    def build(cls) -> Self:
        """Everyone in place."""
        return cls(**everyone())

    @property
    def person(self) -> Beneficiary:
        return self.stay.beneficiary

    @property
    def advisor_user(self) -> User:
        return User.objects.get(pk=self.advisor.user_id)


def everyone() -> dict[str, Any]:
    """The people of an `Accompanied`, for the worlds that add to it."""
    structure = OrganisationFactory()
    advisor = actor_of(Role.ADVISOR, structure)
    return {
        "structure": structure,
        "advisor": advisor,
        "manager": actor_of(Role.MANAGER, structure),
        "supervisor": actor_of(Role.SUPERVISOR, structure),
        "neighbour": actor_of(Role.ADVISOR),
        "stay": StayFactory(organisation=structure, advisor_id=advisor.user_id),
    }
