"""What may be answered to a question of presentation, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Finding
from employers.enums import EmployerAnswer


def answer_findings(*, ends_on: date, today: date) -> Iterator[Finding]:
    """A question past its last day; on that day it may still be answered."""
    if ends_on < today:
        yield Finding(
            "question_ended",
            "Cette demande est arrivée à son terme.",
            way_out="Posez de nouveau la question.",
        )


def employer_answer_findings(answer: str) -> Iterator[Finding]:
    """An answer that neither meets nor declines."""
    if answer not in EmployerAnswer.values or not answer:
        yield Finding(
            "unknown_answer",
            "Choisissez de rencontrer la personne ou de ne pas donner suite.",
            field="answer",
            is_contradiction=True,
        )
