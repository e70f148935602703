"""Every write of the services about one person, valid for who accompanies them: only a right refuses it.

`WRITES` is by the name of the service; `ABOUT_NOBODY` says which services are about no person.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from competences import services as competences
from employers import services as employers
from pathways import services as pathways
from pathways.models import BeneficiaryAccess, Exit, IaePass
from tests.access.doors.former import (
    Former,
    _all_or_out,
    a_call,
    a_call_made,
    a_hire,
    a_pass_ending,
    a_pass_suspended,
    a_step,
    an_exit,
    at_nine,
    contract,
    each_or_out,
    link,
    now,
    of_person,
    print_seen,
    proposal,
    somebody_here,
    today,
    versioned,
)
from tests.factories import EmployerFactory, ReunionFactory, ToldApartFactory, sent_photo
from tests.worlds.joined import joined

MOTIVES = ("3", "7", "9", "1", "13", "")
Write = Callable[[Former, int], Any]
"""The number tells one try from another: a motive, a day."""

WRITES: dict[str, Write] = {
    "assign_advisor": lambda here, n: pathways.assign_advisor(actor=here.actor, stay=here["stay"], advisor=None),
    "cancel_interview": lambda here, n: pathways.cancel_interview(**versioned(here, "interview"), reason="DOUBLE"),
    "cancel_action": lambda here, n: pathways.cancel_action(**versioned(here, "action"), reason="DOUBLE"),
    "cancel_amendment": lambda here, n: pathways.cancel_amendment(**print_seen(here, "amendment"), reason="DOUBLE"),
    "cancel_appointment": lambda here, n: pathways.cancel_appointment(**print_seen(here, "appointment"), reason="DOUBLE"),
    "cancel_contract": lambda here, n: pathways.cancel_contract(**print_seen(here, "contract"), reason="DOUBLE"),
    "cancel_exit": lambda here, n: pathways.cancel_exit(
        actor=here.actor, exit_=here["exit"], version=here["exit"].version, reason="DOUBLE"),
    "cancel_goal": lambda here, n: pathways.cancel_goal(**versioned(here, "goal"), reason="DOUBLE"),
    "cancel_hours": lambda here, n: pathways.cancel_hours(**print_seen(here, "hours", "line"), reason="DOUBLE"),
    "cancel_pass": lambda here, n: (
        here["pass"].suspensions.all().delete(), here["pass"].prolongations.all().delete(),
        pathways.cancel_pass(**print_seen(here, "pass", "iae"), reason="DOUBLE"))[-1],
    "cancel_stay": lambda here, n: pathways.cancel_stay(**print_seen(here, "stay"), reason="DOUBLE"),
    "correct_action": lambda here, n: pathways.correct_action(
        **versioned(here, "action"), label=f"Un pas {n}", due_on=None, goal=None),
    "correct_appointment": lambda here, n: pathways.correct_appointment(
        **print_seen(here, "appointment"), starts_at=at_nine(60 + n % 20), purpose="Repris"),
    "correct_contract": lambda here, n: pathways.correct_contract(
        **print_seen(here, "contract"), weekly_hours=Decimal(20 + n % 9)),
    "correct_goal": lambda here, n: pathways.correct_goal(
        **versioned(here, "goal"), label=f"Un but {n}", origin="PERSONNE", due_on=None),
    "correct_pass": lambda here, n: pathways.correct_pass(
        **print_seen(here, "pass", "iae"), number="999990000044", starts_on=date(2021, 1, 4 + n % 9),
        ends_on=date(2023, 1, 3)),
    "correct_stay": lambda here, n: pathways.correct_stay(
        **print_seen(here, "stay"), started_on=here["stay"].started_on - timedelta(days=1 + n % 9)),
    "move_exit": lambda here, n: pathways.move_exit(
        actor=here.actor, exit_=here["exit"], version=here["exit"].version,
        on=(here["stay"].ended_on or today()) + timedelta(days=n % 90 - 10)),
    "change_goal": lambda here, n: pathways.change_goal(**versioned(here, "goal"), status="EN_COURS"),
    "close_stay": lambda here, n: pathways.close_stay(
        actor=here.actor, stay=here["stay"], on=here["stay"].ended_on, motive=MOTIVES[n % 6]),
    "complete_exit": lambda here, n: pathways.complete_exit(
        actor=here.actor, exit_=here["exit"], version=here["exit"].version, motive=MOTIVES[n % 6]),
    "edit_interview": lambda here, n: pathways.edit_interview(**versioned(here, "interview"), synthesis="Repris."),
    "end_contract": lambda here, n: pathways.end_contract(
        actor=here.actor, contract=here["contract"], on=here["contract"].ended_on - timedelta(days=1 + n % 3)),
    "end_person_access": lambda here, n: pathways.end_person_access(actor=here.actor, access=here["access"]),
    "offer_person_access": lambda here, n: (
        BeneficiaryAccess.objects.filter(beneficiary=here.person).update(ended_at=now()),
        pathways.offer_person_access(**of_person(here), email=f"p{n}@example.org", link_to=link)),
    "open_stay": lambda here, n: pathways.open_stay(
        **of_person(here), organisation=here.home, started_on=max(today(), here["stay"].ended_on) + timedelta(days=1 + n % 40)),
    "plan_action": lambda here, n: pathways.plan_action(**of_person(here), label="Un pas"),
    "plan_appointment": lambda here, n: pathways.plan_appointment(**of_person(here), starts_at=at_nine(2 + n % 20)),
    "postpone_action": lambda here, n: pathways.postpone_action(
        **versioned(here, "action"), due_on=today() + timedelta(days=3 + n % 20)),
    "postpone_appointment": lambda here, n: pathways.postpone_appointment(
        actor=here.actor, appointment=here["appointment"], starts_at=at_nine(30 + n % 20)),
    "propose_relay": lambda here, n: pathways.propose_relay(
        **of_person(here), to_email=f"r{n}@example.org", message="Un relais ?", meets_at=at_nine(3),
        planned_on=today() + timedelta(days=20)),
    "correct_relay": lambda here, n: pathways.correct_relay(**versioned(here, "relay"), message=f"Autrement {n}"),
    "agree_to_relay": lambda here, n: pathways.agree_to_relay(**versioned(here, "relay"), parts=["IDENTITE"]),
    "change_agreement": lambda here, n: pathways.change_agreement(**versioned(here, "relay"), parts=["FREINS"]),
    "deny_relay": lambda here, n: pathways.deny_relay(**versioned(here, "relay")),
    "withdraw_agreement": lambda here, n: pathways.withdraw_agreement(**versioned(here, "relay")),
    "accept_relay": lambda here, n: pathways.accept_relay(**versioned(here, "relay")),
    "suggest_meeting_day": lambda here, n: pathways.suggest_meeting_day(**versioned(here, "relay"), meets_at=at_nine(5)),
    "confirm_meeting_day": lambda here, n: pathways.confirm_meeting_day(**versioned(here, "relay")),
    "decline_relay": lambda here, n: pathways.decline_relay(**versioned(here, "relay"), refusal_reason="HORAIRES"),
    "record_relay_meeting": lambda here, n: pathways.record_relay_meeting(**versioned(here, "relay"), met_on=today()),
    "welcome_by_relay": lambda here, n: pathways.welcome_by_relay(**versioned(here, "relay"), started_on=today()),
    "cancel_relay": lambda here, n: pathways.cancel_relay(**versioned(here, "relay"), reason="Par erreur"),
    "plan_relay_step": lambda here, n: pathways.plan_relay_step(
        actor=here.actor, relay=here["relay"], label="Visiter", hand="PERSONNE", due_on=today() + timedelta(days=5)),
    "correct_relay_step": lambda here, n: pathways.correct_relay_step(**a_step(here), label=f"Visiter {n}"),
    "settle_relay_step": lambda here, n: pathways.settle_relay_step(**a_step(here), is_done=True),
    "remove_relay_step": lambda here, n: pathways.remove_relay_step(**a_step(here)),
    "record_contract": lambda here, n: pathways.record_contract(
        actor=here.actor, stay=here["stay"], kind="CDD",
        started_on=here["contract"].started_on + timedelta(days=7), planned_end_on=here["stay"].ended_on),
    "record_amendment": lambda here, n: pathways.record_amendment(
        actor=here.actor, contract=here["contract"], starts_on=here["amendment"].starts_on, weekly_hours=Decimal(24 + n % 9)),
    "record_entry": lambda here, n: pathways.record_entry(
        **of_person(here), version=here["entry"].version, rqth=bool(n % 2), qpv=True),
    "record_follow_up": lambda here, n: pathways.record_follow_up(
        **of_person(here), happened_at=now() - timedelta(hours=1 + n % 9), kind="SUIVI", mode="PRESENTIEL", synthesis="Vu.",
        next_action="Un pas"),
    "record_hours": lambda here, n: pathways.record_hours(
        actor=here.actor, contract=here["contract"], month=here["hours"].month, hours=Decimal(40 + n % 9)),
    "record_immersion": lambda here, n: pathways.record_immersion(
        **of_person(here), prescriber="FRANCE_TRAVAIL", host_name=f"Moulin {n}", purpose="DECOUVRIR", objectives="Voir",
        started_on=date(2026, 2, 2), planned_end_on=date(2026, 2, 3)),
    "renew_immersion": lambda here, n: pathways.renew_immersion(
        **versioned(here, "immersion"), started_on=date(2026, 5, 18), planned_end_on=date(2026, 5, 19)),
    "correct_immersion": lambda here, n: pathways.correct_immersion(**versioned(here, "immersion"), tutor_name=f"Tuteur {n}"),
    "end_immersion": lambda here, n: pathways.end_immersion(**versioned(here, "immersion"), on=date(2026, 5, 14)),
    "review_immersion": lambda here, n: pathways.review_immersion(
        **versioned(here, "immersion"), reviewed_on=date(2026, 5, 15), tutor_review="Bien"),
    "cancel_immersion": lambda here, n: pathways.cancel_immersion(**versioned(here, "immersion"), reason="DOUBLE"),
    "record_wish": lambda here, n: pathways.record_wish(
        **of_person(here), starts_on=date(2026, 2, 2) + timedelta(days=n), weekly_hours=Decimal(24)),
    "correct_wish": lambda here, n: pathways.correct_wish(**versioned(here, "hours_wish", "wish"), weekly_hours=Decimal(20 + n % 9)),
    "cancel_wish": lambda here, n: pathways.cancel_wish(**versioned(here, "hours_wish", "wish"), reason="DOUBLE"),
    "record_visit": lambda here, n: pathways.record_visit(
        **of_person(here), kind="VIP_PERIODIQUE", made_on=date(2026, 2, 3) + timedelta(days=n % 40), paper="ATTESTATION"),
    "correct_visit": lambda here, n: pathways.correct_visit(**versioned(here, "medical_visit", "visit"), service=f"Service {n}"),
    "cancel_visit": lambda here, n: pathways.cancel_visit(**versioned(here, "medical_visit", "visit"), reason="DOUBLE"),
    "record_saved_days": lambda here, n: pathways.record_saved_days(
        **of_person(here), kind="CET", days=Decimal(1 + n % 9), counted_on=min(today(), here["stay"].ended_on) - timedelta(days=n % 9), fate="A_PAYER"),
    "correct_saved_days": lambda here, n: pathways.correct_saved_days(**versioned(here, "saved_days", "saved"), days=Decimal(1 + n % 9)),
    "cancel_saved_days": lambda here, n: pathways.cancel_saved_days(**versioned(here, "saved_days", "saved"), reason="DOUBLE"),
    "record_training": lambda here, n: pathways.record_training(
        **of_person(here), title=f"Cuisine {n}", kind="AUTRE", started_on=date(2026, 2, 2),
        planned_end_on=date(2026, 2, 3)),
    "correct_training": lambda here, n: pathways.correct_training(**versioned(here, "training"), provider=f"Centre {n}"),
    "finish_training": lambda here, n: pathways.finish_training(
        **versioned(here, "training"), on=date(2026, 5, 15), outcome="SUIVIE"),
    "cancel_training": lambda here, n: pathways.cancel_training(**versioned(here, "training"), reason="DOUBLE"),
    "record_month_hours": lambda here, n: _all_or_out(pathways.record_month_hours(
        actor=here.actor, month=here["hours"].month, cells=[pathways.TypedHours(
            here["contract"], "", Decimal(50 + n % 9), here["hours"].hours)])),
    "record_pass": lambda here, n: pathways.record_pass(
        **of_person(here), number="999990000042", starts_on=date(2021, 1, 4)),
    "record_suspension": lambda here, n: pathways.record_suspension(
        actor=here.actor, iae_pass=a_pass_ending(here), motive="CONTRAT_ROMPU", starts_on=today() - timedelta(days=9)),
    "correct_suspension": lambda here, n: pathways.correct_suspension(
        **versioned(here, "suspension"), motive="CONTRAT_ROMPU", starts_on=here["suspension"].starts_on,
        ends_on=here["suspension"].ends_on + timedelta(days=1 + n % 9)),
    "cancel_suspension": lambda here, n: pathways.cancel_suspension(**versioned(here, "suspension"), reason="Par erreur"),
    "ask_prolongation": lambda here, n: pathways.ask_prolongation(
        actor=here.actor, iae_pass=a_pass_ending(here), motive="FORMATION", ends_on=today() + timedelta(days=90 + n % 9),
        asked_on=today()),
    "correct_prolongation": lambda here, n: (a_pass_ending(here, "DEMANDEE"), pathways.correct_prolongation(
        **versioned(here, "prolongation"), motive="RQTH", asked_on=today(),
        ends_on=here["prolongation"].ends_on + timedelta(days=1 + n % 9)))[1],
    "answer_prolongation": lambda here, n: (a_pass_ending(here, "DEMANDEE"), pathways.answer_prolongation(
        **versioned(here, "prolongation"), status="ACCORDEE", decided_on=today()))[1],
    "cancel_prolongation": lambda here, n: pathways.cancel_prolongation(
        **versioned(here, "prolongation"), reason="Par erreur"),
    "close_pass": lambda here, n: pathways.close_pass(
        actor=here.actor, iae_pass=a_pass_suspended(here), on=today(), note="Vu avec elle."),
    "reopen_pass": lambda here, n: (
        IaePass.objects.filter(pk=here["pass"].pk).update(closed_on=today(), closing_note="Vu."),
        pathways.reopen_pass(actor=here.actor, iae_pass=here["pass"]))[1],
    "record_derogation": lambda here, n: pathways.record_derogation(
        actor=here.actor, stay=here["stay"], motive="RQTH", decider="PRESCRIPTEUR", asked_on=today(),
        starts_on=today() + timedelta(days=n % 9), ends_on=today() + timedelta(days=90)),
    "correct_derogation": lambda here, n: pathways.correct_derogation(
        **versioned(here, "derogation"), document=f"Décision {n}"),
    "answer_derogation": lambda here, n: pathways.answer_derogation(
        **versioned(here, "derogation"), status="ACCORDEE", decided_on=today()),
    "cancel_derogation": lambda here, n: pathways.cancel_derogation(**versioned(here, "derogation"), reason="Par erreur"),
    "record_diagnosis": lambda here, n: pathways.record_diagnosis(
        **of_person(here), made_by="EMPLOYEUR", made_on=today() - timedelta(days=n % 9), criteria=["RSA"]),
    "correct_diagnosis": lambda here, n: pathways.correct_diagnosis(
        **versioned(here, "diagnosis"), prescriber=f"Organisme {n}"),
    "cancel_diagnosis": lambda here, n: pathways.cancel_diagnosis(**versioned(here, "diagnosis"), reason="Par erreur"),
    "set_goal": lambda here, n: pathways.set_goal(**of_person(here), label="Un but", origin="PERSONNE"),
    "settle_action": lambda here, n: pathways.settle_action(**versioned(here, "action"), status="REALISE"),
    "settle_appointment": lambda here, n: pathways.settle_appointment(
        actor=here.actor, appointment=here["appointment"], status="ANNULE"),
    "stop_watching": lambda here, n: pathways.stop_watching(**of_person(here), reason="DEMENAGEMENT"),
    "join_files": lambda here, n: joined(here.person, somebody_here(here), actor=here.actor),
    "separate_files": lambda here, n: pathways.separate_files(
        actor=here.actor, reunion=ReunionFactory(kept=here.person)),
    "tell_apart": lambda here, n: pathways.tell_apart(
        actor=here.actor, first=here.person, second=somebody_here(here)),
    "no_longer_apart": lambda here, n: pathways.no_longer_apart(
        actor=here.actor, pair=ToldApartFactory(first=here.person, second=somebody_here(here))),
    "update_person": lambda here, n: pathways.update_person(
        **of_person(here), version=here.person.version, first_name=f"Autre {'abc'[n % 3]}"),
    "watch_again": lambda here, n: pathways.watch_again(actor=here.actor, watch_end=here["watch_end"]),
    "welcome_person": lambda here, n: pathways.welcome_person(
        actor=here.actor, organisation=here.home, started_on=today(), last_name=here.person.last_name,
        first_name=here.person.first_name, is_someone_else=True),
    "assess": lambda here, n: competences.assess(
        **of_person(here), competence=here["assessment"].competence, level=1 + n % 3, assessed_on=today()),
    "undo_assessment": lambda here, n: competences.undo_assessment(
        actor=here.actor, assessment=competences.assess(
            **of_person(here), competence=here["assessment"].competence, level=2, assessed_on=today())),
    "explain_assessment": lambda here, n: competences.explain_assessment(
        actor=here.actor, context="Vitres du hall", assessment=competences.assess(
            **of_person(here), competence=here["assessment"].competence, level=2, assessed_on=today())),
    "comment_assessment": lambda here, n: competences.comment_assessment(
        **print_seen(here, "assessment"), comment=f"Autrement, {n}."),
    "record_observations": lambda here, n: each_or_out(competences.record_observations(
        actor=here.actor, taps=[competences.Tap(
            f"cle-{n}", here.person.pk, here["assessment"].competence_id, 2, today())])),
    "prove_assessment": lambda here, n: competences.prove_assessment(
        actor=here.actor, assessment=here["assessment"], file=sent_photo()),
    "keep_cv": lambda here, n: competences.keep_cv(
        **of_person(here), version=here["cv"].version, shown=[f"s{here['assessment'].competence_id}"], town=f"Ville {n % 9}"),
    "clear_cv": lambda here, n: competences.clear_cv(**of_person(here), version=here["cv"].version),
    "make_passport": lambda here, n: competences.make_passport(
        **of_person(here), chosen=[f"a{here['assessment'].pk}"], days=30 + n % 9),
    "withdraw_passport": lambda here, n: competences.withdraw_passport(
        actor=here.actor, passport=here["passport"]),
    "record_licence": lambda here, n: competences.record_licence(
        **of_person(here), kind="SST", obtained_on=today()),
    "correct_licence": lambda here, n: competences.correct_licence(
        actor=here.actor, licence=here["licence"], version=here["licence"].version, issuer=f"Centre {n % 9}"),
    "cancel_licence": lambda here, n: competences.cancel_licence(
        actor=here.actor, licence=here["licence"], version=here["licence"].version, reason="Par erreur"),
    "plan_vae": lambda here, n: competences.plan_vae(**of_person(here), certification="Titre", on=today()),
    "move_vae": lambda here, n: competences.move_vae(
        actor=here.actor, project=here["vae"], version=here["vae"].version, kind="ACCORD", on=today()),
    "describe_vae": lambda here, n: competences.describe_vae(
        actor=here.actor, project=here["vae"], version=here["vae"].version, certification="Titre revu"),
    "correct_vae_step": lambda here, n: competences.correct_vae_step(
        actor=here.actor, project=here["vae"], step=here["vae"].steps.get(), version=here["vae"].version,
        reason="Autre jour", kind="PROJET", on=today()),
    "cancel_vae_step": lambda here, n: competences.cancel_vae_step(
        actor=here.actor, project=here["vae"], step=here["vae"].steps.get(), version=here["vae"].version,
        reason="Par erreur"),
    "decline_vae": lambda here, n: competences.decline_vae(
        actor=here.actor, project=here["vae"], version=here["vae"].version),
    "ask_consent": lambda here, n: employers.ask_consent(**of_person(here), proposal=proposal(here)),
    "answer_consent": lambda here, n: employers.answer_consent(
        actor=here.actor, consent=here["consent"], granted=True),
    "withdraw_consent": lambda here, n: employers.withdraw_consent(actor=here.actor, consent=here["consent"]),
    "hire": lambda here, n: (
        Exit.objects.filter(stay=here["stay"], placement__isnull=True).delete(),
        employers.hire(
            actor=here.actor, stay=here["stay"], employer=EmployerFactory(organisation=here.home), kind="CDI",
            started_on=here["stay"].ended_on + timedelta(days=1), left_on=here["stay"].ended_on)),
    "record_post_hire": lambda here, n: employers.record_post_hire(
        actor=here.actor, follow_up=a_call(here), situation="EN_POSTE", on=today()),
    "correct_hire": lambda here, n: (said := a_hire(here)) and employers.correct_hire(
        **said, employer=said["placement"].employer, kind="CDD", months=6 + n % 3, left_on=here["stay"].ended_on,
        started_on=said["placement"].started_on + timedelta(days=n % 5), trial_ends_on=None),
    "cancel_hire": lambda here, n: employers.cancel_hire(**a_hire(here), reason="PAS_EU_LIEU"),
    "correct_post_hire": lambda here, n: employers.correct_post_hire(
        **(said := a_call_made(here)), situation="RECHERCHE", on=said["follow_up"].done_on, note=f"Dit {n}"),
    "cancel_post_hire": lambda here, n: employers.cancel_post_hire(**a_call_made(here), reason="AUTRE_PERSONNE"),
    "file: people": lambda here, n: here.bring(salaries=[
        {"id": "p1", "nom": "Renommée", "prenom": "Autre", "email": f"p{n}@example.org", "qpv": "oui"}]),
    "file: pass": lambda here, n: here.bring(**{"pass": [
        {"salarie_id": "p1", "numero": "999990000043", "date_debut": "2021-01-04", "date_fin": "2023-01-03"}]}),
    "file: contract since": lambda here, n: here.bring(contrats=[
        contract("c9", today() - timedelta(days=n % 30))]),
    "file: contract of then": lambda here, n: here.bring(contrats=[
        contract("c8", here["stay"].started_on + timedelta(days=2))]),
    "file: contract completed": lambda here, n: here.bring(contrats=[
        contract("c1", here["contract"].started_on) | {"code_rome": "K2204"}]),
    "file: hours": lambda here, n: here.bring(heures=[
        {"contrat_id": "c1", "mois": f"{here['stay'].started_on + timedelta(days=31):%Y-%m}", "heures": str(30 + n % 9)}]),
    "file: exit": lambda here, n: an_exit(here, MOTIVES[n % 5]),
    "file: exit moved": lambda here, n: an_exit(here, MOTIVES[n % 5], today() + timedelta(days=n % 60 - 30)),
    "file: passage": lambda here, n: here.bring(passages=[
        {"salarie_id": "p1", "date_entree": str(today() - timedelta(days=n % 40))}]),
    "file: interview": lambda here, n: here.bring(entretiens=[
        {"salarie_id": "p1", "date": str(today() - timedelta(days=n % 30)), "synthese": "Vu.", "id": f"e{n}"}]),
    "file: licence": lambda here, n: here.bring(habilitations=[
        {"salarie_id": "p1", "nature": "SST", "date": str(today() - timedelta(days=n % 30))}]),
    "file: training": lambda here, n: here.bring(formations=[
        {"salarie_id": "p1", "id": f"f{n}", "intitule": f"Cuisine {n}", "type": "AUTRE", "date_debut": "2026-02-02",
         "date_fin_prevue": "2026-02-03"}]),
    "file: wish": lambda here, n: here.bring(souhaits=[
        {"salarie_id": "p1", "id": f"w{n}", "dit_par": "EQUIPE", "a_partir_du": str(today() - timedelta(days=n % 40)),
         "heures_semaine": "24"}]),
    "file: visit": lambda here, n: here.bring(visites=[
        {"salarie_id": "p1", "id": f"m{n}", "visite": "VIP_PERIODIQUE", "faite_le": str(today() - timedelta(days=n % 40)),
         "papier": "ATTESTATION"}]),
    "file: saved days": lambda here, n: here.bring(jours_epargnes=[
        {"salarie_id": "p1", "id": f"j{n}", "nature": "CET", "jours": "3", "comptes_le": str(today() - timedelta(days=n % 40)),
         "devenir": "A_PAYER"}]),
    "file: immersion": lambda here, n: here.bring(immersions=[
        {"salarie_id": "p1", "id": f"i{n}", "prescripteur": "FRANCE_TRAVAIL", "employeur": f"Moulin {n}",
         "objet": "DECOUVRIR", "objectifs": "Voir", "date_debut": "2026-02-02", "date_fin_prevue": "2026-02-03"}]),
    "file: competence": lambda here, n: here.bring(competences=[
        {"salarie_id": "p1", "code": here["assessment"].competence.code, "niveau": "2", "date": str(today())}]),
}  # fmt: skip

ABOUT_NOBODY = {
    "MayBeKnown", "EmployerMayBeKnown", "MonthRecorded", "TypedHours", "set_rule",  # a refusal; a rule of everybody's
    "Tap", "Outcome", "keep_gestures", "correct_gestures",  # what is sent, what became of it; the gestures of a work
    "TableReport", "ensure_referential", "renew_badge_key", "store_referential",
    "Required", "add_establishment", "add_task", "change_task", "change_proposal", "open_analysis", "propose_job",
    "cancel_analysis", "cancel_employer", "cancel_establishment", "correct_analysis", "correct_establishment",
    "record_employer", "remove_task", "return_analysis", "update_employer",
    "offer_employer_access", "end_employer_access",  # the employer's own door
    "answer_profile",  # the employer answers, not the structure
}  # fmt: skip

SERVICES = {*pathways.__all__, *competences.__all__, *employers.__all__}
