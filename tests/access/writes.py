"""What each write is sent: one function per gesture, valid for the object it is about, so that only rights refuse it.

`BODIES` serves the API and, where the names differ, `SHEETS` the screens: these only say what the form does not
already hold when it opens. What an object still needs before its gesture makes sense: `readiness.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from backend.core import steps
from backend.core.actor import Actor
from pathways.selectors.twins.reunions import plan_of, print_of
from tests.factories import photo_body, sent_photo

Body = Callable[[Any, str], dict[str, Any]]
DAY = "2026-10-30"
PERIOD = {"start": "2024-01-01", "end": "2024-12-31", "format": "csv"}


def about(kind: str, name: str, /, **said: Any) -> Body:
    """A body that names one object of the world, and says the rest."""
    return lambda world, relation: {name: world.pk(kind, relation), **said}


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


def a_passport(world: Any, relation: str) -> dict[str, Any]:
    """What was seen of this person, for a month."""
    return {"chosen": [f"a{world.pk('assessment', relation)}"], "days": 30}


def a_photo(world: Any, relation: str) -> dict[str, Any]:
    """A small picture, as a tool sends it."""
    return photo_body()


def a_photo_chosen(world: Any, relation: str) -> dict[str, Any]:
    """The same, as a browser sends it."""
    return {"file": sent_photo()}


BODIES: dict[str, Body] = {
    "people create": about("structure", "organisation", started_on="2026-11-16", **PERSON),
    "people partial_update": says(phone="06 00 00 00 01"),
    "person-accesses create": about("newcomer", "beneficiary", email="fil@example.org"),
    "person-accesses end": NOTHING,
    "reunions create": two_files,
    "reunions separate": NOTHING,
    "told-apart create": lambda world, relation: {
        "first": world.pk("person", relation), "second": world.pk("twin", relation)
    },
    "told-apart withdraw": NOTHING,
    "entry-profiles create": about("newcomer", "beneficiary", rqth=True),
    "entry-profiles partial_update": says(rqth=True),
    "stays create": back,
    "stays close": says(on=DAY),
    "stays assign": says(advisor=None),
    "contracts create": about("stay", "stay", **CONTRACT),
    "contracts end": says(on=DAY),
    "monthly-hours create": about("contract", "contract", month="2026-05-01", hours="100"),
    "passes create": same_pass,
    "passes close": says(on="2026-11-20", note="Vu avec elle."),
    "passes reopen": NOTHING,
    "pass-suspensions create": about("pass", "iae_pass", **SUSPENDED),
    "pass-suspensions correct": says(**SUSPENDED),
    "pass-suspensions cancel": says(reason="Par erreur"),
    "pass-prolongations create": about("pass", "iae_pass", **PROLONGED),
    "pass-prolongations correct": says(**PROLONGED),
    "pass-prolongations record_answer": says(status="ACCORDEE", decided_on="2026-11-20"),
    "pass-prolongations cancel": says(reason="Par erreur"),
    "derogations create": about("stay", "stay", **LIFTED),
    "derogations correct": says(**LIFTED),
    "derogations record_answer": says(status="ACCORDEE", decided_on="2026-11-20"),
    "derogations cancel": says(reason="Par erreur"),
    "relays create": relay,
    "relays partial_update": says(message="Autrement dit."),
    **dict.fromkeys(("relays agree", "relays change_agreement"), says(**GIVEN)),
    **dict.fromkeys(
        ("relays deny", "relays withdraw", "relays confirm", "relays accept"), NOTHING
    ),
    "relays meet": says(met_on="2026-11-21"),
    "relays cancel": says(reason="Par erreur"),
    "relays suggest": says(meets_at="2026-12-08T10:00"),
    "relays decline": says(refusal_reason="PAS_DE_PLACE"),
    "relays welcome": says(started_on="2026-11-22"),
    "relay-steps create": about("relay", "relay", **STEP),
    "relay-steps partial_update": says(label="Visiter le jardin"),
    "relay-steps settle": says(is_done=True),
    "relay-steps cancel": NOTHING,
    "interviews create": about("person", "beneficiary", **{**FOLLOW_UP, "happened_at": "2026-11-20T10:00:00+01:00"}),
    "interviews partial_update": says(synthesis="Relu."),
    "interviews cancel": says(reason="DOUBLE"),
    "immersions create": about("person", "beneficiary", **IMMERSION),
    "immersions partial_update": says(tutor_name="Paul Prétendu"),
    "immersions renew": says(started_on="2026-11-30", planned_end_on="2026-12-04"),
    "immersions end": says(on="2026-11-11"),
    "immersions review": says(reviewed_on="2026-11-16", tutor_review="À l’aise."),
    "immersions cancel": says(reason="DOUBLE"),
    "stays partial_update": says(started_on="2026-01-02"),
    "stays cancel": TAKEN_BACK,
    "contracts partial_update": says(weekly_hours="24"),
    "contracts cancel": TAKEN_BACK,
    "monthly-hours cancel": TAKEN_BACK,
    "passes partial_update": says(starts_on="2026-01-04"),
    "passes cancel": TAKEN_BACK,
    "exits cancel": TAKEN_BACK,
    "goals cancel": TAKEN_BACK,
    "actions partial_update": says(label="Appeler la mairie, puis la CAF"),
    "actions cancel": TAKEN_BACK,
    "appointments partial_update": says(purpose="Préparer la sortie"),
    "appointments cancel": TAKEN_BACK,
    "goals create": about("person", "beneficiary", label="Passer le permis", origin="ENSEMBLE"),
    "goals partial_update": says(status="REALISE"),
    "watch-ends create": about("waiting", "beneficiary", reason="INJOIGNABLE"),
    "watch-ends resume": NOTHING,
    "actions create": about("person", "beneficiary", label="Appeler la mairie", due_on="2026-12-10"),
    "actions settle": says(status="REALISE"),
    "actions postpone": says(due_on="2029-01-10"),
    "appointments create": about("person", "beneficiary", starts_at="2026-12-01T10:00:00+01:00"),
    "appointments settle": says(status="TENU"),
    "appointments postpone": says(starts_at="2029-01-10T10:00:00+01:00"),
    "exits partial_update": says(motive="7"),
    "assessments create": seen_at_work("OBSERVEE"),
    "assessments declare": seen_at_work("DECLAREE"),
    "assessments undo": NOTHING,
    "assessments attach": a_photo,
    "licences create": about("person", "beneficiary", kind="SST", obtained_on="2026-02-02"),
    "licences partial_update": says(issuer="Centre inventé"),
    "licences cancel": says(reason="Par erreur"),
    "licences attach": a_photo,
    "files remove": NOTHING,
    "passports create": lambda world, relation: {
        "beneficiary": world.pk("person", relation), **a_passport(world, relation)
    },
    "passports withdraw": NOTHING,
    "vae-projects create": about("person", "beneficiary", certification="Titre rêvé", on="2026-11-16"),
    "vae-projects move": says(kind="ACCORD", on="2026-11-16"),
    "vae-projects partial_update": says(channel="DIRECT"),
    "vae-projects correct": about("vae_step", "step", kind="PROJET", on="2026-01-06", reason="Autre jour"),
    "vae-projects cancel": about("vae_step", "step", reason="Par erreur"),
    "vae-projects decline": NOTHING,
    "employers create": about("structure", "organisation", name="Moulin du Songe"),
    "employers partial_update": says(sector="Boulangerie"),
    "employer-accesses create": about("employer", "employer", email="moulin@example.org"),
    "employer-accesses end": NOTHING,
    "establishments create": about("employer", "employer", name="Dépôt"),
    "task-analyses create": about("establishment", "establishment", title="Au dépôt", observed_on=DAY),
    "task-analyses give_back": NOTHING,
    "work-tasks create": about("analysis", "analysis", **TASK),
    "work-tasks partial_update": says(name="Peser la farine"),
    "work-tasks destroy": NOTHING,
    "job-proposals create": job,
    "job-proposals partial_update": says(title="Aide au fournil"),
    "job-proposals ask": about("person", "beneficiary"),
    "profile-consents record_answer": says(granted=True),
    "profile-consents withdraw": NOTHING,
    "profile-consents respond": says(answer="RENCONTRER"),
    "placements create": hiring,
    "follow-ups record": says(**CALL),
    "exports create": about("structure", "organisation", **PERIOD),
    "imports create": about(
        "structure", "organisation", files=[{"name": "divers.csv", "content": "Tm9tO1Byw6lub20KRmljdGl2ZTtTb2xhbmdl"}]
    ),
    "imports choose": NOTHING,
    "imports confirm": NOTHING,
    "bulk create": about("structure", "organisation", tables={"passages": []}),
    "column-maps partial_update": says(is_shared=False),
    "column-maps destroy": NOTHING,
    "groups create": says(name="Groupe des Deux Songes"),
    "groups invite_head": says(email="seconde@example.org"),
    "belongings leave": NOTHING,
    "group-offers create": says(email="voisine@example.org"),
    "group-offers accept": NOTHING,
    "group-offers withdraw": NOTHING,
    "structures create": lambda world, relation: {
        "group": world.pk("group", "own"),
        "name": "Atelier du Songe",
        "kind": "ACI",
    },
    "structures partial_update": says(department="59"),
    "memberships end": NOTHING,
    "memberships reset_second_factor": NOTHING,
    "invitations create": about("structure", "organisation", email="renfort@example.org", role="SUPERVISOR"),
    "invitations approve": NOTHING,
    "invitations resend": NOTHING,
    "invitations withdraw": NOTHING,
}  # fmt: skip


def spreadsheets(world: Any, relation: str) -> dict[str, Any]:
    """One file with its titles and no line; the head of a group also says which structure."""
    titles = b"\xef\xbb\xbfid;nom;prenom\r\n"
    return {
        "organisation": world.pk("structure", "own"),
        "spreadsheets": SimpleUploadedFile("salaries.csv", titles, "text/csv"),
    }


def same_columns(world: Any, relation: str) -> dict[str, Any]:
    """The same answers for each column, on the row as it was read."""
    row = world.objects["column_map"].get(relation)
    if row is None:
        return {}
    return {"seen": steps.seen(row), **{f"0:{rank}": key for rank, key in enumerate(row.columns)}}


def a_value(world: Any, relation: str) -> dict[str, Any]:
    """A rule of the kind the form offers first, from today on."""
    return {"value": "oui", "text": "Arrêté inventé du 2 novembre 2026", "valid_from": "2026-11-22"}


SHEETS: dict[str, Body] = {
    **dict.fromkeys(("web:people", "web:note", "web:employers", "web:observe_person"), says(q="lina")),
    "web:person_new": about("structure", "organisation", started_on="2026-11-16", **PERSON),
    "web:person_edit": says(phone="06 00 00 00 01"),
    "web:person_entry": says(rqth="oui"),
    "web:person_access_new": says(email="fil@example.org"),
    "web:person_access_end": NOTHING,
    "web:person_back": lambda world, relation: {"organisation": world.pk("structure", "own"), "started_on": "2026-11-23"},
    "web:relay_new": lambda world, relation: {name: value for name, value in relay(world, relation).items() if name != "beneficiary"},
    **dict.fromkeys(("web:relay_agree", "web:relay_change"), says(**GIVEN)),
    **dict.fromkeys(
        ("web:relay_deny", "web:relay_withdraw", "web:relay_confirm", "web:relay_accept", "web:relay_welcome"), NOTHING
    ),
    "web:relay_correct": says(message="Autrement dit."),
    "web:relay_meet": says(met_on="2026-11-21"),
    "web:relay_cancel": says(reason="Par erreur"),
    "web:relay_suggest": says(meets_at="2026-12-08T10:00"),
    "web:relay_decline": says(refusal_reason="PAS_DE_PLACE"),
    "web:relay_step_new": says(**STEP),
    "web:relay_step_correct": says(label="Visiter le jardin"),
    "web:relay_step_cancel": NOTHING,
    "web:relay_step_settle": NOTHING,
    "web:person_join": _two_files_on_screen,
    "web:told_apart": about("twin", "other"),
    "web:told_apart_undo": NOTHING,
    "web:reunion_separate": NOTHING,
    "web:follow_up_new": says(**FOLLOW_UP),
    "web:follow_up_draft": says(synthesis="Brouillon"),
    "web:hours_month": lambda world, relation: {"mois": "2026-05", f"h-{world.pk('contract', 'own')}-": "100"},
    "web:immersion_new": says(**IMMERSION),
    "web:immersion_edit": says(**IMMERSION | {"tutor_name": "Paul Prétendu"}),
    "web:immersion_renew": says(started_on="2026-11-30", planned_end_on="2026-12-04"),
    "web:immersion_end": says(on="2026-11-11"),
    "web:immersion_review": says(reviewed_on="2026-11-16", tutor_review="À l’aise."),
    "web:immersion_cancel": says(reason="DOUBLE"),
    "web:watch_end": says(reason="INJOIGNABLE"),
    "web:watch_again": NOTHING,
    "web:goal_new": says(label="Passer le permis", origin="ENSEMBLE"),
    "web:action_new": says(label="Appeler la mairie", due_on="2026-12-10"),
    "web:appointment_new": says(starts_at="2026-12-01T10:00"),
    "web:pass_new": lambda world, relation: {k: v for k, v in same_pass(world, relation).items() if k != "beneficiary"},
    "web:licence_new": says(kind="SST", obtained_on="2026-02-02"),
    "web:licence_edit": says(kind="SST", obtained_on="2026-02-02"),
    "web:licence_renew": says(kind="SST", obtained_on="2026-02-02"),
    "web:licence_cancel": says(reason="Par erreur"),
    "web:observation_proof": a_photo_chosen,
    "web:file_take_away": NOTHING,
    "web:passports": a_passport,
    "web:passport_withdraw": NOTHING,
    "web:suspension_new": says(**SUSPENDED),
    "web:suspension_edit": says(**SUSPENDED),
    "web:suspension_cancel": says(reason="Par erreur"),
    "web:prolongation_new": says(**PROLONGED),
    "web:prolongation_edit": says(**PROLONGED),
    "web:prolongation_answer": says(status="ACCORDEE", decided_on="2026-11-20"),
    "web:prolongation_cancel": says(reason="Par erreur"),
    "web:pass_close": says(on="2026-11-20", note="Vu avec elle."),
    "web:pass_reopen": NOTHING,
    "web:derogation_new": says(**LIFTED),
    "web:derogation_edit": says(document="Décision inventée"),
    "web:derogation_answer": says(status="ACCORDEE", decided_on="2026-11-20"),
    "web:derogation_cancel": says(reason="Par erreur"),
    "web:vae_new": says(certification="Titre rêvé", scope="TOTALE", channel="FRANCE_VAE", on="2026-11-16"),
    "web:vae_describe": says(certification="Titre revu", scope="TOTALE", channel="DIRECT"),
    "web:vae_move": _next_of_vae,
    "web:vae_correct": says(kind="PROJET", on="2026-01-06", reason="Autre jour"),
    "web:vae_cancel": says(reason="Par erreur"),
    "web:vae_decline": NOTHING,
    "web:interview_edit": says(synthesis="Relu."),
    "web:interview_cancel": says(reason="DOUBLE"),
    **dict.fromkeys(
        (f"web:{name}_cancel" for name in ("contract", "stay", "hours", "exit", "pass", "goal", "action", "appointment")),
        TAKEN_BACK,
    ),
    "web:stay_correct": says(started_on="2026-01-02"),
    "web:contract_correct": says(weekly_hours="24"),
    "web:pass_correct": says(starts_on="2026-01-04"),
    "web:exit_correct": says(on="2025-09-29"),
    "web:goal_correct": says(label="Passer le permis"),
    "web:action_correct": says(label="Appeler la mairie, puis la CAF"),
    "web:appointment_correct": says(purpose="Préparer la sortie"),
    "web:goal_edit": says(status="REALISE"),
    "web:action_edit": says(status="REALISE"),
    "web:action_postpone": says(due_on="2029-01-10"),
    "web:appointment_edit": says(status="TENU"),
    "web:appointment_postpone": says(starts_at="2029-01-10T10:00"),
    "web:stay_advisor": says(advisor=""),
    "web:contract_new": says(**CONTRACT),
    "web:exit_edit": says(on=DAY),
    "web:contract_end": says(on=DAY),
    "web:hours_new": says(month="2026-05", hours="100"),
    "web:exits_export": says(**PERIOD),
    "web:rule_new": a_value,
    "web:team_invite": about("structure", "organisation", email="renfort@example.org", role="SUPERVISOR"),
    "web:imports": spreadsheets,
    "web:import_confirm": NOTHING,
    "web:import_columns": NOTHING,
    "web:column_map": same_columns,
    "web:column_map_forget": NOTHING,
    "web:invitation_link": NOTHING,
    "web:invitation_resend": NOTHING,
    "web:invitation_withdraw": NOTHING,
    "web:team_invitation_approve": NOTHING,
    "web:team_membership_end": says(successor="personne"),
    "web:team_second_factor": NOTHING,
    "web:group_leave": NOTHING,
    "web:team_group_new": says(name="Collectif des Deux Songes", kind="MARCHE"),
    "web:group_head_invite": says(email="seconde@example.org"),
    "web:group_offer_new": says(email="voisine@example.org"),
    "web:group_offer_accept": NOTHING,
    "web:group_offer_withdraw": NOTHING,
    "web:team_structure_new": says(name="Atelier du Songe", kind="ACI", interview_every_days="60"),
    "web:team_structure": says(department="59"),
    "web:observe_level": says(level="2"),
    "web:observe_undo": NOTHING,
    "web:employer_new": about("structure", "organisation", name="Moulin du Songe"),
    "web:employer_edit": says(sector="Boulangerie"),
    "web:employer_access_new": says(email="moulin@example.org"),
    "web:employer_access_end": NOTHING,
    "web:establishment_new": says(name="Dépôt"),
    "web:analysis_new": says(title="Au dépôt", observed_on=DAY),
    "web:analysis_return": NOTHING,
    "web:task_new": says(**TASK),
    "web:task_edit": says(name="Peser la farine", competence_0="", level_0=""),
    "web:task_remove": NOTHING,
    "web:proposal_new": job,
    "web:proposal_edit": says(title="Aide au fournil"),
    "web:proposal_ask": lambda world, relation: {"people": [world.pk("person", "own")]},
    "web:consent_answer": says(granted="oui"),
    "web:consent_withdraw": NOTHING,
    "web:hire": lambda world, relation: {"employer": world.pk("employer", "own"), **HIRE},
    "web:post_hire": says(**CALL),
    "web:profile_answer": says(answer="RENCONTRER"),
}  # fmt: skip
