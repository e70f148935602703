"""Brings French job titles to a common form: accents, capitals, gender, plural and writing habits put aside.

Every pattern runs in linear time, and a text is cut to `MAX_TEXT` first: nothing typed can slow the search down.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MAX_TEXT = 300
MAX_WORDS = 30

# « livreur(se) », « agent·e », « employé.e.s »: the short feminine written after the masculine.
SHORT_FEMININE = re.compile(
    r"(?<=[a-z])(?:\((?:e|se|euse|rice|trice|ere|iere|ne|le|ve|te|sse)s?\)|[.·•‧](?:e|se|euse|rice|trice|ere|ne|le|ve|te)(?:[.·•‧]?s)?(?![a-z]))"
)
# « H/F », « (F-H) », « hf », « m/f/x »: who may apply, not what the work is.
ANYONE = re.compile(r"(?<![a-z])(?:h ?[/-] ?f|f ?[/-] ?h|h ?/ ?f ?/ ?x|m ?/ ?f|f ?/ ?m)(?![a-z])")
WORD = re.compile(r"[a-z0-9]+")

# Words that tie the others together.
SMALL_WORDS = frozenset(
    """
    a ai as au aux avec ce ces chez d dans de des du elle en entre est et eux faire fais fait il ils j je l la le les
    leur lui m ma me mes mon n ne nos notre nous on ou par pas pour qu que qui s sa se ses son sous sur t te tes toi
    ton tu un une vers vos votre vous y
    """.split()  # noqa: SIM905 - a list of seventy quoted words would hide the words
)
# Words of job offers that say nothing of the trade.
OFFER_WORDS = frozenset(
    """
    fh hf cdd cdi cddi interim interimaire alternance apprentissage stage emploi poste metier travail travailler
    boulot job recherche cherche urgent temps plein partiel complet experience debutant debutante accepte
    """.split()  # noqa: SIM905
)

# Longest first. (ending, what stands in its place): feminine and masculine meet.
GENDER_ENDINGS = (
    ("trice", "teur"),
    ("euse", "eur"),
    ("ienne", "ien"),
    ("iere", "ier"),
    ("onne", "on"),
    ("enne", "en"),
    ("elle", "el"),
    ("ere", "er"),
    ("ive", "if"),
    ("esse", ""),
)

# Endings, once a stem, that turn a gesture into a trade, a place or a result: nettoyer, nettoyag(e), nettoyeur.
ROOT_ENDINGS = (
    "isation",
    "issag",
    "ateur",
    "ation",
    "aison",
    "ement",
    "tion",
    "eri",
    "ist",
    "eur",
    "ier",
    "ag",
    "er",
    "ir",
    "ur",
)
MIN_ROOT = 4


def fold(text: str) -> str:
    """Lower case without accents; « œ » is « oe »."""
    text = text[:MAX_TEXT].casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def spoken(text: str) -> list[str]:
    """Words of a title in order, folded, without what offers add around it; all words if nothing else is left."""
    found = WORD.findall(ANYONE.sub(" ", SHORT_FEMININE.sub("", fold(text))))[:MAX_WORDS]
    return [word for word in found if word not in OFFER_WORDS] or found


def words(text: str) -> list[str]:
    """The words of a title that carry its meaning; all of them if none does."""
    found = spoken(text)
    return [word for word in found if word not in SMALL_WORDS] or found


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The word without plural and gender: « vendeuses » and « vendeur » give the same stem."""
    if len(word) <= 3 or word.isdigit():
        return word
    if word[-1] in "sx" and not word.endswith("ss"):
        word = word[:-1]
    for ending, instead in GENDER_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + instead
    return word.rstrip("e") if len(word) > 4 else word


@lru_cache(maxsize=100_000)
def root(word: str) -> str:
    """What « nettoyer », « nettoyage » and « nettoyeur » share; takes a stem."""
    for ending in ROOT_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_ROOT:
            word = word[: -len(ending)]
            break
    if len(word) > MIN_ROOT and word[-1] == word[-2]:
        word = word[:-1]
    return word


def stems(text: str) -> list[str]:
    """Stems of the meaningful words of a text, in order."""
    return [stem(word) for word in words(text)]


def readings(label: str) -> list[list[str]]:
    """Stems of a label, once per gender: « Garçon / Serveuse de café » is « garçon café » and « serveur café »."""
    left, slash, right = label.partition(" / ")
    if not slash:
        return [stems(label)]
    feminine, masculine = stems(right), stems(f"{left} {complement(left, right)}")
    return [feminine] if feminine == masculine else [feminine, masculine]


def complement(left: str, right: str) -> str:
    """What follows both genders: « de café » in « Garçon / Serveuse de café »."""
    return " ".join(right.split()[len(left.split()) :])
