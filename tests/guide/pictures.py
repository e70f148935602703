"""The pictures of the guide: what each shows of the page its reader has reached, and how it is made small."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page

from tests.guide.reading import IMAGES

HEAVIEST, HEAVIEST_SET = 60_000, 2_500_000
"""Bytes of one picture, and of all of them."""
COLOURS = (128, 64, 32)
"""A page has few: fewer still when the picture is too heavy. Letters stay sharp, which they do not when compressed."""


MAIN, WINDOW, SHEET = "main", "body", "dialog[open]"
"""The page without its menu; with it, as one first opens it; what slides over the page."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What is kept of the window: from the top of `around` (a CSS selector), for `height` pixels at most."""

    around: str = MAIN
    height: int = 640


_IN_FRENCH = """isFrench => document.querySelectorAll('input[type=date], input[type=month], input[data-day]').forEach(field => {
  const {type, value} = field;
  if (isFrench) {
    Object.assign(field.dataset, {day: value, kind: type});
    field.type = 'text';
    const month = () => new Date(value).toLocaleDateString('fr-FR', {month: 'long', year: 'numeric'});
    field.value = type === 'month' ? month() : value.split('-').reverse().join('/') || 'jj/mm/aaaa';
  } else {
    field.type = field.dataset.kind;
    field.value = field.dataset.day;
    delete field.dataset.day;
  }
})"""
"""Days as a French browser writes them: the one of the tests has no other language than its own for these fields."""

SHOTS: dict[str, Shot] = {
    "ma-journee": Shot(WINDOW, height=760),
    "noter-un-suivi": Shot(SHEET, height=760),
    "corriger": Shot(),
    "une-personne": Shot(),
    "contrat-refuse": Shot(),
    "eligibilite": Shot(),
    "embauche": Shot(),
    "contacts": Shot(),
    "heures-du-mois": Shot(),
    "convention": Shot(),
    "sorties": Shot(WINDOW, height=760),
    "equipe": Shot(),
    "droits": Shot(),
    "ce-qui-vous-suit": Shot(WINDOW, height=760),
    "analyse": Shot(),
    "poste": Shot(),
    "mes-besoins": Shot(WINDOW, height=760),
    "observer": Shot(WINDOW, height=760),
    "mon-equipe": Shot("section:has(h2:has-text('Personnes et gestes'))"),
    "habilitations": Shot(),
    "groupe-sorties": Shot(WINDOW, height=760),
    "collectif": Shot(),
    "immersion-refusee": Shot(SHEET, height=760),
    "mon-parcours": Shot(WINDOW, height=760),
    "mes-accords": Shot(WINDOW, height=760),
    "passeport": Shot(),
    "mon-cv": Shot(),
    "pass": Shot(),
    "derogation": Shot(SHEET, height=760),
    "entre-deux": Shot(),
    "relais": Shot(),
    "carte-des-metiers": Shot(),
    "solidite": Shot(),
    "correspondance": Shot(),
    "verification": Shot(),
    "faisabilite": Shot(),
    "vae": Shot(),
    "resultat-partiel": Shot(),
}
"""Who looks, on which page, after what: the story where the picture stands says it."""


def take(page: Page, name: str) -> None:
    """Make this picture of the page as it stands."""
    shot = SHOTS[Path(name).stem]
    page.evaluate("document.activeElement?.blur()")
    around = page.locator(shot.around).first
    around.evaluate("each => each === document.body ? scrollTo(0, 0) : each.scrollIntoView({block: 'start'})")
    box, window = around.bounding_box(), page.viewport_size
    top = max(box["y"], 0)
    clip = {
        "x": max(box["x"], 0),
        "y": top,
        "width": min(box["width"], window["width"]),
        "height": min(shot.height, box["y"] + box["height"] - top, window["height"] - top),
    }
    page.evaluate(_IN_FRENCH, True)
    drawn = Image.open(io.BytesIO(page.screenshot(clip=clip, animations="disabled")))
    page.evaluate(_IN_FRENCH, False)
    keep(drawn.convert("RGB"), IMAGES / f"{Path(name).stem}.webp")


def keep(drawn: Image.Image, path: Path) -> None:
    """Write the picture, as light as it must be; the one already there stays when it shows the same."""
    if path.exists() and _is_the_same(drawn, path):
        return
    for colours in COLOURS:
        few = drawn.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.convert("RGB").save(path, "WEBP", lossless=True, method=6)
        if path.stat().st_size <= HEAVIEST:
            return


def _is_the_same(drawn: Image.Image, path: Path) -> bool:
    """Whether nothing but the grain of colours or letters changed."""
    with Image.open(path) as kept:
        if kept.size != drawn.size:
            return False
        difference = ImageChops.difference(drawn, kept.convert("RGB")).convert("L")
        return sum(difference.histogram()[48:]) < drawn.width * drawn.height / 2_000
