"""Two files made one leave nothing behind: every table that leads to a person says how its rows follow."""

from __future__ import annotations

import re

import pytest
from django.db import models

from backend.core.joining import tables
from pathways.models import Beneficiary
from tests.house.tree import our_models

NOT_OF_A_PERSON: dict[str, str] = {}
"""Tables with a path to a person whose rows do not follow, each with the reason."""
NUMBERS_LEFT = {
    "audit.Entry.beneficiary_id": "the trail never changes: `backend.audit.numbers` reads it under every number",
    "audit.Entry.subject_id": "the same",
    "audit.Entry.organisation_id": "a structure",
    "audit.Entry.user_id": "an account",
    "audit.Cut.last_id": "lines of the trail",
    "audit.Link.first_id": "lines of the trail",
    "audit.Link.last_id": "lines of the trail",
    "accounts.OpenSession.user_id": "an account",
    "mail.Message.about_id": "an invitation, or an account",
    "competences.SkillChange.person": "written by the base itself: both people are told changed",
    "exchange.Received.row_id": "prints of what was sent: those of a row set aside serve again once it is back",
    "exchange.Received.owner_id": "the same",
    "employers.ProfileConsent.shown_as": "the number a pseudonym was drawn from: it stays what the employer knew",
    "pathways.Reunion.gone_id": "what a file was called before it was joined",
}
"""Numbers that look like links and are left as they are, each with the reason."""
_LOOKS_LIKE_A_LINK = re.compile(r"(_id|person|_as)$")


def leading_to_a_person() -> set[type[models.Model]]:
    """Every table of ours with a link to a person, or to a row of theirs."""
    found: set[type[models.Model]] = {Beneficiary}
    while True:
        more = {
            model
            for model in our_models()
            if model not in found
            and any(field.related_model in found for field in model._meta.get_fields() if field.concrete)
        }
        if not more:
            return found
        found |= more


def test_every_table_that_leads_to_a_person_says_how_it_follows():
    registered = {table.model._meta.label for table in tables.registered()}
    leading = {model._meta.label for model in leading_to_a_person()}
    assert len(leading) > 25, "tables of people are no longer found: look at how links are followed"
    assert leading - registered - set(NOT_OF_A_PERSON) == set(), "a Table in <domain>/joining.py"
    assert registered - leading == set(), "it leads to nobody: take it out"


def test_parents_are_declared_before_what_hangs_from_them():
    ranks = {table.model: rank for rank, table in enumerate(tables.registered())}
    assert tables.person_table().model is Beneficiary
    for table in tables.registered()[1:]:
        for link in tables.links_of(table):
            assert ranks[link.related_model] <= ranks[table.model], f"{table.label}.{link.name}"
        assert tables.path_to_person(table), (
            "register the table in <domain>/joining.py with its way to the person"
        )


def test_every_field_a_table_names_exists():
    for table in tables.registered():
        named = {*table.quiet, *table.empty_speaks, *table.settles, *table.derives, *table.stamps}
        named |= set(table.same) if isinstance(table.same, tuple) else set()
        assert named <= {field.name for field in table.model._meta.concrete_fields}, table.label
        if table.follows:
            above = next(
                each for each in tables.registered() if each.model is tables.owner_of(table).related_model
            )
            assert above.by_field, f"{table.label} follows an answer that is never asked by field"


def unique_promises() -> list[tuple[tables.Table, str, frozenset[str]]]:
    """What the base refuses to hold twice for one person, beyond the link itself."""
    found = []
    for table in tables.registered()[1:]:
        links = {link.name for link in tables.links_of(table)}
        for each in table.model._meta.constraints:
            if isinstance(each, models.UniqueConstraint) and links & set(each.fields):
                found.append((table, each.name, frozenset(each.fields) - links))
    return found


@pytest.mark.parametrize(
    ("table", "name", "fields"), unique_promises(), ids=[name for _, name, _ in unique_promises()]
)
def test_what_the_base_holds_once_is_made_one(table, name, fields):
    """A table that promises something unique to a person says which of its rows are one."""
    if not fields:
        return  # a link alone: rows of two people about the same people, made one by the links themselves
    assert table.same is not None, f"{table.label}: {name}"
    if isinstance(table.same, tuple):
        assert set(table.same) <= fields | {"cancelled_at"}, f"{table.label}: {name} is wider than `same`"


def test_every_number_that_looks_like_a_link_is_followed_or_explained():
    followed = {f"{number.model._meta.label}.{number.name}" for number in tables.numbers()}
    plain = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if not field.is_relation
        and not field.primary_key
        and field.name != "external_id"
        and isinstance(field, models.IntegerField | models.CharField)
        and _LOOKS_LIKE_A_LINK.search(field.name)
    }
    assert plain - followed - set(NUMBERS_LEFT) == set(), "a Number in <domain>/joining.py, or why it is left"
    assert set(NUMBERS_LEFT) <= plain, "this column is gone, or is a link now: take it out of NUMBERS_LEFT"
