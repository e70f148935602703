"""A structure that sends files about somebody: what it knows, what the person may be to it, what each line may say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import time_machine

from backend.core.actor import Actor
from backend.exchange.report import Report
from backend.exchange.scope import Scope
from backend.exchange.services import import_bundle
from backend.organisations.models import Organisation
from pathways.exchange.people import FLAGS
from pathways.models import Beneficiary, Derogation, Exit, Stay
from pathways.permissions import (
    may_change_derogation,
    may_change_pass,
    may_close,
    may_complete_exit,
    may_diagnose,
    may_edit_person,
    may_open_stay,
    may_record_contract,
    may_record_follow_up,
    may_record_hours,
)
from tests.backend.exchange.whole import write_bundle
from tests.factories import OrganisationFactory, StayFactory

WELCOMED, NOW = date(2026, 4, 13), date(2026, 11, 26)
Row = dict[str, str]
Lines = dict[str, list[Row]]

PERSON = {"id": "p1", "nom": "Fictive", "prenom": "Solange", "telephone": "0384000001", "brsa": "oui"}
FIRST = {
    "id": "c1", "salarie_id": "p1", "structure_id": "s1", "type": "CDD", "date_debut": "2026-01-05",
    "date_fin_prevue": "2026-03-31", "heures_hebdo": "26",
}  # fmt: skip
SECOND = FIRST | {"id": "c2", "date_debut": "2026-04-01", "date_fin_prevue": "2026-12-31"}
WORKED = {"contrat_id": "c1", "mois": "2026-03", "heures": "100", "client_type": ""}
PASS = {"salarie_id": "p1", "numero": "999990000001", "date_debut": "2026-01-05", "date_fin": "2028-01-04"}
TOLD = {
    "salarie_id": "p1", "date": "2026-01-08", "type": "SUIVI", "mode": "TELEPHONE", "synthese": "Point fait",
    "id": "e1",
}  # fmt: skip
SEEN = {"salarie_id": "p1", "code": "104253", "niveau": "2", "date": "2026-01-08", "id": "a1"}
TITLE = {"salarie_id": "p1", "nature": "SST", "date": "2026-01-08", "id": "h1"}
FILE = {"salarie_id": "p1", "id": "v1", "certification": "Titre rêvé"}
STEP = {"vae_id": "v1", "etape": "PROJET", "date": "2026-01-09", "id": "ve1"}
AGREED = {"vae_id": "v1", "etape": "ACCORD", "date": "2026-02-03", "id": "ve2"}
TRIED = {
    "salarie_id": "p1", "id": "i1", "prescripteur": "FRANCE_TRAVAIL", "employeur": "Moulin songé", "objet": "DECOUVRIR",
    "objectifs": "Voir", "date_debut": "2026-02-02", "date_fin_prevue": "2026-02-13",
}  # fmt: skip
LEARNT = {
    "salarie_id": "p1", "id": "f1", "intitule": "Cuisine collective", "type": "QUALIFIANTE", "date_debut": "2026-02-02",
    "date_fin_prevue": "2026-02-13",
}  # fmt: skip
WISHED = {
    "salarie_id": "p1",
    "id": "w1",
    "dit_par": "EQUIPE",
    "a_partir_du": "2026-02-02",
    "heures_semaine": "24",
}
VISITED = {
    "salarie_id": "p1", "id": "m1", "visite": "VIP_INITIALE", "faite_le": "2026-02-02", "papier": "ATTESTATION",
}  # fmt: skip
COUNTED = {
    "salarie_id": "p1", "id": "j1", "nature": "CONGES", "jours": "6", "comptes_le": "2026-02-28", "devenir": "A_PRENDRE",
}  # fmt: skip
DIAGNOSED = {
    "salarie_id": "p1", "id": "d1", "auteur": "EMPLOYEUR", "date_diagnostic": "2026-01-02", "criteres": "RSA",
    "structure_id": "s1",
}  # fmt: skip
ALLOWED = {
    "salarie_id": "p1", "id": "g1", "motif": "CONTRAT_COURT", "decidee_par": "EMPLOYEUR", "date_debut": "2026-01-05",
    "demandee_le": "2026-01-05", "etat": "ACCORDEE", "reponse_le": "2026-01-05", "structure_id": "s1",
}  # fmt: skip
SUSPENDED = {
    "salarie_id": "p1", "id": "u1", "numero": "999990000001", "motif": "CONTRAT_ROMPU", "date_debut": "2026-03-02",
    "date_fin": "2026-03-31", "structure_id": "s1",
}  # fmt: skip
PROLONGED = {
    "salarie_id": "p1", "id": "l1", "numero": "999990000001", "motif": "RQTH", "date_debut": "2028-01-04",
    "date_fin": "2028-06-30", "demandee_le": "2026-04-02", "etat": "DEMANDEE", "structure_id": "s1",
}  # fmt: skip
AMENDED = {"contrat_id": "c2", "date_debut": "2026-08-03", "heures_hebdo": "30"}
KNOWN: Lines = {
    "salaries.csv": [PERSON], "derogations.csv": [ALLOWED], "pass.csv": [PASS], "suspensions.csv": [SUSPENDED],
    "prolongations.csv": [PROLONGED], "eligibilite.csv": [DIAGNOSED], "contrats.csv": [FIRST, SECOND],
    "avenants.csv": [AMENDED], "heures.csv": [WORKED],
    "entretiens.csv": [TOLD], "competences.csv": [SEEN], "habilitations.csv": [TITLE],
    "vae.csv": [FILE], "vae_etapes.csv": [STEP], "immersions.csv": [TRIED],
    "formations.csv": [LEARNT],
    "souhaits.csv": [WISHED],
    "visites.csv": [VISITED],
    "jours_epargnes.csv": [COUNTED],
}  # fmt: skip


def left(day: str, motive: str = "") -> Lines:
    line = {"salarie_id": "p1", "structure_id": "s1", "date_sortie": day}
    return {"sorties.csv": [line | {"motif": motive}]} if motive else {"sorties_sans_motif.csv": [line]}


@dataclass
class World:
    """A structure, its manager, and the person its files brought in at the beginning of the year."""

    folder: Path
    place: Organisation
    manager: Actor
    exits: Lines = field(default_factory=dict)
    numbers: Any = field(default_factory=count)

    def send(self, lines: Lines) -> Report:
        """The structure's own file."""
        folder = write_bundle(self.folder / str(next(self.numbers)), lines)
        return import_bundle(actor=self.manager, folder=folder, scope=Scope(self.place.pk))

    def send_as_operator(self, lines: Lines) -> Report:
        """The same, as a bundle of the operator's: ids as the base keeps them."""
        mark = Scope(self.place.pk).prefix
        ids = {"id", "salarie_id", "contrat_id", "contrat_initial_id", "vae_id", "renouvelle_id"}
        marked = {
            name: [
                {key: f"{mark}{cell}" if key in ids and cell else cell for key, cell in row.items()}
                for row in rows
            ]
            for name, rows in lines.items()
        }
        marked["structures.csv"] = [{"id": "s1", "nom": self.place.name, "type": self.place.kind}]
        folder = write_bundle(self.folder / str(next(self.numbers)), marked)
        return import_bundle(actor=Actor.operator(), folder=folder)

    @property
    def person(self) -> Beneficiary:
        return Beneficiary.objects.get(external_id=f"{Scope(self.place.pk).prefix}p1")

    @property
    def stay(self) -> Stay:
        return Stay.objects.get(organisation=self.place)

    @property
    def exit(self) -> Exit | None:
        return Exit.objects.filter(stay__organisation=self.place).first()


def at(day: date) -> Any:
    return time_machine.travel(f"{day}T10:00:00+01:00", tick=False)


def leave(world: World, day: date, motive: str = "") -> None:
    world.exits = left(str(day), motive)
    with at(day + timedelta(days=1)):
        assert world.send({"salaries.csv": [PERSON], **world.exits}).faults == []


def go_elsewhere(world: World) -> None:
    leave(world, date(2026, 6, 30))
    StayFactory(beneficiary=world.person, organisation=OrganisationFactory(), started_on=date(2026, 7, 1))


def go_away_without_exit(world: World) -> None:
    Stay.objects.update(ended_on=date(2026, 6, 30))
    StayFactory(beneficiary=world.person, organisation=OrganisationFactory(), started_on=date(2026, 7, 1))


def be_supported_and_elsewhere(world: World) -> None:
    leave(world, date(2026, 6, 30), "3")
    StayFactory(beneficiary=world.person, organisation=OrganisationFactory(), started_on=date(2026, 10, 1))


STATES: dict[str, Callable[[World], None]] = {
    "here": lambda world: None,
    "left": lambda world: leave(world, date(2026, 6, 30)),
    "left_lately": lambda world: leave(world, date(2026, 10, 30)),
    "elsewhere": go_elsewhere,
    "elsewhere_without_exit": go_away_without_exit,
    "supported": lambda world: leave(world, date(2026, 6, 30), "3"),
    "supported_and_elsewhere": be_supported_and_elsewhere,
}
WITHOUT_EXIT = ("here", "elsewhere_without_exit")
WITHOUT_MOTIVE = ("left", "left_lately", "elsewhere")
WITH_EXIT = tuple(state for state in STATES if state not in WITHOUT_EXIT)
OVER = tuple(state for state in STATES if state != "here")
May = Callable[[World], bool]
"""What the screens and the API would let the manager do."""


@dataclass(frozen=True)
class Fact:
    """One line a structure might send, where there is something of the kind to write (`among` the states)."""

    file: str
    name: str
    line: Callable[[World], Row]
    may: May
    among: tuple[str, ...] = tuple(STATES)


def edits(world: World) -> bool:
    return may_edit_person(world.manager, world.person)


def follows(world: World) -> bool:
    return may_record_follow_up(world.manager, world.person)


def welcomes(world: World) -> bool:
    return may_open_stay(world.manager, world.person, world.place.pk)


def diagnoses(world: World) -> bool:
    return may_diagnose(world.manager, world.person)


def changes_pass(world: World) -> bool:
    return may_change_pass(world.manager, world.person)


def decides(world: World) -> bool:
    return may_change_derogation(world.manager, Derogation.objects.get())


def signs(world: World) -> bool:
    return may_record_contract(world.manager, world.stay)


def signs_again(world: World) -> bool:
    """A contract begun lately: of the stay under way, or of the one its first day opens."""
    return signs(world) or welcomes(world)


def counts(world: World) -> bool:
    return may_record_hours(world.manager, world.stay)


def completes(world: World) -> bool:
    exit_ = world.exit
    return exit_ is not None and may_complete_exit(world.manager, exit_)


def closes(world: World) -> bool:
    return may_close(world.manager, world.stay)


def moves_the_exit(world: World) -> bool:
    """`complete_exit` takes no day: the last day of an exit already recorded is not the form's to move."""
    return False


def last_day(world: World) -> str:
    return str(world.stay.ended_on or date(2026, 11, 20))


def gone(world: World, **said: str) -> Row:
    return {"salarie_id": "p1", "structure_id": "s1", "date_sortie": last_day(world), **said}


SITUATION = {column.name: "oui" for column in FLAGS} | {"niveau_formation": "51", "brsa": "non"}
IDENTITY = {"nom": "Renommée", "prenom": "Autre", "sexe": "F", "date_naissance": "1988-05-17"}
CONTACT = {"telephone": "0600000000", "email": "x@example.org", "code_postal": "39000", "code_insee": "39300"}
FACTS = [
    Fact("salaries.csv", "identity", lambda world: PERSON | IDENTITY, edits),
    Fact("salaries.csv", "contact", lambda world: PERSON | CONTACT, edits),
    Fact("salaries.csv", "situation", lambda world: PERSON | SITUATION, edits),
    Fact("pass.csv", "dates", lambda world: PASS | {"date_fin": "2028-03-04"}, edits),
    Fact("pass.csv", "new", lambda world: PASS | {"numero": "999990000002", "date_debut": "2024-01-01",
                                                  "date_fin": "2025-12-31"}, edits),
    Fact("derogations.csv", "new", lambda world: ALLOWED | {"id": "g2", "date_debut": "2026-02-02"}, signs),
    Fact("derogations.csv", "what_it_says", lambda world: ALLOWED | {
        "motif": "CUMUL", "decidee_par": "PREFET", "date_fin": "2026-06-30", "autre_employeur": "ORDINAIRE",
        "fin_formation": "2026-06-30", "etat": "REFUSEE", "raison_refus": "MOTIF", "piece": "Courrier inventé",
        "date_piece": "2026-01-05"}, decides),
    Fact("suspensions.csv", "new", lambda world: SUSPENDED | {
        "id": "u2", "date_debut": "2026-11-02", "date_fin": "2026-12-31"}, changes_pass),
    Fact("suspensions.csv", "what_it_says", lambda world: SUSPENDED | {
        "motif": "CONTRAT_TERMINE", "date_fin": "2026-04-10"}, changes_pass),
    Fact("prolongations.csv", "new", lambda world: PROLONGED | {"id": "l2", "demandee_le": "2026-04-01"}, changes_pass),
    Fact("prolongations.csv", "what_it_says", lambda world: PROLONGED | {
        "prescripteur": "Mission locale inventée", "etat": "REFUSEE", "reponse_le": "2026-04-10", "raison_refus": "DUREE",
        "piece": "Fiche inventée", "date_piece": "2026-04-02"}, changes_pass),
    Fact("eligibilite.csv", "of_then", lambda world: DIAGNOSED | {
        "id": "d2", "date_diagnostic": "2026-02-03"}, diagnoses),
    Fact("eligibilite.csv", "since", lambda world: DIAGNOSED | {
        "id": "d2", "date_diagnostic": "2026-11-20"}, diagnoses),
    Fact("eligibilite.csv", "what_it_says", lambda world: DIAGNOSED | {
        "prescripteur": "Mission locale inventée", "date_declaration": "2026-01-06", "criteres": "RSA, TH",
        "pieces": "RSA 2025-12-20"}, diagnoses),
    Fact("contrats.csv", "what_it_says", lambda world: SECOND | {
        "heures_hebdo": "30", "heures_garanties": "90", "type": "CDI", "code_rome": "K2204"}, signs),
    Fact("contrats.csv", "planned_end", lambda world: SECOND | {"date_fin_prevue": "2027-01-31"}, signs),
    Fact("contrats.csv", "end", lambda world: SECOND | {"date_fin": "2026-06-29", "motif_rupture": "EMBAUCHE"}, signs),
    Fact("contrats.csv", "chain", lambda world: SECOND | {"contrat_initial_id": "c1"}, signs),
    Fact("contrats.csv", "new_one_of_then", lambda world: FIRST | {"id": "c3", "date_debut": "2026-02-02"}, signs),
    Fact("contrats.csv", "new_one_since", lambda world: FIRST | {
        "id": "c3", "date_debut": "2026-11-16", "date_fin_prevue": "2027-05-31"}, signs_again),
    Fact("avenants.csv", "hours", lambda world: AMENDED | {"heures_hebdo": "32"}, signs),
    Fact("avenants.csv", "new", lambda world: AMENDED | {"date_debut": "2026-09-01"}, signs),
    Fact("heures.csv", "figure", lambda world: WORKED | {"heures": "90"}, counts),
    Fact("heures.csv", "new_month", lambda world: WORKED | {"mois": "2026-02"}, counts),
    Fact("heures.csv", "person", lambda world: WORKED | {"salarie_id": "p1", "heures": "90"}, counts),
    Fact("heures.csv", "client", lambda world: WORKED | {"client_type": "PUBLIC"}, counts),
    Fact("sorties.csv", "motive", lambda world: gone(world, motif="7"), completes, WITHOUT_MOTIVE),
    Fact("sorties.csv", "missing", lambda world: gone(world, motif="7"), closes, WITHOUT_EXIT),
    Fact("sorties.csv", "job", lambda world: gone(
        world, motif=(world.exit and world.exit.motive) or "3", employeur="Scierie Imaginaire",
        contrat_duree_mois="9"), completes, WITH_EXIT),
    Fact("sorties.csv", "day", lambda world: gone(world, motif="7") | {"date_sortie": "2026-06-15"},
         moves_the_exit, WITH_EXIT),
    Fact("sorties.csv", "day_later", lambda world: gone(world, motif="7") | {"date_sortie": "2026-11-25"},
         moves_the_exit, WITH_EXIT),
    Fact("sorties.csv", "one_of_its_own", lambda world: gone(world, motif="7", date_entree="2026-11-10") | {
        "date_sortie": "2026-11-20"}, welcomes, WITH_EXIT),
    Fact("sorties_sans_motif.csv", "missing", gone, closes, WITHOUT_EXIT),
    Fact("sorties_sans_motif.csv", "job", lambda world: gone(
        world, employeur="Scierie Imaginaire", contrat_duree_mois="9", date_entree="2026-01-05"), completes, WITH_EXIT),
    Fact("passages.csv", "back", lambda world: {
        "salarie_id": "p1", "structure_id": "s1", "date_entree": "2026-11-16"},
        welcomes, OVER),
    Fact("passages.csv", "first_day", lambda world: {
        "salarie_id": "p1", "structure_id": "s1", "date_entree": "2026-01-02"}, signs),
    Fact("entretiens.csv", "of_then", lambda world: TOLD | {"id": "e2", "date": "2026-02-03"}, follows),
    Fact("entretiens.csv", "since", lambda world: TOLD | {"id": "e2", "date": "2026-11-20"}, follows),
    Fact("entretiens.csv", "what_it_says", lambda world: TOLD | {
        "synthese": "Autre chose", "duree": "20", "sujets": "PROJET", "auteur": "x@example.org"}, follows),
    Fact("competences.csv", "of_then", lambda world: SEEN | {"id": "a2", "date": "2026-02-03"}, follows),
    Fact("competences.csv", "since", lambda world: SEEN | {"id": "a2", "date": "2026-11-20"}, follows),
    Fact("competences.csv", "what_it_says", lambda world: SEEN | {
        "niveau": "3", "statut": "RECONNUE", "observateur": "Paul Prétendu", "contexte": "Réfectoire",
        "reponse": "Le hall aussi"}, follows),
    Fact("habilitations.csv", "of_then", lambda world: TITLE | {"id": "h2", "date": "2026-02-03"}, follows),
    Fact("habilitations.csv", "since", lambda world: TITLE | {"id": "h2", "date": "2026-11-20"}, follows),
    Fact("habilitations.csv", "what_it_says", lambda world: TITLE | {
        "precision": "Recyclage", "date_fin": "2027-12-31", "organisme": "Centre inventé", "suspendue": "oui"}, follows),
    Fact("immersions.csv", "of_then", lambda world: TRIED | {
        "id": "i2", "date_debut": "2026-02-16", "date_fin_prevue": "2026-02-20", "renouvelle_id": "i1"}, follows),
    Fact("immersions.csv", "since", lambda world: TRIED | {
        "id": "i2", "employeur": "Verger rêvé", "date_debut": "2026-11-02", "date_fin_prevue": "2026-11-13"}, follows),
    Fact("immersions.csv", "what_it_says", lambda world: TRIED | {
        "commune": "Rêveville", "siret": "73282932000074", "tuteur": "Paul Prétendu", "tuteur_fonction": "Meunier",
        "heures": "70", "date_fin": "2026-02-12", "bilan_le": "2026-02-13", "bilan_tuteur": "À l’aise",
        "bilan_personne": "Cela me plaît"}, follows),
    Fact("formations.csv", "of_then", lambda world: LEARNT | {
        "id": "f2", "date_debut": "2026-02-16", "date_fin_prevue": "2026-02-20"}, follows),
    Fact("formations.csv", "since", lambda world: LEARNT | {
        "id": "f2", "intitule": "Lire et compter", "date_debut": "2026-11-02", "date_fin_prevue": "2026-11-13"}, follows),
    Fact("formations.csv", "what_it_says", lambda world: LEARNT | {
        "organisme": "Centre inventé", "certification": "RNCP38596", "habilitation": "HACCP", "financement": "OPCO",
        "temps": "TRAVAIL", "choisie_par": "ENSEMBLE", "jours_prevus": "10", "heures_prevues": "70",
        "date_fin": "2026-02-12", "jours_suivis": "9", "heures_suivies": "63", "issue": "CERTIFIEE",
        "date_certificat": "2026-03-02"}, follows),
    Fact("formations.csv", "why_it_stopped", lambda world: LEARNT | {
        "date_fin": "2026-02-06", "issue": "ABANDONNEE", "raison_arret": "EMPLOI"}, follows),
    Fact("souhaits.csv", "since", lambda world: WISHED | {"id": "w2", "a_partir_du": "2026-11-02"}, follows),
    Fact("souhaits.csv", "what_it_says", lambda world: WISHED | {
        "heures_semaine": "26", "moments": "LUN_M, JEU_A", "pourquoi_pas_plus": "GARDE"}, follows),
    Fact("visites.csv", "since", lambda world: VISITED | {
        "id": "m2", "visite": "VIP_PERIODIQUE", "faite_le": "2026-11-02"}, follows),
    Fact("visites.csv", "what_it_says", lambda world: VISITED | {
        "suivi": "ADAPTE", "service": "Service inventé", "emplois": "K2204,G1603", "prochaine_avant": "2029-01-31"}, follows),
    Fact("jours_epargnes.csv", "since", lambda world: COUNTED | {"id": "j2", "comptes_le": "2026-10-31"}, follows),
    Fact("jours_epargnes.csv", "what_it_says", lambda world: COUNTED | {"jours": "4.5", "devenir": "PAYES"}, follows),
    Fact("vae.csv", "new", lambda world: FILE | {"id": "v2", "certification": "Autre titre"}, follows),
    Fact("vae.csv", "what_it_says", lambda world: FILE | {
        "vise": "BLOCS", "canal": "DIRECT", "accompagnateur": "Paul Prétendu", "accompagnateur_portail": "non",
        "financement": "OPCO", "devis": "3", "remplacee_le": "2026-03-02"}, follows),
    Fact("vae_etapes.csv", "of_then", lambda world: AGREED, follows),
    Fact("vae_etapes.csv", "since", lambda world: AGREED | {"date": "2026-11-20"}, follows),
    Fact("vae_etapes.csv", "what_it_says", lambda world: STEP | {
        "jury": "2026-11-04", "jury_membres": "2", "jury_connait": "non", "blocs": "BC01", "conge_debut": "2026-11-04",
        "conge_heures": "7", "precisions": "Dit au bureau", "piece": "Courrier", "source": "La personne"}, follows),
]  # fmt: skip
