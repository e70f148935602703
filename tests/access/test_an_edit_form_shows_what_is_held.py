"""What a row holds, the form that corrects it shows: left blank there, it is erased by whoever corrects something else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.forms import BoundField, FileField
from django.utils import timezone

from employers.models import Placement
from pathways.enums import BarrierTheme, RelayPart
from pathways.models import EntryProfile, Exit, Relay
from tests import factories as make
from tests.access.answers import ask, nothing_kept
from tests.access.policy import WEB
from tests.access.test_web_access_matrix import address_of
from tests.access.world import ROLES

pytestmark = pytest.mark.django_db
BLANK: tuple[Any, ...] = (None, "", [], False)

SAYS_SOMETHING_NEW = {
    "web:cv_edit": "about a person: their CV is a row beside theirs, or none yet (tests/competences/cv/test_cv_choice.py)",
    "web:data_request_answer": "an answer, given once",
    "web:immersion_cancel": "why it is taken back",
    "web:immersion_renew": "another convention, which begins after this one",
    "web:relay_agree": "an agreement, given part by part",
    "web:relay_cancel": "why it is taken back",
    "web:relay_decline": "a refusal, given once",
    "web:relay_welcome": "the stay that begins",
    "web:training_cancel": "why it is taken back",
    "web:visit_cancel": "why it is taken back",
    "web:saved_cancel": "why they are taken back",
    "web:wish_cancel": "why it is taken back",
}
"""Pages about a row that ask what it does not hold yet."""

BESIDE = {
    ("web:bloc_lines", "lines"): lambda bloc: make.BlocLineFactory(bloc=bloc),
    ("web:certification_edit", "certifier"): lambda row: row.certifiers.create(name="Ministère inventé"),
    ("web:gesture_list_edit", "competences"): lambda row: row.lines.create(
        competence=make.CompetenceFactory()
    ),
    ("web:contract_correct", "end_motive"): lambda row: (
        type(row)._base_manager.filter(pk=row.pk).update(ended_on=row.started_on, end_motive="AUTRE")
    ),
    ("web:placement_correct", "left_on"): lambda row: _left_before(row),
    ("web:relay_change", "parts"): lambda row: _agreed(row),
    ("web:interview_edit", "private_note"): lambda row: None,
    ("web:line_match", "competences"): lambda row: None,
    **{
        ("web:interview_edit", f"frein_{theme}"): lambda row, theme=theme: make.BarrierReadingFactory(
            interview=row, theme=theme
        )
        for theme in BarrierTheme.values
    },
}
"""Fields kept in a table of their own: how it is filled when the world has nothing there."""

NOT_SHOWN = {
    ("web:vae_correct", "reason"): "why this correction is made: asked anew each time",
}


def _agreed(relay: Relay) -> None:
    parts = RelayPart.values[0]
    Relay.objects.filter(pk=relay.pk).update(parts=parts, agreed_on=timezone.localdate())


def _left_before(hire: Placement) -> None:
    """A last day that is not the day of the hire, which is what nothing typed there says."""
    assert hire.exit is not None
    Exit.objects.filter(pk=hire.exit.pk).update(occurred_on=hire.started_on - timedelta(days=1))


def corrected() -> list[str]:
    """Pages that take a version: they write over a row that is there."""
    return sorted(name for name, page in WEB.items() if page.kind and {"GET", "POST"} <= set(page.methods))


def row_of(world: Any, name: str, writes: type[models.Model]) -> models.Model:
    """The row the form writes: that of the page, or the one that stands beside it."""
    row = world.objects[WEB[name].kind]["own"]
    if writes is EntryProfile:
        return EntryProfile.objects.get_or_create(beneficiary=row)[0]
    if name == "web:exit_edit":
        return make.ExitFactory(stay=row, occurred_on=row.started_on)
    return row


@pytest.mark.parametrize("name", corrected())
def test_a_form_that_corrects_shows_what_is_held(world, name):
    page = WEB[name]
    role = next(
        (role for role in ROLES if page.opens_for(role, "own") and page.writes_for(role, "own")), None
    )
    browser, address = world.clients.get(role), role and address_of(world, name, "own", role)
    form = ask(browser, "GET", address).form if role else None
    if name in SAYS_SOMETHING_NEW or form is None or "version" not in form.fields:
        return
    if not isinstance(form.writes, type):
        return
    forgotten = {}
    with nothing_kept():
        row = row_of(world, name, form.writes)
        form = ask(browser, "GET", address).form
        for bound in form.visible_fields():
            if bound.value() not in BLANK or isinstance(bound.field, FileField):
                continue
            if (name, bound.html_name) not in NOT_SHOWN:
                word = why_forgotten(browser, address, name, bound, row)
                if word:
                    forgotten[bound.html_name] = word
    assert forgotten == {}


def why_forgotten(browser: Any, address: str, name: str, bound: BoundField, row: models.Model) -> str:
    """Empty when the field shows what its row is given."""
    word = "nothing is known to put there: say it in BESIDE"
    for fill in ways_to_fill(name, bound, row):
        with nothing_kept():
            try:
                with transaction.atomic():
                    fill()
            except IntegrityError:
                continue
            again = ask(browser, "GET", address).form
            if again[bound.html_name].value() not in BLANK:
                return ""
            word = "held, and left blank"
    return word


def ways_to_fill(name: str, bound: BoundField, row: models.Model) -> list[Any]:
    """What may be put in the row for this field, the first that the base takes being enough."""
    if beside := BESIDE.get((name, bound.html_name)):
        return [lambda: beside(row)]
    column = bound.form.typed_as.get(bound.html_name, bound.html_name)
    table = type(row)._base_manager.filter(pk=row.pk)
    return [
        lambda value=value: table.update(**{column: value})
        for value in values_for(row._meta.get_field(column), bound)
    ]


def values_for(column: Any, bound: BoundField) -> list[Any]:
    """Values of the kind of a column, likely ones first."""
    match column:
        case models.JSONField() if column.default is dict:
            return [{bound.html_name.removeprefix("day_"): "2026-03-02"}]
        case models.BooleanField():
            return [True]
        case models.DateTimeField():
            return [datetime(2026, 3, 2, 9, tzinfo=timezone.get_current_timezone())]
        case models.DateField():
            return [date(2026, 3, 2), date(2026, 9, 1), date(2027, 1, 4), date(2025, 9, 1)]
        case models.DecimalField():
            return [Decimal(7), Decimal("0.5")]
        case models.IntegerField():
            return [7]
        case models.ForeignKey():
            return list(column.related_model._base_manager.values_list("pk", flat=True)[:1])
    choices = [value for value, _ in getattr(bound.field, "choices", ()) if value]
    return [[choices[0]] if isinstance(column, models.JSONField) else value for value in choices] or [
        "inventé", "01234", "40483304800022",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", sorted({*SAYS_SOMETHING_NEW, *(name for name, _ in {**BESIDE, **NOT_SHOWN})})
)
def test_every_page_named_here_exists(name):
    assert name in corrected()
