"""What the exits page shows: the figure, its parts, each structure, the people behind, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

from backend.core.actor import Actor
from backend.core.findings import Confidence
from backend.organisations.models import Organisation
from backend.web.components.charts import ShareBar, share_bar
from pathways.rules.dated.book import Rule
from pathways.rules.exits.motives import MOTIVES_BY_CODE, NO_NEWS
from pathways.rules.kinds import HOURS_RULE, NOT_COUNTED, SERVES_ONCE
from reports.exits import sources
from reports.exits.compute.exits import Status
from reports.exits.compute.period import Period
from reports.exits.compute.rules import EXIT_SHOWN, version
from reports.exits.compute.summary import DYNAMIC, Figures
from reports.exits.exit_list import exit_rows
from reports.exits.figures import ExitReport, exit_report
from reports.exits.tables import APART_LABELS

if TYPE_CHECKING:
    import pandas as pd

PAGE_SIZE = 25
CATEGORY_LABELS = {
    "durable": "Emploi durable",
    "transition": "Emploi de transition",
    "positive": "Sorties positives",
    "other": "Autres sorties",
}
PARTS = {
    Status.EXAMINED: ("examinée", "examinées"),
    Status.WITHDRAWN: ("retirée", "retirées"),
    Status.BELOW_THRESHOLD: ("sous le seuil", "sous le seuil"),
    Status.MISSING_MOTIVE: ("au motif manquant", "au motif manquant"),
    Status.UNSETTLED: ("de catégorie non fixée", "de catégorie non fixée"),
    Status.TO_COME: ("à venir", "à venir"),
    Status.SUPERSEDED: ("remplacée par une plus récente", "remplacées par une plus récente"),
    Status.NOT_SIAE: ("hors statistiques IAE", "hors statistiques IAE"),
}
"""How each exit of the period is counted, in words; a status without its line is a KeyError the first time it is met."""
ALWAYS_SHOWN = frozenset({Status.EXAMINED, Status.WITHDRAWN, Status.BELOW_THRESHOLD})
BAR_LABELS = {"durable": "durable", "transition": "transition", "positive": "positive", "other": "autre"}
VIEWS = {
    "": "Toutes les sorties de la période",
    "dynamic": "Sorties dynamiques",
    "examined": "Sorties examinées",
    **CATEGORY_LABELS,
    "no_news": "Sans nouvelle",
    "withdrawn": "Retirées des sorties constatées",
    "below_threshold": "Sous le seuil",
    **APART_LABELS,
}


@dataclass(frozen=True, slots=True)
class StructureLine:
    """One structure: its shares as a bar, its rate beside its objective."""

    name: str
    kind: str
    pk: int
    figures: Figures
    bar: ShareBar
    target: float
    is_national: bool


class ExitPage:
    """The exits an actor answers for, over one period."""

    def __init__(self, actor: Actor, period: Period, organisation: Organisation | None, view: str) -> None:
        self.actor, self.period, self.organisation = actor, period, organisation
        self.view = view if view in VIEWS else ""
        ids = None if organisation is None else frozenset({organisation.pk})
        self.report: ExitReport = exit_report(actor, period, organisation_ids=ids)
        self.total: Figures = self.report.statistics["total"]

    @property
    def title(self) -> str:
        """« Sorties 2026 », or « Sorties » over another period."""
        return f"Sorties {self.period.start.year}" if self.period.is_civil_year else "Sorties"

    @property
    def dynamic(self) -> int:
        """How many examined exits are dynamic."""
        return sum(int(self.total[name]) for name in DYNAMIC)

    @property
    def is_empty(self) -> bool:
        """Whether nobody left in the period."""
        return self.report.counted.empty

    @property
    def categories(self) -> list[tuple[str, str, int, float | None]]:
        """Key, words, count and share of each category."""
        rates = {**self.total["rates"], "other": _share(self.total["other"], self.total["examined"])}
        return [(key, label, self.total[key], rates[key]) for key, label in CATEGORY_LABELS.items()]

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """Key, count and words of each part of the exits of the period: together, every one of them once."""
        counts = self.report.classified["status"].value_counts()
        shown = [status for status in Status if status in ALWAYS_SHOWN or status in counts.index]
        return [(each, int(counts.get(each, 0)), PARTS[each][int(counts.get(each, 0)) > 1]) for each in shown]

    @property
    def missing(self) -> Figures:
        """Exits to complete, and where the rate could go."""
        found: Figures = self.report.statistics["missing_motive"]
        return found

    @property
    def left_out(self) -> Figures:
        """What stands beside the figures."""
        found: Figures = self.report.statistics["left_out"]
        return found

    @cached_property
    def lines(self) -> list[StructureLine]:
        """Each structure of the IAE, by name."""
        structures = self.report.structures
        counted = structures[structures["kind"].isin(list(HOURS_RULE))]
        ids = [int(pk) for pk in counted["organisation_id"]]
        targets = sources.targets(ids, year=self.period.end.year, book=self.report.book)
        return [self._line(row, targets[int(row["organisation_id"])]) for row in counted.to_dict("records")]

    def _line(self, row: dict[Any, Any], target: sources.Targets) -> StructureLine:
        figures = self.report.statistics["by_structure"][row["key"]]
        parts = [(key, label, figures[key]) for key, label in BAR_LABELS.items()]
        return StructureLine(
            name=row["name"],
            kind=row["kind"],
            pk=int(row["organisation_id"]),
            figures=figures,
            bar=share_bar(parts, objective=target.dynamic),
            target=target.dynamic,
            is_national=target.is_national,
        )

    @property
    def target(self) -> sources.Targets | None:
        """The objective all these structures share; None when each has its own."""
        ids = [line.pk for line in self.lines]
        found = set(sources.targets(ids, year=self.period.end.year, book=self.report.book).values())
        return found.pop() if len(found) == 1 else None

    def people(self, number: str) -> Page[Any]:
        """The exits behind the figure clicked on, those to complete first, then the newest."""
        chosen = self._chosen()
        first = chosen["status"].ne(Status.MISSING_MOTIVE)
        ordered = chosen.assign(later=first).sort_values(
            ["later", "occurred_on", "exit_id"], ascending=[True, False, False]
        )
        page = Paginator(range(len(ordered)), PAGE_SIZE).get_page(number)
        start = page.start_index() - 1 if len(ordered) else 0
        rows = ordered.iloc[start : start + PAGE_SIZE]
        shown: Any = list(exit_rows(self.actor, rows, book=self.report.book))
        page.object_list = shown
        return page

    def _chosen(self) -> pd.DataFrame:
        frame = self.report.classified
        examined = frame["status"].eq(Status.EXAMINED)
        if not self.view:
            return frame
        if self.view in set(Status):
            return frame[frame["status"].eq(self.view)]
        if self.view == "dynamic":
            return frame[examined & frame["category"].isin(DYNAMIC)]
        if self.view == "no_news":
            return frame[examined & frame["motive"].eq(NO_NEWS)]
        return frame[examined & frame["category"].eq(self.view)]

    @property
    def view_label(self) -> str:
        """What the list of people holds."""
        return VIEWS[self.view]

    @property
    def rules(self) -> list[Rule]:
        """Every rule that judged an exit of the period; a name stands twice when its value changed inside."""
        return self.report.book.used(EXIT_SHOWN, self.period.start, self.period.end)

    @property
    def kinds_that_serve_once(self) -> str:
        """« AI et en ETTI »."""
        return " et en ".join(SERVES_ONCE)

    @property
    def kinds_not_counted(self) -> str:
        """« services à la personne, GEIQ »."""
        return ", ".join(kind.in_words for kind in NOT_COUNTED)

    @property
    def version(self) -> str:
        """Which rules."""
        return version(self.report.book, on=self.period.end)

    @property
    def unsure_motives(self) -> list[tuple[str, str]]:
        """Motives met in the period whose category is not confirmed, with how sure we are."""
        book, end = self.report.book, self.period.end
        met = sorted((code for code in self.report.classified["motive"].unique() if code), key=int)
        sure = {code: book.confidence(code, on=end) for code in met}
        return [
            (MOTIVES_BY_CODE[code].label, confidence.label)
            for code, confidence in sure.items()
            if confidence is not None and confidence is not Confidence.CONFIRMED
        ]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
