"""Finding a competence from a few words typed, wherever one is asked for: screens and API give the same answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Concat, Length

from backend.core.actor import Actor
from backend.core.values.text import normalise
from competences.enums import Nature
from competences.models import Competence, OccupationCompetence
from competences.search.words import SMALL_WORDS, root, stem
from pathways.models import Contract, Stay

if TYPE_CHECKING:
    from competences.querysets import CompetenceQuerySet

MAX_FOUND = 12
MAX_WORDS = 6
WHOLE, BEGINNING, SAME_ROOT, INSIDE = 3, 2, 1, 0
"""How well one word answers: « sol » is a word of « laver un sol », begins « solutions », lies inside « insoler »."""

_PLURALS = ("", "s", "x")
_NATURES = (Nature.KNOW_HOW, Nature.MACRO, Nature.SOFT_SKILL, Nature.KNOWLEDGE)


def find_competences(text: str, *, trades: Collection[str] = (), limit: int = MAX_FOUND) -> list[Competence]:
    """Competences a form may offer for these words, the likeliest first; those of the `trades` before their equals."""
    return list(named(Competence.objects.choosable(), text, trades=trades)[:limit])


def named(rows: CompetenceQuerySet, text: str, *, trades: Collection[str] = ()) -> CompetenceQuerySet:
    """Those of the rows that hold every word typed, or its root, in their name or in the words of the field.

    Whole words come first, then beginnings of words, then what lies inside; among equals, what the structure's
    trades ask for, gestures before families and savoirs, then the shortest name. Accents, case, plurals and
    apostrophes do not count. Nothing for a text without words.
    """
    words = _words(text)
    if not words:
        return rows.none()
    said = (Value(" "), "search_label", Value(" "), "field_words", Value(" "))
    rows = rows.annotate(said=Concat(*said, output_field=TextField()))
    for word in words:
        rows = rows.filter(said__contains=_needle(word))
    answered = sum((_answer(word) for word in words[1:]), _answer(words[0]))
    cited = OccupationCompetence.objects.filter(competence=OuterRef("pk"), occupation__rome_code__in=trades)
    return rows.order_by(
        Case(When(search_label=normalise(text), then=0), default=1, output_field=IntegerField()),
        answered.desc(),
        Case(When(Exists(cited), then=0), default=1, output_field=IntegerField()),
        Case(
            *(When(nature=nature, then=rank) for rank, nature in enumerate(_NATURES)),
            output_field=IntegerField(),
        ),
        Length("search_label"),
        "search_label",
        "code",
    )


def exact_competence(text: str) -> Competence | None:
    """The competence bearing exactly this name, accents and case aside; the first code among namesakes."""
    named_so = Competence.objects.choosable().filter(search_label=normalise(text))
    return named_so.order_by("is_retired", "code").first()


def trades_of(actor: Actor) -> set[str]:
    """Codes of the trades that the people one sees work in: what a search offers first."""
    stays = Stay.objects.visible_to(actor)
    codes = Contract.objects.filter(stay__in=stays).exclude(rome_code="").order_by()
    return set(codes.values_list("rome_code", flat=True).distinct())


def _words(text: str) -> list[str]:
    """Words typed that carry a meaning, in the singular; all of them when none does."""
    typed = normalise(text).split()[:MAX_WORDS]
    meant = [word for word in typed if word not in SMALL_WORDS] or typed
    return [word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in meant]


def _needle(word: str) -> str:
    """What every form of the word begins with: « nettoy » for « nettoyer »."""
    end = root(stem(word))
    while not word.startswith(end):
        end = end[:-1]
    return end or word


def _answer(word: str) -> Case:
    whole = Q()
    for plural in _PLURALS:
        whole |= Q(said__contains=f" {word}{plural} ")
    return Case(
        When(whole, then=WHOLE),
        When(said__contains=f" {word}", then=BEGINNING),
        When(said__contains=f" {_needle(word)}", then=SAME_ROOT),
        default=INSIDE,
        output_field=IntegerField(),
    )
