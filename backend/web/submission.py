"""What happens to a form once sent: done once, refused with what was typed, or shown beside what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from backend.core import steps
from backend.core.actor import PEOPLE_IN_PATHWAY
from backend.core.errors import Conflict, DomainError, KeyReused, Refusal, errors_on
from backend.core.findings import Finding, remarks
from backend.core.free_text.detector import warning_for
from backend.core.idempotency import Answer, digest_of, remember, reserve, was_asked_already
from backend.web.forms.base import CalmForm, is_knowingly_again, new_form_id
from backend.web.forms.meanwhile import ROW_SEEN, carry, remember_opening, set_beside
from backend.web.forms.together import judge_the_rest
from backend.web.kept.refused import OWNER, drop_refused, give_back
from backend.web.requests import ActorRequest, user_id_of
from backend.web.undo import offered

_SHAPE_ONLY = frozenset({"csrfmiddlewaretoken", "form_id", OWNER})


@dataclass(frozen=True, slots=True)
class Also:
    """Another gesture on the same object, one press away; `lifts` when it only lifts a refusal, and shows then alone."""

    label: str
    url: str
    lifts: bool = False


@dataclass(frozen=True, slots=True)
class FormPage:
    """The words around a form, and where giving up leads.

    `adds` says that the form writes something new each time: the same answers sent twice are asked about. One that
    writes over what is known says what it was opened on: a row that counts its versions by `version_now`, any other by
    `about`; whoever wrote in between is told, and nothing put back over it.
    """

    title: str
    back: str
    submit: str = "Enregistrer"
    line: str = ""
    done: str = "C’est enregistré."
    fields: str = "web/forms/_fields.html"
    extra: dict[str, Any] = field(default_factory=dict)
    version_now: Callable[[], int | str] | None = None
    adds: bool = False
    also: Also | None = None
    about: Model | None = None

    def shows_what_is_saved(self, form: CalmForm) -> bool:
        """Whether each field opens on what the base holds, to be set beside what somebody else saved."""
        return not form.suggests and (self.version_now is not None or self.about is not None)


def answer_form(
    asked: HttpRequest, form: CalmForm, page: FormPage, act: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """Show the form; when it is sent and accepted, act once and go where `act` says."""
    request, status = cast(ActorRequest, asked), 200
    if page.shows_what_is_saved(form):
        remember_opening(form)
    if page.about is not None:
        carry(form, page.about)
    if form.is_bound:
        location = _submit(request, form, page, act)
        if location:
            _say_once(request, page.done, tags=offered(request))
            _say_careful(request, form)
            return _go(request, location)
        status = 422
    else:
        give_back(request, form)
    template = "web/forms/_sheet.html" if request.htmx else "web/forms/page.html"
    return render(request, template, {"form": form, "page": page, **page.extra}, status=status)


def _submit(
    request: ActorRequest, form: CalmForm, page: FormPage, act: Callable[[dict[str, Any]], str]
) -> str | None:
    """The address to go to, or None with the reasons written on the form."""
    checked = _unless_changed(form, page.about, act)
    if not form.is_valid():
        judge_the_rest(request, form, checked)
        return None
    try:
        with errors_on(form), _basis_on(form), _beside_on(form, page):
            return do_once(request, form, checked, asks_about_doubles=page.adds)
    finally:
        if page.version_now and not form.is_valid():
            form.renew("version", str(page.version_now()))
        if page.about is not None and not form.is_valid():
            form.renew(ROW_SEEN, steps.seen(_read_again(page.about)))
    return None


def _unless_changed(
    form: CalmForm, row: Model | None, act: Callable[[dict[str, Any]], str]
) -> Callable[[dict[str, Any]], str]:
    """The same act, refused when somebody wrote on the row since the form was opened."""

    def checked(values: dict[str, Any]) -> str:
        values.pop(ROW_SEEN, None)
        if row is not None and (print_seen := form.data.get(ROW_SEEN)):
            steps.check_seen(_read_again(row), print_seen)
        return act(values)

    return checked


def _read_again(row: Model) -> Model:
    """As the base holds it now; it stays so until the transaction ends."""
    rows = type(row)._base_manager
    with transaction.atomic():
        return rows.select_for_update(of=("self",)).get(pk=row.pk)


@contextmanager
def _beside_on(form: CalmForm, page: FormPage) -> Iterator[None]:
    """Somebody changed the same row meanwhile: show what they saved, and put nothing back over it."""
    try:
        yield
    except Conflict as conflict:
        if page.shows_what_is_saved(form) and conflict.code == "conflict":
            set_beside(form)
        raise


@contextmanager
def _basis_on(form: CalmForm) -> Iterator[None]:
    """Keep the text of law behind a refusal, folded under « Pourquoi ? »."""
    try:
        yield
    except DomainError as error:
        form.basis, form.refusal = error.basis or "", error.code
        form.leads_to = error.leads_to
        raise


def do_once(
    request: ActorRequest,
    form: CalmForm,
    act: Callable[[dict[str, Any]], str],
    *,
    asks_about_doubles: bool = False,
) -> str:
    """Act under the form's one-time id: sent again, the same form only finds its way to the first result.

    The same answers under another id (the browser went back, the page was opened twice) may be asked about, once.
    """
    values = {name: value for name, value in form.cleaned_data.items() if name != "form_id"}
    key, user_id, digest = form.cleaned_data["form_id"], user_id_of(request), _digest(request)
    try:
        with transaction.atomic():
            answer = reserve(user_id=user_id, key=key, digest=digest)
            if answer is not None:
                return answer.location
            asks = asks_about_doubles and not is_knowingly_again(key)
            if asks and was_asked_already(user_id=user_id, key=key, digest=digest):
                raise _SameAnswers
            location = act(values)
            remember(user_id=user_id, key=key, answer=Answer(302, location=location))
            drop_refused(request, key)
            return location
    except KeyReused as error:
        form.is_recorded_already = True
        form.renew("form_id", new_form_id(again=False))
        raise Conflict("already_recorded", _CHANGED_SINCE) from error
    except _SameAnswers as error:
        form.is_recorded_already = True
        form.renew("form_id", new_form_id(again=True))
        raise Conflict("already_recorded", _SAME_ANSWERS) from error


class _SameAnswers(Exception):
    """The same answers were already recorded, under another form."""


_CHANGED_SINCE = (
    "Ce formulaire a déjà été enregistré ; ce que vous avez changé depuis ne l’est pas encore. "
    "Enregistrez à nouveau pour l’ajouter en plus, ou revenez en arrière."
)
_SAME_ANSWERS = (
    "Vous avez déjà enregistré exactement ces réponses. "
    "Enregistrez à nouveau pour les ajouter une seconde fois, ou revenez en arrière : elles sont gardées."
)


def answer_action(asked: HttpRequest, *, act: Callable[[], object], done: str, back: str) -> HttpResponse:
    """What a single button does: done and said, or refused and said, then back to where it was pressed.

    Whatever the domain refuses in between (someone else pressed first, a right that ended) is a message there.
    """
    request = cast(ActorRequest, asked)
    if refusal := refusal_of(act):
        messages.error(request, refusal, extra_tags=refusal.code)
    else:
        _say_once(request, done)
    return _go(request, back)


def refusal_of(act: Callable[[], object]) -> Refusal:
    """Do it, whole or not at all; what the domain refuses, in words, or nothing."""
    try:
        with transaction.atomic():
            act()
    except DomainError as error:
        return Refusal(error.message, error.code)
    except ValidationError as error:
        return Refusal(" ".join(error.messages))
    return Refusal()


def _digest(request: ActorRequest) -> str:
    lists = sorted((name, values) for name, values in request.POST.lists() if name not in _SHAPE_ONLY)
    return digest_of(request.path, repr(lists))


def _say_once(request: ActorRequest, words: str, *, tags: str = "") -> None:
    """A form sent twice is recorded once, and says so once."""
    waiting = messages.get_messages(request)
    already = any(each.message == words for each in waiting)
    waiting.used = False  # type: ignore[union-attr]
    if not already:
        messages.success(request, words, extra_tags=tags)


def _say_careful(request: ActorRequest, form: CalmForm) -> None:
    """What a text written about somebody seems to say and should not; nobody is warned of what they say of themselves."""
    if request.actor is not None and request.actor.role in PEOPLE_IN_PATHWAY:
        return
    for name, asked in form.fields.items():
        said = form.cleaned_data.get(name)
        if isinstance(asked.widget, Textarea) and isinstance(said, str) and (words := warning_for(said)):
            messages.warning(request, words)
            return


def say_remarks(request: HttpRequest, findings: Iterable[Finding]) -> None:
    """What was recorded and still deserves a look, said on the page that follows."""
    for remark in remarks(findings):
        messages.warning(request, remark.message, extra_tags=remark.code)


def _go(request: ActorRequest, location: str) -> HttpResponse:
    """A sheet leaves with its page; an ordinary form follows an ordinary redirection."""
    if request.htmx:
        answer = HttpResponseClientRedirect(location)
        if _is_another_place_of_the_page(request, location):
            answer["HX-Refresh"] = "true"
        return answer
    return redirect(location)


def _is_another_place_of_the_page(request: ActorRequest, location: str) -> bool:
    """Going to a place of the page one is on only moves a browser: the page would stay as it was, under its sheet."""
    here, there = urlsplit(request.htmx.current_url or ""), urlsplit(location)
    return bool(there.fragment) and (here.path, here.query) == (there.path, there.query)
