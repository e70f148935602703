"""Who may see what people were seen doing; the referential itself is public knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from backend.core.access import related_queryset
from backend.core.actor import KEEPS_ITS_OWN, OBSERVES, SKILL_READERS, SPEAKS_FOR_ONESELF, Actor
from backend.core.values.text import normalise
from competences.enums import ProofStatus
from pathways import doors, given
from pathways.enums import RelayPart

if TYPE_CHECKING:
    from competences.models import Competence, GestureList, Occupation  # noqa: F401


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


class SharedQuerySet(models.QuerySet[Any]):
    """What the whole installation shares: certifications, their blocs, what these ask for. It speaks of nobody."""

    def visible_to(self, actor: Actor) -> Self:
        """Everyone signed in, as the referential."""
        return self.all()


class CertificationQuerySet(SharedQuerySet):
    """Certifications."""

    def current(self) -> Self:
        """Those that can still be aimed at: neither retired nor inactive."""
        return self.filter(is_retired=False, is_active=True)

    def named(self, text: str) -> Self:
        """Those whose code or name holds every word typed, accents aside; all of them when none is typed."""
        rows = self
        for word in normalise(text).split()[:6]:
            rows = rows.filter(search_label__contains=word)
        return rows


class OfPersonQuerySet(models.QuerySet[Any]):
    """What belongs to one person: assessments, VAE, licences."""

    def visible_to(self, actor: Actor) -> Self:
        """Whoever accompanies or supervises the person today, and the person; never an employer as such."""
        if actor.role not in SKILL_READERS:
            return self.none()
        return given.only_what_was(doors.of_accompanied(self, actor), actor, RelayPart.SKILLS)


class AssessmentQuerySet(OfPersonQuerySet):
    """Every reading of a level is kept; the latest per competence is what the person holds."""

    def counted_by(self, actor: Actor) -> Self:
        """Readings whose sums one may read: those one sees; for the head of a group, of those present in its structures.

        Whoever asks gives back figures only, and none of a team too small to hide anybody.
        """
        if actor.role in SKILL_READERS:
            return self.visible_to(actor)
        if actor.role not in KEEPS_ITS_OWN:
            return self.none()
        stays = related_queryset(self, "beneficiary__stays").filter(
            organisation_id__in=actor.organisation_ids
        )
        return self.filter(
            beneficiary_id__in=stays.open_on(timezone.localdate()).order_by().values("beneficiary_id")
        )

    def latest_per_competence(self) -> Self:
        """One row per person and competence: the newest reading of what others saw or attest, the best among equals.

        What the person declares counts only where nobody saw anything: one word never takes the place of another.
        """
        return self.filter(self._is_latest())

    def telling_the_latest(self) -> Self:
        """Every row, `is_latest` on those of `latest_per_competence`."""
        return self.annotate(is_latest=self._is_latest())

    def _is_latest(self) -> Q:
        newest = (
            self.model.objects.filter(
                beneficiary_id=OuterRef("beneficiary_id"), competence_id=OuterRef("competence_id")
            )
            .order_by(_own_word_last(), "-assessed_on", "-level", "-pk")
            .values("pk")[:1]
        )
        return Q(pk=Subquery(newest))


def _own_word_last() -> Case:
    return Case(
        When(status=ProofStatus.DECLARED, then=Value(1)), default=Value(0), output_field=IntegerField()
    )


class GestureListQuerySet(models.QuerySet["GestureList"]):
    """Lists of gestures, « ce chantier »."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of one's structure, for who observes there."""
        if actor.is_operator:
            return self
        if actor.role not in OBSERVES:
            return self.none()
        return self.filter(organisation_id__in=actor.organisation_ids)

    def proposed(self) -> Self:
        """Those nobody put aside."""
        return self.filter(is_put_aside=False)


class CvQuerySet(OfPersonQuerySet):
    """CVs."""

    def visible_to(self, actor: Actor) -> Self:
        """The person, and who accompanies them today: what somebody shows of themselves is nobody else's to read."""
        if actor.role not in SPEAKS_FOR_ONESELF:
            return self.none()
        return doors.of_accompanied(self, actor)


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
