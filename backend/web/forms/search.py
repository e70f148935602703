"""What somebody looks for never stands in an address: browsers, proxies and logs keep those, and it is often a name.

A search is sent, then shown under an address where its words are sealed for this account: reloading, turning the
pages and coming back find it again, and nobody else reads anything there (0033).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from backend.core.sealing.encryption import Undecipherable, decrypt, encrypt
from backend.web.requests import ActorRequest, user_id_of

LONGEST = 80
TYPED, SEALED = "q", "mots"
"""The words as a form sends them, and as an address holds them."""


@dataclass(frozen=True, slots=True)
class Search:
    """The words looked for, and what the address of the results says."""

    text: str
    query: QueryDict


def search_of(request: ActorRequest, *beside: str) -> Search:
    """What is asked now, whether it was just sent or stands sealed in the address; `beside` are its other choices."""
    is_sent = request.method == "POST"
    sent = request.POST if is_sent else request.GET
    words = sent.get(TYPED, "") if is_sent else _opened(request)
    text = words.replace("\x00", "").strip()[:LONGEST]
    query = QueryDict(mutable=True)
    query.update({name: sent[name] for name in beside if sent.get(name)})
    if text:
        query[SEALED] = encrypt(text, context=_bound_to(request))
    return Search(text, query)


def to_results(request: ActorRequest, search: Search) -> HttpResponse:
    """The page of the results, at an address that can be reloaded and come back to."""
    return redirect(f"{request.path}?{search.query.urlencode()}" if search.query else request.path)


def _opened(request: ActorRequest) -> str:
    try:
        return decrypt(request.GET.get(SEALED, ""), context=_bound_to(request))
    except Undecipherable:
        return ""


def _bound_to(request: ActorRequest) -> str:
    return f"search|{user_id_of(request)}"
