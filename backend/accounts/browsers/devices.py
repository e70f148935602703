"""What a browser says of itself, in two words: enough to recognise one's own, nothing more is kept."""

from __future__ import annotations

UNKNOWN_DEVICE = "Appareil inconnu"

# The first sign found wins: each browser also claims to be those that come after it.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def device_in_words(said: str) -> str:
    """« Firefox, Windows »; « Appareil inconnu » for what says nothing we know."""
    found = [_first(said, signs) for signs in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found)) or UNKNOWN_DEVICE


def _first(said: str, signs: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in signs if sign in said), "")
