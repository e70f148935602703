"""What a step would contradict, typed or sent by a file: found here once for the screen, the API and the import."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Confidence, Finding
from backend.core.values.dates import french_date, months_after
from backend.core.values.plausible import VAE, window_findings
from competences.enums import VaeScope, VaeStatus, VaeStepKind
from competences.rules.vae.facts import FileFacts, StepFacts, codes_of
from competences.rules.vae.leave import leave_findings
from competences.rules.vae.reading import jury_delay, read_file
from competences.rules.vae.table import AWAITING, RESULTS, TRANSITIONS
from pathways.rules.dated import vae as figures
from pathways.rules.dated.book import RuleBook

K = VaeStepKind
_WITHOUT_CONSENT = frozenset({K.PLANNED, K.AGREED, K.DROPPED})


def step_findings(
    file: FileFacts, step: StepFacts, *, today: date, book: RuleBook, born_on: date | None = None
) -> Iterator[Finding]:
    """R35, R36: a day nobody can mean, a step that says too little, or one that cannot stand where its day puts it."""
    yield from day_findings(step, today=today, born_on=born_on)
    if step in file.steps or any(each.kind == step.kind and each.on == step.on for each in file.steps):
        yield Finding(
            "step_twice",
            "Cette étape est déjà notée ce jour-là.",
            way_out="Pour la changer, corrigez celle qui est notée.",
            field="on",
            is_contradiction=True,
        )
        return
    yield from _project_findings(file, step)
    yield from _consent_findings(file, step)
    yield from _content_findings(file, step, today=today, book=book)
    yield from _place_findings(file, file.plus(step), step, today=today, book=book)
    yield from leave_findings(file, step, book=book)


def day_findings(step: StepFacts, *, today: date, born_on: date | None) -> Iterator[Finding]:
    """The day of a step, never to come: a decision, a deposit, a result happened. A jury has its own day."""
    if step.on > today:
        yield Finding(
            "step_to_come",
            f"Le {french_date(step.on)} n’est pas encore passé : une étape se note une fois qu’elle a eu lieu.",
            way_out="Pour un jury, dites le jour de la convocation, et à part le jour du jury.",
            field="on",
            is_contradiction=True,
        )
    yield from window_findings(VAE, step.on, field="on", today=today, born_on=born_on)


def replaced_findings(replaced_on: date | None, *, today: date) -> Iterator[Finding]:
    """The day a certification left the repertory, as far as anybody can mean it."""
    if replaced_on is not None:
        yield from window_findings(VAE, replaced_on, field="replaced_on", today=today)


def removal_findings(file: FileFacts, step: StepFacts, *, today: date, book: RuleBook) -> Iterator[Finding]:
    """A step taken away while what comes after it rests on it."""
    yield from replacement_findings(file, file.without(step), today=today, book=book)


def replacement_findings(
    before: FileFacts, after: FileFacts, *, today: date, book: RuleBook
) -> Iterator[Finding]:
    """A step corrected so that what comes after it rests on nothing any more."""
    if (
        any(each.kind not in _WITHOUT_CONSENT for each in after.steps)
        and before.is_agreed
        and not after.is_agreed
    ):
        yield _consent_missing()
    yield from _later_findings(before, after, today=today, book=book)


def _project_findings(file: FileFacts, step: StepFacts) -> Iterator[Finding]:
    """Nothing of a file happens before its project: typed in either order, the later one to come in is told."""
    project, others = file.first(K.PLANNED), [each for each in file.steps if each.kind is not K.PLANNED]
    if step.kind is K.PLANNED:
        project, what = step, min(others, key=lambda each: each.on, default=None)
    else:
        what = step
    if project is not None and what is not None and what.on < project.on:
        yield Finding(
            "before_the_project",
            f"Le projet est daté du {french_date(project.on)} : « {what.kind.label} », le {french_date(what.on)}, serait avant lui.",
            way_out="Vérifiez la date, ou corrigez d’abord celle du projet.",
            field="on",
        )


def _consent_findings(file: FileFacts, step: StepFacts) -> Iterator[Finding]:
    if step.kind not in _WITHOUT_CONSENT and not file.is_agreed:
        yield _consent_missing()


def _consent_missing() -> Finding:
    return Finding(
        "consent_missing",
        "L’accord de la personne n’est pas noté : une VAE ne se fait qu’avec son consentement.",
        "Code du travail, art. L6421-1",
        way_out="Notez d’abord « La personne est d’accord ».",
        field="kind",
    )


def _content_findings(file: FileFacts, step: StepFacts, *, today: date, book: RuleBook) -> Iterator[Finding]:
    if step.leave_on is not None:
        yield from window_findings(VAE, step.leave_on, field="leave_on", today=today)
    if step.kind is K.JURY or step.jury_on is not None:
        yield from _jury_findings(file, step, today=today, book=book)
    if step.kind in RESULTS:
        jury = file.plus(step).last(K.JURY)
        if jury is not None and jury.jury_on is not None and step.on < jury.jury_on:
            yield Finding(
                "result_before_jury",
                f"Le jury se réunit le {french_date(jury.jury_on)} : il n’a pas encore de résultat ce jour-là.",
                "Code du travail, art. R6412-7",
                way_out="Vérifiez la date du jury, ou celle du résultat.",
                field="on",
                is_contradiction=True,
            )
    if step.kind is K.PARTIAL and not codes_of(step.blocs):
        yield Finding(
            "blocs_missing",
            "Une validation partielle dit quels blocs sont acquis.",
            "Code du travail, art. R6412-7",
            way_out="Écrivez leurs codes, séparés par des virgules.",
            field="blocs",
        )
    yield from _members_findings(step, book=book)
    if step.kind is K.DROPPED and read_file(file, today=step.on, book=book).status in AWAITING:
        yield Finding(
            "drop_while_waiting",
            "Une décision est attendue : France VAE n’enregistre pas d’abandon avant elle.",
            figures.PORTAL,
            Confidence.PROBABLE,
            field="kind",
            refuses=False,
        )


def _jury_findings(file: FileFacts, step: StepFacts, *, today: date, book: RuleBook) -> Iterator[Finding]:
    if step.jury_on is None:
        yield Finding(
            "jury_day_missing",
            "Le jour du jury n’est pas dit.",
            way_out="Écrivez le jour où il se réunit.",
            field="jury_on",
            is_contradiction=True,
        )
        return
    if step.jury_on < step.on:
        yield Finding(
            "jury_before_summons",
            "Le jury ne peut pas se réunir avant le jour où il est programmé.",
            way_out="Vérifiez les deux dates.",
            field="jury_on",
            is_contradiction=True,
        )
    ahead = book.whole(figures.JURY_AHEAD, on=today)
    if step.jury_on > months_after(today, ahead):
        yield Finding(
            "jury_too_far",
            f"Un jury ne se programme pas à plus de {ahead} mois.",
            figures.PORTAL,
            Confidence.PROBABLE,
            way_out="Vérifiez l’année.",
            field="jury_on",
        )
    sent = file.last(K.VALIDATION_SENT)
    if sent is not None and sent.on <= step.on:
        delay = jury_delay(sent.on, book=book)
        if step.jury_on > delay.last_on:
            yield Finding(
                "jury_late",
                f"Ce jury se réunit après la fin du troisième mois : le dernier jour était le {french_date(delay.last_on)}.",
                delay.basis,
                way_out="C’est noté ; demandez une date plus proche au certificateur.",
                field="jury_on",
                refuses=False,
            )


def _members_findings(step: StepFacts, *, book: RuleBook) -> Iterator[Finding]:
    least = book.whole(figures.JURY_MEMBERS, on=step.on)
    basis = book.basis(figures.JURY_MEMBERS, on=step.on)
    if step.jury_members is not None and step.jury_members < least:
        sentence = f"Un jury compte au moins {least} personnes, dont une qualifiée pour la certification."
        yield Finding("jury_too_small", sentence, basis, field="jury_members", refuses=False)
    if step.jury_knows_candidate:
        sentence = "Personne, dans le jury, ne doit avoir accompagné ni connaître la personne candidate."
        yield Finding("jury_knows_candidate", sentence, basis, field="jury_knows_candidate", refuses=False)


def _place_findings(
    before: FileFacts, after: FileFacts, step: StepFacts, *, today: date, book: RuleBook
) -> Iterator[Finding]:
    reading = read_file(after, today=max(step.on, today), book=book)
    wrong = next((each for each in reading.out_of_place if each[0] is step), None)
    if wrong is not None:
        yield _out_of_order(wrong[0], wrong[1], wrong[2])
        return
    if (
        step.kind is K.NOT_ADMISSIBLE
        and read_file(before, today=step.on, book=book).status is VaeStatus.TACIT
    ):
        yield Finding(
            "refused_after_silence",
            "Le silence du certificateur valait déjà recevabilité quand ce refus est arrivé.",
            "Code du travail, art. R6412-4",
            way_out="C’est noté ; demandez-lui sur quel texte il se fonde.",
            field="kind",
            refuses=False,
        )
    yield from _later_findings(before, after, today=today, book=book)


def _out_of_order(step: StepFacts, status: VaeStatus, since: date | None) -> Finding:
    when = f" depuis le {french_date(since)}" if since else ""
    return Finding(
        "stage_out_of_order",
        f"« {step.kind.label} » ne peut pas suivre : ce jour-là, le dossier est « {status.label} »{when}.",
        TRANSITIONS[step.kind].basis,
        way_out="Notez d’abord ce qui manque, ou vérifiez la date.",
        field="kind",
    )


def _later_findings(before: FileFacts, after: FileFacts, *, today: date, book: RuleBook) -> Iterator[Finding]:
    known = [each[0] for each in read_file(before, today=today, book=book).out_of_place]
    for step, status, _ in read_file(after, today=today, book=book).out_of_place:
        if step not in known and step in before.steps:
            yield Finding(
                "breaks_what_follows",
                f"« {step.kind.label} », notée le {french_date(step.on)}, ne pourrait plus suivre « {status.label} ».",
                TRANSITIONS[step.kind].basis,
                way_out="Corrigez ou annulez d’abord cette étape-là.",
                field="kind",
            )
            return


def remarks_on(file: FileFacts, *, today: date) -> Iterator[str]:
    """What one should know of a file that reached its end (R6412-7, L6113-9)."""
    won = file.last(K.FULL)
    if won is None or file.scope is VaeScope.BLOCS:
        return
    if file.replaced_on is not None and file.replaced_on <= today:
        yield (
            "La certification a quitté le répertoire depuis la recevabilité : le résultat tient "
            "(Code du travail, art. L6113-9)."
        )
