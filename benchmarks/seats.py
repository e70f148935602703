"""One account of each kind on an invented territory, and the pages each of them opens."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backend.core.actor import Actor, Role
from backend.organisations.models import Membership, Organisation
from employers.models import Employer, EmployerAccess, Placement
from pathways.models import BeneficiaryAccess, Stay
from tests.factories import UserFactory
from tests.signin import sign_in

Pages = dict[str, str]
API = "/api/v1/"


def pages_by_seat() -> Iterator[tuple[str, Client, Pages]]:
    """Each seat with its signed-in browser and its pages, by name."""
    today = timezone.localdate()
    present = Stay.objects.open_on(today)
    structure = largest(present)
    advisor = Membership.objects.filter(organisation=structure, role=Role.ADVISOR).first()
    person = present.filter(advisor=advisor.user).order_by("pk").first().beneficiary_id
    everyday = {
        "ma journée": reverse("web:day"),
        "personnes": reverse("web:people"),
        "une personne": reverse("web:person", args=[person]),
        "noter": reverse("web:note"),
        "noter pour une personne": reverse("web:follow_up_new", args=[person]),
        "entre deux": reverse("web:between"),
        "heures du mois": reverse("web:hours_month"),
        "ETP": reverse("web:fte"),
        "postes": reverse("web:proposals"),
        "employeurs": reverse("web:employers"),
        "sorties": reverse("web:exits"),
        "API people": API + "people/",
        "API interviews, page 20": API + "interviews/?page=20",
        "API exit-statistics": f"{API}exit-statistics/?start={today.year - 1}-01-01&end={today.year - 1}-12-31",
    }
    yield "accompagnatrice", browser_of(advisor.as_actor()), everyday | {"jetons": reverse("web:tokens")}
    yield "responsable", browser_of(seat(Role.MANAGER, organisation=structure)), everyday
    head = {
        name: address
        for name, address in everyday.items()
        if not name.startswith(("noter", "API interviews", "heures"))
    }
    yield "tête de groupe", browser_of(seat(Role.GROUP_HEAD, group=structure.belongings.first().group)), head
    supervised = {
        "observer": reverse("web:observe"),
        "observer une personne": reverse("web:observe_person", args=[person]),
    }
    yield "encadrant", browser_of(seat(Role.SUPERVISOR, organisation=structure)), supervised
    yield "employeur", browser_of(employer()), {"mes besoins": reverse("web:my_needs")}
    yield "salariée", browser_of(themselves(person)), {"mon parcours": reverse("web:my_pathway")}
    yield "tête de réseau", browser_of(seat(Role.NETWORK_HEAD)), {"sorties": reverse("web:exits")}


def largest(present) -> Organisation:
    """The structure where most people are today."""
    counted = present.order_by().values("organisation").annotate(people=Count("pk")).order_by("-people")
    return Organisation.objects.get(pk=counted[0]["organisation"])


def seat(role: Role, **place: object) -> Actor:
    """A seat there, made the first time."""
    known = Membership.objects.filter(role=role, ended_at=None, **place).first()
    return (known or Membership.objects.create(user=account(role), role=role, **place)).as_actor()


def employer() -> Actor:
    """The employer who hired most."""
    known = EmployerAccess.objects.first()
    if known is None:
        hires = Placement.objects.values("employer").annotate(people=Count("pk")).order_by("-people")
        most = Employer.objects.get(pk=hires[0]["employer"])
        known = EmployerAccess.objects.create(user=account(Role.EMPLOYER), employer=most)
    return known.as_actor()


def themselves(person: int) -> Actor:
    """The person's own access."""
    known, _ = BeneficiaryAccess.objects.get_or_create(
        beneficiary_id=person, defaults={"user": lambda: account(Role.BENEFICIARY)}
    )
    return known.as_actor()


def account(role: Role):
    """A new account."""
    return UserFactory(email=f"mesure-{role.value.lower()}@example.org")


def browser_of(actor: Actor) -> Client:
    """A session of this seat, as the service would open it."""
    from backend.accounts.models import User

    client = Client(SERVER_NAME="localhost")
    return sign_in(client, User.objects.get(pk=actor.user_id), seat=actor.seat)
