"""Which step of a file of VAE a line of `vae_etapes.csv` speaks of, and the steps around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from backend.exchange.reading import Line
from competences.enums import VaeStepKind
from competences.models import VaeStep
from competences.rules.vae import StepFacts
from competences.selectors.vae import step_facts


def told_facts(line: Line) -> StepFacts:
    """What a line says of its step."""
    return StepFacts(
        VaeStepKind(line["etape"]),
        line["date"],
        jury_on=line["jury"] if isinstance(line["jury"], date) else None,
        blocs=line.text("blocs"),
    )


def steps_of(projects: Iterable[int]) -> dict[int, list[VaeStep]]:
    """The steps of these files, taken back ones too, in the order they were written."""
    found: dict[int, list[VaeStep]] = defaultdict(list)
    for step in VaeStep.objects.filter(project_id__in=list(projects)).order_by("pk"):
        found[step.project_id].append(step)
    return found


def step_others(row: VaeStep, sent: list[StepFacts], here: list[VaeStep]) -> tuple[StepFacts, ...]:
    """Every other step of the file, sent or already here, each once."""
    known = {
        (step.kind, step.on): step_facts(step)
        for step in here
        if step.cancelled_at is None and step.pk != row.pk
    }
    known |= {(step.kind, step.on): step for step in sent}
    known.pop((row.kind, row.on), None)
    return tuple(known.values())


def recognised(line: Line, here: list[VaeStep]) -> VaeStep | None:
    """The step a line already is: by its id, else of that kind on that day."""
    standing = [step for step in here if step.cancelled_at is None]
    if line["id"]:
        for step in standing:
            if step.external_id == line["id"]:
                return step
    return next((step for step in standing if (step.kind, step.on) == (line["etape"], line["date"])), None)


def taken_back(line: Line, here: list[VaeStep]) -> VaeStep | None:
    """The step a line says again and that was taken back here: by its id, else of that kind on that day."""
    gone = [step for step in here if step.cancelled_at is not None]
    if line["id"]:
        return next((step for step in gone if step.external_id == line["id"]), None)
    return next((step for step in gone if (step.kind, step.on) == (line["etape"], line["date"])), None)
