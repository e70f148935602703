"""What a person has of a certification, within what each role reads; the page, the paper, the zip, the API."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pikepdf
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.actor import Role
from competences.enums import Level, ProofStatus, VaeStepKind
from competences.selectors.certifications.coverage import covered, nearest, unread_of_the_trades
from competences.services import move_vae, plan_vae
from competences.services.certifications.paper import coverage_document
from tests.factories import (
    AssessmentFactory,
    BlocFactory,
    BlocLineFactory,
    CertificationFactory,
    CompetenceFactory,
    ContractFactory,
    MembershipFactory,
    OccupationCompetenceFactory,
    OccupationFactory,
    OrganisationFactory,
    StayFactory,
    actor_of,
    stored_on,
)
from tests.queries import statements_of
from tests.signin import sign_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def house():
    return OrganisationFactory()


@pytest.fixture
def stay(house):
    return StayFactory(organisation=house)


@pytest.fixture
def person(stay):
    return stay.beneficiary


@pytest.fixture
def manager(house):
    return actor_of(Role.MANAGER, house)


@pytest.fixture
def phare():
    """Two blocs of two lines, each shown by a competence of its own; the competences in this order."""
    certification = CertificationFactory(label="Veilleur de phare", code="RNCP90001")
    gestures = [CompetenceFactory(label=f"Geste de phare {rank}") for rank in range(4)]
    for rank in range(2):
        bloc = BlocFactory(certification=certification, code=f"RNCP90001BC0{rank + 1}", label=f"Bloc {rank}")
        for step in range(2):
            line = BlocLineFactory(bloc=bloc, position=step + 1, text=f"Ligne {rank}{step}")
            line.matches.create(competence=gestures[2 * rank + step])
    return certification, gestures


def saw(person, competence, **said):
    return AssessmentFactory(beneficiary=person, competence=competence, **said)


def test_each_status_stays_apart_with_its_evidence(phare, person, manager):
    certification, gestures = phare
    seen = saw(person, gestures[0])
    saw(person, gestures[0], status=ProofStatus.DECLARED, level=Level.TEACHES)
    saw(person, gestures[1], level=Level.WITH_HELP)
    saw(person, gestures[2], status=ProofStatus.DECLARED)
    read = covered(manager, person, certification, today=TODAY)
    first, second = read.blocs
    assert first.by_status == [("Déclarée", 1), ("Observée", 1), ("Reconnue", 0), ("Certifiée", 0)]
    assert second.by_status == [("Déclarée", 1), ("Observée", 0), ("Reconnue", 0), ("Certifiée", 0)]
    assert (read.proved, read.read.remaining) == (1, 3)
    assert first.lines[0].evidence[0][0] == seen
    assert first.lines[1].read.is_on_the_way
    assert second.lines[0].read.is_declared_only


def test_a_newer_reading_of_the_same_status_is_what_counts(phare, person, manager):
    certification, gestures = phare
    saw(person, gestures[0], assessed_on=date(2026, 1, 5))
    saw(person, gestures[0], assessed_on=date(2026, 2, 5), level=Level.WITH_HELP)
    assert covered(manager, person, certification, today=TODAY).proved == 0


def test_a_partial_result_certifies_its_blocs_for_ever(phare, person, manager):
    certification, _ = phare
    project = plan_vae(
        actor=manager, beneficiary=person, certification="Phare", on=date(2026, 1, 5), has_agreed=True,
        reference=certification, channel="DIRECT",
    )  # fmt: skip
    kinds = VaeStepKind
    for kind, day in (
        (kinds.FEASIBILITY_SENT, date(2026, 2, 2)), (kinds.COMPLETE, date(2026, 2, 9)),
        (kinds.ADMISSIBLE, date(2026, 3, 9)), (kinds.VALIDATION_SENT, date(2026, 6, 1)),
    ):  # fmt: skip
        project, _ = move_vae(actor=manager, project=project, version=project.version, kind=kind, on=day)
    project, _ = move_vae(
        actor=manager, project=project, version=project.version, kind=kinds.JURY, on=date(2026, 7, 1),
        jury_on=date(2026, 8, 3),
    )  # fmt: skip
    assert covered(manager, person, certification, today=TODAY).proved == 0
    move_vae(
        actor=manager, project=project, version=project.version, kind=kinds.PARTIAL, on=date(2026, 8, 10),
        blocs="BC02",
    )  # fmt: skip
    first, second = covered(manager, person, certification, today=TODAY).blocs
    assert (first.read.is_obtained, second.read.is_obtained) == (False, True)
    assert (second.by_status[3], second.read.missing) == (("Certifiée", 2), ())


def test_what_is_missing_says_where_it_could_be_shown(phare, person, stay, house, manager):
    certification, gestures = phare
    trades = [
        OccupationFactory(rome_code=code, label=f"Métier {code}") for code in ("X0001", "X0002", "X0003")
    ]
    ContractFactory(stay=stay, rome_code="X0001")
    ContractFactory(stay=StayFactory(organisation=house), rome_code="X0002")
    for gesture, trade in zip(gestures, trades, strict=False):
        OccupationCompetenceFactory(competence=gesture, occupation=trade)
    first, second = covered(manager, person, certification, today=TODAY).blocs
    assert first.lines[0].own == ("Métier X0001",)
    assert first.lines[1].near == ("Métier X0002",)
    assert (second.lines[0].elsewhere, second.lines[0].places.is_training) == (("Métier X0003",), True)
    assert second.lines[1].places.is_training


def test_the_nearest_come_first_and_say_what_remains(phare, person, stay, manager):
    certification, gestures = phare
    for gesture in gestures[:3]:
        saw(person, gesture)
    other = CertificationFactory(label="Souffleur")
    for gesture in (gestures[0], CompetenceFactory()):
        BlocLineFactory(bloc=BlocFactory(certification=other)).matches.create(competence=gesture)
    found = nearest(manager, person, today=TODAY)
    assert [(each.certification, each.proved, each.read.remaining) for each in found] == [
        (certification, 3, 1), (other, 1, 1),
    ]  # fmt: skip
    unread = CertificationFactory(label="De son métier")
    unread.trades.create(rome_code="X0001")
    ContractFactory(stay=stay, rome_code="X0001")
    assert unread_of_the_trades(manager, person) == [unread]


def test_questions_do_not_grow_with_lines(phare, person, manager):
    certification, gestures = phare
    saw(person, gestures[0])
    few = len(statements_of(lambda: covered(manager, person, certification, today=TODAY)))
    for _ in range(10):
        gesture = CompetenceFactory()
        saw(person, gesture)
        BlocLineFactory(bloc=BlocFactory(certification=certification)).matches.create(competence=gesture)
    many = len(statements_of(lambda: covered(manager, person, certification, today=TODAY)))
    assert many == few


def client_of(role, house, **seat):
    client = Client()
    sign_in(client, MembershipFactory(role=role, organisation=house, **seat).user)
    return client


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR])
def test_the_pages_of_a_person_say_it(phare, person, house, role):
    certification, gestures = phare
    saw(person, gestures[0])
    client = client_of(role, house)
    page = client.get(reverse("web:feasibility", args=[person.pk])).content.decode()
    assert "1 sur 4" in page
    page = client.get(reverse("web:coverage", args=[person.pk, certification.pk])).content.decode()
    assert "1 sur 2" in page
    assert "À montrer" in page


def test_somebody_else_s_person_is_not_there(phare, house):
    client = client_of(Role.MANAGER, OrganisationFactory())
    stranger = StayFactory(organisation=house).beneficiary
    for name, more in (
        ("web:feasibility", ()),
        *((f"web:coverage{end}", (phare[0].pk,)) for end in ("", "_pdf", "_file")),
    ):
        assert client.get(reverse(name, args=[stranger.pk, *more])).status_code == 404


def test_the_paper_is_tagged_and_says_who_saw(phare, person, manager):
    certification, gestures = phare
    saw(person, gestures[0], observer_name="Gardien Inventé")
    made = coverage_document(person, covered(manager, person, certification, today=TODAY))
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "fr"


def test_the_file_assembles_the_evidence_this_reader_may_open(phare, person, house):
    certification, gestures = phare
    reading = saw(person, gestures[0], observer_name="=Gardien")
    stored_on(reading)
    answer = client_of(Role.MANAGER, house).get(
        reverse("web:coverage_file", args=[person.pk, certification.pk])
    )
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert {"a-lire.md", "index.csv", "couverture.pdf"} <= set(names)
        [proof] = [name for name in names if name.startswith("preuves/")]
        assert archive.read(proof)
        rows = list(csv.reader(io.StringIO(archive.read("index.csv").decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:3] == ["RNCP90001BC01", "Ligne 00", "Observée"]
    assert rows[1][5] == "'=Gardien"
    assert rows[1][7] == proof
    assert [row[2] for row in rows[2:]] == ["à montrer"] * 3
    assert Entry.objects.filter(action="file.read").count() == 1
    assert Entry.objects.filter(action="coverage.read").count() == 1


def test_the_api_says_the_same(phare, person, house):
    certification, gestures = phare
    saw(person, gestures[0])
    client = client_of(Role.MANAGER, house)
    address = f"/api/v1/certifications/{certification.pk}/coverage/?beneficiary={person.pk}"
    told = client.get(address).json()
    assert (told["asked"], told["proved"], told["remaining"]) == (4, 1, 3)
    assert told["blocs"][0]["by_status"] == {"DECLAREE": 0, "OBSERVEE": 1, "RECONNUE": 0, "CERTIFIEE": 0}
    assert told["blocs"][0]["lines"][0]["statuses"] == ["OBSERVEE"]
    nearest_one = client.get(f"/api/v1/certifications/nearest/?beneficiary={person.pk}").json()
    assert [each["certification"] for each in nearest_one] == [certification.pk]
    assert client.get(f"/api/v1/certifications/nearest/?beneficiary={10**9}").status_code == 404
    assert client_of(Role.MANAGER, OrganisationFactory()).get(address).status_code == 404


def test_a_vae_is_prepared_from_the_page_and_a_jury_s_blocs_are_ticked(phare, person, house):
    certification, _ = phare
    client = client_of(Role.MANAGER, house)
    page = client.get(f"{reverse('web:vae_new', args=[person.pk])}?certification={certification.pk}")
    assert "RNCP90001" in page.content.decode()
    said = {"certification": "Phare, en mots libres", "reference": "RNCP90001", "scope": "TOTALE",
            "channel": "DIRECT", "on": "2026-11-02", "has_agreed": "on"}  # fmt: skip
    client.post(reverse("web:vae_new", args=[person.pk]), said)
    project = person.vae_projects.get()
    assert (project.certification, project.reference) == ("Phare, en mots libres", certification)
    page = client.get(
        f"{reverse('web:vae_move', args=[project.pk])}?etape=VALIDATION_PARTIELLE"
    ).content.decode()
    assert 'value="BC02"' in page
    wrong = client.post(reverse("web:vae_new", args=[person.pk]), {**said, "reference": "RNCP1"})
    assert wrong.status_code == 422
    assert "pas connue ici" in wrong.content.decode()
