"""What is cancelled on screen stays cancelled when its file comes again, whatever the table: said, and decided by someone."""

from __future__ import annotations

from datetime import date

import pytest

from backend.core import steps
from backend.core.actor import Actor, Role
from backend.core.values.dates import french_date
from backend.exchange import registry
from backend.exchange.models import Received
from backend.exchange.report import TAKEN_BACK
from backend.exchange.scope import Scope
from backend.exchange.services import import_bundle
from competences.models import Licence, VaeProject, VaeStep
from competences.services import cancel_licence, cancel_vae_step, decline_vae
from pathways.enums import CancelReason
from pathways.models import (
    Beneficiary,
    Contract,
    Derogation,
    EligibilityDiagnosis,
    Exit,
    HoursAmendment,
    HoursWish,
    IaePass,
    Immersion,
    Interview,
    MedicalVisit,
    MonthlyHours,
    PassProlongation,
    PassSuspension,
    SavedDays,
    Stay,
    Training,
)
from pathways.services import cancel_interview
from pathways.services.corrections.stays import cancel_exit, cancel_stay
from pathways.services.corrections.work import cancel_amendment, cancel_contract, cancel_hours, cancel_pass
from pathways.services.immersions import cancel_immersion
from pathways.services.rights.derogations import cancel_derogation
from pathways.services.rights.eligibility import cancel_diagnosis
from pathways.services.rights.passes import cancel_prolongation, cancel_suspension
from pathways.services.rights.saved_days import cancel_saved_days
from pathways.services.rights.visits import cancel_visit
from pathways.services.trainings import cancel_training
from pathways.services.wishes import cancel_wish
from tests.backend.exchange.whole import write_bundle
from tests.factories import CompetenceFactory, MembershipFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-26T10:00:00+01:00")]
NEVER: dict[str, str] = {
    "groupes.csv": "a group is left by its structures, one by one",
    "structures.csv": "a structure keeps what its figures rest on",
    "appartenances.csv": "a group is left on a day, which the file says",
    "conventions.csv": "a year's convention is written again, never removed",
    "competences.csv": "taken back by its observer within two minutes; a file names no observer",
}
"""Files whose rows no gesture takes back once a file brought them."""
WITHOUT_IDS = {"entretiens.csv", "habilitations.csv", "vae_etapes.csv"}

SENT: dict[str, list[dict[str, str]]] = {
    "salaries.csv": [
        {"id": "p1", "nom": "Fictive", "prenom": "Solange"},
        {"id": "p2", "nom": "Inventé", "prenom": "Karim", "date_naissance": "1990-02-03"},
        {"id": "p3", "nom": "Modèle", "prenom": "Lina"},
    ],
    "pass.csv": [{"salarie_id": "p1", "numero": "999990000001", "date_debut": "2026-02-02"}],
    "derogations.csv": [
        {
            "salarie_id": "p1", "id": "g1", "motif": "CONTRAT_COURT", "decidee_par": "EMPLOYEUR", "date_debut": "2026-02-02",
            "demandee_le": "2026-02-02", "etat": "DEMANDEE",
        }
    ],
    "contrats.csv": [
        {"id": "c1", "salarie_id": "p1", "type": "CDDI", "date_debut": "2026-02-02", "date_fin_prevue": "2027-01-29"},
        {"id": "c3", "salarie_id": "p3", "type": "CDDI", "date_debut": "2026-05-04", "date_fin_prevue": "2027-04-30"},
    ],
    "avenants.csv": [{"contrat_id": "c1", "date_debut": "2026-06-01", "heures_hebdo": "30"}],
    "heures.csv": [
        {"contrat_id": "c1", "mois": "2026-03", "heures": "100", "client_type": "PUBLIC"},
        {"contrat_id": "c1", "mois": "2026-03", "heures": "10", "client_type": "ENTREPRISE"},
        {"contrat_id": "c3", "mois": "2026-06", "heures": "90", "client_type": ""},
    ],
    "sorties.csv": [{"salarie_id": "p3", "date_sortie": "2026-11-20", "motif": "3"}],
    "passages.csv": [{"salarie_id": "p2", "date_entree": "2026-10-05"}],
    "entretiens.csv": [{"salarie_id": "p1", "date": "2026-11-20", "synthese": "Point fait", "id": "e1"}],
    "habilitations.csv": [
        {"salarie_id": "p1", "nature": "CACES_R489", "precision": "catégorie 3", "date": "2026-03-05", "id": "h1"}
    ],
    "vae.csv": [
        {"salarie_id": "p1", "id": "v1", "certification": "Titre inventé"},
        {"salarie_id": "p3", "id": "v2", "certification": "Titre rêvé"},
    ],
    "vae_etapes.csv": [{"vae_id": "v1", "etape": "ACCORD", "date": "2026-06-03", "id": "ve1"}],
    "souhaits.csv": [
        {"salarie_id": "p1", "id": "s1", "dit_par": "EQUIPE", "a_partir_du": "2026-05-11", "heures_semaine": "30"}
    ],
    "visites.csv": [
        {"salarie_id": "p1", "id": "m1", "visite": "VIP_INITIALE", "faite_le": "2026-05-11", "papier": "ATTESTATION"}
    ],
    "jours_epargnes.csv": [
        {"salarie_id": "p1", "id": "j1", "nature": "CET", "jours": "3", "comptes_le": "2026-05-11", "devenir": "A_PAYER"}
    ],
    "formations.csv": [
        {
            "salarie_id": "p1", "id": "f1", "intitule": "Cuisine collective", "type": "QUALIFIANTE",
            "date_debut": "2026-05-11", "date_fin_prevue": "2026-05-15",
        }
    ],
    "immersions.csv": [
        {"salarie_id": "p1", "id": "i1", "prescripteur": "STRUCTURE", "employeur": "Fournil songé", "objet": "CONFIRMER",
         "objectifs": "Tenir le four", "date_debut": "2026-05-11", "date_fin_prevue": "2026-05-15"}
    ],
    "eligibilite.csv": [
        {"salarie_id": "p1", "id": "d1", "auteur": "EMPLOYEUR", "date_diagnostic": "2026-01-20", "criteres": "RSA", "pieces": "RSA 2026-01-12"}
    ],
}  # fmt: skip
WITH_CHANGES = SENT | {
    "suspensions.csv": [
        {
            "salarie_id": "p1", "id": "u1", "numero": "999990000001", "motif": "CONTRAT_ROMPU", "date_debut": "2026-03-02",
            "date_fin": "2026-03-31",
        }
    ],
    "prolongations.csv": [
        {
            "salarie_id": "p1", "id": "l1", "numero": "999990000001", "motif": "RQTH", "date_debut": "2028-02-01",
            "date_fin": "2028-06-30", "demandee_le": "2026-04-02", "etat": "DEMANDEE",
        }
    ],
}  # fmt: skip
"""A PASS is not taken back before what hangs from it."""
WITHOUT_MOTIVE = {name: lines for name, lines in SENT.items() if name != "sorties.csv"} | {
    "sorties_sans_motif.csv": [{"salarie_id": "p3", "date_sortie": "2026-11-20", "employeur": "Scierie inventée"}]
}  # fmt: skip
ONCE = CancelReason.TWICE


def no_step(actor: Actor) -> None:
    project = VaeProject.objects.get(external_id__endswith="v2")
    decline_vae(actor=actor, project=project, version=project.version)


def no_step_of_v1(actor: Actor) -> None:
    step = VaeStep.objects.get()
    cancel_vae_step(
        actor=actor, project=step.project, step=step, version=step.project.version, reason="Erreur de dossier"
    )


def no_licence(actor: Actor) -> None:
    row = Licence.objects.get()
    cancel_licence(actor=actor, licence=row, version=row.version, reason="Erreur de personne")


def no_stay(actor: Actor) -> None:
    row = Stay.objects.get(beneficiary__last_name="Inventé", ended_on=None)
    cancel_stay(actor=actor, stay=row, seen=steps.seen(row), reason=ONCE)


def no_second_stay(actor: Actor) -> None:
    """Of somebody another structure knew before: their file stays."""
    person = Beneficiary.objects.get(last_name="Inventé")
    elsewhere = OrganisationFactory(kind="AI", name="Atelier rêvé")
    Stay.objects.create(
        beneficiary=person, organisation=elsewhere, started_on="2024-01-08", ended_on="2024-06-28"
    )
    no_stay(actor)


def no_contract(actor: Actor) -> None:
    row = Contract.objects.get(external_id__endswith="c1")
    cancel_contract(actor=actor, contract=row, seen=steps.seen(row), reason=ONCE)


def no_amendment(actor: Actor) -> None:
    row = HoursAmendment.objects.get()
    cancel_amendment(actor=actor, amendment=row, seen=steps.seen(row), reason=ONCE)


def no_hours(actor: Actor, kind: str = "PUBLIC") -> None:
    row = MonthlyHours.objects.get(client_kind=kind)
    cancel_hours(actor=actor, line=row, seen=steps.seen(row), reason=ONCE)


def no_hours_of_no_kind(actor: Actor) -> None:
    no_hours(actor, kind="")


def no_pass(actor: Actor) -> None:
    row = IaePass.objects.get()
    cancel_pass(actor=actor, iae=row, seen=steps.seen(row), reason=ONCE)


def no_exit(actor: Actor) -> None:
    row = Exit.objects.get()
    cancel_exit(actor=actor, exit_=row, version=row.version, reason=ONCE)


def no_interview(actor: Actor) -> None:
    row = Interview.objects.get()
    row.author_id = actor.user_id
    row.save()
    cancel_interview(actor=actor, interview=row, version=row.version, reason=ONCE)


def no_immersion(actor: Actor) -> None:
    row = Immersion.objects.get()
    cancel_immersion(actor=actor, immersion=row, version=row.version, reason=ONCE)


def no_training(actor: Actor) -> None:
    row = Training.objects.get()
    cancel_training(actor=actor, training=row, version=row.version, reason=ONCE)


def no_wish(actor: Actor) -> None:
    row = HoursWish.objects.get()
    cancel_wish(actor=actor, wish=row, version=row.version, reason=ONCE)


def no_visit(actor: Actor) -> None:
    row = MedicalVisit.objects.get()
    cancel_visit(actor=actor, visit=row, version=row.version, reason=ONCE)


def no_saved_days(actor: Actor) -> None:
    row = SavedDays.objects.get()
    cancel_saved_days(actor=actor, saved=row, version=row.version, reason=ONCE)


def no_derogation(actor: Actor) -> None:
    row = Derogation.objects.get()
    cancel_derogation(actor=actor, derogation=row, version=row.version, reason="Erreur de personne")


def no_suspension(actor: Actor) -> None:
    row = PassSuspension.objects.get()
    cancel_suspension(actor=actor, suspension=row, version=row.version, reason="Erreur de personne")


def no_prolongation(actor: Actor) -> None:
    row = PassProlongation.objects.get()
    cancel_prolongation(actor=actor, prolongation=row, version=row.version, reason="Erreur de personne")


def no_diagnosis(actor: Actor) -> None:
    row = EligibilityDiagnosis.objects.get()
    cancel_diagnosis(actor=actor, diagnosis=row, version=row.version, reason="Erreur de personne")


CASES = [
    ("salaries.csv", no_stay, lambda: Beneficiary.objects.filter(last_name="Inventé"), SENT),
    ("passages.csv", no_second_stay, lambda: Stay.objects.filter(started_on="2026-10-05"), SENT),
    ("contrats.csv", no_contract, lambda: Contract.objects.filter(started_on="2026-02-02"), SENT),
    ("avenants.csv", no_amendment, lambda: HoursAmendment.objects.all(), SENT),
    ("heures.csv", no_hours, lambda: MonthlyHours.objects.filter(client_kind="PUBLIC"), SENT),
    ("heures.csv", no_hours_of_no_kind, lambda: MonthlyHours.objects.filter(client_kind=""), SENT),
    ("pass.csv", no_pass, lambda: IaePass.objects.all(), SENT),
    ("derogations.csv", no_derogation, lambda: Derogation.objects.standing(), SENT),
    ("suspensions.csv", no_suspension, lambda: PassSuspension.objects.standing(), WITH_CHANGES),
    ("prolongations.csv", no_prolongation, lambda: PassProlongation.objects.standing(), WITH_CHANGES),
    ("sorties.csv", no_exit, lambda: Exit.objects.all(), SENT),
    ("sorties_sans_motif.csv", no_exit, lambda: Exit.objects.all(), WITHOUT_MOTIVE),
    ("entretiens.csv", no_interview, lambda: Interview.objects.all(), SENT),
    ("habilitations.csv", no_licence, lambda: Licence.objects.filter(cancelled_at=None), SENT),
    ("vae.csv", no_step, lambda: VaeProject.objects.filter(certification="Titre rêvé"), SENT),
    ("vae_etapes.csv", no_step_of_v1, lambda: VaeStep.objects.filter(cancelled_at=None), SENT),
    ("immersions.csv", no_immersion, lambda: Immersion.objects.standing(), SENT),
    ("formations.csv", no_training, lambda: Training.objects.standing(), SENT),
    ("souhaits.csv", no_wish, lambda: HoursWish.objects.standing(), SENT),
    ("visites.csv", no_visit, lambda: MedicalVisit.objects.standing(), SENT),
    ("jours_epargnes.csv", no_saved_days, lambda: SavedDays.objects.standing(), SENT),
    ("eligibilite.csv", no_diagnosis, lambda: EligibilityDiagnosis.objects.standing(), SENT),
]


@pytest.fixture
def house(tmp_path):
    CompetenceFactory(code="104253")
    return OrganisationFactory(kind="ACI", name="Chantier des Rives")


@pytest.fixture
def bring(tmp_path, house):
    count = iter(range(100))

    def send(files, **options):
        folder = write_bundle(tmp_path / str(next(count)), files)
        return import_bundle(actor=Actor.operator(), folder=folder, scope=Scope(house.pk), **options)

    return send


@pytest.fixture
def manager(house):
    return MembershipFactory(organisation=house, role=Role.MANAGER).as_actor()


def bare(files, name):
    """The same lines, without the ids they may do without."""
    return files | {name: [{key: value for key, value in row.items() if key != "id"} for row in files[name]]}


TOLD = [(*case, False) for case in CASES] + [(*case, True) for case in CASES if case[0] in WITHOUT_IDS]


@pytest.mark.parametrize(
    ("name", "cancel", "rows", "files", "is_bare"),
    TOLD,
    ids=[f"{case[0]}-{case[1].__name__}-{case[4]}" for case in TOLD],
)
def test_a_file_sent_again_asks_before_it_brings_back(name, cancel, rows, files, is_bare, bring, manager):
    files = bare(files, name) if is_bare else files
    first = bring(files)
    assert [(fault.file, fault.line, fault.problem) for fault in first.faults] == []
    assert rows().exists()
    cancel(manager)
    assert not rows().exists()

    for _ in range(2):  # whoever does not answer is asked again
        report = bring(files)
        assert report.faults == []
        assert not rows().exists(), "nothing comes back in silence"
        asked = [change for change in report.changes if change.file == name and change.column == TAKEN_BACK]
        assert [(each.here, each.is_taken) for each in asked] == [
            (f"annulé ici le {french_date(date(2026, 11, 26))}", False)
        ]
        for tally in report.tallies.values():
            assert (tally.read, tally.read) == (tally.unchanged, sum(tally.counts().values()) - tally.read)

    decided = {f"{file}::{TAKEN_BACK}": "fichier" for file in WITH_CHANGES | WITHOUT_MOTIVE}
    report = bring(files, decisions=decided)
    assert report.faults == []
    assert rows().exists(), "somebody decided"
    again = bring(files)
    assert (again.changes, again.faults) == ([], [])
    assert all(tally.unchanged == tally.read for tally in again.tallies.values())


def test_every_file_of_the_format_is_answered_for():
    files = {layout.name for layout in registry.layouts()}
    assert {case[0] for case in CASES} | set(NEVER) == files
    assert not {case[0] for case in CASES} & set(NEVER)


def test_whatever_a_gesture_takes_back_leaves_the_day_and_no_value(bring, manager):
    bring(SENT)
    for cancel in (no_pass, no_exit, no_interview, no_hours, no_stay, no_contract):
        cancel(manager)
    marks = Received.objects.exclude(owner_kind="")
    assert set(marks.values_list("withdrawn_on", flat=True)) == {marks.first().withdrawn_on}
    person = marks.get(kind="pathways.Beneficiary")
    assert list(person.prints) == ["id"]


def test_one_line_is_taken_again_and_not_the_others(bring, manager):
    bring(SENT)
    no_hours(manager)
    no_hours_of_no_kind(manager)
    report = bring(SENT, decisions={"heures.csv:2:annulation": "fichier"})
    assert sorted(MonthlyHours.objects.values_list("client_kind", flat=True)) == ["ENTREPRISE", "PUBLIC"]
    assert report.tallies["heures.csv"].counts() == {
        "read": 3,
        "added": 1,
        "changed": 0,
        "unchanged": 2,
        "refused": 0,
    }


def test_what_was_typed_again_since_is_asked_nothing(bring, manager):
    bring(SENT)
    no_pass(manager)
    person = Beneficiary.objects.get(last_name="Fictive")
    IaePass.objects.create(
        beneficiary=person, number="999990000001", starts_on="2026-02-02", ends_on="2028-02-01"
    )
    report = bring(SENT)
    assert report.changes == []
    assert IaePass.objects.count() == 1


def test_what_a_file_never_said_leaves_no_question(bring, manager, house):
    files = {name: SENT[name] for name in ("salaries.csv", "contrats.csv")}
    bring(files)
    stay = (
        Stay.objects.get(beneficiary__last_name="Modèle") if Stay.objects.count() > 1 else Stay.objects.get()
    )
    exit_ = Exit.objects.create(stay=stay, occurred_on="2026-11-25", motive="3")
    stay.ended_on = exit_.occurred_on
    stay.save()
    no_exit(manager)
    report = bring(SENT)
    assert [change for change in report.changes if change.file == "sorties.csv"] == []
    assert Exit.objects.count() == 1
