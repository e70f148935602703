"""Who may act on the employers' side; the service that acts and the template that shows the button ask here."""

from __future__ import annotations

from backend.core.actor import (
    ACCOMPANY,
    EMPLOYERS,
    READS_HIRES,
    SPEAKS_FOR_ONESELF,
    WORKS_WITH_EMPLOYERS,
    Actor,
)
from backend.organisations.models import Organisation
from employers.models import Employer, Placement, PostHireFollowUp
from pathways import doors
from pathways.models import Beneficiary, Stay
from pathways.permissions import accompanies, may_close, may_reopen


def may_work_with_employers(actor: Actor) -> bool:
    """Advisors, managers and the head of the group meet employers, look at the work and compose jobs; no person there."""
    return actor.role in WORKS_WITH_EMPLOYERS


def may_work_for(actor: Actor, organisation: Organisation) -> bool:
    """An employer or a job is opened for a structure one answers for, or of the collective one heads; all who share
    its employers then work with it.
    """
    if actor.is_operator:
        return True
    places = Organisation.objects.working_for(actor)
    return may_work_with_employers(actor) and places.filter(pk=organisation.pk).exists()


def may_offer_access(actor: Actor) -> bool:
    """Whoever accompanies people says who at an employer's will read their profiles."""
    return actor.role in ACCOMPANY


def may_open_door(actor: Actor, employer: Employer) -> bool:
    """The structure that knows the employer gives their contact an access, and takes it back."""
    if actor.is_operator:
        return True
    return may_offer_access(actor) and employer.organisation_id in actor.organisation_ids


def may_ask_consent(actor: Actor) -> bool:
    """Whoever accompanies people asks them."""
    return actor.role in ACCOMPANY


def may_ask(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Only about someone one accompanies today."""
    return may_ask_consent(actor) and accompanies(actor, beneficiary)


def may_answer_consent(actor: Actor) -> bool:
    """The person answers, or the advisor writes down the answer they gave."""
    return actor.role in SPEAKS_FOR_ONESELF


def reads_own_needs(actor: Actor) -> bool:
    """The contact of an employer."""
    return actor.role in EMPLOYERS


def may_answer_profile(actor: Actor) -> bool:
    """Meeting somebody or not is the employer's to say."""
    return reads_own_needs(actor)


def reads_hires(actor: Actor) -> bool:
    """Who reads what a hire closed and opened, for the people of their structure or group."""
    return actor.role in READS_HIRES


def may_hire(actor: Actor) -> bool:
    """Who accompanies people records their hires."""
    return actor.role in ACCOMPANY


def may_hire_from(actor: Actor, stay: Stay) -> bool:
    """The structure the person leaves, while their thread is open to it: a hire opens six months of support."""
    return may_hire(actor) and may_close(actor, stay) and accompanies(actor, stay.beneficiary)


def may_record_post_hire(actor: Actor, placement: Placement) -> bool:
    """Who supports the person in their job, as long as the support lasts."""
    return may_hire(actor) and accompanies(actor, placement.beneficiary)


def may_correct_hire(actor: Actor, placement: Placement) -> bool:
    """The structure the person left, as it moves or takes back the exit; what an exit opened follows the exit."""
    if placement.employer_id is None or placement.exit is None:
        return False
    return may_hire(actor) and may_reopen(actor, placement.exit.stay)


def may_correct_calls(actor: Actor, placement: Placement) -> bool:
    """Who supports the person, or the structure they left; nothing opens a thread that another structure took over.

    The last call closes the support: whoever wrote it must still be able to say that it was a mistake.
    """
    if not may_hire(actor):
        return False
    person, exit_ = placement.beneficiary, placement.exit
    is_lost = exit_ is not None and (person.pk, exit_.stay.organisation_id) in doors.lost_to_another(
        [person.pk]
    )
    return not is_lost and (
        accompanies(actor, person) or (exit_ is not None and may_reopen(actor, exit_.stay))
    )


def may_correct_call(actor: Actor, follow_up: PostHireFollowUp) -> bool:
    """The same people, of a contact already made: one that waits is made first."""
    return follow_up.done_on is not None and may_correct_calls(actor, follow_up.placement)
