"""The words people use for a trade, when they are not those of the referential."""

from __future__ import annotations

import tomllib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from competences.search.words import stems

MAX_READINGS = 4


@dataclass(frozen=True, slots=True)
class Everyday:
    """Everyday phrases, as stems, and what each may mean in the words of the referential."""

    meanings: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: int  # words in the longest phrase

    @classmethod
    def of(cls, phrases: Mapping[str, Sequence[str]]) -> Everyday:
        """From plain French: {"homme de ménage": ["employé de ménage", "agent de propreté de locaux"]}."""
        meanings = {tuple(stems(phrase)): tuple(said) for phrase, said in phrases.items()}
        return cls(meanings, max((len(phrase) for phrase in meanings), default=0))

    @classmethod
    def of_the_field(cls) -> Everyday:
        """The phrases kept in data/everyday.toml."""
        text = (files("competences.search") / "data" / "everyday.toml").read_text(encoding="utf-8")
        return cls.of(tomllib.loads(text))

    def readings(self, typed: Sequence[str], known: Container[str]) -> list[str]:
        """A text, given as stems, with its longest everyday phrase said in the referential's words.

        Words around the phrase are kept: « cuistot en collectivité » gives « cuisinier collectivité ». A word that
        the referential knows (`known`) is only put otherwise when it stands alone: « peintre » is a house painter,
        « peintre automobile » says what it means. Nothing if the text has no everyday phrase.
        """
        for length in range(min(self.longest, len(typed)), 0, -1):
            for start in range(len(typed) - length + 1):
                phrase = tuple(typed[start : start + length])
                if phrase in self.meanings and (length > 1 or length == len(typed) or phrase[0] not in known):
                    before, after = typed[:start], typed[start + length :]
                    said = self.meanings[phrase][:MAX_READINGS]
                    return [" ".join([*before, meaning, *after]) for meaning in said]
        return []
