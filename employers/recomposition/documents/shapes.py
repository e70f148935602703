"""One value of a decoded JSON document with the path that leads to it, and the questions one may ask it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

LONGEST_TEXT = 500
FURTHEST_KM = 20_000.0


class InputError(ValueError):
    """A faulty value: where it is, what is wrong, what to do; the value itself is never repeated."""

    def __init__(self, path: str, problem: str, remedy: str) -> None:
        super().__init__(f"{path} : {problem}. {remedy}")
        self.path, self.problem, self.remedy = path, problem, remedy


@dataclass(frozen=True)
class Node:
    """A value and its path, such as `tasks[3].hours[1]`."""

    value: Any
    path: str

    @classmethod
    def root(cls, document: object) -> Node:
        """The whole document, which must be an object."""
        node = cls(document, "$")
        node.keys()
        return node

    def keys(self) -> set[str]:
        """Names present in an object."""
        if not isinstance(self.value, dict):
            raise self.error("un objet est attendu", "Écrivez-le entre accolades.")
        return set(self.value)

    def key(self, name: str) -> Node:
        """A compulsory member."""
        if name not in self.keys():
            raise self._child(name, None).error("valeur manquante", "Ajoutez-la.")
        return self._child(name, self.value[name])

    def optional(self, name: str, default: object) -> Node:
        """A member that may be left out."""
        self.keys()
        return self._child(name, self.value.get(name, default))

    def entries(self) -> list[tuple[str, Node]]:
        """Members of an object used as a table."""
        return [(name, self._child(name, self.value[name])) for name in sorted(self.keys())]

    def items(self, most: int) -> list[Node]:
        """Members of a list of limited length."""
        if not isinstance(self.value, list):
            raise self.error("une liste est attendue", "Écrivez-la entre crochets.")
        if len(self.value) > most:
            raise self.error(f"plus de {most} éléments", "Découpez le territoire en plusieurs fichiers.")
        return [Node(item, f"{self.path}[{rank}]") for rank, item in enumerate(self.value)]

    def text(self, *, allow_empty: bool = False) -> str:
        """A short text."""
        if not isinstance(self.value, str) or len(self.value) > LONGEST_TEXT:
            raise self.error(f"un texte d’au plus {LONGEST_TEXT} caractères est attendu", "Corrigez-le.")
        if any(0xD800 <= ord(letter) <= 0xDFFF for letter in self.value):
            raise self.error("un caractère illisible", "Enregistrez le fichier en UTF-8.")
        if not self.value.strip() and not allow_empty:
            raise self.error("texte vide", "Complétez-le.")
        return self.value

    def words(self) -> frozenset[str]:
        """A list of texts, as a set."""
        return frozenset(item.text() for item in self.items(200))

    def boolean(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.error("vrai ou faux est attendu", "Écrivez true ou false.")
        return self.value

    def number(self, least: float, most: float) -> float:
        """A finite number within bounds, both included."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float) or not _finite(self.value):
            raise self.error("un nombre est attendu", "Corrigez-le.")
        if not least <= self.value <= most:
            raise self.error(f"un nombre entre {least:g} et {most:g} est attendu", "Corrigez-le.")
        return float(self.value)

    def integer(self, least: int, most: int) -> int:
        """A whole number within bounds, both included."""
        value = self.number(least, most)
        if value != int(value):
            raise self.error("un nombre entier est attendu", "Corrigez-le.")
        return int(value)

    def half_hours(self, most_hours: float) -> int:
        """Hours typed with a half-hour grain, as whole half-hours."""
        doubled = self.number(0.0, most_hours) * 2
        if doubled != int(doubled):
            raise self.error(
                "un nombre d’heures à la demi-heure près est attendu", "Arrondissez à la demi-heure."
            )
        return int(doubled)

    def kilometres(self) -> float:
        """A coordinate on the plane."""
        return self.number(-FURTHEST_KM, FURTHEST_KM)

    def error(self, problem: str, remedy: str) -> InputError:
        """A refusal of this value."""
        return InputError(self.path, problem, remedy)

    def _child(self, name: str, value: object) -> Node:
        return Node(value, name if self.path == "$" else f"{self.path}.{name}")


def _finite(value: float) -> bool:
    try:
        return isfinite(value)
    except OverflowError:  # an integer too long for a float
        return False
