"""« Changer ses heures par avenant »: from the menu of a step to the renewal that goes on with them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from pathways.models import Contract, HoursAmendment, Stay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def contract(place) -> Contract:
    """Of Karim, under way, 26 hours a week."""
    found = Stay.objects.get(beneficiary=place.karim).contracts.get()
    found.started_on, found.planned_end_on = date(2026, 10, 1), date(2027, 3, 31)
    found.save()
    return found


def plain(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


def test_an_avenant_is_typed_said_and_carried_by_the_renewal(advisor, contract):
    person = reverse("web:person", args=[contract.stay.beneficiary_id])
    address = reverse("web:amendment_new", args=[contract.pk])
    assert address in plain(advisor.get(person))
    assert "Jusqu’ici : 26 h par semaine." in plain(advisor.get(address))

    answer = advisor.post(address, {"starts_on": "2026-12-01", "weekly_hours": "30,5"}, follow=True)
    assert "L’avenant est enregistré." in plain(answer)
    assert "Jusqu’ici : 26 h par semaine, puis 30,5 h dès le 1er décembre 2026." in plain(
        advisor.get(address)
    )
    renewal = reverse("web:contract_new", args=[contract.stay_id])
    form = advisor.get(f"{renewal}?prolonge={contract.pk}").context["form"]
    assert (form.initial["weekly_hours"], form.initial["started_on"]) == (Decimal("30.5"), date(2027, 4, 1))


def test_what_is_refused_keeps_what_was_typed(advisor, contract):
    address = reverse("web:amendment_new", args=[contract.pk])
    answer = advisor.post(address, {"starts_on": "2026-12-01", "weekly_hours": "12"})
    assert answer.status_code == 422
    assert "À partir du 1er décembre 2026, un CDD d’insertion compte au moins 20 heures" in plain(answer)
    assert 'value="12"' in plain(answer)
    outside = plain(advisor.post(address, {"starts_on": "01/10/2026", "weekly_hours": "30"}))
    assert "ici, entre le 2 octobre 2026 et le 31 mars 2027" in outside
    assert not HoursAmendment.objects.exists()


def test_what_was_typed_is_listed_and_taken_back(advisor, contract):
    row = HoursAmendment.objects.create(contract=contract, starts_on=date(2026, 12, 1), weekly_hours=30)
    typed = plain(advisor.get(reverse("web:typed", args=[contract.stay.beneficiary_id])))
    assert "Avenant : 30 h par semaine dès le 1er décembre 2026" in typed
    cancel = reverse("web:amendment_cancel", args=[row.pk])
    assert cancel in typed
    seen = advisor.get(cancel).context["form"]["version"].value()
    answer = advisor.post(cancel, {"reason": "AUTRE", "version": seen}, follow=True)
    assert answer.redirect_chain
    assert not HoursAmendment.objects.exists()
