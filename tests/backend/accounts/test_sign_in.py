"""Signing in: an address and a password, the same answer for everybody who is refused."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import NoReverseMatch, reverse

from backend.audit.models import Entry
from tests.factories import PASSWORD, BeneficiaryAccessFactory, MembershipFactory, UserFactory
from tests.letters import letters
from tests.signin import give_second_factor, type_password

pytestmark = pytest.mark.django_db


class CountingHasher(MD5PasswordHasher):
    """The quick hasher of the suite, counting what it is asked."""

    calls = 0

    def encode(self, password, salt):
        type(self).calls += 1
        return super().encode(password, salt)


@pytest.fixture
def hashing(settings):
    settings.PASSWORD_HASHERS = ["tests.backend.accounts.test_sign_in.CountingHasher"]
    from django.contrib.auth import hashers

    hashers.get_hashers.cache_clear()
    hashers.get_hashers_by_algorithm.cache_clear()
    hasher = next(iter(hashers.get_hashers()))
    type(hasher).calls = 0
    return type(hasher)


def test_a_person_in_pathway_signs_in_with_a_password_alone(client):
    access = BeneficiaryAccessFactory()
    response = type_password(client, access.user.email)
    assert response.status_code == 302
    assert response.url == reverse("web:home")
    assert client.get(response.url, follow=True).status_code == 200


def test_signing_in_changes_the_session_key(client):
    """SEC-19."""
    access = BeneficiaryAccessFactory()
    client.get(reverse("account_login"))
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    type_password(client, access.user.email)
    assert client.session.session_key != before


def test_signing_in_is_written_in_the_trail(client):
    """SEC-45."""
    access = BeneficiaryAccessFactory()
    type_password(client, access.user.email)
    entry = Entry.objects.get(action="session.opened")
    assert (entry.user_id, entry.role) == (access.user_id, "BENEFICIARY")


def test_a_wrong_password_keeps_the_address_and_answers_422(client):
    user = UserFactory()
    response = type_password(client, user.email, "pas-le-bon-mot-de-passe")
    assert response.status_code == 422
    assert "Adresse ou mot de passe incorrect" in response.content.decode()
    assert user.email in response.content.decode()


def refused(client, email):
    response = type_password(client, email, "pas-le-bon-mot-de-passe")
    return response.status_code, response.content.decode().replace(email, "")


def without_csrf(page):
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_known_and_an_unknown_address_get_the_same_page_and_the_same_hashing_work(client, hashing):
    """SEC-20."""
    known = UserFactory(email="connue@example.org")
    hashing.calls = 0
    status, page = refused(client, known.email)
    work = hashing.calls
    hashing.calls = 0
    other_status, other_page = refused(client, "inconnu@example.org")
    assert work == hashing.calls > 0
    assert (status, without_csrf(page)) == (other_status, without_csrf(other_page))


def test_asking_for_a_new_password_answers_the_same_and_sends_one_message_to_each(client):
    """SEC-20."""
    known = UserFactory(email="connue@example.org")
    answers = []
    for email in (known.email, "inconnue@example.org"):
        response = client.post(reverse("account_reset_password"), {"email": email})
        answers.append((response.status_code, response.url, client.get(response.url).content))
    assert answers[0] == answers[1]
    assert [message.to for message in letters()] == [[known.email], ["inconnue@example.org"]]
    assert "n’a pas de compte" in letters()[1].body


def test_a_new_password_is_chosen_by_the_link_once(client):
    user = UserFactory()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = next(line for line in letters()[0].body.splitlines() if line.startswith("http"))
    page = client.get(link, follow=True)
    form_at = page.redirect_chain[-1][0]
    new = "une-tout-autre-phrase-longue"
    assert client.post(form_at, {"password1": "court", "password2": "court"}).status_code == 422
    done = client.post(form_at, {"password1": new, "password2": new})
    assert done.status_code == 302
    user.refresh_from_db()
    assert user.check_password(new)
    again = client.get(link, follow=True)
    assert "plus valable" in again.content.decode()


def test_a_new_password_does_not_open_a_session(client):
    membership = MembershipFactory()
    give_second_factor(membership.user)
    client.post(reverse("account_reset_password"), {"email": membership.user.email})
    link = next(line for line in letters()[0].body.splitlines() if line.startswith("http"))
    form_at = client.get(link, follow=True).redirect_chain[-1][0]
    new = "une-tout-autre-phrase-longue"
    client.post(form_at, {"password1": new, "password2": new})
    assert client.get(reverse("web:tokens")).status_code == 302


@pytest.mark.parametrize(
    ("password", "word"),
    [("quatorze-signe", "15"), ("x" * 129, "128"), ("qwertyuiopasdfghjklzxcvbnm"[:15], None)],
)
def test_passwords_are_between_15_and_128_characters(password, word):
    """SEC-18."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if word is None:
        assert validate_password(password) is None
        return
    with pytest.raises(ValidationError) as refusal:
        validate_password(password)
    assert any(word in message for message in refusal.value.messages)


def test_every_long_enough_password_of_the_list_of_stolen_ones_is_refused():
    """SEC-18."""
    from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
    from django.core.exceptions import ValidationError

    listed = CommonPasswordValidator().passwords
    assert len(listed) > 19_000
    long_enough = [password for password in listed if len(password) >= 15]
    assert len(long_enough) > 40
    for password in long_enough:
        for typed in (password, password.upper()):
            with pytest.raises(ValidationError, match="trop courant"):
                validate_password(typed)


@pytest.mark.parametrize(
    "path",
    [
        "/compte/signup/",
        "/compte/email/",
        "/compte/confirm-email/",
        "/compte/login/code/confirm/",
        "/compte/password/set/",
        "/compte/social/connections/",
        "/compte/2fa/webauthn/",
    ],
)
def test_what_nobody_needs_of_the_library_does_not_exist(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password", "mfa_trust"])
def test_what_nobody_needs_has_no_name_either(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_signing_out_takes_a_post(client):
    access = BeneficiaryAccessFactory()
    type_password(client, access.user.email, PASSWORD)
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("web:tokens")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("web:tokens")).status_code == 302


def test_a_closed_account_is_told_so_only_with_its_password(client):
    access = BeneficiaryAccessFactory()
    access.user.is_active = False
    access.user.save()
    assert type_password(client, access.user.email, "pas-le-bon-mot-de-passe").status_code == 422
    response = type_password(client, access.user.email)
    assert response.url == reverse("account_inactive")
    assert client.get(reverse("web:tokens")).status_code == 302


def test_changing_password_asks_the_old_one_and_comes_back_to_the_account(client):
    access = BeneficiaryAccessFactory()
    type_password(client, access.user.email)
    new = "une-tout-autre-phrase-longue"
    address = reverse("account_change_password")
    wrong = client.post(address, {"oldpassword": "autre", "password1": new, "password2": new})
    assert wrong.status_code == 422
    right = client.post(address, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert right.url == reverse("mfa_index")
    assert client.get(right.url).status_code == 200
    assert letters()[-1].subject == "Passerelles : votre mot de passe a changé"
