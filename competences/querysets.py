"""Who may see what people were seen doing; the referential itself is public knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from backend.core.actor import SKILL_READERS, Actor
from pathways import doors, given
from pathways.enums import RelayPart

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

    def choosable(self, *, held: Any = ()) -> Self:
        """What a form offers: the referential in use, and the words of the field that it has no equivalent for.

        `held` are keys of what the object already names: a form accepts it back, retired since or not.
        """
        kept = Q(equivalent__isnull=False, equivalent__official__isnull=True)
        return self.filter(Q(is_retired=False) | kept | Q(pk__in=held))


class OfPersonQuerySet(models.QuerySet[Any]):
    """What belongs to one person: assessments, VAE, licences."""

    def visible_to(self, actor: Actor) -> Self:
        """Whoever accompanies or supervises the person today, and the person; never an employer as such."""
        if actor.role not in SKILL_READERS:
            return self.none()
        return given.only_what_was(doors.of_accompanied(self, actor), actor, RelayPart.SKILLS)


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


class VaeStepQuerySet(models.QuerySet[Any]):
    """What happened to the files of VAE."""

    def visible_to(self, actor: Actor) -> Self:
        """The same people as their file."""
        if actor.role not in SKILL_READERS:
            return self.none()
        rows = doors.of_accompanied(self, actor, "project__beneficiary")
        return given.only_what_was(
            rows, actor, RelayPart.SKILLS, "project__beneficiary", own="project__organisation_id"
        )

    def standing(self) -> Self:
        """Steps nobody cancelled."""
        return self.filter(cancelled_at__isnull=True)


class LicenceQuerySet(OfPersonQuerySet):
    """Habilitations and titles."""

    def standing(self) -> Self:
        """Those nobody cancelled."""
        return self.filter(cancelled_at__isnull=True)
