"""What whoever invited may do while nobody answers; each gesture goes back to where the invitation was offered."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from backend.core.actor import Role
from backend.organisations.links import invitation_links
from backend.organisations.models import Invitation
from backend.organisations.permissions import may_withdraw_invitations
from backend.organisations.screens.links import links_to_hand_over, said_with_link
from backend.organisations.selectors.team import message_to_read
from backend.organisations.services import resend_invitation, take_link, withdraw_invitation
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import answer_action, refusal_of


@only(may_withdraw_invitations)
@require_POST
def invitation_resend(request: ActorRequest, pk: int) -> HttpResponse:
    """Send a new link in the place of the former one."""
    actor, invitation = request.actor, _found(request, pk)
    return answer_action(
        request,
        act=lambda: resend_invitation(
            actor=actor, invitation=invitation, link_to=links_to_hand_over(request)
        ),
        done=said_with_link("Un nouveau lien est prêt", ", son message part", "Il remplace le précédent."),
        back=_where_offered(invitation),
    )


@only(may_withdraw_invitations)
@require_POST
def invitation_link(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a new link, once, to whoever hands it over themselves."""
    actor, invitation = request.actor, _found(request, pk)
    taken: list[str] = []
    refusal = refusal_of(
        lambda: taken.append(take_link(actor=actor, invitation=invitation, link_to=invitation_links(request)))
    )
    back = _where_offered(invitation)
    if refusal:
        messages.error(request, refusal)
        return redirect(back)
    page = {"invitation": invitation, "link": taken[0], "back": back}
    return render(request, "organisations/invitations/link.html", page)


@only(may_withdraw_invitations)
@require_GET
def invitation_message(request: ActorRequest, pk: int) -> HttpResponse:
    """The message as it would have been received, where no mail leaves the installation."""
    invitation = _found(request, pk)
    message = message_to_read(request.actor, invitation)
    if message is None:
        raise Http404
    page = {"invitation": invitation, "message": message, "back": _where_offered(invitation)}
    return render(request, "organisations/invitations/message.html", page)


@only(may_withdraw_invitations)
@require_POST
def invitation_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Make a link that was sent useless, then go back to where it was offered."""
    actor, invitation = request.actor, _found(request, pk)
    return answer_action(
        request,
        act=lambda: withdraw_invitation(actor=actor, invitation=invitation),
        done="L’invitation est retirée : son lien ne s’ouvre plus.",
        back=_where_offered(invitation),
    )


def _found(request: ActorRequest, pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.visible_to(request.actor), pk=pk)


def _where_offered(invitation: Invitation) -> str:
    match invitation.role:
        case Role.EMPLOYER:
            return reverse("web:employer", args=[invitation.subject_id])
        case Role.BENEFICIARY:
            return reverse("web:person", args=[invitation.subject_id])
        case _:
            return reverse("web:team")
