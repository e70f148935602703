"""Ranks the trades whose names are nearest to what was typed.

Three views of a title are compared with every appellation, each by tf-idf and cosine: its words without gender nor
plural, the roots of these words (nettoyer, nettoyage, nettoyeur), and its pieces of 3 to 5 letters, which forgive
slips of the keyboard. A trade is as good as its best name, and a little better when several of its names answer.
What trades do, when given, helps a title made of gestures (« tondre la pelouse »).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from competences.search.everyday import Everyday
from competences.search.spelling import Speller
from competences.search.words import readings, root, spoken, stems

Floats = NDArray[np.float64]
Entry = tuple[str, str, str, bool, bool]

# Shares of the three views; chosen on names held out of the index, others than those of the benchmark.
WORDS_SHARE = 0.25
ROOTS_SHARE = 0.25
PIECES_SHARE = 0.50
# How names of one trade add up: 1 − Π(1 − score⁶), brought back by the sixth root. High, so that the best one leads.
AGREEMENT_POWER = 6
# How far what a trade does may raise a name that answers in part.
DEEDS_SHARE = 0.40
# A title that is no official name read word for word, when everyday words give it another, surer reading.
LITERAL_SHARE = 0.85
MIN_SCORE = 0.05  # below, what is shared is chance
DIGITS = 6  # of a score that decide; what differs beyond is a tie


@dataclass(frozen=True, slots=True)
class Hit:
    """A trade, the one of its names that answers best, and how well it does (0 to 1)."""

    rome_code: str
    label: str
    appellation: str
    score: float


@dataclass(frozen=True, slots=True)
class Title:
    """A title, typed or official, cut into what the views compare."""

    stems: tuple[str, ...]
    text: str

    @property
    def roots(self) -> tuple[str, ...]:
        """Roots of its words."""
        return tuple(root(word) for word in self.stems)


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of one appellation of a trade; `order` breaks ties."""

    rome_code: str
    appellation: str
    order: tuple[bool, bool, int, str, str]
    title: Title


class View:
    """One way of cutting titles, weighed by tf-idf, and every title of the index cut this way."""

    def __init__(self, vectorizer: TfidfVectorizer, documents: Sequence[object]) -> None:
        self.vectorizer = vectorizer
        # One row per feature: the product with a short query then touches only the features it has.
        self.features = sparse.csr_array(vectorizer.fit_transform(documents)).T.tocsr()

    def cosines(self, queries: Sequence[object]) -> Floats:
        """One row per query, one column per document."""
        vectors = sparse.csr_array(self.vectorizer.transform(queries))
        return np.asarray((vectors @ self.features).toarray(), dtype=np.float64)


class Index:
    """Every name of every trade, ready to be searched; plain data that can be pickled and kept in a cache."""

    def __init__(
        self, labels: Mapping[str, str], names: Sequence[Name], deeds: Mapping[str, str], everyday: Everyday
    ) -> None:
        """Use `build`; names come trade by trade, each trade's in the order that breaks ties."""
        self.names = tuple(names)
        starts: dict[str, int] = {}
        for position, name in enumerate(names):
            starts.setdefault(name.rome_code, position)
        self.trades = tuple((code, labels[code]) for code in starts)
        self.starts = np.array(list(starts.values()), dtype=np.int64)
        self.owners = np.repeat(np.arange(len(starts)), np.diff(self.starts, append=len(names)))
        self.everyday = everyday
        self.official = {name.title.stems for name in names}
        self.speller = Speller(word for name in names for word in name.title.stems)
        if names:
            titles = [name.title for name in names]
            self.words = View(by_words(), [title.stems for title in titles])
            self.roots = View(by_words(), [title.roots for title in titles])
            self.pieces = View(by_pieces(), [title.text for title in titles])
        self.deeds = _deeds_view([deeds.get(code, "") for code in starts])

    @classmethod
    def build(
        cls,
        entries: Iterable[Entry],
        *,
        deeds: Mapping[str, str] | None = None,
        everyday: Everyday | None = None,
    ) -> Index:
        """An index of (rome_code, occupation label, appellation label, is_main, is_rare).

        `deeds` gives, per rome_code, sentences saying what the trade does (its definition, its main know-how).
        `everyday` replaces the field's own everyday words, which are used by default.
        The same entries in any order give the same index.
        """
        rows = sorted(set(entries))
        labels = {rome_code: label for rome_code, label, *_ in rows}
        names = sorted(_names(rows, labels), key=lambda name: (name.rome_code, name.order))
        return cls(labels, names, deeds or {}, everyday or Everyday.of_the_field())

    def search(self, text: str, top: int = 10) -> list[Hit]:
        """The `top` trades nearest to a text, best first, with one appellation each; nothing for an empty text.

        Equal scores: first the trade whose answering name is main, then one in use, then the shortest name, then
        alphabetical order.
        """
        if not self.names or top < 1 or not stems(text):
            return []
        name_scores = self._name_scores(self._meanings(text))
        scores = np.round(self._trade_scores(name_scores), DIGITS).tolist()
        best = [self.names[position] for position in self._best_names(name_scores)]
        found = (trade for trade, score in enumerate(scores) if score >= MIN_SCORE)
        first = nsmallest(top, found, key=lambda trade: (-scores[trade], best[trade].order))
        return [Hit(*self.trades[trade], best[trade].appellation, scores[trade]) for trade in first]

    def _meanings(self, text: str) -> list[tuple[Title, float]]:
        """What the text may mean, with how much each meaning is trusted."""
        typed = stems(text)
        spelled = tuple(known for word in typed for known in (self.speller.correct(word) or [word]))
        literal = Title(spelled, " ".join(spoken(text)))
        trust = 1.0 if spelled in self.official else LITERAL_SHARE
        known = self.speller.known
        others = self.everyday.readings(typed, known) or self.everyday.readings(spelled, known)
        if not others:
            return [(literal, 1.0)]
        return [(literal, trust), *((_title(other), 1.0) for other in others)]

    def _name_scores(self, meanings: Sequence[tuple[Title, float]]) -> Floats:
        """Score of each name, 0 to 1: the best of the meanings, each at its trust."""
        titles = [title for title, _ in meanings]
        trust = np.array([[share] for _, share in meanings])
        roots = [title.roots for title in titles]
        scores = (
            WORDS_SHARE * self.words.cosines([title.stems for title in titles])
            + ROOTS_SHARE * self.roots.cosines(roots)
            + PIECES_SHARE * self.pieces.cosines([title.text for title in titles])
        )
        if self.deeds is not None:
            done = self.deeds.cosines(roots)[:, self.owners]
            scores += DEEDS_SHARE * (1 - scores) * done
        best: Floats = np.clip((trust * scores).max(axis=0), 0.0, 1.0)
        return best

    def _trade_scores(self, name_scores: Floats) -> Floats:
        """Score of each trade: that of its best name, a little more when others agree, never above 1."""
        doubt = np.log1p(-(np.minimum(name_scores, 1 - 1e-9) ** AGREEMENT_POWER))
        total: Floats = (1 - np.exp(np.add.reduceat(doubt, self.starts))) ** (1 / AGREEMENT_POWER)
        return total

    def _best_names(self, name_scores: Floats) -> list[int]:
        """Position of the best name of each trade; the first in the order of ties among equals."""
        rounded = np.round(name_scores, DIGITS)
        order = np.lexsort((-rounded, self.owners))  # stable: equals stay in the order of ties
        return [int(position) for position in order[self.starts]]


def _names(rows: Sequence[Entry], labels: Mapping[str, str]) -> Iterator[Name]:
    """Each appellation, and the label of each trade that none of its appellations repeats; unreadable ones left out."""
    flags: dict[tuple[str, str], tuple[bool, bool]] = {}
    for code, _, appellation, is_main, is_rare in rows:
        flags[code, appellation] = (not is_main, is_rare)
    for code, label in labels.items():
        flags.setdefault((code, label), (True, False))
    for (code, appellation), (is_other, is_rare) in flags.items():
        order = (is_other, is_rare, len(appellation), appellation, code)
        text = " ".join(dict.fromkeys(spoken(appellation)))
        for reading in readings(appellation):
            if reading:
                yield Name(code, appellation, order, Title(tuple(reading), text))


def _title(text: str) -> Title:
    return Title(tuple(stems(text)), " ".join(spoken(text)))


def _deeds_view(texts: Sequence[str]) -> View | None:
    documents = [_deed_roots(text) for text in texts]
    return View(by_words(), documents) if any(documents) else None


def _deed_roots(text: str) -> list[str]:
    """Roots of a long text, read sentence by sentence because a title is cut to its first words."""
    return [root(word) for sentence in text.replace("\n", ".").split(".") for word in stems(sentence)]


def _as_it_is(document: Sequence[str]) -> Sequence[str]:
    return document


def by_words() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=_as_it_is, sublinear_tf=True)


def by_pieces() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, lowercase=False)
