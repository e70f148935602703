"""The trades of the referential in use as weighted gestures, kept until the next import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from backend.core.pages.once import once_per_page
from competences.models import Competence, Occupation, OccupationCompetence, ReferentialImport
from competences.rules.polycompetence.trades import Trade, Trades, gesture_weight


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TradesInUse:
    """The trades, and the words of their domains."""

    trades: Trades
    domains: Mapping[str, str]

    def label(self, code: str) -> str:
        """A trade in words; one the referential does not have answers its code."""
        trade = self.trades.by_code.get(code)
        return trade.label if trade else code

    def domain_label(self, code: str) -> str:
        """A domain in words."""
        return self.domains.get(code) or code


@once_per_page
def trades_in_use() -> TradesInUse:
    """The trades of the base; built again when an import has changed them, in any process."""
    return _built(ReferentialImport.objects.values_list("pk", flat=True).first())


@lru_cache(maxsize=1)
def _built(import_id: int | None) -> TradesInUse:
    """Retired trades are nobody's any more: a fiche that left the referential measures nothing."""
    cited: dict[str, list[tuple[str, int]]] = defaultdict(list)
    links = OccupationCompetence.objects.filter(occupation__is_retired=False).order_by("pk")
    columns = ("occupation__rome_code", "competence__code", "competence__nature", "prominence")
    for rome_code, code, nature, prominence in links.values_list(*columns).iterator(chunk_size=10_000):
        if weight := gesture_weight(nature, prominence):
            cited[rome_code].append((code, weight))
    rows = Occupation.objects.current().values_list("rome_code", "label", "domain_code", "domain_label")
    trades, domains = [], {}
    for rome_code, label, domain, words in rows:
        domain = domain or rome_code[:3]
        domains[domain] = words
        trades.append(Trade(rome_code, label, domain, tuple(cited[rome_code])))
    families = Competence.objects.exclude(macro_code="").values_list("code", "macro_code")
    return TradesInUse(Trades.build(trades, family_of=dict(families)), domains)


def words_of(codes: Iterable[str]) -> dict[str, str]:
    """Labels of these competences, in one question."""
    return dict(Competence.objects.filter(code__in=set(codes)).values_list("code", "label"))
