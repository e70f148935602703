"""What a page reads of what one person can do, once for all its parts, within what this actor may see."""

from __future__ import annotations

from backend.core.actor import Actor
from backend.core.pages.once import once_per_page
from competences.models import Assessment, Licence, VaeProject
from competences.selectors.vae import with_steps


@once_per_page
def assessments_of(actor: Actor, person: int) -> tuple[Assessment, ...]:
    """Every reading of a level, newest first, each saying whether it is the latest of its competence."""
    found = Assessment.objects.visible_to(actor).filter(beneficiary_id=person)
    return tuple(found.telling_the_latest().select_related("competence", "observer"))


@once_per_page
def standing_licences_of(actor: Actor, person: int) -> tuple[Licence, ...]:
    """Habilitations nobody cancelled, renewed ones included, the first obtained first."""
    found = Licence.objects.visible_to(actor).standing().filter(beneficiary_id=person)
    return tuple(found.select_related("beneficiary"))


@once_per_page
def vae_of(actor: Actor, person: int) -> tuple[VaeProject, ...]:
    """Files of VAE with their steps, the newest stage first; two queries."""
    return tuple(with_steps(VaeProject.objects.visible_to(actor).filter(beneficiary_id=person)))
