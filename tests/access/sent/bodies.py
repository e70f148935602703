"""What a gesture is sent, by the API (`api.py`) and by the screens (`screens.py`): valid for the object it is about.

Only rights refuse it. What an object still needs before its gesture makes sense: `readiness.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backend.core.actor import Actor
from pathways.selectors.twins.reunions import plan_of, print_of
from tests.factories import photo_body, sent_photo

Body = Callable[[Any, str], dict[str, Any]]
DAY = "2026-10-30"
PERIOD = {"start": "2024-01-01", "end": "2024-12-31", "format": "csv"}


def about(kind: str, name: str, /, **said: Any) -> Body:
    """A body that names one object of the world, and says the rest."""
    return lambda world, relation: {name: world.pk(kind, relation), **said}


def of_a_colleague(world: Any) -> dict[str, Any]:
    """The names of somebody present here whom another follows."""
    person = world.objects["person"]["same_structure"]
    return {
        "last_name": person.last_name,
        "first_name": person.first_name,
        "birth_date": person.birth_date.isoformat(),
    }


def says(**said: Any) -> Body:
    """A body that names nothing: its address does."""
    return lambda world, relation: said


def _next_of_vae(world: Any, relation: str) -> dict[str, object]:
    """The step is chosen on a first page, which the form of the second follows."""
    return {"kind": "ACCORD", "on": "2026-11-16", "version": world.objects["vae"][relation].version}


def two_files(world: Any, relation: str) -> dict[str, Any]:
    """The two files of somebody, as they were compared; what differs is as the kept one says."""
    there = "own" if relation == "absent" else relation
    kept, gone = (world.objects[kind][there] for kind in ("person", "twin"))
    made = plan_of(Actor.operator(), kept, gone)
    choices = {each.key: "kept" for each in made.conflicts}
    return {
        "kept": world.pk("person", relation),
        "gone": world.pk("twin", relation),
        "seen": print_of(made),
        "choices": choices,
    }


def _two_files_on_screen(world: Any, relation: str) -> dict[str, Any]:
    said = two_files(world, relation)
    answers = {f"choix-{rank}": side for rank, side in enumerate(said["choices"].values())}
    return {"other": said["gone"], "version": said["seen"], "is_sure": "on", **answers}


NOTHING = says()
TAKEN_BACK = says(reason="DOUBLE")
PERSON = {"first_name": "Lina", "last_name": "Nouvelle"}
IMMERSION = {
    "prescriber": "FRANCE_TRAVAIL", "host_name": "Verger rêvé", "host_town": "Rêveville", "purpose": "DECOUVRIR",
    "objectives": "Voir la cueillette", "started_on": "2026-11-02", "planned_end_on": "2026-11-13",
}  # fmt: skip
TRAINING = {
    "title": "Cuisine collective", "provider": "Centre inventé", "kind": "QUALIFIANTE", "started_on": "2026-11-02",
    "planned_end_on": "2026-11-13", "planned_hours": "70",
}  # fmt: skip
WANTED = {"starts_on": "2026-11-16", "weekly_hours": "24"}
VISITED = {"kind": "VIP_PERIODIQUE", "made_on": "2026-11-16", "paper": "ATTESTATION", "rhythm": "ORDINAIRE"}
COUNTED = {"kind": "CET", "days": "4", "counted_on": "2026-11-16", "fate": "A_PAYER"}
FINISHED = {"on": "2026-11-16", "outcome": "CERTIFIEE", "certified_on": "2026-11-16", "done_hours": "63"}
FOLLOW_UP = {"happened_at": "2026-11-20T10:00", "kind": "SUIVI", "mode": "PRESENTIEL", "synthesis": "Vu."}
TASK = {"name": "Laver les plaques", "family": "production", "weekly_hours": "3.0"}
HIRE = {"kind": "CDI", "started_on": "2026-11-16"}
CALL = {"situation": "EN_POSTE", "on": "2026-11-20"}
SUSPENDED = {"motive": "CONTRAT_ROMPU", "starts_on": "2026-09-01", "ends_on": "2026-10-15"}
PROLONGED = {"motive": "FORMATION", "ends_on": "2027-05-31", "asked_on": "2026-11-20"}
LIFTED = {
    "motive": "NOUVEAU_PASS", "decider": "PRESCRIPTEUR", "status": "DEMANDEE", "asked_on": "2026-11-20",
    "starts_on": "2026-12-01", "ends_on": "2026-12-31",
}  # fmt: skip
DIAGNOSED = {"made_by": "EMPLOYEUR", "made_on": "2026-11-16", "criteria": ["RSA"]}
RELAY = {"message": "Un relais ?", "meets_at": "2026-12-07T10:00", "planned_on": "2026-12-14"}
STEP = {"label": "Visiter l’atelier", "hand": "ACCUEIL", "due_on": "2026-12-10"}
GIVEN = {"parts": ["IDENTITE", "COORDONNEES"]}
CONTRACT = {"kind": "CDDI", "started_on": "2027-01-05", "planned_end_on": "2027-06-04", "weekly_hours": "26"}


def back(world: Any, relation: str) -> dict[str, Any]:
    """Somebody who left for nothing is welcomed again in one's own structure."""
    return {
        "beneficiary": world.pk("waiting", relation),
        "organisation": world.pk("structure", "own"),
        "started_on": "2026-11-23",
    }


def relay(world: Any, relation: str) -> dict[str, Any]:
    """Proposed to the sister structure of one's own."""
    return {
        "beneficiary": world.pk("person", relation),
        "receiver": world.pk("structure", "same_group"),
        **RELAY,
    }


def same_pass(world: Any, relation: str) -> dict[str, Any]:
    """The number the person already holds, with its dates."""
    known = world.objects["pass"]["own" if relation == "absent" else relation]
    return {
        "beneficiary": world.pk("person", relation),
        "number": known.number,
        "starts_on": "2026-01-05",
        "ends_on": "2028-02-04",
    }


def job(world: Any, relation: str) -> dict[str, Any]:
    """A job of one's own structure, made of this task."""
    return {
        "organisation": world.pk("structure", "own"),
        "title": "Aide polyvalente",
        "tasks": [world.pk("task", relation)],
    }


def hiring(world: Any, relation: str) -> dict[str, Any]:
    """The employer one works with takes the person of this stay."""
    return {"stay": world.pk("stay", relation), "employer": world.pk("employer", "own"), **HIRE}


def seen_at_work(status: str) -> Body:
    """A level with that proof."""
    return lambda world, relation: {
        "beneficiary": world.pk("person", relation),
        "competence": world.objects["competence"]["own"].code,
        "level": 2,
        "status": status,
    }


def taps(world: Any, relation: str) -> dict[str, Any]:
    """One level, sent with its key."""
    seen = seen_at_work("OBSERVEE")(world, "own")
    del seen["status"]
    return {"observations": [{"key": "cle-inventee-1", **seen}]}


def gestures(world: Any, relation: str) -> dict[str, Any]:
    """A work and what is done there."""
    return {"label": "Berges du Songe", "competences": [world.objects["competence"]["own"].code]}


def a_cv(world: Any, relation: str) -> dict[str, Any]:
    """What was seen of this person, in front."""
    competence = world.objects["competence"]["own"].pk
    return {"shown": [f"s{competence}"], "title": "Veilleuse de phare", "look": "BANDEAU"}


def a_cv_on_screen(world: Any, relation: str) -> dict[str, Any]:
    """The same, as the page sends it."""
    said = a_cv(world, relation)
    return said | {"skills": said.pop("shown"), "first": "SAVOIR_FAIRE", "version": 0}


def a_passport(world: Any, relation: str) -> dict[str, Any]:
    """What was seen of this person, for a month."""
    return {"chosen": [f"a{world.pk('assessment', relation)}"], "days": 30}


def a_photo(world: Any, relation: str) -> dict[str, Any]:
    """A small picture, as a tool sends it."""
    return photo_body()


def a_photo_chosen(world: Any, relation: str) -> dict[str, Any]:
    """The same, as a browser sends it."""
    return {"file": sent_photo()}
