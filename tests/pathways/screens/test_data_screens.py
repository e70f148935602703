"""« Mes données », « Données gardées »: one page to take, ask, answer, withdraw; and a word when a text says too much."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from backend.accounts.models import User
from backend.core.jobs import JobStatus
from employers.enums import ConsentDecision
from pathways.models import AccessCopy, Beneficiary, DataRequest, Interview, Retention
from pathways.services.privacy import copies
from tests.factories import (
    BeneficiaryAccessFactory,
    PassportFactory,
    ProfileConsentFactory,
    RetentionFactory,
)
from tests.signin import sign_in
from tests.worlds.accompanied import Accompanied
from tests.worlds.two_houses import API

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(settings, tmp_path, today, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(copies, "tagged_pdf", lambda page: page.encode())


@pytest.fixture
def here():
    return Accompanied.build()


@pytest.fixture
def oneself(here):
    return sign_in(Client(), BeneficiaryAccessFactory(beneficiary=here.person).user)


@pytest.fixture
def manager(here):
    return sign_in(Client(), User.objects.get(pk=here.manager.user_id))


@pytest.fixture
def referent(here):
    return sign_in(Client(), here.advisor_user)


def page_of(client, person) -> str:
    answer = client.get(reverse("web:data_kept", args=[person.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, route: str, pk: int, **answers):
    """Read the form, then send it filled in."""
    address = reverse(route, args=[pk])
    shown = client.get(address).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
    hidden |= dict(re.findall(r'name="(form_id|version)" value="([^"]*)"', shown))
    hidden.pop("csrfmiddlewaretoken", None)
    return client.post(address, {**hidden, **answers})


def test_the_person_asks_a_copy_and_takes_it(here, oneself, sent):
    assert "Préparer une copie" in page_of(oneself, here.person)
    oneself.post(reverse("web:data_copy_ask", args=[here.person.pk]))
    assert "en préparation" in page_of(oneself, here.person)
    copies.prepare_copy(job_id=str(AccessCopy.objects.get().pk))
    assert "Télécharger" in page_of(oneself, here.person)
    answer = oneself.get(reverse("web:data_copy", args=[AccessCopy.objects.get().pk]))
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "donnees.json" in archive.namelist()


def test_a_copy_is_for_whoever_asked_and_nobody_else(here, oneself, referent, sent):
    oneself.post(reverse("web:data_copy_ask", args=[here.person.pk]))
    job = AccessCopy.objects.get()
    copies.prepare_copy(job_id=str(job.pk))
    assert referent.get(reverse("web:data_copy", args=[job.pk])).status_code == 404


def test_whoever_lost_the_right_meanwhile_reads_why_no_copy_came_at_both_doors(here, referent, sent):
    referent.post(reverse("web:data_copy_ask", args=[here.person.pk]))
    job = AccessCopy.objects.get()
    here.stay.ended_on = date(2026, 11, 1)
    here.stay.save()
    copies.prepare_copy(job_id=str(job.pk))
    told = referent.get(f"{API}access-copies/{job.pk}/").json()
    assert (told["status"], told["is_available"]) == (JobStatus.FAILED, False)
    assert "Vos droits ont changé" in told["message"]
    assert told["message"] in page_of(referent, here.person)


def test_a_request_is_asked_answered_and_read(here, oneself, referent):
    send(oneself, "web:data_request_new", here.person.pk, kind="CORRECTION", words="Je suis née en mai.")
    assert "attend" in referent.get(reverse("web:person", args=[here.person.pk])).content.decode()
    assert "Je suis née en mai." in page_of(referent, here.person)
    row = DataRequest.objects.get()
    send(referent, "web:data_request_answer", row.pk, is_granted="non", answer="")
    assert DataRequest.objects.get().is_waiting
    send(
        referent, "web:data_request_answer", row.pk, is_granted="non", answer="La date est celle de la carte."
    )
    shown = page_of(oneself, here.person)
    assert "La date est celle de la carte." in shown
    assert "saisir la CNIL" in shown


def test_before_an_erasure_the_page_says_what_would_go_and_what_prevents_it(here, oneself, manager):
    send(oneself, "web:data_request_new", here.person.pk, kind="EFFACEMENT")
    row = DataRequest.objects.get()
    address = reverse("web:data_request_answer", args=[row.pk])
    shown = manager.get(address).content.decode()
    assert "encore accompagnée" in shown
    assert "passages en structure" in shown.lower()
    here.stay.ended_on = date(2026, 11, 20)
    here.stay.save()
    send(manager, "web:data_request_answer", row.pk, is_granted="oui")
    assert not Beneficiary.objects.filter(pk=here.stay.beneficiary_id).exists()


def test_a_limitation_is_said_on_the_persons_page_and_lifted_by_them(here, oneself, referent):
    send(oneself, "web:data_request_new", here.person.pk, kind="LIMITATION")
    row = DataRequest.objects.get()
    send(referent, "web:data_request_answer", row.pk, is_granted="oui")
    assert (
        "ne soient plus utilisées"
        in referent.get(reverse("web:person", args=[here.person.pk])).content.decode()
    )
    assert "Lever la limitation" in page_of(oneself, here.person)
    oneself.post(reverse("web:data_request_withdraw", args=[row.pk]))
    assert not DataRequest.objects.limiting().exists()


def test_every_agreement_stands_on_one_page_and_is_withdrawn_from_there(here, oneself):
    consent = ProfileConsentFactory(
        beneficiary=here.person, decision=ConsentDecision.GRANTED, ends_on=date(2027, 3, 1)
    )
    passport = PassportFactory(beneficiary=here.person)
    shown = page_of(oneself, here.person)
    for told in (
        "Montrer un profil sans nom",
        consent.employer.name,
        "Faire vérifier un passeport",
        "Lire son propre parcours",
    ):
        assert told in shown
    oneself.post(reverse("web:consent_withdraw", args=[consent.pk]))
    oneself.post(reverse("web:passport_withdraw", args=[passport.pk]))
    after = page_of(oneself, here.person)
    assert "retiré" in after
    assert reverse("web:consent_withdraw", args=[consent.pk]) not in after
    assert reverse("web:passport_withdraw", args=[passport.pk]) not in after


def test_an_exception_is_written_by_the_manager_and_read_by_the_person(here, oneself, manager, referent):
    RetentionFactory(beneficiary=here.person)
    assert "Effacement prévu le" in page_of(oneself, here.person)
    assert "Garder plus longtemps" not in page_of(referent, here.person)
    send(
        manager,
        "web:data_keep",
        here.person.pk,
        kept_until="2027-05-03",
        kept_because="Un contentieux inventé.",
    )
    assert Retention.objects.get().erases_on is None
    assert "Un contentieux inventé." in page_of(oneself, here.person)


def test_SEC_44_a_text_that_says_too_much_is_kept_and_said(here, referent):
    answer = send(
        referent, "web:follow_up_new", here.person.pk,
        kind="SUIVI", mode="PRESENTIEL", topics="EMPLOI", happened_at="2026-11-22T09:30", synthesis="Il est diabétique.",
    )  # fmt: skip
    assert str(Interview.objects.get().synthesis) == "Il est diabétique."
    assert "la santé" in referent.get(answer["Location"]).content.decode()
    answer = send(
        referent, "web:follow_up_new", here.person.pk,
        kind="SUIVI", mode="PRESENTIEL", topics="EMPLOI", happened_at="2026-11-22T09:30", synthesis="Il a planté deux cents poireaux.",
    )  # fmt: skip
    assert "ne s’écrit pas ici" not in referent.get(answer["Location"]).content.decode()


def test_as_many_questions_for_many_agreements_as_for_one(here, oneself, django_assert_max_num_queries):
    for _ in range(10):
        ProfileConsentFactory(beneficiary=here.person)
        PassportFactory(beneficiary=here.person)
    with django_assert_max_num_queries(75):
        page_of(oneself, here.person)
