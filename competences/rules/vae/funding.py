"""What pays for a VAE, and what must be there for it (D6323-7, arrêté du 3 juillet 2025)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Confidence, Finding
from competences.enums import VaeChannel, VaeFunding
from competences.rules.vae.facts import FileFacts
from pathways.rules.dated import vae as figures
from pathways.rules.dated.book import RuleBook


def funding_findings(file: FileFacts, *, on: date, book: RuleBook) -> Iterator[Finding]:
    """What deserves a look before counting on the money; never a refusal."""
    if (
        file.funding == VaeFunding.CPF
        and file.channel == VaeChannel.FRANCE_VAE
        and file.companion_on_portal is False
        and book.value(figures.CPF_ON_PORTAL, on=on)
    ):
        yield Finding(
            "cpf_needs_portal",
            "Le CPF ne paie pas un accompagnateur absent de France VAE quand la certification y est proposée.",
            book.basis(figures.CPF_ON_PORTAL, on=on),
            way_out="Choisissez un accompagnateur du portail, ou un autre financement.",
            field="companion_on_portal",
            refuses=False,
        )
    least = book.value(figures.QUOTES, on=on)
    if file.quotes is not None and least is not None and file.quotes < least:
        yield Finding(
            "quotes_missing",
            f"Pour chaque formation conseillée, {least} devis au moins.",
            book.basis(figures.QUOTES, on=on),
            Confidence.PROBABLE,
            way_out="Demandez ceux qui manquent.",
            field="quotes",
            refuses=False,
        )
