"""From one requirement and the people who may be ranked to ranks, scores and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from employers.matching.candidates import Candidates
from employers.matching.errors import InputRefused
from employers.matching.formula import (
    CREDITS_IN_PARTS,
    STANDINGS,
    Outcome,
    base_of,
    nearness,
    outcomes_by_level,
    rounded,
    whole_weights,
)
from employers.matching.referential import NO_GROUP, Referential
from employers.matching.vectors import Columns, Floats, Ints, SparseTable
from employers.matching.vocabulary import Match, Profile, Reason, RequiredCompetence, Requirement

PEOPLE_PER_BLOCK = 512  # a block of `trade_known` that stays in the processor's cache
VIA_STEP = 8  # a reason packs (via + 1) × 8 + outcome: one whole number per person and competence


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ranking:
    """Everyone's place before one requirement.

    `order` lists positions among the candidates, best first; the other arrays follow theirs. `tied_not_shown` counts
    the people cut off by `top` though they tie with the last one shown.
    """

    requirement: Requirement
    candidates: Candidates
    order: Ints
    ranks: Ints
    scores: Floats
    bases: Floats
    trades: Floats
    packed_reasons: tuple[Ints, ...]
    tied_not_shown: int
    _told: dict[tuple[int, int], Reason] = field(default_factory=dict)

    def matches(self, *, with_reasons: bool = True) -> list[Match]:
        """The ranked people as values, best first."""
        return [self._match(int(position), with_reasons) for position in self.order]

    def _match(self, position: int, with_reasons: bool) -> Match:
        packed = [int(reasons[position]) for reasons in self.packed_reasons] if with_reasons else []
        return Match(
            profile=self.candidates.ids[position],
            rank=int(self.ranks[position]),
            score=float(self.scores[position]),
            base=float(self.bases[position]),
            trade=float(self.trades[position]),
            reasons=tuple(self._reason(place, value) for place, value in enumerate(packed)),
        )

    def _reason(self, place: int, packed: int) -> Reason:
        """Most people are told the same of one required competence: each reason is made once."""
        found = self._told.get((place, packed))
        if found is None:
            code = self.requirement.competences[place].code
            found = self._told[place, packed] = unpack_reason(code, packed, self.candidates.referential)
        return found


def rank(
    requirement: Requirement,
    profiles: Iterable[Profile],
    referential: Referential,
    *,
    trade_weight: float = 0.0,
    top: int | None = None,
) -> list[Match]:
    """People in the order of what they can do for this requirement, with reasons; equal scores share a rank."""
    candidates = Candidates.build(profiles, referential)
    return rank_candidates([requirement], candidates, trade_weight=trade_weight, top=top)[0].matches()


def rank_candidates(
    requirements: Sequence[Requirement],
    candidates: Candidates,
    *,
    trade_weight: float = 0.0,
    top: int | None = None,
) -> list[Ranking]:
    """One ranking per requirement over the same people: the way to rank many, a few hundred at a time."""
    trades = trade_terms(requirements, candidates)
    return [
        _rank_one(requirement, candidates, trade, trade_weight=trade_weight, top=top)
        for requirement, trade in zip(requirements, trades, strict=True)
    ]


def _rank_one(
    requirement: Requirement, candidates: Candidates, trade: Floats, *, trade_weight: float, top: int | None
) -> Ranking:
    weights = requirement_weights(requirement, candidates.referential)
    packed = tuple(_packed_reasons(asked, candidates) for asked in requirement.competences)
    wholes = whole_weights(weights)
    parts = np.zeros(len(candidates.ids), dtype=np.int64)
    for weight, reasons in zip(wholes, packed, strict=True):
        parts += weight * CREDITS_IN_PARTS[reasons % VIA_STEP]
    bases = base_of(parts, wholes)
    scores = rounded((1 - trade_weight) * bases + trade_weight * trade) if trade_weight else bases
    order = np.argsort(-scores, kind="stable")
    ranks = _shared_ranks(scores, order)
    shown = order[:top]
    return Ranking(
        requirement=requirement,
        candidates=candidates,
        order=shown,
        ranks=ranks,
        scores=scores,
        bases=bases,
        trades=rounded(trade),
        packed_reasons=packed,
        tied_not_shown=int((scores[order[len(shown) :]] == scores[shown[-1]]).sum()) if len(shown) else 0,
    )


def requirement_weights(requirement: Requirement, referential: Referential) -> list[float]:
    """Weight of each required competence: how telling it is × the employer's emphasis."""
    weights = [referential.weight(asked.code) * asked.importance for asked in requirement.competences]
    if not sum(weights) > 0:
        raise InputRefused("no_weight", "Le besoin ne demande aucune compétence d’importance supérieure à 0.")
    return weights


def fiche_shares(requirement: Requirement, referential: Referential) -> tuple[Ints, Floats]:
    """Fiches that cite part of the requirement, in code order, and the share of its weight each one cites."""
    weights = requirement_weights(requirement, referential)
    shares = np.zeros(len(referential.occupation_codes))
    for asked, weight in zip(requirement.competences, weights, strict=True):
        competence = referential.index.get(asked.code)
        if competence is not None:
            fiches, _ = referential.cited_by.column(competence)
            shares[fiches] += weight
    cited = np.flatnonzero(shares)
    return cited, shares[cited] / sum(weights)


def trade_terms(requirements: Sequence[Requirement], candidates: Candidates) -> Floats:
    """Trade term, requirements × people: how far each person knows the trades the work belongs to (0 to 1).

    Sums run one by one in fiche order, never through a threaded library: the same bytes on any number of cores.
    """
    near = [fiche_shares(requirement, candidates.referential) for requirement in requirements]
    if len(near) == 1 and len(candidates.ids) <= PEOPLE_PER_BLOCK:
        ((cited, shares),) = near
        return np.asarray(
            np.minimum(SparseTable(nearness(shares)[None, :]) @ candidates.trade_known_of(cited), 1.0)
        )
    fiches = np.concatenate([cited for cited, _ in near]) if near else np.zeros(0, dtype=np.int64)
    weights = np.concatenate([nearness(shares) for _, shares in near]) if near else np.zeros(0)
    starts = np.cumsum([0, *(len(cited) for cited, _ in near)])
    shape = (len(requirements), len(candidates.referential.occupation_codes))
    belonging = SparseTable((weights, fiches, starts), shape=shape)
    trades = np.empty((len(requirements), len(candidates.ids)))
    for start in range(0, len(candidates.ids), PEOPLE_PER_BLOCK):
        block = slice(start, start + PEOPLE_PER_BLOCK)
        trades[:, block] = belonging @ candidates.trade_known(block)
    return np.minimum(trades, 1.0)


def _packed_reasons(asked: RequiredCompetence, candidates: Candidates) -> Ints:
    """Best outcome of everyone before one required competence; a code nobody knows is missing for all."""
    packed = np.zeros(len(candidates.ids), dtype=np.int64)
    competence = candidates.referential.index.get(asked.code)
    if competence is None:
        return packed
    _mark_near(
        packed,
        candidates.near_objective,
        int(candidates.referential.objective_of[competence]),
        Outcome.SAME_OBJECTIVE,
    )
    _mark_near(
        packed, candidates.near_macro, int(candidates.referential.macro_of[competence]), Outcome.SAME_MACRO
    )
    people, levels = candidates.held.column(competence)
    outcomes = outcomes_by_level(asked.level)[levels]
    too_far = (outcomes == Outcome.TWO_LEVELS_SHORT) | (outcomes == Outcome.THREE_LEVELS_SHORT)
    packed[people] = outcomes + np.where(too_far, (competence + 1) * VIA_STEP, 0)
    return packed


def _mark_near(packed: Ints, near: Columns, group: int, outcome: Outcome) -> None:
    if group != NO_GROUP:
        people, via = near.column(group)
        packed[people] = outcome + (via + 1) * VIA_STEP


def _shared_ranks(scores: Floats, order: Ints) -> Ints:
    """1 + number of people strictly better: 1, 2, 2, 4."""
    ranked = scores[order]
    starts = np.ones(len(order), dtype=np.int64)
    starts[1:] = np.where(np.diff(ranked) != 0, np.arange(2, len(order) + 1), 1)
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.maximum.accumulate(starts)
    return ranks


def unpack_reason(code: str, packed: int, referential: Referential) -> Reason:
    """A packed reason as a value."""
    via, outcome = divmod(packed, VIA_STEP)
    standing = STANDINGS[Outcome(outcome)]
    return Reason(
        code=code,
        state=standing.state,
        via=referential.codes[via - 1] if via else None,
        credit=standing.credit,
        level_gap=standing.level_gap,
    )
