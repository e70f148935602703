"""What was looked for is found again under its address, and is read in no address."""

import pytest
from django.test import Client
from django.urls import reverse

from backend.core.actor import Role
from tests.factories import CompetenceFactory, MembershipFactory, StayFactory
from tests.pages import text_of
from tests.signin import sign_in
from tests.worlds.three_valleys import territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return territory()


@pytest.fixture
def advisor(place):
    return sign_in(Client(), place.advisor)


@pytest.mark.parametrize("name", ["people", "note"])
def test_a_name_sent_is_found_at_an_address_that_does_not_say_it(advisor, name):
    """SEC-39."""
    sent = advisor.post(reverse(f"web:{name}"), {"q": "invente"})
    assert sent.status_code == 302
    assert "invente" not in sent.url
    for _ in range(2):  # reloaded, come back to
        page = text_of(advisor.get(sent.url))
        assert "Karim Inventé" in page
        assert 'value="invente"' in page


def test_a_gesture_too(advisor, place):
    competence = CompetenceFactory(label="Tailler une haie inventée")
    sent = advisor.post(reverse("web:observe_person", args=[place.jo.pk]), {"q": "tailler haie"})
    assert "haie" not in sent.url
    assert 'value="tailler haie"' in text_of(advisor.get(sent.url))
    assert competence.pk


def test_the_pages_of_a_search_keep_it(place, advisor):
    for n in range(30):
        StayFactory(
            beneficiary__last_name="Homonyme", beneficiary__first_name=f"Lou{n}",
            organisation=place.structures["aci"], advisor=place.advisor,
        )  # fmt: skip
    sent = advisor.post(reverse("web:people"), {"q": "homonyme", "situation": "toutes"}, follow=True)
    query = sent.context["search"].query.urlencode()
    assert f"?{query}&amp;page=2".replace("&", "&amp;").replace("&amp;amp;", "&amp;") in text_of(sent)
    second = advisor.get(reverse("web:people") + f"?{query}&page=2")
    assert len(second.context["page"].object_list) == 5
    assert second.context["form"].cleaned_data["situation"] == "toutes"


def test_the_list_that_follows_the_typing_is_answered_in_place(advisor):
    answer = advisor.post(
        reverse("web:people"), {"q": "invente"}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="people-list"
    )
    assert answer.status_code == 200
    assert "<html" not in text_of(answer)
    assert "Karim Inventé" in text_of(answer)
    assert "HX-Push-Url" not in answer.headers


def test_a_name_written_in_the_address_is_not_looked_for(advisor):
    assert advisor.get(reverse("web:people"), {"q": "invente"}).context["is_filtered"] is False


@pytest.mark.parametrize("sealed", ["", "²", "v1:x:y", "v1:00000000:AAAA", "9" * 200])
def test_words_that_do_not_open_are_no_search(advisor, sealed):
    answer = advisor.get(reverse("web:people"), {"mots": sealed})
    assert answer.status_code == 200
    assert answer.context["search"].text == ""


def test_an_address_given_to_somebody_else_tells_nothing(place, advisor):
    sent = advisor.post(reverse("web:people"), {"q": "invente"})
    colleague = MembershipFactory(role=Role.MANAGER, organisation=place.structures["aci"])
    page = sign_in(Client(), colleague.user).get(sent.url)
    assert page.context["search"].text == ""


def test_looking_for_somebody_writes_nothing(advisor, monkeypatch):
    from backend.core.middleware import WroteWhileReading
    from pathways.models import Beneficiary
    from pathways.screens.people import views

    def spoil(*args):
        Beneficiary.objects.update(phone="")

    monkeypatch.setattr(views, "to_results", spoil)
    with pytest.raises(WroteWhileReading):
        advisor.post(reverse("web:people"), {"q": "invente"})
