"""« Mes données » in a real browser: the person on a phone asks, the manager answers; each page fits, in both themes."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from backend.accounts.models import User
from employers.enums import ConsentDecision
from pathways.models import DataRequest
from tests.chromium import Visitor, browser, faults_of, picture, trail_can_be_emptied, walk  # noqa: F401
from tests.committing import committing
from tests.factories import (
    BeneficiaryAccessFactory,
    DataRequestFactory,
    PassportFactory,
    ProfileConsentFactory,
    RetentionFactory,
)
from tests.worlds.accompanied import Accompanied

pytestmark = [pytest.mark.browser, committing]
PHONE = 360


def test_the_person_asks_the_manager_answers_and_every_page_fits(browser, live_server):  # noqa: F811
    here = Accompanied.build()
    access = BeneficiaryAccessFactory(beneficiary=here.person)
    ProfileConsentFactory(beneficiary=here.person, decision=ConsentDecision.GRANTED, ends_on=date(2099, 3, 1))
    PassportFactory(beneficiary=here.person)
    RetentionFactory(beneficiary=here.person)
    erasure = DataRequestFactory(beneficiary=here.person, organisation=here.structure, kind="EFFACEMENT")
    kept = reverse("web:data_kept", args=[here.person.pk])

    oneself = Visitor(browser, live_server.url, access.user)
    page = oneself.context(PHONE).new_page()
    page.goto(reverse("web:my_pathway"))
    page.get_by_role("link", name="Mes données").click()
    page.wait_for_url(f"**{kept}")
    page.get_by_role("link", name="Faire une demande").first.click()
    form = page.locator("#sheet-content form")
    form.wait_for()
    form.locator('[name="kind"][value="LIMITATION"]').check(force=True)
    form.locator('[name="words"]').fill("Le temps de retrouver mon certificat.")
    picture(page, "demande-360")
    with page.expect_navigation():
        form.locator('button[type="submit"]').last.click()
    assert "Le temps de retrouver mon certificat." in page.inner_text("body")
    page.get_by_role("button", name="Retirer la demande").first.click()
    page.wait_for_load_state()
    assert DataRequest.objects.filter(status="RETIREE").count() == 1
    page.get_by_role("button", name="Préparer une copie").click()
    page.wait_for_load_state()
    assert "Demandée le" in page.inner_text("body")
    assert faults_of(page) == []
    page.locator("details summary").first.click()
    picture(page, "mes-donnees-360")

    manager = Visitor(browser, live_server.url, User.objects.get(pk=here.manager.user_id))
    answer = reverse("web:data_request_answer", args=[erasure.pk])
    keep = reverse("web:data_keep", args=[here.person.pk])
    assert walk(manager, {"donnees": kept, "reponse": answer, "garder": keep}) == {}
    assert oneself.elsewhere == manager.elsewhere == []
    assert oneself.complaints == manager.complaints == []
