"""The guide of docs/guide/: every picture is there and told, every menu entry has its story, no page is too long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PIL import Image

from backend.core.actor import Role
from backend.web.navigation import places_of
from tests.guide.pictures import HEAVIEST, HEAVIEST_SET, SHOTS
from tests.guide.reading import FIRST_PAGE, GUIDE, IMAGES, Step, pages, steps_of, stories_of

MOST_LINES = 130
PAGES = {page.stem: page.read_text("utf-8") for page in pages()}
STORIES = {name: text for name, text in PAGES.items() if name != FIRST_PAGE.stem}
SHORTEST_ALTERNATIVE = 20
"""Letters: fewer say what the picture is called, not what it shows."""
ELSEWHERE = {Role.OPERATOR}
"""Who has no page."""


def pictures() -> Iterator[Step]:
    """Every picture that a page shows, with its alternative text."""
    return (step for text in PAGES.values() for step in steps_of(text) if step.kind == "look")


def test_every_picture_is_there_and_is_shown_once():
    shown = Counter(step.words.removeprefix("images/").removesuffix(".webp") for step in pictures())
    kept = {path.stem for path in IMAGES.iterdir()}
    assert set(shown) == kept == set(SHOTS), "take them again: make guide; take out what no page shows"
    assert [name for name, times in shown.items() if times > 1] == [], "a picture belongs to one story"


def test_every_picture_says_in_words_what_it_shows():
    told = {step.words: step.value for step in pictures()}
    assert [name for name, words in told.items() if len(words) < SHORTEST_ALTERNATIVE] == [], (
        "say what one sees, for who does not see it"
    )


def test_pictures_are_light():
    weights = {path.name: path.stat().st_size for path in IMAGES.iterdir()}
    assert {name for name, weight in weights.items() if weight > HEAVIEST} == set(), "show less of the page"
    assert sum(weights.values()) <= HEAVIEST_SET, "fewer pictures: one for each thing that words do not show"


@pytest.mark.parametrize("path", sorted(IMAGES.iterdir()), ids=lambda path: path.stem)
def test_a_picture_opens(path):
    with Image.open(path) as opened:
        assert opened.format == "WEBP"
        opened.verify()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_read_in_one_sitting(name):
    assert len(PAGES[name].splitlines()) <= MOST_LINES, "one subject a page: give the other its own"


@pytest.mark.parametrize("name", sorted(STORIES))
def test_what_stands_between_guillemets_belongs_to_a_story(name):
    """Before the first account of a page, nobody reads any screen: nothing there could be checked."""
    stories = stories_of(STORIES[name])
    assert stories, "tell a story of the demonstration: a line « > », then an account"
    assert [step for story in stories if story[0].kind != "be" for step in story] == [], (
        "say first which account reads it; a word that is not of the screen is written in italics"
    )


@pytest.mark.parametrize("name", sorted(STORIES))
def test_a_page_is_found_from_the_first_one(name):
    assert f"]({name}.md)" in PAGES[FIRST_PAGE.stem], "link it from docs/guide/README.md"


def test_a_guide_is_found_from_what_people_open_first():
    root = GUIDE.parent.parent
    for first in ("README.md", "LISEZMOI.md"):
        assert "](docs/guide/README.md)" in (root / first).read_text("utf-8"), f"link it from {first}"


@pytest.mark.parametrize("role", sorted(set(Role) - ELSEWHERE))
def test_every_entry_of_a_menu_is_told_by_some_page(role):
    told = {step.words for text in STORIES.values() for step in steps_of(text)}
    assert [place.label for place in places_of(role) if place.label not in told] == [], (
        "tell what one finds there, in a story of docs/guide/"
    )


@pytest.mark.parametrize("path", sorted((GUIDE / "exemples").iterdir()), ids=lambda path: path.name)
def test_an_example_is_sent_by_a_story(path):
    assert any(f"`exemples/{path.name}`" in text for text in STORIES.values()), (
        "no page sends it: take it out"
    )


def test_the_steps_of_a_page_are_read_in_order():
    text = (
        "Avant.\n\n> Compte : `odile.exemple@example.org`, sur un téléphone\n\n1. « Nom » : `Modèle`, **« Chercher »**,\n"
        "   **« Noter » de Lina**, **pas un geste**. « Ma\njournée »\n\n![Ce que l’on voit](images/x.webp)\n"
    )
    assert [(step.kind, step.words, step.value) for step in steps_of(text)] == [
        ("be", "odile.exemple@example.org", "phone"),
        ("fill", "Nom", "Modèle"),
        ("press", "Chercher", ""),
        ("press", "Noter de Lina", ""),
        ("see", "Ma journée", ""),
        ("look", "images/x.webp", "Ce que l’on voit"),
    ]
