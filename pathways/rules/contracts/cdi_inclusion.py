"""Who may sign a CDI inclusion, and how many of them a structure may have (R13).

D5132-10-5 (EI), D5132-10-15 (ETTI), D5132-26-9 (AI), D5132-43-11 (ACI): 57 years, twelve months of pathway, no day
between the last contract and this one; a fifth of the posts agreed with the State, three tenths when the préfet says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from backend.core.findings import Confidence, Finding
from backend.core.values.births import reaches
from backend.core.values.dates import day_after, days_after, french_date, months_after
from pathways.enums import ContractKind
from pathways.rules.contracts.facts import ContractFacts
from pathways.rules.contracts.signers import may_sign
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.inclusion import CDI_I_AGE, CDI_I_MONTHS, CDI_I_SHARE, CDI_I_SHARE_MORE
from pathways.rules.dated.rows import LEGAL_WEEK
from pathways.rules.kinds import CDI_INCLUSION_ARTICLES

_FIRST = next(iter(CDI_INCLUSION_ARTICLES.values()))
"""For a kind of structure that a row of this installation let sign one."""


def cdi_inclusion_findings(contract: ContractFacts, *, book: RuleBook) -> Iterator[Finding]:
    """What the law says of a CDI inclusion by the rules of its first day (R13); nothing where it may not be signed."""
    if not may_sign(contract.structure_kind, ContractKind.CDI_I, on=contract.started_on, book=book):
        return
    basis = cdi_inclusion_basis(contract)
    yield from _age(contract, book, basis)
    yield from _pathway(contract, book, basis)
    yield from _gap(contract, basis)
    yield from _share(contract, book, basis)


def cdi_inclusion_basis(contract: ContractFacts) -> str:
    """The article of this kind of structure."""
    return f"Code du travail, art. {CDI_INCLUSION_ARTICLES.get(contract.structure_kind, _FIRST)}"


def _age(contract: ContractFacts, book: RuleBook, basis: str) -> Iterator[Finding]:
    """57 years on the first day; without a birth date, or with a part of it, a word and no refusal."""
    least, day = book.whole(CDI_I_AGE, on=contract.started_on), contract.started_on
    if contract.born_on is None:
        yield Finding(
            "cdi_inclusion_age_unknown",
            f"Un CDI inclusion se signe à partir de {least} ans, et la date de naissance n’est pas connue.",
            basis,
            way_out="Complétez la fiche de la personne.",
            field="kind",
            refuses=False,
        )
        return
    since, surely = reaches(contract.born_on, least)
    if day < since:
        yield Finding(
            "cdi_inclusion_age",
            f"Un CDI inclusion se signe à partir de {least} ans : pour cette personne, le {french_date(since)}.",
            basis,
            way_out="Attendez ce jour, ou choisissez un autre contrat.",
            field="started_on",
        )
    elif day < surely:
        yield Finding(
            "cdi_inclusion_age_unknown",
            f"Un CDI inclusion se signe à partir de {least} ans : pour cette personne, entre le {french_date(since)} et le "
            f"{french_date(surely)}, car sa date de naissance n’est connue qu’en partie.",
            basis,
            way_out="Complétez la fiche de la personne.",
            field="kind",
            refuses=False,
        )


def _pathway(contract: ContractFacts, book: RuleBook, basis: str) -> Iterator[Finding]:
    """Twelve months of pathway at least on the first day, counted from the PASS, else from the first contract here."""
    least = book.whole(CDI_I_MONTHS, on=contract.started_on)
    since = contract.pathway_since
    if contract.started_on < months_after(since, least):
        yield Finding(
            "cdi_inclusion_pathway",
            f"Un CDI inclusion demande {least} mois de parcours ; celui-ci commence, d’après ce qui est enregistré, "
            f"le {french_date(since)}.",
            basis,
            way_out=f"Attendez le {french_date(months_after(since, least))}, ou enregistrez d’abord le PASS IAE ou "
            "les contrats d’avant.",
            field="started_on",
        )


def _gap(contract: ContractFacts, basis: str) -> Iterator[Finding]:
    """No day between the last contract of the structure and this one; without any before, nothing is judged."""
    ends = [each.end for each in contract.earlier]
    if not ends or None in ends:
        return
    last = max(end for end in ends if end is not None)
    if contract.started_on > day_after(last):
        yield Finding(
            "cdi_inclusion_gap",
            f"Un CDI inclusion suit le contrat d’avant sans un jour entre eux ; le dernier s’est terminé le "
            f"{french_date(last)}.",
            basis,
            Confidence.PROBABLE,
            way_out=f"Choisissez le {french_date(days_after(last, 1))}, ou enregistrez le contrat qui manque.",
            field="started_on",
        )


def _share(contract: ContractFacts, book: RuleBook, basis: str) -> Iterator[Finding]:
    """A fifth of the posts, three tenths when the préfet says so: said, never refused."""
    if contract.posts is None:
        return
    day = contract.started_on
    own = (contract.weekly_hours or book.hours(LEGAL_WEEK, on=day)) / book.hours(LEGAL_WEEK, on=day)
    share = book.whole(CDI_I_SHARE_MORE if contract.posts.is_lifted else CDI_I_SHARE, on=day)
    most = contract.posts.agreed * Decimal(share) / 100
    if contract.posts.held + own > most:
        yield Finding(
            "cdi_inclusion_share",
            f"Avec ce contrat, les CDI inclusion passeraient {share} % des postes conventionnés de la structure.",
            basis,
            way_out=""
            if contract.posts.is_lifted
            else "Le préfet peut relever cette part : demandez-le-lui.",
            field="kind",
            refuses=False,
        )
