"""Two names of employers that may be one: the same words dressed otherwise, or one slip of the hand apart."""

from __future__ import annotations

from backend.core.values.text import normalise, one_slip_apart

_FORMS = frozenset(
    {"sarl", "sas", "sasu", "eurl", "sa", "sci", "snc", "scop", "scic", "ei", "ste", "societe"}
)
"""How a company is held says nothing of who it is: « SARL Brioches du Val »."""
_SAFE_SLIP = 6
"""Below six letters, one letter of difference is another name."""


def plain_name(name: str) -> str:
    """What is left of a name without accents, case, spaces nor the form of the company."""
    words = normalise(name).split()
    return "".join(word for word in words if word not in _FORMS) or "".join(words)


def are_alike(one: str, other: str) -> bool:
    """Whether two plain names may be the same employer's; an empty one looks like nobody's."""
    if not one or not other:
        return False
    return one == other or (min(len(one), len(other)) >= _SAFE_SLIP and one_slip_apart(one, other))
