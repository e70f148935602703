"""What a referential is made of: trades, their names, competences, and which trade asks for what.

The official ROME export and our own starter referential give the same rows, so one store serves both.
Every code is text: a leading zero or a letter is part of the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Nature(StrEnum):
    """What kind of thing a competence line names."""

    KNOW_HOW = "know_how"  # savoir-faire
    SOFT_SKILL = "soft_skill"  # savoir-être professionnel
    MACRO = "macro"  # macro-compétence: the family of several savoir-faire
    KNOWLEDGE = "knowledge"  # savoir


class Prominence(StrEnum):
    """How much a competence makes the trade, as ROME says it."""

    CORE = "core"  # « cœur de métier : principale »
    EMERGING = "emerging"  # « cœur de métier : émergente »
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class OccupationRow:
    """A trade (fiche métier)."""

    rome_code: str
    label: str
    parent_code: str  # the wider trade it belongs to; its own code when it stands alone
    domain_code: str  # domaine professionnel, e.g. "K22"
    domain_label: str
    grand_domain_code: str  # one letter
    grand_domain_label: str
    definition: str = ""  # one paragraph
    access: str = ""  # how one comes to this trade, one paragraph
    is_regulated: bool | None = None  # None: the referential does not say


@dataclass(frozen=True, slots=True)
class AppellationRow:
    """A name by which people call a trade."""

    ogr_code: str
    label: str
    short_label: str
    rome_code: str
    is_main: bool
    is_rare: bool


@dataclass(frozen=True, slots=True)
class CompetenceRow:
    """A savoir-faire, savoir-être, macro-compétence or savoir.

    `functional_code` carries the tree: `4A101` = domaine 4, enjeu 4A, objectif 4A1, macro 4A101. A savoir-faire
    has the code of its macro. Savoir-être are macros of their own in ROME (`is_macro` is true). A savoir has no
    place in this tree: both codes are empty.
    """

    code: str
    label: str
    nature: Nature
    macro_code: str = ""  # code of the macro-compétence above; empty for a macro or a savoir
    functional_code: str = ""
    is_macro: bool = False
    category: str = ""
    subcategory: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A trade cites a competence; `nature` is the nature of what is cited."""

    rome_code: str
    competence_code: str
    nature: Nature
    prominence: Prominence = Prominence.ORDINARY


@dataclass(frozen=True, slots=True)
class WorkContextRow:
    """A working condition: hours, places, risks, publics…"""

    code: str
    label: str
    type_code: str
    type_label: str


@dataclass(frozen=True, slots=True)
class WorkContextLinkRow:
    """A trade is done in this working condition."""

    rome_code: str
    context_code: str


@dataclass(frozen=True, slots=True)
class Referential:
    """A whole referential, checked: every code cited by a row is the code of another row."""

    version: str  # "60" for ROME version 60; "depart-1" for our starter
    attribution: str  # to be shown wherever the referential is shown
    occupations: tuple[OccupationRow, ...]
    appellations: tuple[AppellationRow, ...]
    competences: tuple[CompetenceRow, ...]
    links: tuple[LinkRow, ...]
    contexts: tuple[WorkContextRow, ...] = ()
    context_links: tuple[WorkContextLinkRow, ...] = ()
    notices: tuple[str, ...] = ()  # French sentences: oddities that do not prevent the import

    def counts(self) -> dict[str, int]:
        """Number of rows of each kind, as ROME counts them (savoir-être among the macro-compétences)."""
        macros = sum(row.is_macro for row in self.competences)
        knowledge = sum(row.nature is Nature.KNOWLEDGE for row in self.competences)
        return {
            "occupations": len(self.occupations),
            "appellations": len(self.appellations),
            "competences": len(self.competences) - macros - knowledge,
            "macro_competences": macros,
            "knowledge": knowledge,
            "links": len(self.links),
            "contexts": len(self.contexts),
            "context_links": len(self.context_links),
        }
