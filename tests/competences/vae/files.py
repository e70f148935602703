"""Files of a VAE written in one line: « COMPLET 2026-01-12 » and so on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from competences.enums import VaeStepKind
from competences.rules.vae import FileFacts, Reading, StepFacts, read_file, step_findings
from competences.rules.vae.table import ADMITTED
from pathways.rules.dated.rows import BUILT_IN

K = VaeStepKind


def day(text: str) -> date:
    """« 05/01/2026 »."""
    number, month, year = (int(part) for part in text.split("/"))
    return date(year, month, number)


def step(kind: VaeStepKind, on: str, **more) -> StepFacts:
    return StepFacts(kind, day(on), **more)


def file_of(*steps: StepFacts, **more) -> FileFacts:
    """A file whose person agreed long before."""
    return FileFacts(steps=(StepFacts(K.AGREED, date(2014, 1, 2)), *steps), **more)


def said(*told: tuple[VaeStepKind, str], **more) -> FileFacts:
    return file_of(*(step(kind, on) for kind, on in told), **more)


def read(file: FileFacts, today: str) -> Reading:
    return read_file(file, today=day(today), book=BUILT_IN)


def found(file: FileFacts, new: StepFacts, today: str) -> dict[str, bool]:
    """Each finding and whether it stops what is typed today."""
    all_of_them = step_findings(file, new, today=day(today), book=BUILT_IN)
    return {each.code: each.refuses or each.is_contradiction for each in all_of_them}


__all__ = ["ADMITTED", "BUILT_IN", "K", "day", "file_of", "found", "read", "replace", "said", "step"]
