"""How well a person fits a job, in three bands. No text says it: practice does, and a band is never a refusal.

A competence is held one level short or better, as the ranking counts it. The bands only put words on the order; they
never enter it.
"""

from __future__ import annotations

from fractions import Fraction

from employers.enums import Fit

HOLDS_MOST_FROM = Fraction(2, 3)
"""Share of the competences asked from which a person holds most of the job. Our choice."""
TO_TRAIN_FROM = Fraction(1, 3)
"""Share from which what is missing can be learnt on the way in. Our choice."""


def fit_of(*, held: int, asked: int) -> Fit:
    """The band of somebody who holds so many of the competences asked; a job that asks for none proves nothing."""
    share = Fraction(held, asked) if asked else Fraction(0)
    if share >= HOLDS_MOST_FROM:
        return Fit.HOLDS_MOST
    return Fit.TO_TRAIN if share >= TO_TRAIN_FROM else Fit.FAR


def fit_in_words() -> str:
    """« « Tient l’essentiel » : au moins 2 compétences sur 3 ; « À former » : au moins 1 sur 3 ; « Loin » : moins encore… »."""
    most, train = HOLDS_MOST_FROM, TO_TRAIN_FROM
    return (
        f"« {Fit.HOLDS_MOST.label} » : au moins {most.numerator} compétences demandées sur {most.denominator} ; "
        f"« {Fit.TO_TRAIN.label} » : au moins {train.numerator} sur {train.denominator} ; "
        f"« {Fit.FAR.label} » : moins encore, en compétences et non en kilomètres."
    )
