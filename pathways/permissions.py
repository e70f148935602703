"""Who may act on a thread: the service that acts and the template that shows the button ask the same question.

Writing asks for an open door (`pathways.doors`); once it is closed a structure may still complete what its own
figures rest on: an exit, its motive, the last hours worked.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from backend.core.actor import (
    ACCOMPANY,
    ADVISING,
    CONTACT_READERS,
    FOLLOWS_OWN_PEOPLE,
    HAS_PEOPLE,
    KEEPS_PRIVATE_NOTES,
    PEOPLE_IN_PATHWAY,
    READS_OWN_WORDS,
    SPEAKS_FOR_ONESELF,
    STAFF_ROLES,
    SYNTHESIS_READERS,
    WRITES_DECISIONS,
    WRITES_RULES,
    Actor,
)
from backend.core.values.dates import month_end, months_after
from backend.organisations.enums import SIAE_KINDS
from backend.organisations.models import Organisation
from pathways import doors, given
from pathways.enums import DataRequestKind, RelayHand, RelayPart
from pathways.enums.wishes import WishVoice
from pathways.models import (
    Beneficiary,
    DataRequest,
    Derogation,
    EligibilityDiagnosis,
    Exit,
    HoursWish,
    Interview,
    MedicalVisit,
    Relay,
    Reunion,
    SavedDays,
    Stay,
    Training,
    WatchEnd,
)

CONTACT = ("sex", "birth_date", "phone", "email", "postcode", "insee_code")
"""Civil status and contact: for who accompanies the person today, and the person (CNIL, référentiel 2021-028)."""


def accompanies(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Whether the person's thread is open to the actor today; their own is, always."""
    return beneficiary.pk in doors.accompanies_among(actor, (beneficiary.pk,), timezone.localdate())


def reads_contact(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Whether the actor reads the person's civil status, telephone and address (`CONTACT`)."""
    return actor.role in CONTACT_READERS and accompanies(actor, beneficiary)


def reads_people(actor: Actor) -> bool:
    """Who looks people up in a structure or a group."""
    return actor.role in HAS_PEOPLE


def follows_own_people(actor: Actor) -> bool:
    """Who is somebody's referent, and reads the figures of their own people first."""
    return actor.role in FOLLOWS_OWN_PEOPLE


def may_open_beyond(actor: Actor) -> bool:
    """Who follows their own people opens a colleague's, saying why; the others read their whole structure already."""
    return actor.role in FOLLOWS_OWN_PEOPLE


def reads_openings(actor: Actor) -> bool:
    """Who answers for a structure reads who opened what outside their caseload; an advisor, what they opened themselves."""
    return actor.role in ADVISING


def reads_own_thread(actor: Actor) -> bool:
    """The person themselves."""
    return actor.role in PEOPLE_IN_PATHWAY


def may_try_rules(actor: Actor) -> bool:
    """Who tries a situation nobody lives: every seat of a structure, of a group or of the network. The rules are read by all."""
    return actor.role in STAFF_ROLES


def may_manage_people(actor: Actor) -> bool:
    """Who welcomes people and writes their thread; every other right to write it begins here."""
    return actor.role in ACCOMPANY


def may_record_follow_up(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Who accompanies the person today writes the thread."""
    return may_manage_people(actor) and accompanies(actor, beneficiary)


def may_edit_person(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Who accompanies the person today corrects their file, their situation at entry, their PASS."""
    return may_record_follow_up(actor, beneficiary)


def may_record_immersion(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Who accompanies the person today writes, corrects and takes back their immersions (PMSMP)."""
    return may_record_follow_up(actor, beneficiary)


def may_record_training(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Who accompanies the person today writes, corrects and takes back their trainings."""
    return may_record_follow_up(actor, beneficiary)


def may_change_training(actor: Actor, training: Training) -> bool:
    """The same people add the certificate to a training, while it stands."""
    return training.cancelled_at is None and may_record_training(actor, training.beneficiary)


def reads_rights_that_travel(actor: Actor) -> bool:
    """Who reads what follows a person: who accompanies them, and they. An encadrant or an employer reads none of it."""
    return actor.role in SPEAKS_FOR_ONESELF


def may_record_visit(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Who accompanies the person today notes, corrects and takes back their medical visits."""
    return may_record_follow_up(actor, beneficiary)


def may_change_visit(actor: Actor, visit: MedicalVisit) -> bool:
    """The same people, while it stands."""
    return visit.cancelled_at is None and may_record_visit(actor, visit.beneficiary)


def may_record_saved(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Who accompanies the person today notes the days their own structure owes."""
    return may_record_follow_up(actor, beneficiary)


def may_change_saved(actor: Actor, saved: SavedDays) -> bool:
    """A structure answers for the days it owes; a count that names none is anybody's who accompanies the person."""
    is_own = (
        saved.organisation_id is None or actor.is_operator or saved.organisation_id in actor.organisation_ids
    )
    return is_own and saved.cancelled_at is None and may_record_saved(actor, saved.beneficiary)


def tells_wishes(actor: Actor) -> bool:
    """Who says how many hours a person wants: they do, or who accompanies them and was told so."""
    return actor.role in SPEAKS_FOR_ONESELF


def may_tell_wish(actor: Actor, beneficiary: Beneficiary) -> bool:
    """The person themselves, or whoever accompanies them today."""
    return tells_wishes(actor) and accompanies(actor, beneficiary)


def may_change_wish(actor: Actor, wish: HoursWish) -> bool:
    """The team corrects and takes back any wish that stands; the person, those they wrote themselves."""
    return (
        wish.cancelled_at is None and may_rewrite_wish(actor, wish) and may_tell_wish(actor, wish.beneficiary)
    )


def may_rewrite_wish(actor: Actor, wish: HoursWish) -> bool:
    """Whether the wish is one of those the actor may write again: for the person, those they wrote."""
    return wish.voice == WishVoice.PERSON or not reads_own_thread(actor)


def reads_data_kept(actor: Actor) -> bool:
    """Who opens the page of the data kept about a person: they do, or who accompanies them."""
    return actor.role in SPEAKS_FOR_ONESELF


def may_ask_copy(actor: Actor, beneficiary: Beneficiary) -> bool:
    """The person, or whoever accompanies them today, takes away a copy of what they read."""
    return reads_data_kept(actor) and accompanies(actor, beneficiary)


def answers_requests(actor: Actor) -> bool:
    """Who answers what people ask of their data."""
    return actor.role in ACCOMPANY


def keeps_longer(actor: Actor) -> bool:
    """Who may write an exception to the time data are kept."""
    return actor.role in WRITES_DECISIONS


def may_answer_request(actor: Actor, request: DataRequest) -> bool:
    """Who writes the thread answers, or whose structure was asked; who answers for the structure alone erases."""
    answers = WRITES_DECISIONS if request.kind == DataRequestKind.ERASURE else ACCOMPANY
    if actor.role not in answers:
        return False
    return accompanies(actor, request.beneficiary) or request.organisation_id in actor.organisation_ids


def may_withdraw_request(actor: Actor, request: DataRequest) -> bool:
    """The person goes back on what they asked; or who accompanies them, when they were told so."""
    return may_ask_copy(actor, request.beneficiary)


def may_keep_longer(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Who answers for a structure that still names the person writes an exception to the time data are kept."""
    if not keeps_longer(actor):
        return False
    return Beneficiary.objects.visible_to(actor).filter(pk=beneficiary.pk).exists()


def may_join_files(actor: Actor) -> bool:
    """Who makes two files of one person one, and two again: who writes their thread."""
    return actor.role in ACCOMPANY


def may_join(actor: Actor, kept: Beneficiary, gone: Beneficiary) -> bool:
    """Both files are open to the actor today: nobody joins a file they could not have filled in themselves."""
    return may_join_files(actor) and accompanies(actor, kept) and accompanies(actor, gone)


def may_separate(actor: Actor, reunion: Reunion) -> bool:
    """Whoever accompanies the person today makes two files again of what was made one."""
    return may_join_files(actor) and accompanies(actor, reunion.kept)


def may_open_thread(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Who accompanies the person gives them an access to their own thread, and takes it back."""
    return may_record_follow_up(actor, beneficiary)


def may_record_entry(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Nobody writes over a situation that the person did not give to their structure."""
    return may_edit_person(actor, beneficiary) and not given.is_kept_back(
        actor, beneficiary.pk, RelayPart.SITUATION
    )


def may_open_stay(actor: Actor, beneficiary: Beneficiary, organisation_id: int) -> bool:
    """A structure welcomes back someone it knows, for itself only; to another one, a relay leads.

    Somebody accompanied elsewhere is not taken back from afar: their thread would open to a structure they left,
    unknown to the one they are with.
    """
    if actor.is_operator:
        return True
    is_own = may_manage_people(actor) and organisation_id in actor.organisation_ids
    return is_own and (
        accompanies(actor, beneficiary)
        or not doors.is_accompanied_elsewhere(beneficiary.pk, actor.organisation_ids)
    )


def reads_relays(actor: Actor) -> bool:
    """The teams that accompany people, and the people."""
    return actor.role in SPEAKS_FOR_ONESELF


def side_of(actor: Actor, relay: Relay) -> RelayHand | None:
    """From which side the actor reads this relay, of those they may read; None at the command line, which is on none."""
    if actor.is_operator:
        return None
    if reads_own_thread(actor):
        return RelayHand.PERSON
    return RelayHand.SENDER if relay.organisation_id in actor.organisation_ids else RelayHand.RECEIVER


def may_record_contract(actor: Actor, stay: Stay) -> bool:
    """Contracts are written by the structure that signs them, while the person is there."""
    return _accompanies_in(actor, stay) and not _is_over(stay.ended_on)


def may_change_derogation(actor: Actor, derogation: Derogation) -> bool:
    """A structure answers for the decisions on its own contracts, while it accompanies the person."""
    is_own = actor.is_operator or derogation.organisation_id in actor.organisation_ids
    return is_own and may_record_follow_up(actor, derogation.beneficiary)


def may_change_pass(actor: Actor, beneficiary: Beneficiary) -> bool:
    """Who accompanies the person today, from an insertion structure, suspends, prolongs and closes their PASS."""
    return may_edit_person(actor, beneficiary) and (
        Stay.objects.covered_by(actor)
        .filter(beneficiary=beneficiary, organisation__kind__in=SIAE_KINDS)
        .exists()
    )


def may_diagnose(actor: Actor, beneficiary: Beneficiary) -> bool:
    """An insertion structure writes the eligibility of whom it accompanies, unless they kept their situation back."""
    return may_change_pass(actor, beneficiary) and may_record_entry(actor, beneficiary)


def may_change_diagnosis(actor: Actor, diagnosis: EligibilityDiagnosis) -> bool:
    """A structure answers for its own diagnoses and their documents, while it accompanies the person and they stand."""
    is_own = actor.is_operator or diagnosis.organisation_id in actor.organisation_ids
    return is_own and diagnosis.cancelled_at is None and may_record_follow_up(actor, diagnosis.beneficiary)


def may_record_hours(actor: Actor, stay: Stay) -> bool:
    """Hours too, and those of the last month until the end of the next one: they are known after it."""
    if stay.ended_on is None:
        return _accompanies_in(actor, stay)
    return _accompanies_in(actor, stay) and not _is_over(month_end(months_after(stay.ended_on, 1)))


def may_correct_work(actor: Actor, stay: Stay) -> bool:
    """Contracts and hours are corrected by the structure that wrote them, as long as hours still come in for them."""
    return may_record_hours(actor, stay)


def may_correct_stay(actor: Actor, stay: Stay) -> bool:
    """The day somebody entered is corrected by the structure they entered, while they are there."""
    return may_record_contract(actor, stay)


def may_reopen(actor: Actor, stay: Stay) -> bool:
    """Taking an exit back, or moving it, may open the thread again: never while another structure has the person."""
    return may_close(actor, stay) and (
        actor.is_operator or not doors.is_accompanied_elsewhere(stay.beneficiary_id, actor.organisation_ids)
    )


def may_assign_advisor(actor: Actor, stay: Stay) -> bool:
    """A structure's own team chooses who accompanies a person there."""
    return _accompanies_in(actor, stay) and not _is_over(stay.ended_on)


def may_read_synthesis(actor: Actor, interview: Interview) -> bool:
    """The text of an interview is for who accompanies the person, its author, and the person (CNIL 2021-028)."""
    if actor.role in SYNTHESIS_READERS:
        return True
    return actor.role in READS_OWN_WORDS and _is_author(actor, interview)


def may_edit_interview(actor: Actor, interview: Interview) -> bool:
    """Only its author changes what an interview says, while they accompany the person."""
    return wrote(actor, interview) and accompanies(actor, interview.beneficiary)


def wrote(actor: Actor, interview: Interview) -> bool:
    """Whether the interview is the actor's own."""
    return may_manage_people(actor) and _is_author(actor, interview)


def may_keep_private_note(actor: Actor) -> bool:
    """A private note is an advisor's own; only they will ever read it here."""
    return actor.role in KEEPS_PRIVATE_NOTES


def may_close(actor: Actor, stay: Stay) -> bool:
    """The person's advisor or a manager records how a stay in their own structure ended, even long after."""
    return _accompanies_in(actor, stay)


def may_complete_exit(actor: Actor, exit_: Exit) -> bool:
    """Whoever may close the stay may complete or correct its exit."""
    return may_close(actor, exit_.stay)


def may_stop_watching(actor: Actor, beneficiary: Beneficiary) -> bool:
    """A structure stops watching who stayed with it, its door closed or not; for itself only."""
    return (
        may_manage_people(actor) and Stay.objects.covered_by(actor).filter(beneficiary=beneficiary).exists()
    )


def may_watch_again(actor: Actor, watch_end: WatchEnd) -> bool:
    """The team that stopped watching someone begins again."""
    return may_manage_people(actor) and watch_end.organisation_id in actor.organisation_ids


def may_set_rules(actor: Actor) -> bool:
    """Who writes a rule of some kind: everybody's, or the préfet's decision for their own structure."""
    return actor.role in WRITES_RULES or actor.role in WRITES_DECISIONS


def may_set_rule(actor: Actor, organisation: Organisation | None = None) -> bool:
    """A rule moves everybody's figures: the network's; a préfet's decision is its own structure's to record."""
    if organisation is None:
        return actor.role in WRITES_RULES
    return actor.role in WRITES_DECISIONS and (actor.is_operator or organisation.pk in actor.organisation_ids)


def _accompanies_in(actor: Actor, stay: Stay) -> bool:
    if actor.is_operator:
        return True
    return may_manage_people(actor) and stay.organisation_id in actor.organisation_ids


def _is_over(last_day: date | None) -> bool:
    return last_day is not None and last_day < timezone.localdate()


def _is_author(actor: Actor, interview: Interview) -> bool:
    return interview.author_id is not None and interview.author_id == actor.user_id
