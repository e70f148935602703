"""Writes: one function per thing a user does, five beats each (lock, check, change, record, announce).

Nothing is announced from here: alerts are computed when they are looked at.
"""

from pathways.services.accesses import end_person_access, offer_person_access
from pathways.services.appointments import plan_appointment, postpone_appointment, settle_appointment
from pathways.services.contracts import (
    end_contract,
    record_amendment,
    record_contract,
    record_hours,
    record_pass,
)
from pathways.services.corrections.interviews import cancel_interview, edit_interview
from pathways.services.corrections.promises import (
    cancel_action,
    cancel_appointment,
    cancel_goal,
    correct_action,
    correct_appointment,
    correct_goal,
)
from pathways.services.corrections.stays import cancel_exit, cancel_stay, correct_stay, move_exit
from pathways.services.corrections.work import (
    cancel_amendment,
    cancel_contract,
    cancel_hours,
    cancel_pass,
    correct_contract,
    correct_pass,
)
from pathways.services.exits import close_stay, complete_exit
from pathways.services.follow_ups import record_follow_up
from pathways.services.goals import change_goal, plan_action, postpone_action, set_goal, settle_action
from pathways.services.hours_table import MonthRecorded, TypedHours, record_month_hours
from pathways.services.immersions import (
    cancel_immersion,
    correct_immersion,
    end_immersion,
    record_immersion,
    renew_immersion,
    review_immersion,
)
from pathways.services.people import (
    MayBeKnown,
    assign_advisor,
    open_stay,
    record_entry,
    update_person,
    welcome_person,
)
from pathways.services.relays.agreeing import (
    agree_to_relay,
    change_agreement,
    deny_relay,
    withdraw_agreement,
)
from pathways.services.relays.preparing import (
    correct_relay_step,
    plan_relay_step,
    remove_relay_step,
    settle_relay_step,
)
from pathways.services.relays.proposing import (
    cancel_relay,
    confirm_meeting_day,
    correct_relay,
    propose_relay,
)
from pathways.services.relays.receiving import (
    accept_relay,
    decline_relay,
    record_relay_meeting,
    suggest_meeting_day,
    welcome_by_relay,
)
from pathways.services.reunions import join_files, no_longer_apart, separate_files, tell_apart
from pathways.services.rights.derogations import (
    answer_derogation,
    cancel_derogation,
    correct_derogation,
    record_derogation,
)
from pathways.services.rights.eligibility import (
    cancel_diagnosis,
    correct_diagnosis,
    record_diagnosis,
)
from pathways.services.rights.passes import (
    answer_prolongation,
    ask_prolongation,
    cancel_prolongation,
    cancel_suspension,
    close_pass,
    correct_prolongation,
    correct_suspension,
    record_suspension,
    reopen_pass,
)
from pathways.services.rights.saved_days import cancel_saved_days, correct_saved_days, record_saved_days
from pathways.services.rights.visits import cancel_visit, correct_visit, record_visit
from pathways.services.rules import set_rule
from pathways.services.trainings import (
    cancel_training,
    correct_training,
    finish_training,
    record_training,
)
from pathways.services.watching import stop_watching, watch_again
from pathways.services.wishes import cancel_wish, correct_wish, record_wish

__all__ = [
    "MayBeKnown",
    "MonthRecorded",
    "TypedHours",
    "accept_relay",
    "agree_to_relay",
    "answer_derogation",
    "answer_prolongation",
    "ask_prolongation",
    "assign_advisor",
    "cancel_action",
    "cancel_amendment",
    "cancel_appointment",
    "cancel_contract",
    "cancel_derogation",
    "cancel_diagnosis",
    "cancel_exit",
    "cancel_goal",
    "cancel_hours",
    "cancel_immersion",
    "cancel_interview",
    "cancel_pass",
    "cancel_prolongation",
    "cancel_relay",
    "cancel_saved_days",
    "cancel_stay",
    "cancel_suspension",
    "cancel_training",
    "cancel_visit",
    "cancel_wish",
    "change_agreement",
    "change_goal",
    "close_pass",
    "close_stay",
    "complete_exit",
    "confirm_meeting_day",
    "correct_action",
    "correct_appointment",
    "correct_contract",
    "correct_derogation",
    "correct_diagnosis",
    "correct_goal",
    "correct_immersion",
    "correct_pass",
    "correct_prolongation",
    "correct_relay",
    "correct_relay_step",
    "correct_saved_days",
    "correct_stay",
    "correct_suspension",
    "correct_training",
    "correct_visit",
    "correct_wish",
    "decline_relay",
    "deny_relay",
    "edit_interview",
    "end_contract",
    "end_immersion",
    "end_person_access",
    "finish_training",
    "join_files",
    "move_exit",
    "no_longer_apart",
    "offer_person_access",
    "open_stay",
    "plan_action",
    "plan_appointment",
    "plan_relay_step",
    "postpone_action",
    "postpone_appointment",
    "propose_relay",
    "record_amendment",
    "record_contract",
    "record_derogation",
    "record_diagnosis",
    "record_entry",
    "record_follow_up",
    "record_hours",
    "record_immersion",
    "record_month_hours",
    "record_pass",
    "record_relay_meeting",
    "record_saved_days",
    "record_suspension",
    "record_training",
    "record_visit",
    "record_wish",
    "remove_relay_step",
    "renew_immersion",
    "reopen_pass",
    "review_immersion",
    "separate_files",
    "set_goal",
    "set_rule",
    "settle_action",
    "settle_appointment",
    "settle_relay_step",
    "stop_watching",
    "suggest_meeting_day",
    "tell_apart",
    "update_person",
    "watch_again",
    "welcome_by_relay",
    "welcome_person",
    "withdraw_agreement",
]
