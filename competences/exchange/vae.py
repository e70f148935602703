"""`vae.csv` and `vae_etapes.csv`: files of VAE, known by their id, and what happened to each, step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from backend.core.findings import Finding
from backend.exchange import cells, values
from backend.exchange.importing import memory
from backend.exchange.importing.context import Context
from backend.exchange.importing.memory import Withdrawn
from backend.exchange.importing.merging import KEPT, KEPT_ADVICE, Wanted
from backend.exchange.layout import Column, FileLayout
from backend.exchange.reading import Line
from backend.exchange.report import Outcome
from backend.exchange.structures import place_column
from backend.organisations.models import Organisation
from competences.enums import VaeChannel, VaeFunding, VaeScope, VaeStepKind
from competences.exchange import titles
from competences.exchange.vae_steps import recognised, step_others, steps_of, taken_back, told_facts
from competences.models import VaeProject, VaeStep
from competences.rules.vae import FileFacts, StepFacts, step_findings
from competences.rules.vae.findings import replaced_findings
from competences.selectors.vae import settle, step_facts
from pathways.exchange.people import person_column, person_of
from pathways.exchange.rights import is_theirs, rights_of
from pathways.selectors.people import births
from pathways.selectors.rule_book import read_book


def store_files(context: Context) -> None:
    """One line per file; one sent before without an id is recognised at the person and the certification."""
    rights = rights_of(context)

    def store(chunk: list[Line]) -> None:
        people = {line.number: person for line in chunk if (person := person_of(context, VAE, line))}
        lines = [line for line in chunk if line.number in people]
        named = context.with_ids(VaeProject, [line["id"] for line in lines])
        free, gone = _without_id(context, set(people.values())), _declined(context)
        wanted: dict[Any, Wanted] = {}
        present: dict[Any, VaeProject] = {}
        adopted: dict[Any, tuple[VaeProject, str]] = {}
        for line in lines:
            key = (people[line.number], line["id"])
            row = named.get(line["id"]) or free.pop((key[0], line["certification"]), None)
            if not is_theirs(context, VAE, line, row, key[0]):
                continue
            mark = next((each for each in gone if row is None and each.was("id", line["id"])), None)
            if context.stays_out(VAE, line, mark):
                continue
            want = context.wanted(VAE, line)
            if want is None:
                continue
            wanted[key] = want
            if row is not None:
                present[key] = row
                if not row.external_id:
                    adopted[key] = (row, line["id"])
        today = timezone.localdate()
        merged = context.merge(
            VAE,
            VaeProject,
            wanted,
            present,
            lambda key: {
                "beneficiary_id": key[0],
                "external_id": key[1],
                "reached_on": today,
                **context.author_place,
            },
            right=lambda row, key, before: rights.person(key[0]),
            check=lambda row, key: replaced_findings(row.replaced_on, today=today),
        )
        merged.adopt(adopted)
        merged.save()

    context.in_chunks(VAE, context.rows(VAE), store)
    context.ids.pop(VaeProject._meta.label, None)


def _declined(context: Context) -> list[Withdrawn]:
    """Files the person said no to: known by the id alone, beside the structure; nothing is left in theirs."""
    here = [context.scope.organisation_id] if context.scope else None
    rows = memory.withdrawn(VaeProject, Organisation, here)
    return [each for found in rows.values() for each in found]


def _without_id(context: Context, people: set[int]) -> dict[tuple[int, str], VaeProject]:
    rows = VaeProject.objects.select_for_update(of=("self",)).filter(
        beneficiary_id__in=people, external_id=""
    )
    if context.scope:
        rows = rows.filter(organisation_id=context.scope.organisation_id)
    return {(row.beneficiary_id, row.certification): row for row in rows.order_by("-pk")}


def store_steps(context: Context) -> None:
    """One line per step, in any order: each is judged among all those of its file, sent or already here."""
    rights, sent = rights_of(context), context.rows(VAE_STEPS)
    told: dict[str, list[StepFacts]] = defaultdict(list)
    for line in sent:
        told[line["vae_id"]].append(told_facts(line))
    book, today = read_book(), timezone.localdate()
    said: dict[tuple[int, str, date], int] = {}

    def store(chunk: list[Line]) -> None:
        found = {
            line.number: pk
            for line in chunk
            if (pk := context.resolve(VAE_STEPS, line, VAE_STEPS.column("vae_id"))) is not None
        }
        projects = {
            row.pk: row
            for row in VaeProject.objects.select_for_update(of=("self",))
            .select_related("beneficiary")
            .filter(pk__in=found.values())
        }
        here = steps_of(projects)
        born = births({row.beneficiary_id for row in projects.values()})
        wanted: dict[Any, Wanted] = {}
        present: dict[Any, VaeStep] = {}
        adopted: dict[Any, tuple[VaeStep, str]] = {}
        facts: dict[int, list[StepFacts]] = {}
        for line in chunk:
            if line.number not in found:
                continue
            project_id = found[line.number]
            facts[project_id] = told[line["vae_id"]]
            first = said.setdefault((project_id, line["etape"], line["date"]), line.number)
            row = recognised(line, here[project_id]) or taken_back(line, here[project_id])
            want = _wanted(context, line, row, here[project_id], first)
            if want is None:
                continue
            wanted[line.number] = want
            if row is not None:
                present[line.number] = row
                if line["id"] and not row.external_id:
                    adopted[line.number] = (row, line["id"])
        ids = {line.number: line.text("id") for line in chunk}

        def judged(row: VaeStep, key: Any) -> Iterable[Finding]:
            project = projects[found[key]]
            around = step_others(row, facts[project.pk], here[project.pk])
            file = FileFacts(steps=around, scope=VaeScope(project.scope), channel=VaeChannel(project.channel))
            born_on = born.get(project.beneficiary_id)
            return step_findings(file, step_facts(row), today=today, book=book, born_on=born_on)

        merged = context.merge(
            VAE_STEPS,
            VaeStep,
            wanted,
            present,
            lambda key: {"project_id": found[key], "external_id": ids[key]},
            right=lambda row, key, before: rights.person(projects[found[key]].beneficiary_id, "vae_id"),
            check=judged,
        )
        merged.adopt(adopted)
        merged.save()
        _settle(projects, today)

    context.in_chunks(VAE_STEPS, sorted(sent, key=lambda line: (line["vae_id"], line.number)), store)


def _settle(projects: dict[int, VaeProject], today: date) -> None:
    book, rows = read_book(), steps_of(projects)
    for pk, project in projects.items():
        if rows[pk]:
            before = (project.status, project.reached_on, project.next_due_on)
            settle(project, rows[pk], today=today, book=book)
            if before != (project.status, project.reached_on, project.next_due_on):
                project.version += 1
                project.save(update_fields=["status", "reached_on", "next_due_on", "version"])


def _wanted(
    context: Context, line: Line, row: VaeStep | None, here: list[VaeStep], first: int
) -> Wanted | None:
    """What a line says of its step; None when it was taken back here, or said by a line before."""
    if row is not None and row.cancelled_at is not None and _is_corrected(context, line, row, here):
        return None
    if context.stays_cancelled(VAE_STEPS, line, row) or _is_said_twice(context, line, first):
        return None
    return context.wanted(VAE_STEPS, line)


def _is_corrected(context: Context, line: Line, gone: VaeStep, here: list[VaeStep]) -> bool:
    """Whether the step was not cancelled but corrected here: what was typed since is kept."""
    if not any(step.replaces_id == gone.pk for step in here):
        return False
    context.say(VAE_STEPS, line, "date", KEPT, KEPT_ADVICE)
    context.report.settle(VAE_STEPS.name, line.number, Outcome.UNCHANGED)
    return True


def _is_said_twice(context: Context, line: Line, first: int) -> bool:
    """Whether a line before told the same thing of the same day, under another id: which of both holds is the sender's to say."""
    if first == line.number:
        return False
    problem = f"la même étape, le même jour, est déjà dite à la ligne {first}"
    context.refuse(
        VAE_STEPS, line, "date", problem, "Gardez une seule des deux lignes, ou corrigez le jour de l’autre."
    )
    return True


def _files() -> QuerySet[VaeProject]:
    return VaeProject.objects.order_by("pk")


def _steps() -> QuerySet[VaeStep]:
    return VaeStep.objects.filter(cancelled_at__isnull=True).order_by("pk")


VAE: FileLayout = FileLayout(
    "vae.csv",
    "Les dossiers de VAE : quelle certification, où va le dossier, qui accompagne et finance.",
    (
        person_column(),
        Column(
            "id",
            cells.ID,
            cells.OWN_ID,
            write=attrgetter("pk"),
            is_compulsory=True,
            refers_to=VaeProject,
            label="Identifiant du dossier de VAE",
        ),
        Column(
            "certification",
            values.text(200),
            "le titre ou le diplôme visé",
            "certification",
            is_compulsory=True,
            label="Certification visée",
            synonyms=titles.CERTIFICATION,
        ),
        cells.listed(
            "vise",
            "scope",
            VaeScope,
            label="Certification entière ou blocs",
        ),
        cells.listed(
            "canal",
            "channel",
            VaeChannel,
            label="Où va le dossier de VAE",
        ),
        Column(
            "accompagnateur",
            values.text(160),
            "qui accompagne la VAE",
            "companion",
            label="Accompagnateur de la VAE",
            synonyms=titles.COMPANION,
        ),
        Column(
            "accompagnateur_portail",
            values.boolean,
            cells.YES_NO,
            "companion_on_portal",
            label="Accompagnateur inscrit sur le portail",
        ),
        cells.listed(
            "financement",
            "funding",
            VaeFunding,
            label="Financement de la VAE",
        ),
        Column("devis", values.whole(0, 99), "devis reçus", "quotes", label="Devis reçus"),
        Column(
            "remplacee_le",
            values.day,
            f"certification remplacée ou retirée, {cells.DAY}",
            "replaced_on",
            label="Certification remplacée le",
        ),
        place_column(),
    ),
    subject="le dossier de VAE",
    key=("id",),
    rows=_files,
    points_to=("salaries.csv", "structures.csv"),
    store=store_files,
    holds=VaeProject,
    placed_by="organisation",
    left_out={
        "reference": "le répertoire des certifications reste dans chaque installation ; l’intitulé voyage, avec son code"
    },
)
VAE_STEPS: FileLayout = FileLayout(
    "vae_etapes.csv",
    "Ce qui est arrivé à chaque dossier de VAE, une ligne par étape ; les délais de la loi s’en déduisent.",
    (
        Column(
            "vae_id",
            cells.ID,
            "l’identifiant du dossier dans « vae »",
            write=attrgetter("project_id"),
            is_compulsory=True,
            refers_to=VaeProject,
        ),
        cells.listed(
            "etape",
            "kind",
            VaeStepKind,
            is_compulsory=True,
            label="Étape de la VAE",
        ),
        Column(
            "date",
            values.day,
            f"jour où l’étape a eu lieu, {cells.DAY}",
            "on",
            is_compulsory=True,
            label="Jour de l’étape",
        ),
        Column("jury", values.day, f"jour du jury, {cells.DAY}", "jury_on", label="Jour du jury"),
        Column(
            "jury_membres",
            values.whole(1, 99),
            "nombre de membres du jury",
            "jury_members",
            label="Membres du jury",
        ),
        Column(
            "jury_connait",
            values.boolean,
            f"un membre connaît la personne : {cells.YES_NO}",
            "jury_knows_candidate",
            label="Un membre du jury connaît la personne",
        ),
        Column(
            "blocs", values.text(400), "blocs acquis, séparés par des virgules", "blocs", label="Blocs acquis"
        ),
        Column(
            "conge_debut",
            values.day,
            f"premier jour du congé de VAE, {cells.DAY}",
            "leave_on",
            label="Premier jour du congé de VAE",
        ),
        Column(
            "conge_heures",
            values.whole(1, 999),
            "heures de congé demandées",
            "leave_hours",
            label="Heures de congé de VAE",
        ),
        Column(
            "precisions",
            values.text(2_000),
            "écarts, motif, démarche",
            "details",
            is_long_text=True,
            label="Précisions sur l’étape",
        ),
        Column("piece", values.text(200), "pièce qui le dit", "document", label="Pièce qui le dit"),
        Column("source", values.text(160), "qui l’a dit", "source", label="Dit par"),
        Column(
            "id",
            cells.ID,
            f"{cells.OWN_ID} ; sans lui, une étape est reconnue au dossier, à sa nature et au jour",
            write=attrgetter("pk"),
            refers_to=VaeStep,
            label="Identifiant de l’étape",
        ),
    ),
    subject="l’étape de VAE",
    key=("vae_id", "etape", "date"),
    own_key="id",
    rows=_steps,
    points_to=("vae.csv",),
    store=store_steps,
    holds=VaeStep,
    placed_by="project__organisation",
)
