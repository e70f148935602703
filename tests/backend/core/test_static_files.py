"""Style sheets and scripts: what our libraries bring is gathered when a page asks for it, and nothing else of theirs is.

Each gathered file is compressed twice, at each installation and each upgrade, while people wait.
"""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import HashedFilesMixin

from backend.core.pages.static_files import GatheredStaticStorage, StaticFiles

PAGES = ("/", "/api/v1/docs/")
ASKED_BY_WHAT_IS_ASKED = {"oauth2-redirect.html", "oauth2-redirect.js"}
"""Swagger opens them by itself."""


def gathered() -> set[str]:
    return {name for finder in get_finders() for name, _ in finder.list(StaticFiles.ignore_patterns)}


def asked_by(page) -> set[str]:
    return set(re.findall(r'(?:href|src)=["\']?/static/([^\s"\'>]+)', page.content.decode()))


@pytest.mark.django_db
def test_each_file_of_a_library_is_asked_for_by_a_page(advisor):
    asked = {name for page in PAGES for name in asked_by(advisor.get(page, follow=True))}
    houses = {"web", "pathways", "competences", "employers", "reports"}
    brought = {name for name in gathered() if name.partition("/")[0] not in houses}
    unasked = {name for name in brought - asked if name.rpartition("/")[2] not in ASKED_BY_WHAT_IS_ASKED}
    assert {name for name in unasked if "LICENSE" not in name} == set(), "leave it aside in `StaticFiles`"
    assert asked - gathered() == set(), "no page asks for what is left aside"


def test_a_map_left_aside_is_not_looked_for_inside_the_files():
    """A library names the map of its sources in its last line: gathering would stop on it."""
    here, there = repr(HashedFilesMixin.patterns), repr(GatheredStaticStorage.patterns)
    assert "sourceMappingURL" in here
    assert "sourceMappingURL" not in there
    assert "@import" in there, "what a style sheet imports is still followed"
    assert not any(name.endswith(".map") for name in gathered())
