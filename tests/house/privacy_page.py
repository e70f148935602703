"""Write `docs/donnees.md` from what each house declares: `python -m tests.house.privacy_page`."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps

from backend.core.privacy.classes import Kind
from backend.core.privacy.tables import Table, outside, registered

PAGE = Path(__file__).parents[2] / "docs" / "donnees.md"
HEAD = """# Les données gardées, une table après l’autre

Page écrite par `python -m tests.house.privacy_page` ; un test échoue si elle n’est plus à jour, ou si une colonne n’est
pas classée. C’est la matière du registre des traitements : ce qui est gardé, à quoi cela sert, combien de temps, ce qui
part quand une personne est effacée, et ce qu’elle reçoit quand elle demande ses données.

## Les classes

| classe | niveau | qui lit | donnée à la personne |
|---|---|---|---|
"""
TABLES = """
## Les tables

| table | à quoi elle sert | colonnes, par classe | gardée | à l’effacement | copie pour la personne |
|---|---|---|---|---|---|
"""
OUTSIDE = """
## Les tables des bibliothèques

| table | ce qu’elle contient | gardée | à l’effacement |
|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    classes = "".join(
        f"| {kind.value.label} | {kind.value.level} | {kind.value.readers} | {'oui' if kind.value.is_given else 'non'} |\n"
        for kind in Kind
    )
    ours = "".join(_line(table) for table in registered())
    theirs = "".join(
        f"| `{apps.get_model(table.label)._meta.db_table}` | {table.holds} | {table.kept} | {table.fate} |\n"
        for table in outside()
    )
    return HEAD + classes + TABLES + ours + OUTSIDE + theirs


def _line(table: Table) -> str:
    by_class = []
    for kind in Kind:
        names = sorted(name for name, each in table.columns.items() if each is kind)
        if names:
            by_class.append(f"{kind.value.label} : {', '.join(f'`{name}`' for name in names)}")
    given = f"« {table.title} »" if table.title else table.not_given
    columns = "<br>".join(by_class)
    name = f"{table.model._meta.verbose_name} (`{table.model._meta.db_table}`)"
    return f"| {name} | {table.purpose} | {columns} | {table.kept} | {table.fate} | {given} |\n"


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings.testing")
    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
