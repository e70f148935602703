"""What may follow what in a VAE: the one table that screens, API, files and the page of the docs read."""

from __future__ import annotations

from dataclasses import dataclass

from competences.enums import VaeHand, VaeStatus, VaeStepKind

S, K, H = VaeStatus, VaeStepKind, VaeHand

BEFORE = frozenset({S.PROJECT, S.REGISTERED, S.PREPARING})
"""Nothing was deposited yet; whoever types only what comes later is believed: it was."""
AWAITING = frozenset({S.FEASIBILITY_SENT, S.INCOMPLETE, S.COMPLETE})
"""Between the deposit and the decision."""
ADMITTED = frozenset({S.ADMISSIBLE, S.TACIT})
JUDGED = frozenset({S.PARTIAL, S.REFUSED, S.ABSENT, S.EXCUSED, S.REVOKED})
"""A jury sat, and another may: no new admissibility is needed."""
DEAD = frozenset({S.NOT_ADMISSIBLE, S.LAPSED})
"""This file goes no further; another may be deposited."""
CLOSED = DEAD | {S.FULL, S.DROPPED}
AFTER_YES = ADMITTED | JUDGED | {S.VALIDATION_SENT, S.VALIDATION_INCOMPLETE, S.JURY}
"""The person is recevable, and still on the way."""
ALL = frozenset(VaeStatus)
RESULTS = frozenset({K.FULL, K.PARTIAL, K.REFUSED, K.ABSENT, K.EXCUSED})
ARTICLE = "Code du travail, art. "


@dataclass(frozen=True, slots=True)
class Transition:
    """One kind of step: from which statuses it leads to which, where it changes nothing, whose move it is, its text."""

    kind: VaeStepKind
    hand: VaeHand
    after: frozenset[VaeStatus]
    leads_to: VaeStatus | None
    basis: str = ""
    keeps: frozenset[VaeStatus] = frozenset()

    @property
    def possible_from(self) -> frozenset[VaeStatus]:
        """Every status from which it may happen."""
        return self.after | self.keeps


_NONE: frozenset[VaeStatus] = frozenset()

TRANSITIONS: dict[VaeStepKind, Transition] = {
    row.kind: row
    for row in (
        Transition(K.PLANNED, H.PERSON, frozenset({S.PROJECT}), S.PROJECT),
        Transition(K.AGREED, H.PERSON, _NONE, None, f"{ARTICLE}L6421-1", ALL),
        Transition(
            K.REGISTERED,
            H.PERSON,
            frozenset({S.PROJECT}),
            S.REGISTERED,
            f"{ARTICLE}R6412-2",
            BEFORE - {S.PROJECT},
        ),
        Transition(
            K.ACCOMPANIED, H.COMPANION, BEFORE, S.PREPARING, f"{ARTICLE}R6412-2", AWAITING | AFTER_YES
        ),
        Transition(K.OPINION_FOR, H.COMPANION, BEFORE, S.PREPARING, f"{ARTICLE}R6412-2", AWAITING),
        Transition(K.OPINION_AGAINST, H.COMPANION, BEFORE, S.PREPARING, f"{ARTICLE}R6412-2", AWAITING),
        Transition(K.CONFIRMED, H.PERSON, BEFORE, S.PREPARING, f"{ARTICLE}L6421-1", AWAITING),
        Transition(
            K.FEASIBILITY_SENT, H.PERSON, BEFORE | {S.INCOMPLETE}, S.FEASIBILITY_SENT, f"{ARTICLE}R6412-3"
        ),
        Transition(
            K.INCOMPLETE, H.CERTIFIER, BEFORE | {S.FEASIBILITY_SENT}, S.INCOMPLETE, f"{ARTICLE}R6412-4"
        ),
        Transition(
            K.COMPLETE,
            H.CERTIFIER,
            BEFORE | {S.FEASIBILITY_SENT, S.INCOMPLETE},
            S.COMPLETE,
            f"{ARTICLE}R6412-4",
        ),
        Transition(
            K.ADMISSIBLE, H.CERTIFIER, BEFORE | AWAITING | {S.TACIT}, S.ADMISSIBLE, f"{ARTICLE}R6412-4"
        ),
        Transition(
            K.NOT_ADMISSIBLE,
            H.CERTIFIER,
            BEFORE | AWAITING | {S.TACIT},
            S.NOT_ADMISSIBLE,
            f"{ARTICLE}R6412-4",
        ),
        Transition(
            K.DECISION_WITHDRAWN,
            H.CERTIFIER,
            frozenset({S.ADMISSIBLE, S.NOT_ADMISSIBLE}),
            S.COMPLETE,
            f"{ARTICLE}R6412-4",
        ),
        Transition(K.PROGRESS, H.PERSON, _NONE, None, f"{ARTICLE}R6412-4", ADMITTED),
        Transition(
            K.GOOD_REASON, H.CERTIFIER, frozenset({S.LAPSED}), S.ADMISSIBLE, f"{ARTICLE}R6412-4", ADMITTED
        ),
        Transition(
            K.VALIDATION_SENT,
            H.PERSON,
            ADMITTED | JUDGED | {S.VALIDATION_INCOMPLETE},
            S.VALIDATION_SENT,
            f"{ARTICLE}R6412-5",
        ),
        Transition(
            K.VALIDATION_INCOMPLETE,
            H.CERTIFIER,
            frozenset({S.VALIDATION_SENT}),
            S.VALIDATION_INCOMPLETE,
            f"{ARTICLE}R6412-5",
        ),
        # Some certifiers ask for no validation file but a letter saying the person will be ready.
        Transition(
            K.JURY,
            H.CERTIFIER,
            ADMITTED | JUDGED | {S.VALIDATION_SENT, S.JURY},
            S.JURY,
            f"{ARTICLE}R6412-5 et D6412-6",
        ),
        Transition(K.ABSENT, H.PERSON, frozenset({S.JURY, S.REVOKED}), S.ABSENT, f"{ARTICLE}R6412-7"),
        Transition(K.EXCUSED, H.PERSON, frozenset({S.JURY, S.REVOKED}), S.EXCUSED, f"{ARTICLE}R6412-7"),
        Transition(K.FULL, H.CERTIFIER, frozenset({S.JURY, S.REVOKED}), S.FULL, f"{ARTICLE}R6412-7"),
        Transition(K.PARTIAL, H.CERTIFIER, frozenset({S.JURY, S.REVOKED}), S.PARTIAL, f"{ARTICLE}R6412-7"),
        Transition(K.REFUSED, H.CERTIFIER, frozenset({S.JURY, S.REVOKED}), S.REFUSED, f"{ARTICLE}R6412-7"),
        Transition(K.REVOKED, H.CERTIFIER, (JUDGED - {S.REVOKED}) | {S.FULL}, S.REVOKED, f"{ARTICLE}R6412-7"),
        Transition(K.LEAVE_ASKED, H.PERSON, _NONE, None, f"{ARTICLE}R6422-2", AFTER_YES),
        Transition(K.LEAVE_GRANTED, H.EMPLOYER, _NONE, None, f"{ARTICLE}R6422-4", AFTER_YES),
        Transition(K.LEAVE_POSTPONED, H.EMPLOYER, _NONE, None, f"{ARTICLE}R6422-4", AFTER_YES),
        Transition(K.DROPPED, H.PERSON, ALL - {S.FULL, S.DROPPED}, S.DROPPED, f"{ARTICLE}L6421-1"),
    )
}

COMPUTED: dict[VaeStatus, tuple[VaeStatus, str]] = {
    S.TACIT: (S.COMPLETE, f"{ARTICLE}R6412-4"),
    S.LAPSED: (S.ADMISSIBLE, f"{ARTICLE}R6412-4"),
}
"""Statuses that no step gives: time alone does, from which one, by which text."""

_NEXT_JURY = (K.VALIDATION_SENT, K.JURY)
NEXT_KINDS: dict[VaeStatus, tuple[VaeStepKind, ...]] = {
    S.PROJECT: (K.REGISTERED, K.ACCOMPANIED, K.FEASIBILITY_SENT),
    S.REGISTERED: (K.ACCOMPANIED, K.FEASIBILITY_SENT, K.COMPLETE),
    S.PREPARING: (K.FEASIBILITY_SENT, K.COMPLETE, K.CONFIRMED),
    S.FEASIBILITY_SENT: (K.COMPLETE, K.INCOMPLETE),
    S.INCOMPLETE: (K.COMPLETE, K.FEASIBILITY_SENT),
    S.COMPLETE: (K.ADMISSIBLE, K.NOT_ADMISSIBLE),
    S.TACIT: (K.ADMISSIBLE, K.PROGRESS, K.VALIDATION_SENT),
    S.ADMISSIBLE: (K.PROGRESS, K.VALIDATION_SENT),
    S.NOT_ADMISSIBLE: (),
    S.LAPSED: (K.GOOD_REASON,),
    S.VALIDATION_SENT: (K.JURY, K.VALIDATION_INCOMPLETE),
    S.VALIDATION_INCOMPLETE: (K.VALIDATION_SENT,),
    S.JURY: (K.FULL, K.PARTIAL, K.REFUSED, K.ABSENT, K.EXCUSED),
    S.ABSENT: _NEXT_JURY,
    S.EXCUSED: _NEXT_JURY,
    S.PARTIAL: _NEXT_JURY,
    S.REFUSED: _NEXT_JURY,
    S.REVOKED: (K.FULL, K.PARTIAL, K.REFUSED, K.JURY),
    S.FULL: (),
    S.DROPPED: (),
}
"""What is usually typed next, the likeliest first: the buttons of the page."""


def possible_kinds(status: VaeStatus) -> list[VaeStepKind]:
    """Every kind of step that may happen from here, in the order of a file."""
    return [
        kind for kind, row in TRANSITIONS.items() if status in row.possible_from and kind is not K.PLANNED
    ]
