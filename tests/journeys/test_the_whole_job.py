"""The main job from end to end, in a real browser: from an empty installation to the figures of December."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from backend.accounts.models import User
from backend.accounts.second_factor import next_code
from backend.core.actor import Role
from backend.organisations.models import Membership, Organisation
from competences.models import Competence
from competences.services import ensure_referential
from employers.models import Employer, JobProposal, Placement, PostHireFollowUp, ProfileConsent, TaskAnalysis
from pathways.models import Beneficiary, Exit, Interview
from tests.chromium import Visitor
from tests.committing import committing
from tests.conftest import ROOT
from tests.letters import letters

pytestmark = [pytest.mark.browser, committing]
PASSWORD = "une-phrase-inventee-et-longue"


@pytest.fixture
def stage(browser, live_server, tmp_path):
    """The installation before anybody came in: tables and our starter referential."""
    ensure_referential()
    return Stage(browser, live_server.url, tmp_path)


class Stage:
    """The story, act by act; each act leaves what the next one needs."""

    def __init__(self, browser, base: str, folder: Path) -> None:
        self.browser, self.base, self.folder = browser, base, folder
        self.visitors: list[Visitor] = []

    def sit(self, email: str, role: Role | None = None):
        """A page of somebody signed in, in the seat of this role."""
        user = User.objects.get(email=email)
        seat = Membership.objects.get(user=user, role=role).seat_key if role else None
        visitor = Visitor(self.browser, self.base, user, seat=seat)
        self.visitors.append(visitor)
        return visitor.context().new_page()

    def accept_invitation(self, email: str) -> None:
        """Open the link received, choose a password, set up the second factor."""
        letter = next(message for message in reversed(letters()) if message.to == [email])
        link = re.search(r"https?://[^\s/]+(/\S+)", letter.body)
        page = self.browser.new_context(base_url=self.base, locale="fr-FR").new_page()
        page.goto(link[1])
        fill(
            page,
            first_name="Odile" if "odile" in email else "Marc",
            last_name="Exemple",
            password=PASSWORD,
            again=PASSWORD,
        )
        send(page)
        if page.url.endswith(reverse("account_login")):
            fill(page, login=email, password=PASSWORD)
            send(page)
        page.get_by_label("Code à six chiffres").fill(next_code(page.locator("code").inner_text()))
        page.get_by_role("button", name="Activer").click()
        page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")
        page.context.close()


def fill(page, **values: str) -> None:
    """Fill the named inputs of the page; tick chips and choose in lists by value."""
    for name, value in values.items():
        field = page.locator(f"main [name={name}]")
        if field.first.get_attribute("type") in {"radio", "checkbox"}:
            chip = page.locator(f"main [name={name}][value='{value}']")
            chip.evaluate("input => { input.checked = true }")
        elif field.first.evaluate("input => input.tagName") == "SELECT":
            field.first.evaluate("(select, value) => { select.value = value }", value)
        else:
            field.first.evaluate(
                "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', {bubbles: true})) }",
                value,
            )


def send(page, button: str | None = None) -> None:
    """Send the form of the page and wait for what follows."""
    where = page.locator("main form[method=post]").last
    pressed = (
        where.get_by_role("button", name=button) if button else where.locator("button.btn-primary").first
    )
    with page.expect_navigation():
        pressed.click()
    assert page.locator(".field-error, [role=alert]").count() == 0, page.locator("main").inner_text()


def test_the_whole_job(stage):
    act_1_the_manager_opens_the_group_invites_the_team_and_brings_the_people(stage)
    act_2_the_advisor_records_an_interview_a_frein_that_eases_and_an_action(stage)
    act_3_the_supervisor_ticks_what_was_seen_and_a_vae_is_prepared(stage)
    act_4_tasks_become_a_shared_job_and_two_people_agree_to_be_shown(stage)
    act_5_the_hire_closes_the_stay_and_opens_six_months_of_support(stage)
    act_6_the_manager_reads_mends_and_exports_the_exits(stage)
    for visitor in stage.visitors:
        assert visitor.elsewhere == []
        assert visitor.complaints == []


def act_1_the_manager_opens_the_group_invites_the_team_and_brings_the_people(stage):
    call_command(
        "open_structure", "Chantier des Rives", kind="ACI", email="helene@example.org", site=stage.base
    )
    stage.accept_invitation("helene@example.org")
    page = stage.sit("helene@example.org", Role.MANAGER)
    page.goto(reverse("web:team_group_new"))
    fill(page, name="Groupe des Trois Vallées")
    send(page)
    head = stage.sit("helene@example.org", Role.GROUP_HEAD)
    head.goto(reverse("web:team_structure_new"))
    fill(head, name="Coup de main", kind="AI")
    send(head)
    assert Organisation.objects.filter(belongings__group__name="Groupe des Trois Vallées").count() == 2
    for email, role in (("odile@example.org", Role.ADVISOR), ("marc@example.org", Role.SUPERVISOR)):
        page = stage.sit("helene@example.org", Role.MANAGER)
        page.goto(reverse("web:team_invite"))
        fill(page, email=email, role=role.value)
        send(page)
        stage.accept_invitation(email)
    _bring_people(stage)


def _bring_people(stage) -> None:
    """The spreadsheets the structure already had: three people at work, two who left, one of them without motive."""
    page = stage.sit("helene@example.org", Role.MANAGER)
    page.goto(reverse("web:imports"))
    page.get_by_label("Vos fichiers", exact=True).set_input_files(_spreadsheets(stage.folder))
    page.get_by_role("button", name="Vérifier").click()
    with _worker():
        page.get_by_text("Aucune ligne n’est à corriger.").wait_for(timeout=90_000)
        assert not Beneficiary.objects.exists()
        page.get_by_role("button", name="Importer").click()
        page.get_by_role("link", name="Voir les personnes").click(timeout=90_000)
    page.get_by_role("link", name="Solange Fictive", exact=True).wait_for()
    assert Beneficiary.objects.count() == 5


def _sent(number: str) -> Beneficiary:
    """The person the spreadsheets call by this number."""
    return Beneficiary.objects.get(external_id__endswith=f":{number}")


def _spreadsheets(folder: Path) -> list[Path]:
    year = timezone.localdate().year
    people = ["p1;Fictive;Solange", "p2;Inventé;Karim", "p3;Modèle;Lina", "p4;Songe;Paul", "p5;Exemple;Théo"]
    contracts = [f"c{n};p{n};CDDI;{year - 1}-09-01;{year + 1}-08-31;;26;K2204" for n in (1, 2, 3)]
    contracts += [f"c{n};p{n};CDDI;{year - 1}-03-01;{year}-01-31;{year}-01-31;26;K2204" for n in (4, 5)]
    sheets = {
        "salaries": ["id;nom;prenom", *people],
        "contrats": [
            "id;salarie_id;type;date_debut;date_fin_prevue;date_fin;heures_hebdo;code_rome",
            *contracts,
        ],
        "heures": ["contrat_id;mois;heures", *(f"c{n};{year}-01;104" for n in range(1, 6))],
        "sorties": ["salarie_id;date_sortie;motif", f"p4;{year}-01-31;7"],
        "sorties_sans_motif": ["salarie_id;date_sortie", f"p5;{year}-01-31"],
    }
    files = []
    for name, lines in sheets.items():
        files.append(folder / f"{name}.csv")
        files[-1].write_text("\n".join(lines) + "\n")
    return files


def act_2_the_advisor_records_an_interview_a_frein_that_eases_and_an_action(stage):
    solange = _sent("p1")
    page = stage.sit("odile@example.org")
    page.goto(reverse("web:day"))
    page.get_by_role("heading", name="À ne pas laisser filer").wait_for()
    page.goto(reverse("web:person", args=[solange.pk]))
    page.get_by_role("link", name="Noter un suivi").first.wait_for()
    page.goto(reverse("web:follow_up_new", args=[solange.pk]))
    fill(
        page,
        mode="PRESENTIEL",
        topics="MOBILITE",
        synthesis="Le permis avance, Solange vient en bus.",
        private_note="À revoir avec calme.",
        next_action="Appeler l’auto-école",
        next_action_due_on=str(timezone.localdate()),
        frein_MOBILITE="1",
    )
    send(page)
    page.get_by_text("Le permis avance").first.wait_for()
    page.get_by_text("Appeler l’auto-école").first.wait_for()
    assert Interview.objects.get().private_note.text == "À revoir avec calme."


def act_3_the_supervisor_ticks_what_was_seen_and_a_vae_is_prepared(stage):
    page = stage.sit("marc@example.org")
    for key in ("p1", "p2", "p3"):
        person = _sent(key)
        page.goto(reverse("web:observe_person", args=[person.pk]))
        page.get_by_role("button", name="En autonomie").first.click()
        page.get_by_text("Enregistré aujourd’hui : en autonomie").wait_for()
    advisor = stage.sit("odile@example.org")
    solange = _sent("p1")
    advisor.goto(reverse("web:vae_new", args=[solange.pk]))
    fill(advisor, certification="Titre inventé d’agent de propreté")
    send(advisor)
    advisor.get_by_text("Titre inventé d’agent de propreté").first.wait_for()
    advisor.goto(reverse("web:person", args=[solange.pk]))
    advisor.get_by_text("en autonomie").first.wait_for()


def act_4_tasks_become_a_shared_job_and_two_people_agree_to_be_shown(stage):
    page = stage.sit("odile@example.org")
    seen = Competence.objects.filter(assessments__isnull=False).distinct().first()
    for name, task in (
        ("Brioches du Val", "Nettoyer le fournil"),
        ("Cantine de Belval", "Nettoyer la salle"),
    ):
        page.goto(reverse("web:employer_new"))
        fill(page, name=name)
        send(page)
        employer = Employer.objects.get(name=name)
        page.goto(reverse("web:establishment_new", args=[employer.pk]))
        fill(page, name=f"Atelier {name}")
        send(page)
        page.goto(reverse("web:analysis_new", args=[employer.establishments.get().pk]))
        fill(page, title=f"Une journée : {name}")
        send(page)
        analysis = TaskAnalysis.objects.get(establishment__employer=employer)
        page.goto(reverse("web:task_new", args=[analysis.pk]))
        fill(page, weekly_hours="11", name=task, family="hygiene", competence_0=seen.label)
        send(page)
        page.goto(reverse("web:analysis", args=[analysis.pk]))
        page.get_by_role("button", name=re.compile("Restituer")).first.click()
        page.wait_for_load_state()
    page.goto(reverse("web:proposal_new"))
    fill(page, title="Aide de production et de cantine")
    for box in page.locator("main input[name=tasks]").all():
        box.evaluate("input => { input.checked = true }")
    send(page)
    proposal = JobProposal.objects.get()
    assert proposal.employers.count() == 2
    page.goto(reverse("web:proposal", args=[proposal.pk]))
    page.get_by_text("22 h").first.wait_for()
    boxes = page.locator("main input[name=people]")
    assert boxes.count() == 3
    for box in boxes.all():
        box.evaluate("input => { input.checked = true }")
    page.get_by_role("button", name=re.compile("Demander")).click()
    page.wait_for_load_state()
    _write_answers(page, proposal)
    _the_employer_meets_one(stage)


def _write_answers(page, proposal) -> None:
    """Two say yes, one says no; the advisor writes it down with them."""
    for consent in ProfileConsent.objects.filter(proposal=proposal).order_by("pk"):
        says_no = consent.beneficiary == _sent("p3")
        page.goto(reverse("web:consent_answer", args=[consent.pk]))
        field = page.locator("main [name]:is([type=radio], button)").filter(visible=True)
        assert field.count() or page.locator("main input[type=radio]").count()
        value = page.locator("main input[type=radio]").evaluate_all(
            "all => all.map(each => [each.name, each.value])"
        )
        name, answer = value[1] if says_no else value[0]
        fill(page, **{name: answer})
        send(page)
    granted = ProfileConsent.objects.filter(decision="ACCORDE")
    assert granted.values("beneficiary").distinct().count() == 2


def _the_employer_meets_one(stage) -> None:
    page = stage.sit("odile@example.org")
    page.goto(reverse("web:employer_access_new", args=[Employer.objects.get(name="Brioches du Val").pk]))
    fill(page, email="contact@brioches.example")
    send(page)
    stage.accept_invitation("contact@brioches.example")
    page = stage.sit("contact@brioches.example")
    page.goto(reverse("web:my_needs"))
    assert page.get_by_role("heading", name=re.compile("^Profil ")).count() == 2
    text = page.locator("main").inner_text()
    assert not [name for name in ("Fictive", "Solange", "Inventé", "Karim", "Modèle", "Lina") if name in text]
    page.get_by_role("button", name=re.compile("^Rencontrer")).first.click()
    page.get_by_text("Vous souhaitez la rencontrer").wait_for()


def act_5_the_hire_closes_the_stay_and_opens_six_months_of_support(stage):
    met = ProfileConsent.objects.get(employer_answer="RENCONTRER")
    stay = met.beneficiary.stays.get()
    page = stage.sit("odile@example.org")
    page.goto(reverse("web:hire", args=[stay.pk]))
    fill(page, employer=str(met.employer_id), kind="CDD", months="7", started_on=str(timezone.localdate()))
    send(page)
    exit_ = Exit.objects.get(stay=stay)
    assert (exit_.motive, exit_.contract_months, exit_.employer_name) == ("9", 7, "Brioches du Val")
    assert Placement.objects.get().exit == exit_
    assert list(PostHireFollowUp.objects.values_list("milestone", flat=True)) == ["J7", "M1", "M3", "M6"]
    page.goto(reverse("web:person", args=[met.beneficiary_id]))
    page.get_by_text("Brioches du Val").filter(visible=True).first.wait_for()


def act_6_the_manager_reads_mends_and_exports_the_exits(stage):
    page = stage.sit("helene@example.org", Role.MANAGER)
    page.goto(reverse("web:exits"))
    # One hire of seven months, one person unemployed: 1 of 2; the exit without motive is not counted yet.
    page.get_by_text("50 %").filter(visible=True).first.wait_for()
    page.get_by_text("motif manquant").filter(visible=True).first.wait_for()
    theo = Exit.objects.get(stay__beneficiary=_sent("p5"))
    page.goto(reverse("web:exit_edit", args=[theo.stay_id]))
    fill(page, motive="5")
    send(page)
    page.goto(reverse("web:exits"))
    page.get_by_text("66,7 %").filter(visible=True).first.wait_for()
    with _worker():
        page.get_by_role("button", name="Exporter (Excel)").click()
        page.get_by_role("link", name=re.compile("Télécharger")).wait_for(timeout=90_000)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Télécharger")).click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    listed = max(book.worksheets, key=lambda sheet: sheet.max_column)
    assert listed.max_row == 1 + Exit.objects.count()


@contextmanager
def _worker():
    """A real background worker on the same base and folders."""
    address = f"sqlite:///{connection.settings_dict['NAME']}"
    if connection.vendor != "sqlite":
        address = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{connection.settings_dict['NAME']}"
    environment = {**os.environ, "DATABASE_URL": address, "DATA_DIR": str(settings.DATA_DIR)}
    environment["DJANGO_SETTINGS_MODULE"] = "backend.settings.testing"
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "backend.celery",
        "worker",
        "--pool",
        "solo",
        "--loglevel",
        "ERROR",
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
