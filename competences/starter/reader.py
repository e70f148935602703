"""Reads the starter referential into the same rows as the ROME export, so that one store serves both.

Only the occupation codes are ROME's. Our competence codes start with S and cannot be mistaken for ROME's, which are
numbers; competences noted with them keep their meaning after the official referential is imported.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from competences.rome.rows import (
    AppellationRow,
    CompetenceRow,
    LinkRow,
    Nature,
    OccupationRow,
    Prominence,
    Referential,
)

VERSION = "depart-1"
ATTRIBUTION = "Référentiel de départ de Passerelles ; codes métiers du ROME, France Travail"

Toml = Mapping[str, Any]


def read_starter() -> Referential:
    """The whole starter referential; the data is ours and checked by tests, so nothing is refused here."""
    trades = _load("trades")
    competences = (*_know_how(_load("competences")), *_soft_skills(), *_knowledge())
    natures = {row.code: row.nature for row in competences}
    return Referential(
        version=VERSION,
        attribution=ATTRIBUTION,
        occupations=tuple(_occupations(trades)),
        appellations=tuple(_appellations(trades)),
        competences=competences,
        links=tuple(link for code, trade in trades.items() for link in _links(code, trade, natures)),
    )


def _load(name: str) -> Toml:
    return tomllib.loads((files("competences.starter") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def _know_how(families: Toml) -> Iterator[CompetenceRow]:
    """Each family, a macro-compétence, then its savoir-faire."""
    for family, content in families.items():
        yield CompetenceRow(
            code=family,
            label=content["label"],
            nature=Nature.MACRO,
            functional_code=family,
            is_macro=True,
            category="Savoir-faire",
        )
        for number, label in content.items():
            if number != "label":
                yield CompetenceRow(
                    code=f"{family}-{number}",
                    label=label,
                    nature=Nature.KNOW_HOW,
                    macro_code=family,
                    functional_code=family,
                    category="Savoir-faire",
                )


def _soft_skills() -> Iterator[CompetenceRow]:
    for code, label in _load("soft_skills").items():
        yield CompetenceRow(
            code=code,
            label=label,
            nature=Nature.SOFT_SKILL,
            functional_code=code,
            is_macro=True,
            category="Savoir-être professionnel",
        )


def _knowledge() -> Iterator[CompetenceRow]:
    for code, label in _load("knowledge").items():
        yield CompetenceRow(code=code, label=label, nature=Nature.KNOWLEDGE, category="Savoir")


def _occupations(trades: Toml) -> Iterator[OccupationRow]:
    labels = _load("domains")
    for code, trade in trades.items():
        yield OccupationRow(
            rome_code=code,
            label=trade["label"],
            parent_code=code,
            domain_code=code[:3],
            domain_label=labels["domain"][code[:3]],
            grand_domain_code=code[0],
            grand_domain_label=labels["grand"][code[0]],
        )


def _appellations(trades: Toml) -> Iterator[AppellationRow]:
    for code, trade in trades.items():
        for number, name in enumerate(trade["names"], start=1):
            yield AppellationRow(
                ogr_code=f"S{code}-{number}",
                label=name,
                short_label=name,
                rome_code=code,
                is_main=number == 1,
                is_rare=False,
            )


def _links(code: str, trade: Toml, natures: Mapping[str, Nature]) -> Iterator[LinkRow]:
    """What a trade asks for: its heart first, then what it often asks, savoir-être and savoirs."""
    for part, prominence in (("core", Prominence.CORE), ("also", Prominence.ORDINARY)):
        for family, numbers in trade[part].items():
            for number in numbers.split():
                cited = f"{family}-{number}"
                yield LinkRow(code, cited, natures[cited], prominence)
    for cited in (*trade["soft"], *trade["knowledge"]):
        yield LinkRow(code, cited, natures[cited])
