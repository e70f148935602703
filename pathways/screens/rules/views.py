"""« Règles »: by which text a contract is judged and an exit counted, on any day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from backend.core.actor import WRITES_DECISIONS
from backend.organisations.models import Organisation
from backend.web.access import only
from backend.web.requests import ActorRequest
from backend.web.submission import FormPage, answer_form
from pathways.permissions import may_set_rules, reads_rules
from pathways.rules.dated.book import Rule, RuleBook
from pathways.rules.dated.rows import NAMES
from pathways.screens.rules.forms import RuleForm
from pathways.selectors.rule_book import read_book
from pathways.services import set_rule


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: the row in force today, then the others."""

    name: str
    label: str
    now: Rule | None
    others: tuple[Rule, ...]


@only(reads_rules)
@require_safe
def rules(request: ActorRequest) -> HttpResponse:
    """Every rule with its value, its days, its text and how sure we are; nothing nominal."""
    book, today, actor = read_book(), timezone.localdate(), request.actor
    own = actor.organisation_ids
    context = {
        "lines": [_line(book, name, today, own) for name in book.names],
        "may_set": may_set_rules(actor),
        "is_decision": actor.role in WRITES_DECISIONS,
    }
    return render(request, "pathways/rules/page.html", context)


def _line(book: RuleBook, name: str, today: Any, own: frozenset[int]) -> RuleLine:
    rows = [row for row in book.history(name) if row.organisation_id is None or row.organisation_id in own]
    now = book.rule(name, on=today)
    return RuleLine(name, NAMES[name].label, now, tuple(row for row in rows if row is not now))


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
