"""What this domain brings to the bundle « échange »: people, their work and its avenants, their PASS and what changes it, the decisions about them, their eligibility, their exits, their interviews, their immersions, their trainings, the hours they want, their medical visits, the days they saved."""

from pathways.exchange.amendments import AMENDMENTS
from pathways.exchange.conventions import judge as judge_conventions
from pathways.exchange.decisions.derogations import DEROGATIONS
from pathways.exchange.decisions.pass_changes import PROLONGATIONS, SUSPENSIONS
from pathways.exchange.entering.eligibility import ELIGIBILITY
from pathways.exchange.entries import ENTRIES
from pathways.exchange.hours import HOURS
from pathways.exchange.interviews import INTERVIEWS
from pathways.exchange.outside.immersions import IMMERSIONS
from pathways.exchange.outside.trainings import TRAININGS
from pathways.exchange.outside.travelling import SAVED, VISITS
from pathways.exchange.passes import PASSES
from pathways.exchange.people import PEOPLE
from pathways.exchange.wishes import WISHES
from pathways.exchange.work import CONTRACTS, EXITS, EXITS_TO_COMPLETE

FILES = (
    PEOPLE,
    DEROGATIONS,
    PASSES,
    SUSPENSIONS,
    PROLONGATIONS,
    ELIGIBILITY,
    CONTRACTS,
    AMENDMENTS,
    HOURS,
    EXITS,
    EXITS_TO_COMPLETE,
    ENTRIES,
    INTERVIEWS,
    IMMERSIONS,
    TRAININGS,
    WISHES,
    VISITS,
    SAVED,
)

__all__ = ["FILES", "judge_conventions"]
