"""Who follows whom: the advisor of each person's newest stay in the actor's perimeter."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.contrib.auth import get_user_model

from backend.alerts.registry import Colleague
from backend.core.actor import Actor
from backend.core.tables.among import among
from pathways.models import Stay
from pathways.selectors.following.presence import not_over

NOBODY = Colleague(None, "Personne de désigné")


def referents(actor: Actor, today: date, people: Collection[int]) -> dict[int, Colleague]:
    """Everyone asked about, each under one colleague; at most three queries."""
    follows = {stay.beneficiary_id: stay.advisor_id for stay in not_over(actor, today).stays}
    gone = set(people) - set(follows)
    if gone:
        left = Stay.objects.covered_by(actor).filter(beneficiary_id__in=among(gone))
        follows |= dict(left.order_by("started_on", "pk").values_list("beneficiary_id", "advisor_id"))
    ids = {user for person in people if (user := follows.get(person)) is not None}
    named = {user.pk: Colleague(user.pk, str(user)) for user in get_user_model().objects.filter(pk__in=ids)}
    return {person: named.get(follows.get(person) or 0, NOBODY) for person in people}
