"""« Règles »: by which text a contract is judged and an exit counted, on any day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.core.actor import WRITES_DECISIONS, Actor
from backend.core.pages.keepers import public
from backend.organisations.models import Organisation
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from pathways.permissions import may_set_rules, may_try_rules
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import NAMES
from pathways.rules.told.shown import ShownLine, other_values, shown_lines
from pathways.screens.rules.forms import RuleForm
from pathways.selectors.rule_book import read_book
from pathways.services import set_rule


@public
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Each rule with its text, its values and their days, and how sure we are: for anybody, signed in or not."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    book, today = read_book(), timezone.localdate()
    own = actor.organisation_ids if actor else frozenset()
    subjects: dict[str, list[ShownLine]] = {}
    for shown in shown_lines(book, today, own):
        subjects.setdefault(shown.line.subject, []).append(shown)
    context = {
        "layout": "web/base.html" if actor else "web/base_public.html",
        "is_long": True,
        "subjects": subjects,
        "others": other_values(book, today, own),
        "may_set": actor is not None and may_set_rules(actor),
        "may_try": actor is not None and may_try_rules(actor),
        "is_decision": actor is not None and actor.role in WRITES_DECISIONS,
    }
    return render(request, "pathways/rules/page.html", context)


@only(may_set_rules)
def rule_new(request: ActorRequest) -> HttpResponse:
    """A value for everybody, or a decision of the préfet for one's own structure."""
    actor, today = request.actor, timezone.localdate()
    is_decision = actor.role in WRITES_DECISIONS
    book = read_book()
    form = RuleForm(
        request.POST or None,
        initial={"valid_from": today},
        names=[
            (name, _choice(book, name, today))
            for name, named in NAMES.items()
            if named.is_local is is_decision
        ],
        structures=Organisation.objects.covered_by(actor) if is_decision else None,
    )

    def act(values: dict[str, Any]) -> str:
        set_rule(actor=actor, basis=values.pop("text"), **values)
        return reverse("web:rules")

    page = FormPage(
        title="Décision du préfet" if is_decision else "Changer une règle",
        line="Un fait ancien reste jugé par la règle de son jour.",
        back=reverse("web:rules"),
        done="La règle est enregistrée.",
    )
    return answer_form(request, form, page, act)


def _choice(book: RuleBook, name: str, today: Any) -> str:
    rule = book.rule(name, on=today)
    return f"{NAMES[name].label} ({rule.words if rule else 'plus en vigueur'})"
