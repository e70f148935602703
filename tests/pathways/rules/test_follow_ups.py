"""What an appointment was taken for says what kind of interview it was."""

from __future__ import annotations

import pytest

from pathways.enums import InterviewKind
from pathways.rules.follow_ups import kind_announced


@pytest.mark.parametrize(
    ("purpose", "kind"),
    [
        ("Diagnostic d’accueil", InterviewKind.WELCOME),
        ("ACCUEIL", InterviewKind.WELCOME),
        ("Bilan intermédiaire", InterviewKind.REVIEW),
        ("Bilan final avec l’encadrant", InterviewKind.FINAL_REVIEW),
        ("bilan de fin de parcours", InterviewKind.FINAL_REVIEW),
        ("Renouvellement du contrat", InterviewKind.RENEWAL),
        ("Bilan avant de renouveler", InterviewKind.RENEWAL),
        ("Rencontre à trois", InterviewKind.TRIPARTITE),
        ("Tripartite France Travail", InterviewKind.TRIPARTITE),
        ("Point logement", None),
        ("", None),
    ],
)
def test_the_words_of_an_appointment(purpose, kind):
    assert kind_announced(purpose) == kind
