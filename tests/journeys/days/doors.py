"""Every day a service is given: how it is given, one it takes, those it refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backend.core.steps import seen
from competences.services import assess, describe_vae, move_vae, plan_vae
from employers.services import open_analysis, record_post_hire
from pathways import services as thread
from pathways.enums import GoalOrigin
from tests.factories import (
    ActionFactory,
    AppointmentFactory,
    CompetenceFactory,
    ContractFactory,
    GoalFactory,
    InterviewFactory,
)
from tests.journeys.days import relays
from tests.journeys.days.employers import WORK
from tests.journeys.days.following import FOLLOWING
from tests.journeys.days.gestures import (
    a_contract,
    a_month_of_the_table,
    a_pass,
    a_rule,
    a_task,
    a_training,
    a_vae,
    a_vae_corrected,
    a_vae_step,
    a_wish,
    an_avenant,
    an_immersion,
    appointment_corrected,
    back_again,
    certification_corrected,
    closed,
    corrected,
    exit_moved,
    followed_in_their_job,
    hired,
    kept_longer,
    noon,
    one_known,
    pass_corrected,
    prolonged,
    registered,
    task_changed,
    title_corrected,
    titled,
    told,
    training_known,
    wish_known,
)
from tests.journeys.days.people import PEOPLE
from tests.journeys.days.rights import FAR, IN_TIME, LATELY, LONG_AGO, PROMISED, RIGHTS, SOON, Door, door_of

DOORS: dict[str, Door] = {
    **{key: door_of(service.__name__, name, takes) for key, (service, name, takes) in RIGHTS.items()},
    "close_pass.on": Door(closed, IN_TIME),
    "keep_longer.until": Door(kept_longer, SOON, PROMISED),
    "answer_prolongation.decided_on": Door(
        lambda house, day: thread.answer_prolongation(
            actor=house.advisor, prolongation=prolonged(house), version=1, status="ACCORDEE", decided_on=day
        ),
        IN_TIME,
    ),
    **PEOPLE,
    "open_stay.started_on": Door(back_again, LATELY),
    "propose_relay.meets_at": Door(
        lambda house, day: relays.proposed(house, meets_at=relays.at_ten(day), planned_on=day), SOON, PROMISED
    ),
    "propose_relay.planned_on": Door(
        lambda house, day: relays.proposed(house, planned_on=day), SOON, PROMISED
    ),
    "correct_relay.meets_at": Door(
        lambda house, day: relays.corrected(house, meets_at=relays.at_ten(day), planned_on=day),
        SOON,
        PROMISED,
    ),
    "correct_relay.planned_on": Door(
        lambda house, day: relays.corrected(house, planned_on=day), SOON, PROMISED
    ),
    "agree_to_relay.agreed_on": Door(relays.agreed, date(2026, 11, 22), PROMISED),
    "change_agreement.agreed_on": Door(relays.agreed_again, date(2026, 11, 22), PROMISED),
    "suggest_meeting_day.meets_at": Door(relays.suggested, SOON, PROMISED),
    "record_relay_meeting.met_on": Door(relays.met, date(2026, 11, 21), PROMISED),
    "welcome_by_relay.started_on": Door(relays.welcomed, LATELY),
    "plan_relay_step.due_on": Door(relays.step, SOON, PROMISED),
    "correct_relay_step.due_on": Door(relays.step_corrected, SOON, PROMISED),
    "close_stay.on": Door(
        lambda house, day: thread.close_stay(actor=house.advisor, stay=house.stay, on=day), LATELY
    ),
    "record_contract.started_on": Door(
        lambda house, day: a_contract(house, started_on=day), date(2026, 11, 16)
    ),
    "record_contract.planned_end_on": Door(lambda house, day: a_contract(house, planned_end_on=day), SOON),
    "end_contract.on": Door(
        lambda house, day: thread.end_contract(
            actor=house.advisor,
            contract=ContractFactory(stay=house.stay, kind="CDD", planned_end_on=SOON),
            on=day,
        ),
        LATELY,
    ),
    "record_amendment.starts_on": Door(an_avenant, SOON),
    "record_hours.month": Door(
        lambda house, day: thread.record_hours(
            actor=house.advisor,
            contract=ContractFactory(
                stay=house.stay, kind="CDI", started_on=date(2026, 10, 1), planned_end_on=None
            ),
            month=day,
            hours=Decimal(10),
        ),
        date(2026, 10, 1),
    ),
    "record_wish.starts_on": Door(a_wish, LATELY),
    "correct_wish.starts_on": Door(
        lambda house, day: thread.correct_wish(**wish_known(house), starts_on=day), LATELY
    ),
    **FOLLOWING,
    "record_training.started_on": Door(
        lambda house, day: a_training(house, started_on=day, planned_end_on=day), LATELY
    ),
    "record_training.planned_end_on": Door(
        lambda house, day: a_training(house, planned_end_on=day), date(2026, 11, 27)
    ),
    "correct_training.started_on": Door(
        lambda house, day: thread.correct_training(**training_known(house), started_on=day),
        date(2026, 11, 3),
    ),
    "correct_training.planned_end_on": Door(
        lambda house, day: thread.correct_training(**training_known(house), planned_end_on=day),
        date(2026, 11, 27),
    ),
    "correct_training.ended_on": Door(
        lambda house, day: thread.correct_training(**training_known(house), ended_on=day), LATELY, PROMISED
    ),
    "correct_training.certified_on": Door(
        lambda house, day: thread.correct_training(
            **training_known(house, ended_on=LATELY, outcome="CERTIFIEE", certified_on=LATELY),
            certified_on=day,
        ),
        IN_TIME,
        PROMISED,
    ),
    "finish_training.on": Door(
        lambda house, day: thread.finish_training(**training_known(house), on=day, outcome="SUIVIE"),
        LATELY,
        PROMISED,
    ),
    "finish_training.certified_on": Door(
        lambda house, day: thread.finish_training(
            **training_known(house), on=LATELY, outcome="CERTIFIEE", certified_on=day
        ),
        IN_TIME,
        PROMISED,
    ),
    "record_immersion.started_on": Door(
        lambda house, day: an_immersion(house, started_on=day, planned_end_on=day), LATELY
    ),
    "record_immersion.planned_end_on": Door(
        lambda house, day: an_immersion(house, planned_end_on=day), date(2026, 11, 27)
    ),
    "renew_immersion.started_on": Door(
        lambda house, day: thread.renew_immersion(**one_known(house), started_on=day, planned_end_on=day),
        date(2026, 11, 23),
        PROMISED,
    ),
    "renew_immersion.planned_end_on": Door(
        lambda house, day: thread.renew_immersion(
            **one_known(house), started_on=date(2026, 11, 23), planned_end_on=day
        ),
        date(2026, 11, 27),
        PROMISED,
    ),
    "correct_immersion.started_on": Door(
        lambda house, day: thread.correct_immersion(**one_known(house), started_on=day), date(2026, 11, 3)
    ),
    "correct_immersion.planned_end_on": Door(
        lambda house, day: thread.correct_immersion(**one_known(house), planned_end_on=day),
        date(2026, 11, 27),
        PROMISED,
    ),
    "correct_immersion.ended_on": Door(
        lambda house, day: thread.correct_immersion(**one_known(house), ended_on=day), LATELY, PROMISED
    ),
    "correct_immersion.reviewed_on": Door(
        lambda house, day: thread.correct_immersion(**one_known(house), reviewed_on=day), LATELY, PROMISED
    ),
    "end_immersion.on": Door(
        lambda house, day: thread.end_immersion(**one_known(house), on=day), LATELY, PROMISED
    ),
    "review_immersion.reviewed_on": Door(
        lambda house, day: thread.review_immersion(**one_known(house), reviewed_on=day, tutor_review="Bien"),
        LATELY,
        PROMISED,
    ),
    "record_month_hours.month": Door(a_month_of_the_table, date(2026, 10, 1)),
    "correct_contract.started_on": Door(lambda house, day: corrected(house, started_on=day), LATELY),
    "correct_contract.planned_end_on": Door(lambda house, day: corrected(house, planned_end_on=day), SOON),
    "correct_contract.ended_on": Door(lambda house, day: corrected(house, ended_on=day), LATELY),
    "correct_stay.started_on": Door(
        lambda house, day: thread.correct_stay(
            actor=house.advisor, stay=house.stay, seen=seen(house.stay), started_on=day
        ),
        date(2026, 1, 2),
    ),
    "move_exit.on": Door(exit_moved, LATELY),
    **WORK,
    "correct_pass.starts_on": Door(lambda house, day: pass_corrected(house, starts_on=day), LATELY),
    "correct_pass.ends_on": Door(lambda house, day: pass_corrected(house, ends_on=day), date(2028, 2, 4)),
    "correct_goal.due_on": Door(
        lambda house, day: thread.correct_goal(
            actor=house.advisor,
            goal=GoalFactory(beneficiary=house.person, organisation=house.structure),
            version=1,
            label="Permis B",
            origin=GoalOrigin.SHARED,
            due_on=day,
        ),
        SOON,
        PROMISED,
    ),
    "correct_action.due_on": Door(
        lambda house, day: thread.correct_action(
            actor=house.advisor,
            action=ActionFactory(beneficiary=house.person, organisation=house.structure),
            version=1,
            label="Appeler",
            due_on=day,
            goal=None,
        ),
        SOON,
        PROMISED,
    ),
    "correct_appointment.starts_at": Door(appointment_corrected, SOON, PROMISED),
    "record_pass.starts_on": Door(lambda house, day: a_pass(house, starts_on=day), LATELY),
    "record_pass.ends_on": Door(lambda house, day: a_pass(house, ends_on=day), date(2028, 1, 4)),
    "record_follow_up.happened_at": Door(lambda house, day: told(house, happened_at=noon(day)), LATELY),
    "record_follow_up.next_action_due_on": Door(
        lambda house, day: told(house, next_action="Appeler", next_action_due_on=day), SOON, PROMISED
    ),
    "record_follow_up.next_appointment_at": Door(
        lambda house, day: told(house, next_appointment_at=noon(day)), SOON, PROMISED
    ),
    "edit_interview.happened_at": Door(
        lambda house, day: thread.edit_interview(
            actor=house.advisor,
            interview=InterviewFactory(
                beneficiary=house.person, organisation=house.structure, author_id=house.advisor.user_id
            ),
            version=1,
            happened_at=noon(day),
        ),
        LATELY,
    ),
    "set_goal.due_on": Door(
        lambda house, day: thread.set_goal(
            actor=house.advisor,
            beneficiary=house.person,
            label="Permis B",
            origin=GoalOrigin.SHARED,
            due_on=day,
        ),
        SOON,
        PROMISED,
    ),
    "plan_action.due_on": Door(
        lambda house, day: thread.plan_action(
            actor=house.advisor, beneficiary=house.person, label="Appeler", due_on=day
        ),
        SOON,
        PROMISED,
    ),
    "postpone_action.due_on": Door(
        lambda house, day: thread.postpone_action(
            actor=house.advisor,
            action=ActionFactory(beneficiary=house.person, organisation=house.structure),
            version=1,
            due_on=day,
        ),
        SOON,
        PROMISED,
    ),
    "plan_appointment.starts_at": Door(
        lambda house, day: thread.plan_appointment(
            actor=house.advisor, beneficiary=house.person, starts_at=noon(day)
        ),
        SOON,
        PROMISED,
    ),
    "postpone_appointment.starts_at": Door(
        lambda house, day: thread.postpone_appointment(
            actor=house.advisor,
            appointment=AppointmentFactory(
                beneficiary=house.person, organisation=house.structure, advisor_id=house.advisor.user_id
            ),
            starts_at=noon(day),
        ),
        SOON,
        PROMISED,
    ),
    "set_rule.valid_from": Door(lambda house, day: a_rule(house, valid_from=day), LATELY),
    "set_rule.valid_to": Door(lambda house, day: a_rule(house, valid_to=day), SOON),
    "assess.assessed_on": Door(
        lambda house, day: assess(
            actor=house.advisor,
            beneficiary=house.person,
            competence=CompetenceFactory(),
            level=2,
            assessed_on=day,
        ),
        LATELY,
    ),
    "plan_vae.on": Door(
        lambda house, day: plan_vae(
            actor=house.advisor, beneficiary=house.person, certification="Titre inventé", on=day
        ),
        LATELY,
    ),
    "move_vae.on": Door(
        lambda house, day: move_vae(
            actor=house.advisor,
            project=plan_vae(
                actor=house.advisor,
                beneficiary=house.person,
                certification="Titre inventé",
                on=date(2026, 9, 1),
            ),
            version=1,
            kind="ACCORD",
            on=day,
        ),
        LATELY,
    ),
    "plan_vae.replaced_on": Door(
        lambda house, day: plan_vae(
            actor=house.advisor,
            beneficiary=house.person,
            certification="Titre inventé",
            on=date(2026, 9, 1),
            replaced_on=day,
        ),
        LATELY,
    ),
    "describe_vae.replaced_on": Door(
        lambda house, day: describe_vae(
            actor=house.advisor, project=a_vae(house), version=1, replaced_on=day
        ),
        LATELY,
    ),
    "move_vae.jury_on": Door(lambda house, day: a_vae_step(house, kind="JURY", jury_on=day), SOON),
    "move_vae.leave_on": Door(lambda house, day: a_vae_step(house, kind="CONGE_DEMANDE", leave_on=day), SOON),
    "correct_vae_step.on": Door(lambda house, day: a_vae_corrected(house, on=day), LATELY),
    "correct_vae_step.jury_on": Door(
        lambda house, day: a_vae_corrected(house, kind="JURY", jury_on=day), SOON
    ),
    "correct_vae_step.leave_on": Door(
        lambda house, day: a_vae_corrected(house, kind="CONGE_DEMANDE", leave_on=day), SOON
    ),
    "record_licence.obtained_on": Door(lambda house, day: titled(house, obtained_on=day), LATELY),
    "record_licence.expires_on": Door(lambda house, day: titled(house, expires_on=day), SOON),
    "correct_licence.obtained_on": Door(lambda house, day: title_corrected(house, obtained_on=day), LATELY),
    "correct_licence.expires_on": Door(lambda house, day: title_corrected(house, expires_on=day), SOON),
    "open_analysis.observed_on": Door(
        lambda house, day: open_analysis(
            actor=house.advisor, establishment=house.establishment, title="Au fournil", observed_on=day
        ),
        LATELY,
    ),
    "add_task.dismissed_on": Door(lambda house, day: a_task(house, dismissed_on=day), LATELY, PROMISED),
    "change_task.dismissed_on": Door(
        lambda house, day: task_changed(house, dismissed_on=day), LATELY, PROMISED
    ),
    "type_certification.ends_on": Door(lambda house, day: registered(house, ends_on=day), SOON, PROMISED),
    "correct_certification.ends_on": Door(
        lambda house, day: certification_corrected(house, ends_on=day), SOON, PROMISED
    ),
    "hire.started_on": Door(lambda house, day: hired(house, started_on=day), LATELY),
    "hire.trial_ends_on": Door(lambda house, day: hired(house, trial_ends_on=day), SOON),
    "hire.left_on": Door(lambda house, day: hired(house, left_on=day), LATELY),
    "record_post_hire.on": Door(
        lambda house, day: record_post_hire(
            actor=house.advisor, follow_up=followed_in_their_job(house), situation="EN_POSTE", on=day
        ),
        LATELY,
        (LONG_AGO, date(2026, 11, 1), FAR),
    ),
}
