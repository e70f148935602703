"""Taking back: a step with its reason, a proposal the person said no to without a trace."""

from __future__ import annotations

from collections.abc import Iterator

from backend.core.findings import Finding
from competences.enums import VaeStepKind
from competences.rules.vae.facts import FileFacts


def reason_findings(reason: str) -> Iterator[Finding]:
    """A step taken back without a word."""
    if not reason.strip():
        yield Finding(
            "reason_missing",
            "La raison n’est pas dite.",
            way_out="Écrivez en quelques mots ce qui était inexact.",
            field="reason",
        )


def decline_findings(file: FileFacts) -> Iterator[Finding]:
    """Only a proposal leaves without a trace; once the person agreed, they may stop, and that is a step."""
    if any(step.kind is not VaeStepKind.PLANNED for step in file.steps):
        yield Finding(
            "already_begun",
            "La personne avait donné son accord : ce dossier existe.",
            "Code du travail, art. L6421-1",
            way_out="Si elle arrête, notez « La personne arrête ».",
        )
