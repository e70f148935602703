"""The way out: the whole installation in the bundle's format, and one csv per table it has no place for."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from backend.audit import trail
from backend.core.actor import Actor
from backend.core.errors import DomainError, ensure
from backend.exchange import layout as layouts
from backend.exchange.importing.people import FLAG_FIELDS
from backend.exchange.layout import FileLayout
from backend.organisations.models import Convention, Group, Organisation
from competences.models import Assessment
from pathways.models import Beneficiary, Contract, Exit, IaePass, Interview, MonthlyHours

OTHER_TABLES = (
    "organisations.Membership", "pathways.Stay", "pathways.PrivateNote", "pathways.BarrierReading", "pathways.Goal",
    "pathways.Action", "pathways.Appointment", "competences.Licence", "competences.VaeProject", "employers.Employer",
    "employers.Establishment", "employers.TaskAnalysis", "employers.WorkTask", "employers.TaskRequirement",
    "employers.JobProposal", "employers.ProfileConsent", "employers.Placement", "employers.PostHireFollowUp",
    "pathways.RuleSetting",
)  # fmt: skip
OTHERS_FOLDER = "autres"
Ids = dict[int, str]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One file of the bundle: its layout, the rows to write, how each is written."""

    layout: FileLayout
    rows: Callable[[], Iterable[Any]]
    cells: Callable[[Any], dict[str, Any]]


@transaction.atomic
def export_bundle(
    *, actor: Actor, folder: Path, on_progress: Callable[[str], None] = lambda file: None
) -> dict[str, int]:
    """Write every file into an empty or new folder; number of lines of each.

    One transaction, so that all files show the same moment. Only the operator of the installation may:
    the bundle holds everything, private notes included.
    """
    ensure(
        actor.is_operator,
        "operator_only",
        "Seule l’exploitation du service peut exporter toute l’installation.",
    )
    _refuse_occupied(folder)
    (folder / OTHERS_FOLDER).mkdir(parents=True)
    counts = {}
    for outgoing in _outgoing():
        on_progress(outgoing.layout.name)
        names = [column.name for column in outgoing.layout.columns]
        counts[outgoing.layout.name] = _write(
            folder / outgoing.layout.name, names, (outgoing.cells(row) for row in outgoing.rows())
        )
    for label in OTHER_TABLES:
        model = apps.get_model(label)
        name = f"{OTHERS_FOLDER}/{model._meta.db_table}.csv"
        on_progress(name)
        fields = [field.attname for field in model._meta.concrete_fields]
        counts[name] = _write(
            folder / name, fields, model._default_manager.order_by("pk").values(*fields).iterator()
        )
    trail.record(actor, "bundle.exported", files=len(counts))
    return counts


def _refuse_occupied(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DomainError(
            "folder_not_empty",
            "Ce dossier contient déjà quelque chose. Choisissez un dossier vide ou nouveau.",
        )


def _write(path: Path, names: list[str], rows: Iterable[dict[str, Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, names, delimiter=";", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({name: _cell(row.get(name)) for name in names})
            count += 1
    return count


def _cell(value: Any) -> str:
    """A value as the bundle writes it; a number never carries useless zeros."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case datetime():
            return timezone.localtime(value).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return str(value)


def public_ids(model: type[models.Model]) -> Ids:
    """The id each row is known by outside: the sender's own, else ours; never the same for two rows."""
    rows = list(model._default_manager.values_list("pk", "external_id"))
    taken = {external_id for _, external_id in rows if external_id}
    return {
        pk: external_id or (str(pk) if str(pk) not in taken else f"passerelles-{pk}")
        for pk, external_id in rows
    }


def _outgoing() -> Iterator[Outgoing]:
    groups, structures = public_ids(Group), public_ids(Organisation)
    people, contracts = public_ids(Beneficiary), public_ids(Contract)
    yield Outgoing(layouts.GROUPS, lambda: _all(Group), lambda row: {"id": groups[row.pk], "nom": row.name})
    yield Outgoing(
        layouts.STRUCTURES, lambda: _all(Organisation), lambda row: _structure(row, structures, groups)
    )
    yield Outgoing(layouts.CONVENTIONS, lambda: _all(Convention), lambda row: _convention(row, structures))
    yield Outgoing(
        layouts.PEOPLE, lambda: _all(Beneficiary, "entry_profile"), lambda row: _person(row, people)
    )
    yield Outgoing(
        layouts.CONTRACTS,
        lambda: _all(Contract, "stay"),
        lambda row: _contract(row, contracts, people, structures),
    )
    yield Outgoing(layouts.HOURS, lambda: _all(MonthlyHours), lambda row: _hours(row, contracts))
    yield Outgoing(layouts.PASSES, lambda: _all(IaePass), lambda row: _pass(row, people))
    with_motive = Exit.objects.exclude(motive="").select_related("stay").order_by("pk")
    without = Exit.objects.filter(motive="").select_related("stay").order_by("pk")
    for layout, exits in ((layouts.EXITS, with_motive), (layouts.EXITS_TO_COMPLETE, without)):
        yield Outgoing(layout, exits.iterator, lambda row: _exit(row, people, structures))
    yield Outgoing(layouts.INTERVIEWS, lambda: _all(Interview), lambda row: _interview(row, people))
    yield Outgoing(
        layouts.ASSESSMENTS, lambda: _all(Assessment, "competence"), lambda row: _assessment(row, people)
    )


def _all(model: Any, *related: str) -> Iterable[Any]:
    rows = model._default_manager.order_by("pk")
    return rows.select_related(*related).iterator() if related else rows.iterator()


def _structure(row: Organisation, structures: Ids, groups: Ids) -> dict[str, Any]:
    return {
        "id": structures[row.pk],
        "nom": row.name,
        "type": row.kind,
        "siret": row.siret,
        "groupe_id": groups[row.group_id] if row.group_id else "",
        "code_insee": row.insee_code,
        "departement": row.department,
    }


def _convention(row: Convention, structures: Ids) -> dict[str, Any]:
    return {
        "structure_id": structures[row.organisation_id],
        "annee": row.year,
        "etp_conventionnes": row.fte,
        "heures_par_etp": row.hours_per_fte,
        "objectif_dynamique": row.dynamic_target,
        "objectif_durable": row.durable_target,
    }


def _person(row: Beneficiary, people: Ids) -> dict[str, Any]:
    profile = getattr(row, "entry_profile", None)
    return {
        "id": people[row.pk],
        "nom": row.last_name,
        "prenom": row.first_name,
        "sexe": row.sex,
        "date_naissance": row.birth_date,
        "telephone": row.phone,
        "email": row.email,
        "code_postal": row.postcode,
        "code_insee": row.insee_code,
        "niveau_formation": profile.education_level if profile else "",
        **{column: getattr(profile, field, None) for column, field in FLAG_FIELDS.items()},
    }


def _contract(row: Contract, contracts: Ids, people: Ids, structures: Ids) -> dict[str, Any]:
    return {
        "id": contracts[row.pk],
        "salarie_id": people[row.stay.beneficiary_id],
        "structure_id": structures[row.stay.organisation_id],
        "type": row.kind,
        "date_debut": row.started_on,
        "date_fin_prevue": row.planned_end_on,
        "date_fin": row.ended_on,
        "heures_hebdo": row.weekly_hours,
        "code_rome": row.rome_code,
        "contrat_initial_id": contracts[row.initial_id] if row.initial_id else "",
    }


def _hours(row: MonthlyHours, contracts: Ids) -> dict[str, Any]:
    return {
        "contrat_id": contracts[row.contract_id],
        "mois": f"{row.month:%Y-%m}",
        "heures": row.hours,
        "client_type": row.client_kind,
    }


def _pass(row: IaePass, people: Ids) -> dict[str, Any]:
    return {
        "salarie_id": people[row.beneficiary_id],
        "numero": row.number,
        "date_debut": row.starts_on,
        "date_fin": row.ends_on,
    }


def _exit(row: Exit, people: Ids, structures: Ids) -> dict[str, Any]:
    return {
        "salarie_id": people[row.stay.beneficiary_id],
        "structure_id": structures[row.stay.organisation_id],
        "date_sortie": row.occurred_on,
        "motif": row.motive,
        "employeur": row.employer_name,
        "contrat_duree_mois": row.contract_months,
    }


def _interview(row: Interview, people: Ids) -> dict[str, Any]:
    return {
        "salarie_id": people[row.beneficiary_id],
        "date": timezone.localtime(row.happened_at).date(),
        "type": row.kind,
        "mode": row.mode,
        "synthese": row.synthesis,
    }


def _assessment(row: Assessment, people: Ids) -> dict[str, Any]:
    return {
        "salarie_id": people[row.beneficiary_id],
        "code": row.competence.code,
        "niveau": row.level,
        "date": row.assessed_on,
        "statut": row.status,
        "observateur": row.observer_name,
        "contexte": row.context,
    }
