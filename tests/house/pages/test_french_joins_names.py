"""« de Intérim », « à Les Jardins »: a name that varies is joined by the words that know French, never by hand."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import PACKAGES, ROOT

NAMED = r"organisation|structure|place|employer|receiver|offering|beneficiary|person|found|kept|invited_by|first_name|last_name|group|target"
LAST = rf"(?:[\w.]+\.)?(?:{NAMED})"
TEMPLATE = re.compile(
    rf"\b(?:[Dd]e|[Dd]’|[Qq]ue|[Qq]u’)\s*\{{\{{\s*{LAST}\s*[}}|]|\bà\s*\{{\{{\s*(?:[\w.]+\.)?(?:organisation|structure|place|employer)\s*[}}|]"
)
SOURCE = re.compile(
    rf"\b(?:[Dd]e|[Dd]’|[Qq]ue|[Qq]u’)\s*\{{{LAST}[}}!:]|\bà\s*\{{(?:[\w.]+\.)?(?:organisation|structure|place|employer)[}}!:]"
)


def joined_by_hand(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Each place where a preposition stands right before a name that varies."""
    return [match.group() for match in pattern.finditer(text)]


def _sources(suffix: str) -> list[str]:
    found = []
    for folder in PACKAGES:
        for path in sorted((ROOT / folder).rglob(f"*{suffix}")):
            if "migrations" in path.parts or "demo" in path.parts:
                continue  # the demonstration invents its names and knows their gender
            pattern = TEMPLATE if suffix == ".html" else SOURCE
            found += [
                f"{path.relative_to(ROOT)}: {each}"
                for each in joined_by_hand(path.read_text(encoding="utf-8"), pattern)
            ]
    return found


@pytest.mark.parametrize("suffix", [".html", ".py"])
def test_names_are_joined_by_of_name_of_place_and_at_place(suffix):
    assert not _sources(suffix), "use the helpers of backend/core/values/names.py: « d’Amine », « de Jo »"


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ("Fiche de {{ employer }}", True),
        ("l’étape à {{ line.stay.organisation }}", True),
        ("Réglages d’{{ structure }}", True),
        ("De {{ page.relay.organisation }} vers", True),
        ("Ce que {{ person }} peut prendre", True),
        ("Fiche {{ employer|of_place }}", False),
        ("envoyés le {{ day }} à {{ clock }}", False),
        ("Demander à {{ candidate.beneficiary }}", False),
    ],
)
def test_a_preposition_written_by_hand_is_seen(text, is_seen):
    assert bool(joined_by_hand(text, TEMPLATE)) is is_seen


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ('f"Fiche de {found}"', True),
        ('f"Le passage à {stay.organisation}"', True),
        ('f"Fiche {of_place(found)}"', False),
        ('f"de {count} mois"', False),
    ],
)
def test_so_is_one_written_in_the_code(text, is_seen):
    assert bool(joined_by_hand(text, SOURCE)) is is_seen
