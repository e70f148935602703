"""One's own account: accept an invitation, change role, give a tool its key."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backend.accounts.browsers.listing import close_session, sessions_of
from backend.accounts.models import SeatToken, User
from backend.accounts.tokens import create_token, revoke_token
from backend.core.errors import DomainError, errors_on
from backend.core.pages.keepers import public, without_seat
from backend.organisations.middleware import choose_seat
from backend.organisations.models import Invitation
from backend.organisations.models.invitation import VALID_IN_WORDS
from backend.organisations.screens.account.forms import AcceptForm, TokenForm
from backend.organisations.screens.account.page import account_page
from backend.organisations.seats import seats_of
from backend.organisations.services.invitations import accept_invitation, open_invitation
from backend.web.submission import answer_action


@without_seat
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Everything about oneself; it opens even when every seat has ended."""
    actor = request.actor  # type: ignore[attr-defined]
    user = cast(User, request.user)
    page = account_page(user, actor, seats_of(user), here=request.session.session_key)
    layout = "web/base.html" if actor else "web/base_public.html"
    return render(request, "organisations/account/account.html", {**page, "layout": layout})


@without_seat
@require_POST
def session_close(request: HttpRequest, mark: str) -> HttpResponse:
    """Close one of one's own sessions; closing the one that asks is signing out."""
    actor, user_id = request.actor, request.user.pk or 0  # type: ignore[attr-defined]
    if mark not in {each.mark for each in sessions_of(user_id, here=None)}:
        raise Http404
    return answer_action(
        request,
        act=lambda: close_session(actor=actor, user_id=user_id, mark=mark),
        done="C’est fait : cet appareil doit se connecter à nouveau.",
        back=reverse("web:account"),
    )


@without_seat
@require_http_methods(["GET", "POST"])
def seats(request: HttpRequest) -> HttpResponse:
    """Choose where to sit, among one's live roles."""
    mine = seats_of(request.user)
    if request.method == "GET":
        return render(request, "organisations/account/seats.html", {"seats": mine})
    wanted = request.POST.get("seat", "")
    if wanted not in {seat.seat_key for seat in mine}:
        raise Http404
    choose_seat(request, wanted)
    return redirect("web:home")


@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of the seat one sits in; a new one is shown here, once."""
    actor, text = request.actor, ""  # type: ignore[attr-defined]
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_on(form):
            name, days = form.cleaned_data["name"], form.cleaned_data["days"]
            _, text = create_token(actor=actor, name=name, days=days)
            form = TokenForm()
    mine = SeatToken.objects.visible_to(actor)
    refused = request.method == "POST" and not text
    page = {"form": form, "tokens": mine, "new_token": text}
    return render(request, "organisations/account/tokens.html", page, status=422 if refused else 200)


@require_POST
def token_revoke(request: HttpRequest, pk: str) -> HttpResponse:
    """Take a tool's key back."""
    actor = request.actor  # type: ignore[attr-defined]
    token = get_object_or_404(SeatToken.objects.visible_to(actor), pk=pk)
    return answer_action(
        request,
        act=lambda: revoke_token(actor=actor, token=token),
        done="Le jeton est retiré : l’outil qui s’en servait n’entre plus.",
        back=reverse("web:tokens"),
    )


@public
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, pk: int, secret: str) -> HttpResponse:
    """The page behind the link of an invitation: the same words for every link that no longer opens.

    Whoever holds the link may not be whom it was written to: the page is the same whether the address has an account
    or not, and only an account opened in earnest meets the one already there.
    """
    waiting = open_invitation(pk, secret)
    if waiting is None:
        return render(
            request, "organisations/account/invitation_over.html", {"valid_for": VALID_IN_WORDS}, status=404
        )
    if user := _invited(request, waiting):
        return _join(request, waiting, secret, user)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "password")}
        with errors_on(form):
            accept_invitation(invitation=waiting, secret=secret, **typed)
        if form.is_valid():
            logout(request)
            messages.success(request, "Votre compte est prêt. Connectez-vous.")
            return redirect("account_login")
    page = {"form": form, "invitation": waiting}
    return render(
        request,
        "organisations/account/invitation.html",
        page,
        status=422 if request.method == "POST" else 200,
    )


def _invited(request: HttpRequest, waiting: Invitation) -> User | None:
    """Whoever is signed in, when the invitation was written to their address."""
    return User.objects.filter(pk=request.user.pk or 0, email__iexact=waiting.email).first()


def _join(request: HttpRequest, waiting: Invitation, secret: str, user: User) -> HttpResponse:
    """Somebody signed in with the account of that address takes the new seat."""
    page = {"invitation": waiting}
    if request.method == "GET":
        return render(request, "organisations/account/invitation_join.html", page)
    try:
        taken = accept_invitation(invitation=waiting, secret=secret, signed_in=user)
    except DomainError as error:
        return render(
            request,
            "organisations/account/invitation_join.html",
            {**page, "refusal": error.message},
            status=422,
        )
    choose_seat(request, taken.seat_key)
    messages.success(request, f"C’est fait. Vous voici ici : {taken.seat_label}.")
    return redirect("web:home")
