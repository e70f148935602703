"""What this domain brings to the bundle « échange »: people, their work, their PASS, their exits, their interviews, their immersions."""

from pathways.exchange.entries import ENTRIES
from pathways.exchange.hours import HOURS
from pathways.exchange.immersions import IMMERSIONS
from pathways.exchange.interviews import INTERVIEWS
from pathways.exchange.passes import PASSES
from pathways.exchange.people import PEOPLE
from pathways.exchange.work import CONTRACTS, EXITS, EXITS_TO_COMPLETE

FILES = (PEOPLE, PASSES, CONTRACTS, HOURS, EXITS, EXITS_TO_COMPLETE, ENTRIES, INTERVIEWS, IMMERSIONS)

__all__ = ["FILES"]
