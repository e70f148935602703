"""A row about somebody already followed waits for an answer: nobody is doubled by default, nobody is joined without one."""

from __future__ import annotations

from datetime import date

import pytest
from celery import current_app
from django.core.management import call_command

from backend.core.actor import Role
from backend.exchange import services
from backend.exchange.models import OtherId
from pathways.models import Beneficiary, Contract, Exit, MonthlyHours
from tests.backend.exchange.import_jobs import brought, checked, report_of, run
from tests.backend.exchange.sheets import workbook
from tests.backend.exchange.whole import write_bundle
from tests.factories import (
    BeneficiaryFactory,
    ContractFactory,
    MembershipFactory,
    OrganisationFactory,
    StayFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-27T10:00:00+01:00")]
BORN, BEGAN, TERM = date(1988, 5, 17), date(2026, 9, 1), date(2027, 2, 26)
HELD = "une personne déjà suivie porte ce nom et cette date de naissance : est-ce elle ?"


@pytest.fixture(autouse=True)
def import_dir(tmp_path, settings, monkeypatch):
    settings.IMPORT_DIR = tmp_path / "imports"
    monkeypatch.setattr(current_app, "send_task", lambda name, args: None)
    return settings.IMPORT_DIR


@pytest.fixture
def manager():
    return MembershipFactory(role=Role.MANAGER, organisation=OrganisationFactory(kind="ACI")).as_actor()


@pytest.fixture
def followed(manager):
    """Somebody welcomed on screen, with her contract."""
    return welcomed(manager.organisation_id)


def welcomed(place, last="Fictive", first="Solange", *, born=BORN, began=BEGAN, phone="", **more):
    person = BeneficiaryFactory(
        last_name=last, first_name=first, birth_date=born, external_id="", phone=phone, **more
    )
    stay = StayFactory(beneficiary=person, organisation_id=place, started_on=began)
    ContractFactory(stay=stay, kind="CDDI", started_on=began, planned_end_on=TERM, external_id="")
    return person


def sheet(*people, began=BEGAN, hours=True):
    """A workbook of these people, each with the same contract and its hours of a month."""
    lines = [[*line, *[None] * (5 - len(line))] for line in people]
    more = {}
    if hours:
        more["heures"] = [
            ["contrat_id", "mois", "heures"],
            *[[f"c{line[0]}", "2026-10", 100] for line in lines],
        ]
    return workbook(
        salaries=[["id", "nom", "prenom", "date_naissance", "telephone"], *lines],
        contrats=[
            ["id", "salarie_id", "type", "date_debut", "date_fin_prevue"],
            *[[f"c{line[0]}", line[0], "CDDI", began, TERM] for line in lines],
        ],
        **more,
    )


def decided(actor, file, **answers):
    """Checked, then confirmed with these answers: `_2="elle"` for line 2, `_="elle"` for all of them."""
    job = checked(actor, file)
    decisions = {f"salaries.csv:{name[1:]}:identite": said for name, said in answers.items()}
    services.confirm_import(actor=actor, job=job, decisions=decisions)
    return run(job)


def held(import_dir, job):
    return [row["ligne"] for row in report_of(import_dir, job) if row["probleme"] == HELD]


def figures():
    return (Beneficiary.objects.count(), Contract.objects.count(), MonthlyHours.objects.count())


def asked(job):
    return [each for each in services.changes(job) if each["column"] == "identite"]


WRITTEN = (
    ("Fictive", "Solange"),
    ("FICTIVE", "SOLANGE"),
    ("fictive", "solange"),
    ("Fictivé", "Solangé"),
    ("Solange", "Fictive"),
    (" Fictive ", " Solange "),
    ("Fictive", "Sol-ange"),
    ("Fic tive", "Solange"),
    ("de Fictive", "Solange"),
    ("Fictive née Modèle", "Solange"),
    ("Fictive", "Solangè"),
)


@pytest.mark.parametrize(("last", "first"), WRITTEN)
def test_however_her_name_is_written_the_row_waits_and_nothing_that_hangs_on_it_comes_in(
    manager, followed, import_dir, last, first
):
    before = figures()
    job = brought(manager, sheet(["S3", last, first, BORN]))
    assert (held(import_dir, job), figures()) == (["2"], before)
    counts = job.counts["salaries.csv"]
    assert (counts["read"], counts["refused"], counts["added"]) == (1, 1, 0)
    assert [(row["fichier"], row["probleme"]) for row in report_of(import_dir, job)][1:] == [
        ("contrats.csv", "sa ligne 2 de la feuille « salaries » est à corriger d’abord"),
        ("heures.csv", "sa ligne 2 de la feuille « contrats » est à corriger d’abord"),
    ]


OTHERS = (
    ("Fictive", "Solange", date(1988, 5, 18)),
    ("Fictive", "Solange", None),
    ("Fictive", "Karim", BORN),
    ("Inventé", "Solange", BORN),
    ("Fictif", "Simone", BORN),
    ("Modèle", "Amadou", BORN),
    ("Fictive", "S", BORN),
    ("Prétendu", "Solange", BORN),
    ("Fictive", "Sol", date(1990, 1, 1)),
    ("F", "Solange", BORN),
)


@pytest.mark.parametrize(("last", "first", "born"), OTHERS)
def test_anybody_else_comes_in_without_a_question(manager, followed, last, first, born):
    job = brought(manager, sheet(["S3", last, first, born]))
    assert (asked(job), Beneficiary.objects.count()) == ([], 2)


def test_a_name_one_letter_away_is_said_with_an_advice_that_can_be_followed(manager, followed, import_dir):
    job = checked(manager, sheet(["S3", "Fictiv", "Solange", BORN]))
    (told,) = [row for row in report_of(import_dir, job) if row["gravite"] == "avis"]
    assert told["probleme"] == "une personne déjà suivie porte un nom très proche et cette date de naissance"
    assert "écrivez son nom comme ici" in told["que_faire"]


def test_the_question_shows_both_and_what_makes_one_think_so(manager, followed):
    (question,) = asked(checked(manager, sheet(["S3", "FICTIVE", "Solange", BORN])))
    assert (question["sent"], question["here"]) == (
        "FICTIVE Solange, 17/05/1988",
        "Fictive Solange, 17/05/1988",
    )
    assert (question["known_as"], question["is_sure"]) == ([followed.pk], True)
    assert question["why"] == "même nom, même date de naissance, même contrat"


def test_it_is_her_her_contract_is_recognised_and_the_second_time_changes_nothing(manager, followed):
    decided(manager, sheet(["S3", "FICTIVE", "Solange", BORN]), _2="elle")
    followed.refresh_from_db()
    assert figures() == (1, 1, 1)
    assert followed.external_id == f"s{manager.organisation_id}:S3"
    again = brought(manager, sheet(["S3", "FICTIVE", "Solange", BORN]))
    assert (asked(again), figures()) == ([], (1, 1, 1))
    assert {counts["unchanged"] for counts in again.counts.values()} == {1}


def test_it_is_not_her_and_that_is_not_asked_again(manager, followed):
    other = sheet(["S3", "Fictive", "Solange", BORN])
    decided(manager, other, _2="autre")
    assert figures() == (2, 2, 1)
    again = brought(manager, sheet(["S3", "Fictive", "Solange", BORN]))
    assert (asked(again), figures()) == ([], (2, 2, 1))


def test_one_press_answers_the_sure_ones_only(manager):
    place = manager.organisation_id
    same_phone = welcomed(place, "Modèle", "Amadou", phone="0639980001", began=date(2026, 2, 2))
    same_contract = welcomed(place, "Fictive", "Solange")
    welcomed(place, "Inventé", "Karim", began=date(2026, 2, 2))
    file = sheet(
        ["1", "Modèle", "Amadou", BORN, "06 39 98 00 01"],
        ["2", "Fictive", "Solange", BORN],
        ["3", "Inventé", "Karim", BORN],
        hours=False,
    )
    job = decided(manager, file, _="elle")
    assert job.counts["salaries.csv"]["refused"] == 1
    assert Beneficiary.objects.count() == 3
    sent = Beneficiary.objects.exclude(external_id="")
    assert {row.pk for row in sent} == {same_phone.pk, same_contract.pk}


def test_of_two_people_of_that_name_the_one_it_is_is_named(manager, followed):
    second = welcomed(manager.organisation_id, began=date(2026, 3, 2))
    line = ["S3", "Fictive", "Solange", BORN]
    (question,) = asked(checked(manager, sheet(line)))
    assert (question["known_as"], question["is_sure"]) == ([followed.pk, second.pk], False)
    assert Beneficiary.objects.count() == 2
    decided(manager, sheet(line), _2="elle")
    assert not Beneficiary.objects.exclude(external_id="").exists()
    decided(manager, sheet(line), _2=f"passerelles-{second.pk}")
    second.refresh_from_db()
    assert second.external_id.endswith(":S3")


def test_the_answer_names_nobody_but_those_who_were_shown(manager, followed):
    stranger = welcomed(OrganisationFactory().pk, "Ailleurs", "Zoé")
    decided(manager, sheet(["S3", "Fictive", "Solange", BORN]), _2=f"passerelles-{stranger.pk}")
    stranger.refresh_from_db()
    assert (stranger.external_id, Beneficiary.objects.count()) == ("", 2)


def test_of_somebody_out_of_reach_nothing_is_said(manager, import_dir):
    welcomed(OrganisationFactory().pk)
    job = brought(manager, sheet(["S3", "Fictive", "Solange", BORN]))
    assert (asked(job), held(import_dir, job)) == ([], [])
    assert Beneficiary.objects.count() == 2


def test_homonyms_each_with_a_line_of_their_own_are_not_asked_about(manager, followed):
    decided(manager, sheet(["S3", "Fictive", "Solange", BORN]), _2="elle")
    job = brought(
        manager,
        sheet(["S3", "Fictive", "Solange", BORN], ["S4", "Fictive", "Solange", BORN], hours=False),
    )
    assert (asked(job), Beneficiary.objects.count()) == ([], 2)


def test_two_rows_that_are_both_her_make_one_person(manager, followed):
    file = sheet(["S3", "Fictive", "Solange", BORN], ["S4", "FICTIVE", "Solange", BORN], hours=False)
    decided(manager, file, _2="elle", _3="elle")
    assert Beneficiary.objects.count() == 1
    assert set(OtherId.objects.filter(kind="pathways.beneficiary").values_list("row_id", flat=True)) == {
        followed.pk
    }


def test_whom_another_sender_numbered_keeps_that_number_and_gains_this_one(manager, followed):
    Beneficiary.objects.update(external_id="p1")
    Contract.objects.update(external_id="c9")
    decided(manager, sheet(["S3", "Fictive", "Solange", BORN]), _2="elle")
    followed.refresh_from_db()
    assert (followed.external_id, figures()) == ("p1", (1, 1, 1))
    again = brought(manager, sheet(["S3", "Fictive", "Solange", BORN, "06 39 98 00 02"]))
    assert (asked(again), figures()) == ([], (1, 1, 1))
    followed.refresh_from_db()
    assert followed.phone == "0639980002"


def test_her_exit_comes_with_the_answer(manager, followed):
    def file():
        return workbook(
            salaries=[["id", "nom", "prenom", "date_naissance"], ["S3", "Fictive", "Solange", BORN]],
            sorties=[["salarie_id", "date_sortie", "motif"], ["S3", date(2026, 11, 20), "3"]],
        )

    brought(manager, file())
    assert not Exit.objects.exists()
    decided(manager, file(), _2="elle")
    assert Exit.objects.get().stay.beneficiary == followed


def test_two_contracts_typed_of_other_days_are_not_hers_to_recognise(manager, followed):
    decided(manager, sheet(["S3", "Fictive", "Solange", BORN], began=date(2026, 9, 2)), _2="elle")
    assert figures()[:2] == (1, 2)


def test_the_operator_answers_on_the_command_line(tmp_path, followed):
    line = {"id": "p1", "nom": "Fictive", "prenom": "Solange", "date_naissance": "1988-05-17"}
    folder = write_bundle(tmp_path, {"salaries.csv": [line]})
    with pytest.raises(SystemExit):
        call_command("import_bundle", folder, report=tmp_path / "rapport.csv")
    said = (tmp_path / "rapport.csv").read_text("utf-8-sig")
    assert "--decide salaries.csv:2:identite=elle" in said
    assert Beneficiary.objects.count() == 1
    call_command("import_bundle", folder, decide=["salaries.csv:2:identite=elle"])
    followed.refresh_from_db()
    assert (followed.external_id, Beneficiary.objects.count()) == ("p1", 1)


@pytest.mark.parametrize(
    "answer",
    ["salaries.csv:2:identite", "identite=elle", "salaries.csv:2:identite=oui", "a:b:c:d=elle", "=", ""],
)
def test_an_answer_that_is_none_is_refused_before_anything_is_read(tmp_path, followed, answer, capsys):
    folder = write_bundle(tmp_path, {"salaries.csv": [{"id": "p1", "nom": "Fictive", "prenom": "Solange"}]})
    with pytest.raises(SystemExit):
        call_command("import_bundle", folder, decide=[answer])
    assert "n’est pas une réponse" in "".join(capsys.readouterr())
    assert Beneficiary.objects.count() == 1
