"""What the product is made of, read in its lock: an inventory (CycloneDX 1.6), and the licence of each component.

A licence is read in what is installed here; what another system alone installs has its line without one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
RUN, DEV = (ROOT / "requirements" / name for name in ("run.txt", "dev.txt"))
_BLOCK = re.compile(
    r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)(.*?)(?=^[A-Za-z0-9]|\Z)", re.MULTILINE | re.DOTALL
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_TROVE = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
}
"""The names of the registry for those that have one of their own."""

PERMISSIVE = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib",
    }
)  # fmt: skip
SHARED_BACK = frozenset({"LGPL-2.1-or-later", "LGPL-3.0-only", "MPL-2.0"})
"""Their own files stay under them; whoever uses them keeps their licence."""
ACCEPTED = PERMISSIVE | SHARED_BACK
"""What goes with a product under EUPL-1.2."""
READ_BY_HAND: dict[str, tuple[str, str]] = {
    "qrcode": (
        "BSD-3-Clause",
        "its other word is the trade mark « QR Code » ; its LICENSE is BSD, then MIT for what it was ported from",
    ),
    "pyphen": ("LGPL-2.1-or-later", "offered under GPL, LGPL or MPL, as one likes"),
    "axe-playwright-python": ("MIT", "said in its LICENSE only"),
    "djlint": ("GPL-3.0-or-later", "a tool that reads our templates, which goes nowhere with the product"),
}
"""What a package says too little, or too much, of itself: its licence as read in its files, and why."""
TOOLS_ONLY = frozenset({"GPL-3.0-or-later"})
"""Accepted of a tool of the developers, never of what is installed."""


@dataclass(frozen=True, slots=True)
class Component:
    """One line of the lock; `licence` is an SPDX expression, empty when the package is not installed here."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str = ""
    is_here: bool = True
    """Whether this machine installs it: a lock holds for every system."""

    @property
    def purl(self) -> str:
        """Its address in any inventory."""
        return f"pkg:pypi/{self.name}@{self.version}"

    @property
    def licences(self) -> frozenset[str]:
        """The licences its expression names."""
        words = re.split(r"\s+(?:AND|OR)\s+", self.licence.replace("BSD 3-Clause", "BSD-3-Clause"))
        return frozenset(word.strip("() ") for word in words if word)


def components(lock: Path = RUN) -> list[Component]:
    """Everything a lock names."""
    found = []
    for name, version, rest in _BLOCK.findall(lock.read_text(encoding="utf-8")):
        known = canonicalize_name(name)
        marker = rest.partition("\n")[0].strip(" ;\\")
        is_here = not marker or Marker(marker).evaluate()
        found.append(Component(known, version, tuple(_HASH.findall(rest)), licence_of(known), is_here))
    return found


def licence_of(name: str) -> str:
    """What the installed package says of its licence."""
    if name in READ_BY_HAND:
        return READ_BY_HAND[name][0]
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    troves = [
        each.rpartition(" :: ")[2]
        for each in said.get_all("Classifier") or []
        if each.startswith("License ::")
    ]
    named = " OR ".join(_TROVE.get(each, each) for each in troves)
    return said.get("License-Expression") or named or said.get("License", "").partition("\n")[0] or "not said"


def inventory(lock: Path = RUN) -> dict[str, Any]:
    """The same as CycloneDX 1.6; the same lock gives the same inventory."""
    version = metadata.version("passerelles")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "passerelles",
                "name": "passerelles",
                "version": version,
                "licenses": [{"expression": "EUPL-1.2"}],
            }
        },
        "components": [_told(each) for each in components(lock)],
    }


def _told(each: Component) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": "library",
        "bom-ref": each.purl,
        "name": each.name,
        "version": each.version,
        "purl": each.purl,
        "hashes": [{"alg": "SHA-256", "content": content} for content in each.hashes],
    }
    return told | ({"licenses": [{"expression": each.licence}]} if each.licence else {})
