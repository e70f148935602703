"""Every pair of colours people read is legible in both themes: read from the style sheet itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import backend.web

CSS = (Path(backend.web.__file__).parent / "static" / "web" / "passerelles.css").read_text(encoding="utf-8")
TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")
KINDS = ("ai", "etti", "aci", "ei", "eiti", "asp-sap", "geiq", "job")
SHARES = ("durable", "transition", "positive", "other")

TEXT_PAIRS = [
    *[(text, ground) for text in ("ink", "muted", "brand", "brand-strong") for ground in ("paper", "card")],
    *[("ink", f"{tint}-soft") for tint in ("brand", "alert", "good", "warning", "quiet")],
    *[("alert", ground) for ground in ("paper", "card", "alert-soft")],
    *[("alert-strong", ground) for ground in ("card", "alert-soft")],
    *[("good", ground) for ground in ("paper", "card", "good-soft")],
    *[("warning", ground) for ground in ("paper", "card", "warning-soft")],
    *[("brand", "brand-soft"), ("brand-strong", "brand-soft")],
    *[("on-brand", "brand"), ("on-brand", "brand-strong")],
    *[("rail-ink", ground) for ground in ("rail", "rail-active", "rail-field")],
    *[("rail-muted", ground) for ground in ("rail", "rail-field")],
    ("rail-count-ink", "rail-count"),
    *[("kind-ink", f"kind-{kind}") for kind in KINDS],
    *[(f"share-{share}-ink", f"share-{share}") for share in SHARES],
]
GRAPHIC_PAIRS = [
    *[(f"kind-{kind}", "card") for kind in KINDS],
    ("field-line", "card"),
    ("field-line", "paper"),
    ("focus", "card"),
    ("focus", "paper"),
    ("alert", "alert-soft"),
    ("brand", "brand-soft"),
    ("brand", "quiet-soft"),
    ("warning", "card"),
    ("ink", "share-other"),
    ("ink", "share-positive"),
    ("share-durable", "card"),
]


def _tokens(block: str) -> dict[str, str]:
    return dict(TOKEN.findall(block))


def _themes() -> dict[str, dict[str, str]]:
    light = CSS[CSS.index(":root {") : CSS.index("@media screen and (prefers-color-scheme: dark)")]
    dark = CSS[
        CSS.index("@media screen and (prefers-color-scheme: dark)") : CSS.index(
            "/* Bootstrap takes our colours. */"
        )
    ]
    return {"light": _tokens(light), "dark": {**_tokens(light), **_tokens(dark)}}


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(first: str, second: str) -> float:
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_formula_knows_black_on_white():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_is_legible_on_its_ground(theme, text, ground):
    tokens = _themes()[theme]
    assert _contrast(tokens[text], tokens[ground]) >= 4.5, (theme, text, ground)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("part", "ground"), GRAPHIC_PAIRS)
def test_graphic_parts_stand_out_from_their_ground(theme, part, ground):
    tokens = _themes()[theme]
    assert _contrast(tokens[part], tokens[ground]) >= 3, (theme, part, ground)


def test_dark_theme_says_every_colour_again_except_shapes():
    light, dark_only = (
        _themes()["light"],
        _tokens(CSS[CSS.index("@media screen and (prefers-color-scheme: dark)") :]),
    )
    assert set(light) == set(dark_only)


def test_no_rule_names_a_colour_outside_the_tokens():
    rules = CSS[CSS.index("/* Ground */") : CSS.index("@media (prefers-contrast: more)")]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s])", rules) == []
