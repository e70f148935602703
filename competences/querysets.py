"""Who may see what people were seen doing; the referential itself is public knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import OuterRef, Subquery

from backend.core.access import of_visible
from backend.core.actor import Actor, Role

if TYPE_CHECKING:
    from competences.models import Competence, Occupation  # noqa: F401


class OccupationQuerySet(models.QuerySet["Occupation"]):
    """Trades."""

    def current(self) -> Self:
        """Trades of the referential in use; a retired one stays for what it was used for."""
        return self.filter(is_retired=False)


class CompetenceQuerySet(models.QuerySet["Competence"]):
    """Competences."""

    def current(self) -> Self:
        """Competences of the referential in use."""
        return self.filter(is_retired=False)


class OfPersonQuerySet(models.QuerySet[Any]):
    """What belongs to one person: assessments, VAE, licences."""

    _READERS = frozenset({Role.ADVISOR, Role.SUPERVISOR, Role.MANAGER, Role.BENEFICIARY, Role.OPERATOR})

    def visible_to(self, actor: Actor) -> Self:
        """Whoever accompanies or supervises the person, and the person; never an employer as such."""
        if actor.role not in self._READERS:
            return self.none()
        return of_visible(self, actor, "beneficiary")


class AssessmentQuerySet(OfPersonQuerySet):
    """Every reading of a level is kept; the latest per competence is what the person holds."""

    def latest_per_competence(self) -> Self:
        """One row per person and competence: the newest reading, the best proved among equals."""
        newest = (
            self.model.objects.filter(
                beneficiary_id=OuterRef("beneficiary_id"), competence_id=OuterRef("competence_id")
            )
            .order_by("-assessed_on", "-level", "-pk")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest))
