"""How many files a person may deposit in a civil year (R6412-3), and when that cannot be opposed (R6412-4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from backend.core.findings import Confidence, Finding
from backend.core.values.dates import french_date
from competences.enums import VaeScope, VaeStatus, VaeStepKind
from competences.rules.vae.facts import FileFacts
from competences.rules.vae.reading import read_file
from pathways.rules.dated import vae as figures
from pathways.rules.dated.book import RuleBook


def limit_findings(
    new: FileFacts, on: date, others: Sequence[FileFacts], *, book: RuleBook, reason: str = ""
) -> Iterator[Finding]:
    """R37: one file a civil year for a certification, three in all; files already deposited on blocs do not count.

    `reason` is what is written of a file that was deposited all the same: where the text and the portal disagree, the
    fact is believed and kept with it.
    """
    before = [each for each in others if _counts(each, on)]
    same = [each for each in before if _name(each) == _name(new)]
    lapsed = [each for each in same if read_file(each, today=on, book=book).status is VaeStatus.LAPSED]
    if lapsed and not any(_is_replaced(each, on) for each in lapsed):
        return
    all_files, same_files = (book.whole(name, on=on) for name in (figures.ALL_FILES, figures.SAME_FILES))
    if len(same) >= same_files:
        yield _same_certification(new, same, lapsed, on, book=book, reason=reason)
    elif len(before) >= all_files:
        yield _refusal(f"{all_files} dossiers ont déjà été déposés cette année.", on, book=book)


def _counts(file: FileFacts, on: date) -> bool:
    day = file.deposited_on
    return day is not None and day.year == on.year and day <= on and file.scope != VaeScope.BLOCS


def _name(file: FileFacts) -> str:
    return " ".join(file.certification.casefold().split())


def _is_replaced(file: FileFacts, on: date) -> bool:
    return file.replaced_on is not None and file.replaced_on <= on


def _same_certification(
    new: FileFacts, same: list[FileFacts], lapsed: list[FileFacts], on: date, *, book: RuleBook, reason: str
) -> Finding:
    told = "Un dossier a déjà été déposé cette année pour cette certification."
    if lapsed:
        return _refusal(f"{told} Il est caduc, mais le référentiel a changé.", on, book=book)
    if new.scope == VaeScope.BLOCS:
        told = f"{told} Le texte ne dispense pas un dossier sur des blocs qui vient après : à confirmer avec le certificateur."
        return _refusal(told, on, book=book, is_open=True, reason=reason)
    was_refused = any(each.last(VaeStepKind.NOT_ADMISSIBLE) for each in same)
    if was_refused:
        told = f"{told} Il était non recevable : le texte le compte, le portail ne le compte pas."
    return _refusal(told, on, book=book, is_open=was_refused, reason=reason)


def _refusal(told: str, on: date, *, book: RuleBook, is_open: bool = False, reason: str = "") -> Finding:
    ways = f"Le prochain est possible le {french_date(date(on.year + 1, 1, 1))}."
    if is_open:
        ways += " S’il a été déposé et accepté, écrivez-le dans les précisions."
    return Finding(
        "too_many_files",
        told,
        book.basis(figures.SAME_FILES, on=on),
        Confidence.PROBABLE if is_open else Confidence.CONFIRMED,
        way_out=ways,
        field="on",
        refuses=not (is_open and reason.strip()),
    )
