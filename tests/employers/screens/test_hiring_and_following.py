"""A hire closes and opens what it must; the follow-ups after it are written, even without news."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from employers.models import Placement, PostHireFollowUp
from pathways.models import Stay
from tests.pages import text_of


def test_a_hire_shows_what_it_closed_and_opened(team, job, able, employer):
    stay = able("Solange")
    url = f"{reverse('web:hire', args=[stay.pk])}?proposition={job.pk}"
    assert team.get(url).context["form"].initial["employer"] == employer.pk

    sent = {"employer": employer.pk, "kind": "CDD", "months": "7", "started_on": "2026-11-20"}
    hired = team.post(url, sent)
    placement = Placement.objects.get()
    assert hired.url == reverse("web:placement", args=[placement.pk])
    page = text_of(team.get(hired.url))
    for words in ("Chantier des Rives", "6 mois et plus", "Premier appel", "pourvue"):
        assert words in page
    assert Stay.objects.get(pk=stay.pk).ended_on == date(2026, 11, 20)


def test_a_hire_that_makes_no_sense_keeps_what_was_typed(team, job, able, employer):
    stay = able("Solange")
    refused = team.post(
        reverse("web:hire", args=[stay.pk]),
        {"employer": employer.pk, "kind": "CDD", "started_on": "2026-11-20"},
    )
    assert refused.status_code == 422
    assert "Indiquez la durée du contrat" in text_of(refused)
    assert Stay.objects.get(pk=stay.pk).ended_on is None


def test_the_unreachable_are_recorded(team, follow_up):
    url = reverse("web:post_hire", args=[follow_up.pk])
    assert team.get(url).status_code == 200
    assert team.post(url, {"on": "2026-11-22"}).status_code == 422
    team.post(url, {"situation": "INJOIGNABLE", "on": "2026-11-22", "note": "Deux appels."})

    assert PostHireFollowUp.objects.get(pk=follow_up.pk).situation == "INJOIGNABLE"
    done = team.get(url, follow=True)
    assert "Deux appels." in text_of(done)
