"""How often the search box finds the right trade, beside two plain methods, on the official ROME names.

    python benchmarks/search.py [FOLDER OR ZIP OF THE ROME EXPORT]

Four sets of titles, none of them taken from the published 1,533 real titles, which are not available here:
- noised: 1,000 official names with a slip, a plural, another gender, a word lost or moved, capitals and « (H/F) »;
- held out: 1,000 official names taken out of the index, to be found by the other names of their trade;
- everyday, development half: titles people say, written by hand; everyday words were chosen looking at this half;
- everyday, test half: never looked at while choosing them.

A title written by hand may have several good answers: a hit is any of them. hit@k = right trade among the first k;
MRR = mean of 1/position of the first right trade, 0 beyond the tenth.
"""

from __future__ import annotations

import csv
import hashlib
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from competences.rome.reader import read_export
from competences.rome.rows import Nature, Prominence, Referential
from competences.search.everyday import Everyday
from competences.search.index import Index
from competences.search.words import fold, readings

HERE = Path(__file__).resolve().parent
ROME = HERE.parent.parent / "shared" / "data" / "rome"
SIZE = 1_000
SEED = 7

Entry = tuple[str, str, str, bool, bool]
Case = tuple[str, frozenset[str]]
Search = Callable[[str], list[str]]


def entries_of(export: Referential) -> list[Entry]:
    labels = {row.rome_code: row.label for row in export.occupations}
    return [
        (row.rome_code, labels[row.rome_code], row.label, row.is_main, row.is_rare)
        for row in export.appellations
    ]


def deeds_of(export: Referential) -> dict[str, str]:
    """What each trade does: its definition and the know-how at its heart."""
    labels = {row.code: row.label for row in export.competences}
    texts = {row.rome_code: [row.definition] for row in export.occupations}
    for link in export.links:
        if link.prominence is Prominence.CORE and link.nature in (Nature.KNOW_HOW, Nature.MACRO):
            texts[link.rome_code].append(labels[link.competence_code])
    return {code: ". ".join(parts) for code, parts in texts.items()}


def plain_method(entries: list[Entry], **options: object) -> Search:
    """Tf-idf and cosine on the labels as they are, best name of each trade."""
    vectorizer = TfidfVectorizer(preprocessor=fold, **options)
    features = vectorizer.fit_transform([entry[2] for entry in entries]).T.tocsr()
    codes = [entry[0] for entry in entries]

    def search(text: str) -> list[str]:
        scores = (vectorizer.transform([text]) @ features).toarray()[0]
        order = np.argsort(-scores, kind="stable")[:400]
        return list(dict.fromkeys(codes[i] for i in order if scores[i] > 0))[:10]

    return search


def our_method(entries: list[Entry], **options: object) -> Search:
    index = Index.build(entries, **options)
    return lambda text: [hit.rome_code for hit in index.search(text)]


def noise(label: str, rng: random.Random) -> str:
    """One to three ways in which a title is written otherwise."""
    left, slash, right = label.partition(" / ")
    title = (
        rng.choice([right, f"{left} {' '.join(right.split()[len(left.split()) :])}".strip()])
        if slash
        else label
    )
    for change in rng.sample([slip, slip, plural, lose, move, shout], rng.choice([1, 2, 3])):
        title = change(title, rng)
    return title


def slip(title: str, rng: random.Random) -> str:
    places = [i for i, c in enumerate(title) if c.isalpha()]
    at = rng.choice(places)
    letter = rng.choice("abcdefghilmnoprstu")
    return rng.choice(
        [
            title[:at] + title[at + 1 :],
            title[:at] + title[at] + title[at:],
            title[:at] + letter + title[at + 1 :],
            title[:at] + title[at + 1 : at + 2] + title[at] + title[at + 2 :],
        ]
    )


def plural(title: str, rng: random.Random) -> str:
    return " ".join(word if word[-1] in "sx'" or len(word) < 4 else word + "s" for word in title.split())


def lose(title: str, rng: random.Random) -> str:
    parts = title.split()
    long = [i for i, word in enumerate(parts) if len(word) > 3]
    if len(long) < 3:
        return title
    parts.pop(rng.choice(long[1:]))
    return " ".join(parts)


def move(title: str, rng: random.Random) -> str:
    parts = title.split()
    rng.shuffle(parts)
    return " ".join(parts)


def shout(title: str, rng: random.Random) -> str:
    return f"{fold(title).upper()} {rng.choice(['(H/F)', 'H/F', 'F/H', '- CDI'])}"


def noised_cases(entries: list[Entry]) -> list[Case]:
    rng = random.Random(SEED)
    owners: dict[tuple[str, ...], set[str]] = {}
    for code, _, appellation, _, _ in entries:
        for reading in readings(appellation):
            owners.setdefault(tuple(sorted(reading)), set()).add(code)
    cases = []
    for code, _, appellation, _, _ in rng.sample(entries, SIZE):
        same = {
            other for reading in readings(appellation) for other in owners.get(tuple(sorted(reading)), ())
        }
        cases.append((noise(appellation, rng), frozenset(same | {code})))
    return cases


def held_out(entries: list[Entry]) -> tuple[list[Entry], list[Case]]:
    rng = random.Random(SEED + 1)
    out = set(rng.sample([entry for entry in entries if not entry[3] and entry[1] != entry[2]], SIZE))
    return [entry for entry in entries if entry not in out], [
        (appellation.partition(" / ")[2] or appellation, frozenset({code}))
        for code, _, appellation, _, _ in sorted(out)
    ]


def everyday_cases() -> tuple[list[Case], list[Case]]:
    """Development half and test half, parted by a digest of the title."""
    halves: tuple[list[Case], list[Case]] = ([], [])
    with (HERE / "job_titles.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            half = hashlib.sha256(row["texte"].encode()).digest()[0] % 2
            halves[half].append((row["texte"], frozenset(row["codes"].split())))
    return halves


def measure(search: Search, cases: list[Case]) -> tuple[float, float, float, float]:
    positions = []
    started = time.perf_counter()
    for text, good in cases:
        found = search(text)
        positions.append(next((i for i, code in enumerate(found, start=1) if code in good), 0))
    seconds = time.perf_counter() - started
    hit_1 = sum(p == 1 for p in positions) / len(cases)
    hit_10 = sum(p > 0 for p in positions) / len(cases)
    mrr = sum(1 / p for p in positions if p) / len(cases)
    return hit_1, hit_10, mrr, 1_000 * seconds / len(cases)


def methods(entries: list[Entry], deeds: dict[str, str]) -> dict[str, Search]:
    return {
        "words": plain_method(entries),
        "letters 3-5": plain_method(entries, analyzer="char_wb", ngram_range=(3, 5)),
        "ours, no everyday words": our_method(entries, everyday=Everyday.of({})),
        "ours": our_method(entries),
        "ours, with deeds": our_method(entries, deeds=deeds),
    }


def report(title: str, searches: dict[str, Search], cases: list[Case]) -> None:
    print(f"\n{title} ({len(cases)} titles)\n  {'method':26} hit@1  hit@10    MRR  ms/title")
    for name, search in searches.items():
        hit_1, hit_10, mrr, each = measure(search, cases)
        print(f"  {name:26} {hit_1:.3f}   {hit_10:.3f}  {mrr:.3f}  {each:8.1f}")


def main() -> None:
    export = read_export(Path(sys.argv[1]) if len(sys.argv) > 1 else ROME)
    entries, deeds = entries_of(export), deeds_of(export)
    started = time.perf_counter()
    plain_method(entries, analyzer="char_wb", ngram_range=(3, 5))
    letters = time.perf_counter() - started
    started = time.perf_counter()
    Index.build(entries, deeds=deeds)
    print(
        f"building our index takes {(time.perf_counter() - started) / letters:.1f} times building letters 3-5"
    )
    searches = methods(entries, deeds)
    report("noised official names", searches, noised_cases(entries))
    kept, cases = held_out(entries)
    report("held-out official names", methods(kept, deeds), cases)
    development, test = everyday_cases()
    report("everyday titles, development half", searches, development)
    report("everyday titles, test half", searches, test)


if __name__ == "__main__":
    main()
