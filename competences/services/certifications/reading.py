"""Reading a bloc with a human's yes: the list of what it asks for, then which competences show each line."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from backend.audit import trail
from backend.core import steps
from backend.core.actor import Actor
from backend.core.errors import ensure
from backend.core.findings import raise_refusals
from competences.models import Bloc, BlocLine, Competence, LineMatch
from competences.permissions import may_keep_certifications
from competences.rules.certifications.splitting import print_of, typed_lines
from competences.rules.certifications.writing import lines_findings

_NOT_YOURS = "Seuls l’accompagnement et le responsable lisent les blocs d’une certification."


@transaction.atomic
def accept_lines(*, actor: Actor, bloc: Bloc, version: int, lines: str) -> Bloc:
    """Keep this list, one competence a line, as what the bloc asks for; a line kept word for word keeps its matches."""
    bloc = steps.lock(actor, bloc)
    ensure(may_keep_certifications(actor), "not_yours", _NOT_YOURS)
    steps.check_version(bloc, version)
    wanted = typed_lines(lines)
    raise_refusals(lines_findings(wanted))
    known = {line.text: line for line in bloc.lines.all()}
    bloc.lines.exclude(text__in=wanted).delete()
    for position, text in enumerate(wanted, start=1):
        line = known.get(text) or BlocLine(bloc=bloc, text=text)
        line.position = position
        steps.save(line)
    bloc.accepted_print = print_of(bloc.content)
    bloc.accepted_by_id, bloc.accepted_at = actor.user_id, timezone.now()
    steps.save(bloc)
    trail.record(actor, "bloc.accepted", bloc, lines=len(wanted))
    return bloc


@transaction.atomic
def match_line(
    *, actor: Actor, line: BlocLine, version: int, competences: Collection[Competence]
) -> BlocLine:
    """Say which competences of the referential show this line, any one of them being enough; none takes all back."""
    line = steps.lock(actor, line)
    ensure(may_keep_certifications(actor), "not_yours", _NOT_YOURS)
    steps.check_version(line, version)
    steps.save(line)
    line.matches.exclude(competence__in=competences).delete()
    known = set(line.matches.values_list("competence_id", flat=True))
    LineMatch.objects.bulk_create(
        LineMatch(line=line, competence=competence, author_id=actor.user_id)
        for competence in dict.fromkeys(competences)
        if competence.pk not in known
    )
    trail.record(actor, "bloc_line.matched", line, competences=len(competences))
    return line
