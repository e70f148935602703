"""The report in the words of whoever reads it: their sheet, their titles, the values as people say them."""

from __future__ import annotations

import re
from dataclasses import replace

from backend.exchange import registry
from backend.exchange.cells import in_french
from backend.exchange.layout import FileLayout
from backend.exchange.report import Fault, Report
from backend.exchange.values import Choice

_NAMED = re.compile(r"«\s*(.+?)\s*»")


def in_their_words(report: Report) -> Report:
    """The same report as its reader names things; its figures, and the keys of its questions, are left as they are."""
    layouts = {layout.name: layout for layout in registry.layouts()}

    def told(fault: Fault) -> Fault:
        layout = layouts.get(fault.file)
        return fault if layout is None else _told(fault, layout, report)

    return replace(
        report, faults=[told(each) for each in report.faults], notices=[told(each) for each in report.notices]
    )


def _told(fault: Fault, layout: FileLayout, report: Report) -> Fault:
    is_theirs = fault.file in report.theirs
    title = report.headings.get((fault.file, fault.column), "" if is_theirs else fault.column)
    advice = fault.what_to_do
    column = next((each for each in layout.columns if each.name == fault.column), None)
    if (
        column is not None
        and column.labels
        and isinstance(column.read, Choice)
        and advice == column.read.advice
    ):
        advice = f"Choisissez parmi : {' ; '.join(column.labels.values())}."
    file = short_name(report.title(fault.file)) if is_theirs else fault.file
    # An id made here for a row that writes none means nothing to its reader.
    is_made = fault.value.startswith("sans-id-")
    value = "" if is_made else in_french(fault.value) if is_theirs else fault.value
    return replace(fault, file=file, column=title, value=value, what_to_do=advice)


def short_name(name: str) -> str:
    """« la feuille « Feuil1 » » as « Feuil1 »."""
    found = _NAMED.search(name)
    return found[1] if found else name
