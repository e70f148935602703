"""What a passport must hold to be worth a paper."""

from __future__ import annotations

from collections.abc import Iterator

from backend.core.findings import Finding


def choice_findings(*, lines: int) -> Iterator[Finding]:
    """A passport that shows nothing: `lines` counts what was ticked among what may be shown."""
    if lines == 0:
        yield Finding(
            "nothing_chosen",
            "Choisissez au moins une ligne à montrer.",
            field="chosen",
            is_contradiction=True,
        )
