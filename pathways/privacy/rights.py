"""What is kept of the rights of a person: their PASS, what moved it, the decisions on their contracts, their eligibility, what follows them elsewhere."""

from __future__ import annotations

from datetime import date

from backend.core.privacy.tables import Table, sort
from backend.core.values.dates import french_date
from pathways.enums import Criterion
from pathways.models import (
    Derogation,
    EligibilityDiagnosis,
    IaePass,
    MedicalVisit,
    PassProlongation,
    PassSuspension,
    SavedDays,
)
from pathways.selectors.sources import in_trades

_RECORDED = "id external_id version"


def _criteria(diagnosis: EligibilityDiagnosis) -> str:
    return ", ".join(Criterion(code).label for code in diagnosis.criteria)


def _documents(diagnosis: EligibilityDiagnosis) -> str:
    seen = diagnosis.documents.items()
    return ", ".join(
        f"{Criterion(code).label} : {french_date(date.fromisoformat(day))}" for code, day in seen
    )


def _jobs(visit: MedicalVisit) -> str:
    return ", ".join(in_trades(visit.job_codes).values())


RIGHTS = (
    Table(
        IaePass,
        purpose="Suivre la durée du PASS IAE",
        columns=sort(
            pathway="number starts_on ends_on closed_on",
            words="closing_note",
            link="beneficiary",
            technical="id",
        ),
        title="Votre PASS IAE",
        contact=("closed_on",),
    ),
    Table(
        PassSuspension,
        purpose="Suivre la durée du PASS IAE",
        columns=sort(
            situation="motive",
            pathway="starts_on ends_on cancelled_at",
            words="cancel_reason",
            staff="recorded_by",
            link="organisation iae_pass",
            technical=f"{_RECORDED} created_at",
        ),
        title="Suspensions de votre PASS",
        links_given=("iae_pass",),
    ),
    Table(
        PassProlongation,
        purpose="Suivre la durée du PASS IAE",
        columns=sort(
            health="motive",
            pathway="status starts_on ends_on asked_on decided_on refusal_reason document_on cancelled_at",
            words="document cancel_reason",
            staff="recorded_by prescriber",
            link="organisation iae_pass",
            technical=f"{_RECORDED} created_at",
        ),
        title="Prolongations de votre PASS",
        links_given=("iae_pass",),
        contact=("asked_on",),
    ),
    Table(
        Derogation,
        purpose="Garder la décision qui permet un contrat hors de la règle",
        columns=sort(
            health="motive",
            pathway=(
                "decider status asked_on decided_on refusal_reason document_on starts_on ends_on training_ends_on"
                " other_employer cancelled_at"
            ),
            words="document cancel_reason",
            staff="recorded_by",
            link="organisation beneficiary",
            technical=f"{_RECORDED} created_at",
        ),
        title="Dérogations",
        contact=("asked_on",),
    ),
    Table(
        EligibilityDiagnosis,
        purpose="Établir le droit d’entrer dans une structure d’insertion, et le montrer en cas de contrôle",
        columns=sort(
            health="criteria documents",
            pathway="made_by made_on declared_on purged_on cancelled_at",
            words="cancel_reason",
            staff="recorded_by prescriber",
            link="organisation beneficiary",
            technical=f"{_RECORDED} created_at",
        ),
        title="Votre éligibilité",
        told={"criteria": _criteria, "documents": _documents},
        contact=("made_on",),
    ),
    Table(
        MedicalVisit,
        purpose="Ne pas refaire une visite médicale encore valable, et ne pas en manquer une ; rien de la santé n’y est écrit",
        columns=sort(
            health="kind rhythm paper due_on",
            pathway="made_on service jobs cancelled_at",
            words="cancel_reason",
            link="beneficiary organisation",
            technical=_RECORDED,
        ),
        title="Vos visites médicales du travail",
        told={"jobs": _jobs},
        contact=("made_on",),
    ),
    Table(
        SavedDays,
        purpose="Régler les jours épargnés avant la fin d’un contrat",
        columns=sort(
            pathway="kind days counted_on fate cancelled_at",
            words="cancel_reason",
            link="beneficiary organisation",
            technical=_RECORDED,
        ),
        title="Vos jours épargnés",
    ),
)
"""In the order the person reads them."""
