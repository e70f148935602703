"""A line of a file, as a form and the API call its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.journeys.hostile_facts import Row


def typed_of(line: Row) -> Row:
    """A convention as a form and the API call its fields."""
    return {
        "prescriber": line["prescripteur"], "host_name": line["employeur"], "host_town": line["commune"],
        "purpose": line["objet"], "objectives": line["objectifs"], "started_on": line["date_debut"],
        "planned_end_on": line["date_fin_prevue"], "hours": line["heures"],
    }  # fmt: skip


def training_typed_of(line: Row) -> Row:
    """A training as a form and the API call its fields."""
    return {
        "title": line["intitule"], "kind": line["type"], "started_on": line["date_debut"],
        "planned_end_on": line["date_fin_prevue"], "planned_days": line["jours_prevus"],
        "planned_hours": line["heures_prevues"],
    }  # fmt: skip


def wish_typed_of(line: Row) -> Row:
    """A wish as a form and the API call its fields."""
    return {"starts_on": line["a_partir_du"], "weekly_hours": line["heures_semaine"]}


def visit_typed_of(line: Row) -> Row:
    """A visit as a form and the API call its fields."""
    return {
        "kind": line["visite"], "made_on": line["faite_le"], "rhythm": line["suivi"], "paper": line["papier"],
        "jobs": line["emplois"], "due_on": line["prochaine_avant"],
    }  # fmt: skip


def count_typed_of(line: Row) -> Row:
    """A count of days as a form and the API call its fields."""
    return {
        "kind": line["nature"],
        "days": line["jours"],
        "counted_on": line["comptes_le"],
        "fate": line["devenir"],
    }


def suspension_typed_of(line: Row) -> Row:
    """A suspension as a form and the API call its fields."""
    return {"motive": line["motif"], "starts_on": line["date_debut"], "ends_on": line["date_fin"]}


def prolongation_typed_of(line: Row) -> Row:
    """A request to prolong a PASS as a form and the API call its fields."""
    return {"motive": line["motif"], "ends_on": line["date_fin"], "asked_on": line["demandee_le"]}


def derogation_typed_of(line: Row) -> Row:
    """A decision as a form and the API call its fields."""
    names = {
        "motif": "motive", "decidee_par": "decider", "date_debut": "starts_on", "date_fin": "ends_on",
        "fin_formation": "training_ends_on", "demandee_le": "asked_on", "etat": "status", "reponse_le": "decided_on",
        "raison_refus": "refusal_reason", "autre_employeur": "other_employer",
    }  # fmt: skip
    return {name: line[column] for column, name in names.items() if column in line}


@dataclass(frozen=True)
class Known:
    """What a line speaks of, as addresses name it: a person, their stay, their first contract, their PASS."""

    person: int
    stay: int
    contract: int = 0
    iae: int = 0


def told_or_none(said: Row) -> dict[str, Any]:
    return {name: value or None for name, value in said.items()}


def contract_by_the_api(line: Row, at: Known) -> Any:
    if line["id"].endswith("c1"):
        return f"contracts/{at.contract}/end/", {"on": line["date_fin"]}
    said = {"kind": line["type"], "started_on": line["date_debut"]}
    said |= {"planned_end_on": line["date_fin_prevue"] or None, "weekly_hours": line["heures_hebdo"] or None}
    said |= {"guaranteed_hours": line["heures_garanties"] or None}
    return "contracts/", said | {
        "stay": at.stay,
        "initial": at.contract if line["contrat_initial_id"] else None,
    }


def amendment_by_the_api(line: Row, at: Known) -> Any:
    said = {"starts_on": line["date_debut"], "weekly_hours": line["heures_hebdo"]}
    return "hours-amendments/", said | {"contract": at.contract}


def hours_by_the_api(line: Row, at: Known) -> Any:
    said = {"month": f"{line['mois']}-01", "hours": line["heures"], "client_kind": line["client_type"]}
    return "monthly-hours/", said | {"contract": at.contract}


def pass_by_the_api(line: Row, at: Known) -> Any:
    said = {"number": line["numero"], "starts_on": line["date_debut"], "ends_on": line["date_fin"] or None}
    return "passes/", said | {"beneficiary": at.person}


def visit_by_the_api(line: Row, at: Known) -> Any:
    said = visit_typed_of(line)
    jobs = [code for code in line["emplois"].split(",") if code]
    return "medical-visits/", said | {
        "due_on": said["due_on"] or None,
        "jobs": jobs,
        "beneficiary": at.person,
    }


def diagnosis_by_the_api(line: Row, at: Known) -> Any:
    said = {"made_by": line["auteur"], "made_on": line["date_diagnostic"]}
    said |= {"declared_on": line["date_declaration"] or None, "criteria": line["criteres"].split(", ")}
    documents = dict(each.split() for each in line["pieces"].split(", ") if each)
    return "eligibility-diagnoses/", said | {"documents": documents, "beneficiary": at.person}


def exit_by_the_api(line: Row, at: Known) -> Any:
    months = int(line["contrat_duree_mois"]) if line["contrat_duree_mois"] else None
    said = {"on": line["date_sortie"], "motive": line["motif"], "contract_months": months}
    return f"stays/{at.stay}/close/", said


def interview_by_the_api(line: Row, at: Known) -> Any:
    said = {"happened_at": f"{line['date']}T12:00", "kind": line["type"], "mode": line["mode"]}
    said |= {
        "synthesis": line["synthese"],
        "duration_minutes": int(line["duree"]) if "duree" in line else None,
    }
    return "interviews/", said | {"beneficiary": at.person}


BY_API = {
    "contrats": contract_by_the_api,
    "avenants": amendment_by_the_api,
    "heures": hours_by_the_api,
    "pass": pass_by_the_api,
    "suspensions": lambda line, at: ("pass-suspensions/", {"iae_pass": at.iae, **suspension_typed_of(line)}),
    "prolongations": lambda line, at: (
        "pass-prolongations/", {"iae_pass": at.iae, **told_or_none(prolongation_typed_of(line))}
    ),
    "derogations": lambda line, at: (
        "derogations/", {"stay": at.stay} | {name: said for name, said in derogation_typed_of(line).items() if said}
    ),
    "formations": lambda line, at: ("trainings/", {"beneficiary": at.person, **told_or_none(training_typed_of(line))}),
    "souhaits": lambda line, at: ("hours-wishes/", {"beneficiary": at.person, **wish_typed_of(line)}),
    "visites": visit_by_the_api,
    "jours_epargnes": lambda line, at: ("saved-days/", {"beneficiary": at.person, **count_typed_of(line)}),
    "immersions": lambda line, at: (
        "immersions/", {"beneficiary": at.person, **typed_of(line), "hours": line["heures"] or None}
    ),
    "eligibilite": diagnosis_by_the_api,
    "sorties": exit_by_the_api,
    "entretiens": interview_by_the_api,
}  # fmt: skip
"""File → the address and the words of the API for one of its lines."""


def contract_by_the_screen(line: Row, at: Known) -> Any:
    if line["id"].endswith("c1"):
        return f"/contrats/{at.contract}/fin/", {"on": line["date_fin"]}
    typed = {"kind": line["type"], "started_on": line["date_debut"]}
    typed |= {"planned_end_on": line["date_fin_prevue"], "weekly_hours": line["heures_hebdo"]}
    typed |= {"guaranteed_hours": line["heures_garanties"]}
    typed |= {"initial_contract": str(at.contract) if line["contrat_initial_id"] else ""}
    return f"/passages/{at.stay}/contrat/", typed


def amendment_by_the_screen(line: Row, at: Known) -> Any:
    typed = {"starts_on": line["date_debut"], "weekly_hours": line["heures_hebdo"]}
    return f"/contrats/{at.contract}/avenant/", typed


def hours_by_the_screen(line: Row, at: Known) -> Any:
    typed = {"month": line["mois"], "hours": line["heures"], "client_kind": line["client_type"]}
    return f"/contrats/{at.contract}/heures/", typed


def pass_by_the_screen(line: Row, at: Known) -> Any:
    typed = {"number": line["numero"], "starts_on": line["date_debut"], "ends_on": line["date_fin"]}
    return f"/personnes/{at.person}/pass-iae/", typed


def diagnosis_by_the_screen(line: Row, at: Known) -> Any:
    typed = {
        "made_by": line["auteur"],
        "made_on": line["date_diagnostic"],
        "declared_on": line["date_declaration"],
    }
    days = (each.split() for each in line["pieces"].split(", ") if each)
    typed |= {"criteria": line["criteres"].split(", ")} | {f"day_{code}": day for code, day in days}
    return f"/personnes/{at.person}/eligibilite/diagnostic/", typed


def exit_by_the_screen(line: Row, at: Known) -> Any:
    typed = {
        "on": line["date_sortie"],
        "motive": line["motif"],
        "contract_months": line["contrat_duree_mois"],
    }
    return f"/passages/{at.stay}/sortie/", typed


def interview_by_the_screen(line: Row, at: Known) -> Any:
    typed = {"happened_at": f"{line['date']}T12:00", "kind": line["type"], "mode": line["mode"]}
    typed |= {"synthesis": line["synthese"], "duration_minutes": line.get("duree", "30")}
    return f"/personnes/{at.person}/noter/", typed


BY_SCREEN = {
    "contrats": contract_by_the_screen,
    "avenants": amendment_by_the_screen,
    "heures": hours_by_the_screen,
    "pass": pass_by_the_screen,
    "suspensions": lambda line, at: (f"/pass/{at.iae}/suspendre/", suspension_typed_of(line)),
    "prolongations": lambda line, at: (f"/pass/{at.iae}/prolonger/", prolongation_typed_of(line)),
    "derogations": lambda line, at: (f"/passages/{at.stay}/derogation/", derogation_typed_of(line)),
    "formations": lambda line, at: (f"/personnes/{at.person}/formation/", training_typed_of(line)),
    "souhaits": lambda line, at: (f"/personnes/{at.person}/heures-souhaitees/", wish_typed_of(line)),
    "visites": lambda line, at: (f"/personnes/{at.person}/visite-medicale/", visit_typed_of(line)),
    "jours_epargnes": lambda line, at: (f"/personnes/{at.person}/jours-epargnes/", count_typed_of(line)),
    "immersions": lambda line, at: (f"/personnes/{at.person}/immersion/", typed_of(line)),
    "eligibilite": diagnosis_by_the_screen,
    "sorties": exit_by_the_screen,
    "entretiens": interview_by_the_screen,
}
"""File → the address and the words of the form for one of its lines."""
