"""What is known of a certification: its blocs, how far they were read, what takes its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from backend.core.values.text import normalise
from competences.models import (
    Bloc,
    BlocLine,
    Certification,
    CertificationReplacement,
    Competence,
    LineMatch,
    Occupation,
    RegisterImport,
)
from competences.querysets import CertificationQuerySet
from competences.rncp.values import code_of
from competences.rules.certifications.coverage import BlocAsked, LineAsked, bloc_tail
from competences.rules.certifications.splitting import print_of
from competences.rules.certifications.succession import latest_of
from competences.selectors.wording import find_competences

PROPOSED = 6
_SMALLEST_WORD = 4


@dataclass(frozen=True, slots=True)
class ReadBloc:
    """A bloc as its page shows it. `has_moved`: the register changed its list since somebody accepted one."""

    bloc: Bloc
    lines: tuple[BlocLine, ...]
    has_moved: bool

    @property
    def matched(self) -> int:
        """How many lines have a competence that shows them."""
        return sum(bool(line.matches.all()) for line in self.lines)


def with_reading(rows: CertificationQuerySet) -> CertificationQuerySet:
    """Certifications with how many lines were accepted of their blocs, for a list."""
    asked = Count("blocs__lines", filter=Q(blocs__is_retired=False), distinct=True)
    found: CertificationQuerySet = rows.annotate(lines_accepted=asked).prefetch_related("certifiers")
    return found


def read_blocs(certification: Certification) -> list[ReadBloc]:
    """Its blocs with their lines and what shows each, in three questions."""
    matches = LineMatch.objects.select_related("competence")
    lines = BlocLine.objects.prefetch_related(Prefetch("matches", queryset=matches))
    blocs = certification.blocs.filter(is_retired=False).select_related("accepted_by")
    return [
        ReadBloc(
            bloc,
            tuple(bloc.lines.all()),
            bool(bloc.accepted_print) and bloc.accepted_print != print_of(bloc.content),
        )
        for bloc in blocs.prefetch_related(Prefetch("lines", queryset=lines))
    ]


def asked_by(certifications: Collection[int]) -> dict[int, list[BlocAsked]]:
    """What these certifications ask for, as the rules read it, in three questions; retired blocs left aside."""
    lines = BlocLine.objects.prefetch_related("matches")
    blocs = Bloc.objects.filter(certification_id__in=certifications, is_retired=False)
    found: dict[int, list[BlocAsked]] = defaultdict(list)
    for bloc in blocs.prefetch_related(Prefetch("lines", queryset=lines)):
        asked = tuple(
            LineAsked(line.pk, line.text, frozenset(match.competence_id for match in line.matches.all()))
            for line in bloc.lines.all()
        )
        found[bloc.certification_id].append(BlocAsked(bloc.pk, bloc.code, bloc.label, asked))
    return found


def latest(certification: Certification) -> Certification | None:
    """The living certification that took its place, through others or not."""
    replaced_by: dict[int, list[int]] = defaultdict(list)
    pairs = CertificationReplacement.objects.values_list("former_id", "latter_id")
    for former, latter in pairs:
        replaced_by[former].append(latter)
    if certification.pk not in replaced_by:
        return None
    named = {each for latters in replaced_by.values() for each in latters}
    alive = set(Certification.objects.current().filter(pk__in=named).values_list("pk", flat=True))
    found = latest_of(certification.pk, replaced_by, alive)
    return None if found is None else Certification.objects.get(pk=found)


def certification_called(text: str) -> Certification | None:
    """The certification of this code, or bearing exactly this name; one of the register before its namesakes."""
    code = code_of(text)
    if code is not None:
        return Certification.objects.filter(code=code).first()
    named = Certification.objects.filter(is_retired=False).named(text)
    wanted = normalise(text)
    return next((each for each in named[:50] if wanted in {normalise(each.label), each.search_label}), None)


def blocs_of(certification: Certification | None) -> list[tuple[str, str]]:
    """(code, words) of its blocs, for who says which ones a jury gave; none when it is not known."""
    if certification is None:
        return []
    found = certification.blocs.filter(is_retired=False).values_list("code", "label")
    return [
        (tail, f"{tail} · {label}") for code, label in found if (tail := bloc_tail(code, certification.code))
    ]


def trades_of(certification: Certification) -> list[str]:
    """The trades it leads to, in words where the referential knows them."""
    codes = [trade.rome_code for trade in certification.trades.all()]
    words = dict(Occupation.objects.filter(rome_code__in=codes).values_list("rome_code", "label"))
    return [f"{words[code]} ({code})" if code in words else code for code in codes]


def register_in_use() -> RegisterImport | None:
    """The last import, or None where none was ever played."""
    return RegisterImport.objects.first()


def proposals_for(line: BlocLine, *, trades: Collection[str], text: str = "") -> list[Competence]:
    """Competences that may show a line: those that a search finds, else the nearest of its words, most shared first.

    Proposals only: nothing is matched without somebody's yes.
    """
    if text:
        return find_competences(text, trades=trades)
    found: dict[int, Competence] = {}
    votes: dict[int, int] = defaultdict(int)
    for word in [word for word in line.text.replace("’", " ").split() if len(word) >= _SMALLEST_WORD][:8]:
        for competence in find_competences(word, trades=trades, limit=PROPOSED):
            found[competence.pk] = competence
            votes[competence.pk] += 1
    return sorted(found.values(), key=lambda each: (-votes[each.pk], len(each.label), each.label))[:PROPOSED]
