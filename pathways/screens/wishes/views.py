"""Hours wanted: small forms over the person's page, and over their own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from backend.core.values.text import of_name
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form, say_remarks
from pathways.models import Beneficiary, HoursWish
from pathways.permissions import may_change_wish, reads_own_thread, tells_wishes
from pathways.screens.wishes.forms import WishCancelForm, WishCorrectForm, WishForm, typed
from pathways.services import cancel_wish, correct_wish, record_wish
from pathways.services.wishes import wish_findings_of

_LINE = "Combien d’heures, à quels moments, à partir de quand ; ce souhait se change à tout moment."


@only(tells_wishes)
def wish_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Tell how many hours are wanted."""
    person = get_object_or_404(Beneficiary.objects.accompanied_by(request.actor), pk=pk)
    back = _back(request, pk)

    def act(values: dict[str, Any]) -> str:
        wish = record_wish(actor=request.actor, beneficiary=person, **values)
        say_remarks(request, wish_findings_of(wish))
        return back

    page = FormPage(
        title="Les heures que je veux"
        if reads_own_thread(request.actor)
        else f"Les heures souhaitées {of_name(person)}",
        line=_LINE,
        back=back,
        done="Le souhait est enregistré.",
        adds=True,
    )
    form = WishForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    return answer_form(request, form, page, act)


@only(tells_wishes)
def wish_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a wish."""
    wish = _own(request, pk)
    back = _back(request, wish.beneficiary_id)

    def act(values: dict[str, Any]) -> str:
        corrected = correct_wish(actor=request.actor, wish=wish, **values)
        say_remarks(request, wish_findings_of(corrected))
        return back

    page = FormPage(
        title="Corriger les heures souhaitées",
        line=str(wish),
        back=back,
        done="Le souhait est corrigé.",
        version_now=lambda: HoursWish.objects.get(pk=wish.pk).version,
    )
    return answer_form(request, WishCorrectForm(request.POST or None, initial=typed(wish)), page, act)


@only(tells_wishes)
def wish_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    """Take back what was written by mistake."""
    wish = _own(request, pk)
    back = _back(request, wish.beneficiary_id)

    def act(values: dict[str, Any]) -> str:
        cancel_wish(actor=request.actor, wish=wish, **values)
        return back

    page = FormPage(
        title="Annuler les heures souhaitées",
        line=str(wish),
        back=back,
        done="Le souhait est annulé.",
        submit="Annuler le souhait",
        version_now=lambda: HoursWish.objects.get(pk=wish.pk).version,
    )
    form = WishCancelForm(request.POST or None, initial={"version": wish.version})
    return answer_form(request, form, page, act)


def _own(request: ActorRequest, pk: int) -> HoursWish:
    """A wish that stands and that the actor may write again."""
    seen = (
        HoursWish.objects.visible_to(request.actor).standing().select_related("beneficiary", "organisation")
    )
    wish = get_object_or_404(seen, pk=pk)
    if not may_change_wish(request.actor, wish):
        raise Http404
    return wish


def _back(request: ActorRequest, person_id: int) -> str:
    if reads_own_thread(request.actor):
        return f"{reverse('web:my_pathway')}#heures"
    return f"{reverse('web:person', args=[person_id])}#heures"
