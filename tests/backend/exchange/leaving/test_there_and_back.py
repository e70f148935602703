"""What a structure takes away comes back as it left: the same files, in a base that held nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backend.core.actor import Actor, Role
from backend.core.values.identifiers import clean_phone
from backend.demo.loading.territory import load_territory
from backend.demo.territory import demo_territory
from backend.exchange import registry
from backend.exchange.leaving.structure import leaving_layouts
from backend.exchange.models import CopyFormat
from backend.exchange.scope import OURS, OUT_OF_SCOPE
from backend.exchange.services import import_bundle
from backend.organisations.models import Organisation
from competences.services import ensure_referential
from pathways.models import Beneficiary
from tests.backend.exchange.import_jobs import brought, report_of
from tests.backend.exchange.leaving.taking import lines_of, opened, taken
from tests.backend.exchange.sheets import XLSX
from tests.backend.exchange.whole import empty_base
from tests.factories import TODAY, MembershipFactory, OrganisationFactory, actor_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("import_dir", "sent")]


@pytest.fixture
def place(request):
    """One structure of the demonstration, its telephones written as every form keeps them."""
    ensure_referential()
    load_territory([demo_territory(TODAY)])
    for person in Beneficiary.objects.exclude(phone=""):
        person.phone = clean_phone(person.phone)
        person.save(update_fields=["phone"])
    return Organisation.objects.get(external_id=request.param)


def moved(place: Organisation) -> Actor:
    """Who answers for the same structure, with the same team and number, and nothing else left anywhere."""
    team = [seat.user for seat in place.memberships.select_related("user")]
    empty_base()
    again = OrganisationFactory(pk=place.pk, kind=place.kind, name=place.name)
    for user in team:
        MembershipFactory(user=user, organisation=again, role=Role.ADVISOR)
    return actor_of(Role.MANAGER, again)


def of_people(content: bytes) -> dict[str, bytes]:
    """The files that a structure sends itself: what it is, and what it agreed with the State, is settled elsewhere."""
    return {name: text for name, text in opened(content).items() if name not in OUT_OF_SCOPE}


@pytest.mark.parametrize("place", ["aci", "ai"], indirect=True)
def test_a_structure_that_sends_back_what_it_took_away_finds_the_same_files(place, import_dir):
    """Byte for byte, people, ids and order included."""
    first = of_people(taken(actor_of(Role.MANAGER, place)))
    assert len(first) >= 7
    manager = moved(place)
    job = brought(manager, *(SimpleUploadedFile(name, text) for name, text in first.items()))
    assert [line for line in report_of(import_dir, job) if line["gravite"] == "refus"] == []
    second = of_people(taken(manager))
    assert second == first


@pytest.mark.parametrize("place", ["ei"], indirect=True)
def test_another_installation_takes_the_files_in_as_they_are(place, tmp_path):
    """Its operator brings the archive in, the structure and what it agreed with the State included."""
    first = taken(actor_of(Role.MANAGER, place))
    folder = tmp_path / "archive"
    folder.mkdir()
    for name, text in opened(first).items():
        (folder / name).write_bytes(text)
    empty_base()
    assert import_bundle(actor=Actor.operator(), folder=Path(folder)).faults == []
    again = Organisation.objects.get()
    second = taken(actor_of(Role.MANAGER, again))
    assert _under_the_ids_sent(lines_of(second)) == {
        name: _sorted(lines, name) for name, lines in lines_of(first).items()
    }


def _under_the_ids_sent(files):
    """Each id drawn here as the archive called it: ids that an operator brought are not the structure's own."""
    sent = {
        model: {f"{OURS}{row.pk}": row.external_id for row in model._default_manager.exclude(external_id="")}
        for model in registry.named_models()
    }
    found = {}
    for layout in leaving_layouts():
        for line in files.get(layout.name, []):
            for column in layout.columns:
                if column.refers_to in sent and line[column.name]:
                    line[column.name] = sent[column.refers_to][line[column.name]]
            found.setdefault(layout.name, []).append(line)
    return {
        name: _sorted([{**line, "auteur": ""} if "auteur" in line else line for line in lines], name)
        for name, lines in found.items()
    }


def _sorted(lines, name):
    said = [{**line, "auteur": ""} if name == "entretiens.csv" else line for line in lines]
    return sorted(said, key=lambda line: list(line.values()))


@pytest.mark.parametrize("place", ["lac"], indirect=True)
def test_the_workbook_sent_back_changes_nothing(place, import_dir):
    manager = actor_of(Role.MANAGER, place)
    book = taken(manager, format=CopyFormat.XLSX)
    job = brought(manager, SimpleUploadedFile("donnees.xlsx", book, content_type=XLSX))
    assert {file for file, said in job.counts.items() if said["read"] != said["unchanged"]} == set()
    assert [line for line in report_of(import_dir, job) if line["gravite"] == "refus"] == []


@pytest.mark.parametrize("place", ["lac"], indirect=True)
def test_what_a_structure_agreed_with_the_State_is_not_changed_by_its_archive(place, import_dir):
    manager = actor_of(Role.MANAGER, place)
    agreed = list(place.conventions.values_list("year", "fte"))
    files = opened(taken(manager))
    other = files["conventions.csv"].decode("utf-8-sig").splitlines()
    titles, said = other[0].split(";"), other[-1].split(";")
    said[titles.index("etp_conventionnes")] = "99"
    text = "\n".join([*other[:-1], ";".join(said)]).encode()
    job = brought(
        manager,
        SimpleUploadedFile("conventions.csv", text),
        SimpleUploadedFile("structures.csv", files["structures.csv"]),
    )
    (refused,) = [line for line in report_of(import_dir, job) if line["gravite"] == "refus"]
    assert (refused["fichier"], refused["ligne"]) == ("conventions.csv", str(len(other)))
    assert "Équipe" in refused["que_faire"]
    assert list(place.conventions.values_list("year", "fte")) == agreed
