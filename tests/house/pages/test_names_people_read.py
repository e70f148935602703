"""Every table and column that people may read has a French name, in lower case, written by us."""

from __future__ import annotations

from django.utils.text import camel_case_to_spaces

from tests.house.tree import our_models

SAME_IN_FRENCH = {
    "action", "appellation", "attribution", "certification", "code", "commune", "format", "immersion",
    "importance", "invitation", "message", "mode", "nature", "situation", "version",
}  # fmt: skip
"""Words that French and English share: the name Django would have made is the right one."""

WRITTEN_ELSEWHERE = {"knox"}
"""Libraries whose abstract tables we keep as they are."""


def columns():
    for model in our_models():
        for column in model._meta.get_fields():
            home = getattr(column, "model", model).__module__.split(".")[0]
            if column.auto_created or not column.concrete or not column.editable or column.primary_key:
                continue
            if not any(_declares(base, column.name) for base in model.__mro__ if _is_elsewhere(base)):
                yield f"{model._meta.label}.{column.name}", column.name, str(column.verbose_name), home


def _is_elsewhere(base) -> bool:
    return base.__module__.split(".")[0] in WRITTEN_ELSEWHERE


def _declares(base, name: str) -> bool:
    return name in vars(base) or name in {field.name for field in base._meta.fields}


def is_lower(name: str) -> bool:
    """« date d’entrée », « SIRET », « ETP conventionnés »: no capital but those of an abbreviation."""
    first = name.split()[0]
    return first == first.upper() or first[0].islower()


def test_every_column_has_a_french_name():
    unnamed = [
        where for where, column, name, _ in columns()
        if name == column.replace("_", " ") and name not in SAME_IN_FRENCH
    ]  # fmt: skip
    assert unnamed == [], (
        "give verbose_name in French; a word shared by both languages goes to SAME_IN_FRENCH"
    )


def test_names_of_columns_begin_in_lower_case():
    assert [(where, name) for where, _, name, _ in columns() if not is_lower(name)] == [], (
        "`verbose_name` in lower case: « date d’entrée »"
    )


def test_every_table_has_a_french_name_in_lower_case():
    wrong = [
        (model._meta.label, str(model._meta.verbose_name))
        for model in our_models()
        if not is_lower(str(model._meta.verbose_name))
        or (
            str(model._meta.verbose_name) == camel_case_to_spaces(model.__name__)
            and str(model._meta.verbose_name) not in SAME_IN_FRENCH
        )
    ]
    assert wrong == [], "give Meta.verbose_name in French, lower case"


def test_a_shared_word_is_still_used():
    used = {name for _, _, name, _ in columns()} | {str(model._meta.verbose_name) for model in our_models()}
    assert used >= SAME_IN_FRENCH, "no column has this name any more: take it out of SAME_IN_FRENCH"
