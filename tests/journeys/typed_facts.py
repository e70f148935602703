"""A line of a file, as a form and the API call its fields."""

from __future__ import annotations

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


def visit_by_the_api(line: Row) -> Any:
    said = visit_typed_of(line)
    jobs = [code for code in line["emplois"].split(",") if code]
    return "medical-visits/", said | {"due_on": said["due_on"] or None, "jobs": jobs}


BY_API = {
    "souhaits": lambda line: ("hours-wishes/", wish_typed_of(line)),
    "visites": visit_by_the_api,
    "jours_epargnes": lambda line: ("saved-days/", count_typed_of(line)),
}
BY_SCREEN = {
    "souhaits": lambda line: ("heures-souhaitees", wish_typed_of(line)),
    "visites": lambda line: ("visite-medicale", visit_typed_of(line)),
    "jours_epargnes": lambda line: ("jours-epargnes", count_typed_of(line)),
}
