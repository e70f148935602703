"""What may be corrected or taken back: a correction passes the rules of a creation, nothing goes with what rests on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from backend.core.findings import Finding


def added_findings(
    after: Iterable[Finding], *, known: Iterable[Finding], changed: Collection[str]
) -> list[Finding]:
    """What a correction adds to what the rules already said of a fact, or says again of what it changed.

    A fact of the past kept with its réserve may be corrected piece by piece: what is not touched is not asked again.
    """
    codes = {finding.code for finding in known}
    return [finding for finding in after if finding.code not in codes or finding.field in changed]


def hanging_findings(hanging: Sequence[str]) -> Iterator[Finding]:
    """Something rests on what would go: nothing vanishes in silence."""
    if hanging:
        yield Finding(
            "something_rests_on_it",
            f"Cette saisie ne peut pas être annulée seule : {', '.join(hanging)} en dépendent.",
            way_out="Annulez-les ou corrigez-les d’abord.",
            is_contradiction=True,
        )
