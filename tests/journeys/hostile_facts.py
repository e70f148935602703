"""Facts that a rule refuses, each as the line of a file, in a structure that knows what came before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from pathways.models import Stay

Row = dict[str, str]


@dataclass(frozen=True)
class Hostile:
    """A fact, as a line of a file, in a structure that knows `before`."""

    code: str
    file: str
    line: Row
    before: dict[str, list[Row]] = field(default_factory=dict)
    kind: str = "ACI"
    is_contradiction: bool = False
    is_offered: bool = True
    """Whether the screen lets it be typed at all."""
    stir: Callable[[], object] = lambda: None


def contract(key: str, start: str, planned: str = "", kind: str = "CDI", **more: str) -> Row:
    return {
        "id": key, "salarie_id": "p1", "structure_id": "s1", "type": kind, "date_debut": start,
        "date_fin_prevue": planned, "date_fin": "", "heures_hebdo": "", "heures_garanties": "", "contrat_initial_id": "", **more,
    }  # fmt: skip


def worked(month: str, hours: str, client: str = "") -> Row:
    return {"contrat_id": "c1", "mois": month, "heures": hours, "client_type": client}


def amended(day: str, hours: str, key: str = "c1") -> Row:
    return {"contrat_id": key, "date_debut": day, "heures_hebdo": hours}


def leaving(day: str, motive: str = "7", months: str = "") -> Row:
    return {
        "salarie_id": "p1", "structure_id": "s1", "date_sortie": day, "motif": motive,
        "contrat_duree_mois": months,
    }  # fmt: skip


def iae(number: int, start: str, end: str) -> Row:
    return {
        "salarie_id": "p1",
        "numero": f"99999000000{number}",
        "date_debut": start,
        "date_fin": end,
    }


def told(day: str, text: str, **more: str) -> Row:
    return {"salarie_id": "p1", "date": day, "type": "SUIVI", "mode": "TELEPHONE", "synthese": text, **more}


def tried(key: str, start: str, end: str, **more: str) -> Row:
    return {
        "salarie_id": "p1", "id": key, "prescripteur": "FRANCE_TRAVAIL", "employeur": "Moulin songé",
        "commune": "Rêveville", "objet": "DECOUVRIR", "objectifs": f"Voir {key}", "date_debut": start,
        "date_fin_prevue": end, "heures": "", **more,
    }  # fmt: skip


def learnt(key: str, start: str, end: str, **more: str) -> Row:
    return {
        "salarie_id": "p1", "id": key, "intitule": "Cuisine collective", "type": "QUALIFIANTE", "date_debut": start,
        "date_fin_prevue": end, "jours_prevus": "", "heures_prevues": "", **more,
    }  # fmt: skip


def wished(key: str, start: str, hours: str = "24", **more: str) -> Row:
    return {
        "salarie_id": "p1", "id": key, "dit_par": "EQUIPE", "a_partir_du": start, "heures_semaine": hours, **more,
    }  # fmt: skip


def seen_by_the_doctor(key: str, day: str, **more: str) -> Row:
    return {
        "salarie_id": "p1", "id": key, "visite": "VIP_PERIODIQUE", "faite_le": day, "suivi": "ORDINAIRE",
        "papier": "ATTESTATION", "emplois": "", "prochaine_avant": "", **more,
    }  # fmt: skip


def counted_days(key: str, day: str, **more: str) -> Row:
    return {
        "salarie_id": "p1", "id": key, "nature": "CONGES", "jours": "6", "comptes_le": day, "devenir": "A_PAYER", **more,
    }  # fmt: skip


def diagnosed(key: str, day: str, said: str = "RSA", **more: str) -> Row:
    return {
        "salarie_id": "p1", "id": key, "auteur": "EMPLOYEUR", "date_diagnostic": day, "date_declaration": "", "criteres": said,
        "pieces": "", **more,
    }  # fmt: skip


WELCOMED = {"passages": [{"salarie_id": "p1", "structure_id": "s1", "date_entree": "2026-01-02"}]}
OPEN = {"contrats": [contract("c1", "2026-01-05")]}
BORN_IN_2000 = {
    "salaries": [{"id": "p1", "nom": "Fictive", "prenom": "Solange", "date_naissance": "2000-05-05"}]
}
TWO_PEOPLE = {
    "salaries": [
        {"id": "p1", "nom": "Fictive", "prenom": "Solange"},
        {"id": "p2", "nom": "Inventé", "prenom": "Karim"},
    ],
    "contrats": [contract("c1", "2026-01-05"), contract("c9", "2026-02-02", salarie_id="p2")],
    "pass": [iae(2, "2026-01-01", "2027-12-31") | {"salarie_id": "p2"}],
}
BORN_IN_1960 = {
    "salaries": [{"id": "p1", "nom": "Fictive", "prenom": "Solange", "date_naissance": "1960-05-05"}]
}
UNDER_PASS = {"pass": [iae(1, "2025-06-01", "2027-05-31")]}
CDI_I = "CDI-I"
CDDI, CDDU, RENEWED = "CDDI", "CDDU", {"contrat_initial_id": "c1"}


def over_without_exit() -> None:
    Stay.objects.update(ended_on=date(2026, 9, 30))


HOSTILE = [
    Hostile("contract_kind", "contrats", contract("c2", "2026-11-30", "2027-05-31", "CTT"), OPEN, is_offered=False),
    Hostile("cddi_needs_an_end", "contrats", contract("c2", "2026-11-30", "", CDDI), OPEN),
    Hostile("contract_outside_stay", "contrats", contract("c2", "2025-12-01"), OPEN | WELCOMED, is_contradiction=True),
    Hostile("contract_past_exit", "contrats", contract("c2", "2026-11-30", "2027-05-31", "CDD"),
            OPEN | {"sorties": [leaving("2026-12-20")]}),
    Hostile("end_too_far_ahead", "contrats", contract("c1", "2026-01-05", date_fin="2027-06-01"), OPEN,
            is_contradiction=True),
    Hostile("hours_outside_contract", "contrats", contract("c1", "2026-01-05", date_fin="2026-03-31"),
            OPEN | {"heures": [worked("2026-05", "100")]}),
    Hostile("contract_twice", "contrats", contract("c2", "2026-09-01", "2027-02-28", CDDI),
            {"contrats": [contract("c1", "2026-09-01", "2027-02-28", CDDI)]}),
    Hostile("renewal_with_a_hole", "contrats", contract("c2", "2026-11-30", "2027-05-31", CDDI, **RENEWED),
            {"contrats": [contract("c1", "2026-02-01", "2026-06-30", CDDI)]}),
    Hostile("renewal_of_another_kind", "contrats", contract("c2", "2026-12-01", "2027-05-31", "CDD", **RENEWED),
            {"contrats": [contract("c1", "2026-06-01", "2026-11-30", CDDI)]}, is_contradiction=True),
    Hostile("cddi_minimum", "contrats", contract("c2", "2026-11-30", "2027-01-15", CDDI), OPEN),
    Hostile("cddi_ceiling", "contrats", contract("c2", "2026-11-30", "2029-11-29", CDDI), OPEN),
    Hostile("cddi_hours", "contrats", contract("c2", "2026-11-30", "2027-05-31", CDDI, heures_hebdo="10"), OPEN),
    Hostile("guarantee_without_end", "contrats", contract("c2", "2026-11-30", "", CDDU, heures_garanties="200"), OPEN,
            kind="AI"),
    Hostile("guarantee_too_large", "contrats",
            contract("c2", "2026-11-30", "2027-01-31", CDDU, heures_garanties="433"), OPEN, kind="AI"),
    Hostile("mission_ceiling", "contrats", contract("c2", "2026-11-30", "2029-06-30", "CTT"),
            {"contrats": [contract("c1", "2026-01-05", "2026-06-30", "CTT")]}, kind="ETTI"),
    Hostile("cdi_inclusion_age", "contrats", contract("c2", "2026-11-30", "", CDI_I), OPEN | BORN_IN_2000 | UNDER_PASS),
    Hostile("cdi_inclusion_pathway", "contrats", contract("c2", "2026-11-30", "", CDI_I), OPEN | BORN_IN_1960),
    Hostile("cdi_inclusion_gap", "contrats", contract("c2", "2026-11-30", "", CDI_I),
            {"contrats": [contract("c1", "2026-05-01", "2026-10-31", CDDI)]} | BORN_IN_1960 | UNDER_PASS),
    Hostile("cdi_inclusion_hours", "contrats", contract("c2", "2026-11-30", "", CDI_I, heures_hebdo="20"),
            OPEN | BORN_IN_1960 | UNDER_PASS),
    Hostile("contract_after_pass", "contrats", contract("c2", "2026-11-30", "2027-05-31", CDDI),
            OPEN | {"pass": [iae(1, "2024-11-28", "2026-11-27")]}),
    Hostile("diagnosis_lapsed", "contrats", contract("c2", "2026-11-30", "2027-05-31", CDDI),
            OPEN | {"eligibilite": [diagnosed("e1", "2026-08-30")]}),
    Hostile("criteria_missing", "contrats", contract("c2", "2026-11-30", "2027-05-31", CDDI),
            OPEN | {"eligibilite": [diagnosed("e1", "2026-11-02", "QPV, PI")]}),
    Hostile("diagnosis_to_come", "eligibilite", diagnosed("e2", "2026-11-27"), OPEN, is_contradiction=True),
    Hostile("declared_another_day", "eligibilite", diagnosed("e2", "2026-11-20", date_declaration="2026-11-19"), OPEN,
            is_contradiction=True),
    Hostile("document_another_day", "eligibilite", diagnosed("e2", "2026-11-20", pieces="RSA 2026-11-27"), OPEN,
            is_contradiction=True),
    Hostile("criterion_age", "eligibilite", diagnosed("e2", "2026-11-20", "SENIOR"), OPEN | BORN_IN_2000),
    Hostile("past_planned_end", "contrats", contract("c1", "2026-05-01", "2026-10-31", CDDI, date_fin="2026-11-20"),
            {"contrats": [contract("c1", "2026-05-01", "2026-10-31", CDDI)]}),
    Hostile("amendment_outside_contract", "avenants", amended("2026-01-05", "30"), OPEN, is_contradiction=True),
    Hostile("amendment_changes_nothing", "avenants", amended("2026-10-01", "26"),
            {"contrats": [contract("c1", "2026-09-01", "2027-02-28", CDDI, heures_hebdo="26")]}),
    Hostile("cddi_hours", "avenants", amended("2026-10-01", "19.75"),
            {"contrats": [contract("c1", "2026-09-01", "2027-02-28", CDDI, heures_hebdo="26")]}),
    Hostile("cdi_inclusion_hours", "avenants", amended("2026-12-01", "23"),
            {"contrats": [contract("c1", "2026-10-01", "", CDI_I, heures_hebdo="24")]} | BORN_IN_1960),
    Hostile("month_outside_contract", "heures", worked("2025-05", "10"), OPEN, is_contradiction=True),
    Hostile("month_to_come", "heures", worked("2026-12", "10"), OPEN, is_contradiction=True),
    Hostile("more_than_a_day", "heures", worked("2026-11", "140"), {"contrats": [contract("c1", "2026-11-26")]},
            is_contradiction=True),
    Hostile("hours_480", "heures", worked("2026-04", "110", "ENTREPRISE"),
            OPEN | {"heures": [worked(month, "190", "ENTREPRISE") for month in ("2026-02", "2026-03")]}, kind="AI"),
    Hostile("pass_overlap", "pass", iae(2, "2026-01-01", "2027-12-31"),
            OPEN | {"pass": [iae(1, "2025-01-01", "2026-12-31")]}, is_contradiction=True),
    Hostile("pass_waiting", "pass", iae(2, "2027-01-01", "2028-12-30"),
            OPEN | {"pass": [iae(1, "2025-01-01", "2026-12-31")]}),
    Hostile("pass_of_another", "pass", iae(2, "2026-01-01", "2027-12-31"), TWO_PEOPLE),
    Hostile("day_too_old", "pass", iae(2, "1950-01-02", "1951-12-31"), OPEN),
    Hostile("day_before_age", "pass", iae(2, "2010-01-04", "2011-12-31"), OPEN | BORN_IN_2000),
    Hostile("day_too_far", "pass", iae(2, "2031-01-06", "2033-01-05"), OPEN),
    Hostile("exit_before_entry", "sorties", leaving("2025-06-30"), OPEN, is_contradiction=True),
    Hostile("exit_too_far_ahead", "sorties", leaving("2027-06-01"), OPEN, is_contradiction=True),
    Hostile("contract_without_length", "sorties", leaving("2026-11-20", "10", "0"), OPEN, is_contradiction=True,
            is_offered=False),
    Hostile("pass_beyond_calendar", "pass", iae(2, "2099-06-01", ""), OPEN, is_contradiction=True),
    Hostile("stay_already_over", "sorties", leaving("2026-10-15"),
            {"contrats": [contract("c1", "2026-01-05", date_fin="2026-09-30")]}, stir=over_without_exit,
            is_contradiction=True),
    Hostile("contract_after_exit", "sorties", leaving("2026-11-10"),
            {"contrats": [contract("c1", "2026-01-05", date_fin="2026-11-20")]}, is_contradiction=True),
    Hostile("motive_and_length", "sorties", leaving("2026-11-20", "9", "2"), OPEN, is_contradiction=True),
    Hostile("interview_without_length", "entretiens", told("2026-11-20", "Point", duree="0"), OPEN,
            is_contradiction=True, is_offered=False),
    Hostile("follow_up_empty", "entretiens", told("2026-11-20", ""), OPEN),
    Hostile("interview_to_come", "entretiens",
            {"salarie_id": "p1", "date": "2026-12-24", "type": "SUIVI", "mode": "TELEPHONE", "synthese": "Point"},
            OPEN, is_contradiction=True),
    Hostile("training_days", "formations", learnt("f2", "2026-11-20", "2026-11-19"), OPEN, is_contradiction=True),
    Hostile("training_day_count", "formations", learnt("f2", "2026-11-16", "2026-11-20", jours_prevus="6"), OPEN,
            is_contradiction=True),
    Hostile("training_hours", "formations", learnt("f2", "2026-11-16", "2026-11-20", heures_prevues="121"), OPEN,
            is_contradiction=True),
    Hostile("wish_same_day", "souhaits", wished("w2", "2026-11-02"), OPEN | {"souhaits": [wished("w1", "2026-11-02")]},
            is_contradiction=True),
    Hostile("visit_to_come", "visites", seen_by_the_doctor("m2", "2026-12-24"), OPEN, is_contradiction=True),
    Hostile("visit_same_day", "visites", seen_by_the_doctor("m2", "2026-10-05"),
            OPEN | {"visites": [seen_by_the_doctor("m1", "2026-10-05")]}, is_contradiction=True),
    Hostile("visit_due_before", "visites", seen_by_the_doctor("m2", "2026-10-05", prochaine_avant="2026-10-05"), OPEN,
            is_contradiction=True),
    Hostile("visit_due_too_far", "visites", seen_by_the_doctor("m2", "2026-10-05", prochaine_avant="2031-10-06"), OPEN),
    Hostile("visit_paper", "visites", seen_by_the_doctor("m2", "2026-10-05", papier="APTE"), OPEN, is_contradiction=True),
    Hostile("visit_rhythm", "visites", seen_by_the_doctor("m2", "2026-10-05", suivi="RENFORCE"), OPEN, is_contradiction=True),
    Hostile("visit_jobs", "visites", seen_by_the_doctor("m2", "2026-10-05", emplois="K2204,G1603,A1203,H3302"), OPEN,
            kind="ETTI"),
    Hostile("saved_to_come", "jours_epargnes", counted_days("j2", "2026-12-24"), OPEN, is_contradiction=True),
    Hostile("saved_same_day", "jours_epargnes", counted_days("j2", "2026-10-31"),
            OPEN | {"jours_epargnes": [counted_days("j1", "2026-10-31")]}, is_contradiction=True),
    Hostile("saved_without_contract", "jours_epargnes", counted_days("j2", "2025-12-31"), OPEN),
    Hostile("immersion_days", "immersions", tried("i2", "2026-11-20", "2026-11-19"), OPEN, is_contradiction=True),
    Hostile("immersion_hours", "immersions", tried("i2", "2026-11-19", "2026-11-20", heures="49"), OPEN,
            is_contradiction=True),
    Hostile("immersion_prescriber", "immersions", tried("i2", "2026-11-16", "2026-11-20", prescripteur="STRUCTURE"),
            OPEN, kind="ETTI"),
    Hostile("immersion_month", "immersions", tried("i2", "2026-10-01", "2026-11-01"), OPEN),
    Hostile("immersion_same_host", "immersions", tried("i2", "2026-11-16", "2026-11-20"),
            OPEN | {"immersions": [tried(f"a{month}", f"2026-0{month}-02", f"2026-0{month}-06") for month in (3, 6)]}),
    Hostile("immersion_same_purpose", "immersions", tried("i2", "2026-11-16", "2026-11-20", objectifs="Voir a1"),
            OPEN | {"immersions": [tried("a1", "2026-03-02", "2026-03-06")]}),
    Hostile("immersion_host_days", "immersions", tried("i2", "2026-10-01", "2026-10-31"),
            OPEN | {"immersions": [tried("a1", "2026-03-01", "2026-03-31")]}),
    Hostile("immersion_share", "immersions", tried("i2", "2026-10-05", "2026-11-04"),
            {"contrats": [contract("c1", "2026-09-01", "2026-12-31", CDDI)]}),
    Hostile("interview_too_old", "entretiens",
            {"salarie_id": "p1", "date": "2016-01-04", "type": "SUIVI", "mode": "TELEPHONE", "synthese": "Point"}, OPEN),
]  # fmt: skip
