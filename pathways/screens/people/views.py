"""Finding people, welcoming them, correcting their file, passing the thread on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from backend.accounts.models import User
from backend.core.actor import ADVISING, SOCIAL_READERS, Actor
from backend.core.pages.keepers import only_reads
from backend.core.pages.pace import SEARCH, is_sent, paced
from backend.core.tables.ordering import Alphabetical
from backend.core.values.text import of_name
from backend.organisations.models import Membership, Organisation
from backend.organisations.permissions import may_bring_data_in
from backend.web.access import only
from backend.web.forms.search import search_of, to_results
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from pathways.models import Beneficiary, EntryProfile, Stay
from pathways.permissions import (
    accompanies,
    follows_own_people,
    may_assign_advisor,
    may_manage_people,
    reads_people,
)
from pathways.screens.people.entry import YES_OR_NO
from pathways.screens.people.forms import (
    AdvisorForm,
    EntryForm,
    PeopleFilterForm,
    PersonEditForm,
    WelcomeBackForm,
    WelcomeForm,
)
from pathways.screens.people.listing import people_page
from pathways.selectors.people import taking_back
from pathways.services import (
    MayBeKnown,
    assign_advisor,
    open_stay,
    record_entry,
    update_person,
    welcome_person,
)
from pathways.services.people import EDITABLE


@only_reads
@only(reads_people)
@paced(SEARCH, when=is_sent)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: ActorRequest) -> HttpResponse:
    """Everyone the actor accompanies, found by name or by structure, page by page."""
    actor, search = request.actor, search_of(request, "situation", "kind")
    in_place = request.htmx.target == "people-list"
    if request.method == "POST" and not in_place:
        return to_results(request, search)
    form = PeopleFilterForm({**search.query.dict(), "q": search.text})
    wanted = form.cleaned_data if form.is_valid() else {}
    context = {
        "form": form,
        "search": search,
        "page": people_page(actor, wanted, request.GET.get("page", "1")),
        "may_welcome": may_manage_people(actor),
        "may_import": may_bring_data_in(actor),
        "reads_interviews": actor.role in SOCIAL_READERS,
        "is_filtered": any(wanted.values()),
    }
    return render(request, f"pathways/people/{'_list' if in_place else 'list'}.html", context)


@only(may_manage_people)
def person_new(request: ActorRequest) -> HttpResponse:
    """Welcome a person: their file and their first stay, at once."""
    actor = request.actor
    own = Organisation.objects.covered_by(actor)
    form = WelcomeForm(
        request.POST or None,
        initial={"advisor": actor.user_id if follows_own_people(actor) else None},
        organisations=own,
        advisors=_team(own),
    )

    def act(values: dict[str, Any]) -> str:
        try:
            stay = welcome_person(actor=actor, **values)
        except MayBeKnown as refusal:
            form.candidates = refusal.candidates
            raise
        return reverse("web:contract_new", args=[stay.pk])

    page = FormPage(
        title="Accueillir une personne",
        line="Un nom et une date suffisent ; le reste peut venir plus tard.",
        back=reverse("web:people"),
        submit="Accueillir, puis saisir le contrat",
        done="La fiche est ouverte. Il reste à saisir le premier contrat, maintenant ou plus tard.",
        adds=True,
        fields="pathways/people/_welcome_fields.html",
    )
    return answer_form(request, form, page, act)


@only(may_manage_people)
def person_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a person's file."""
    actor = request.actor
    person = get_object_or_404(Beneficiary.objects.accompanied_by(actor), pk=pk)
    known = {name: getattr(person, name) for name in (*EDITABLE, "version")}
    form = PersonEditForm(request.POST or None, initial=known)

    def act(values: dict[str, Any]) -> str:
        update_person(actor=actor, beneficiary=person, **values)
        return reverse("web:person", args=[pk])

    page = FormPage(
        title=f"Fiche {of_name(person)}",
        back=reverse("web:person", args=[pk]),
        done="La fiche est à jour.",
        fields="pathways/people/_person_fields.html",
        version_now=lambda: Beneficiary.objects.get(pk=pk).version,
    )
    return answer_form(request, form, page, act)


@only(may_manage_people)
def person_entry(request: ActorRequest, pk: int) -> HttpResponse:
    """Write what was known of the person's situation when they came in."""
    actor = request.actor
    person = get_object_or_404(Beneficiary.objects.accompanied_by(actor), pk=pk)
    form = EntryForm(request.POST or None, initial=_known_at_entry(actor, person))

    def act(values: dict[str, Any]) -> str:
        record_entry(actor=actor, beneficiary=person, **values)
        return reverse("web:person", args=[pk])

    page = FormPage(
        title=f"Situation {of_name(person)} à l’entrée",
        line="Ces réponses servent à l’éligibilité et aux statistiques, jamais à proposer quelqu’un pour un poste. "
        "Tout est facultatif : « Non renseigné » ne veut jamais dire non.",
        back=reverse("web:person", args=[pk]),
        done="La situation à l’entrée est enregistrée.",
        fields="pathways/people/_entry_fields.html",
        version_now=lambda: _known_at_entry(actor, person)["version"],
    )
    return answer_form(request, form, page, act)


def _known_at_entry(actor: Actor, person: Beneficiary) -> dict[str, Any]:
    profile = EntryProfile.objects.visible_to(actor).filter(beneficiary=person).first()
    if profile is None:
        return {"version": 0}
    said = {True: "oui", False: "non", None: ""}
    answers = {field.name: said[getattr(profile, field.name)] for field in YES_OR_NO}
    return {**answers, "education_level": profile.education_level, "version": profile.version}


@only(may_manage_people)
def welcome_back(request: ActorRequest, pk: int) -> HttpResponse:
    """Welcome again, in one's own structure, somebody it knows: to another structure a relay leads."""
    actor = request.actor
    person = get_object_or_404(Beneficiary.objects.visible_to(actor), pk=pk)
    structures = taking_back(actor, person)
    if not structures.exists():
        raise Http404

    def act(values: dict[str, Any]) -> str:
        open_stay(actor=actor, beneficiary=person, **values)
        return reverse("web:person", args=[pk])

    page = FormPage(
        title=f"Accueillir de nouveau {person}",
        line="Un nouveau passage s’ouvre dans votre structure ; le parcours continue sur la même ligne.",
        back=reverse("web:person", args=[pk]),
        submit="Accueillir",
        done="L’accueil est fait : le nouveau passage est ouvert.",
    )
    return answer_form(request, WelcomeBackForm(request.POST or None, organisations=structures), page, act)


@only(may_manage_people)
def advisor(request: ActorRequest, pk: int) -> HttpResponse:
    """Name who accompanies the person during this stay."""
    actor = request.actor
    stay = get_object_or_404(
        Stay.objects.covered_by(actor).select_related("beneficiary", "organisation"), pk=pk
    )
    if not may_assign_advisor(actor, stay):
        raise Http404
    team = _team(Organisation.objects.filter(pk=stay.organisation_id))
    form = AdvisorForm(request.POST or None, initial={"advisor": stay.advisor_id}, advisors=team)
    is_own = follows_own_people(actor) and not stay.organisation.is_caseload_shared

    def act(values: dict[str, Any]) -> str:
        assign_advisor(actor=actor, stay=stay, **values)
        if is_own and not accompanies(actor, stay.beneficiary):
            words = f"Le dossier {of_name(stay.beneficiary)} a quitté vos suivis : {values['advisor'].get_full_name()} peut vous le rendre."
            messages.warning(request, words)
        return _after_handing_over(actor, stay.beneficiary_id)

    page = FormPage(
        title=f"Qui accompagne {stay.beneficiary} ?",
        line=f"{stay.organisation}. {_LEAVES if is_own else ''}".strip(),
        back=reverse("web:person", args=[stay.beneficiary_id]),
        done="Le référent est enregistré.",
        about=stay,
    )
    return answer_form(request, form, page, act)


_LEAVES = (
    "Si vous nommez quelqu’un d’autre, ce dossier quittera vos suivis : vous ne l’ouvrirez plus, sauf si cette personne vous "
    "le rend. « Toute l’équipe » vous le laisse."
)


def _after_handing_over(actor: Actor, person_id: int) -> str:
    """The person's page when it is still open to the actor, the list otherwise."""
    if Beneficiary.objects.visible_to(actor).filter(pk=person_id).exists():
        return reverse("web:person", args=[person_id])
    return reverse("web:people")


def _team(organisations: Any) -> Any:
    """Accounts that accompany people in these structures."""
    seats = Membership.objects.live(timezone.now()).filter(organisation__in=organisations, role__in=ADVISING)
    return User.objects.filter(pk__in=seats.values("user_id")).order_by(
        Alphabetical("first_name"), Alphabetical("last_name")
    )
