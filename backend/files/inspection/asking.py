"""Asking the process that looks, and what is said to whoever sent a file that is not kept."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from backend.core.errors import DomainError
from backend.files.enums import FileKind
from backend.files.inspection.alone import SECONDS

_ALONE = Path(__file__).with_name("alone.py")

WORDS = {
    "empty": "Ce fichier est vide. Choisissez-le à nouveau.",
    "too_large": "Ce fichier est trop lourd. Prenez une photo moins grande, ou découpez le document.",
    "locked": "Ce PDF est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe, puis envoyez-la.",
    "unreadable": "Ce fichier est abîmé ou n’est pas ce que son nom annonce. Ouvrez-le chez vous, enregistrez-le à nouveau, "
    "puis envoyez-le.",
    "too_many_pages": "Ce PDF a plus de 100 pages. Gardez celles qui prouvent quelque chose.",
    "too_many_objects": "Ce PDF est trop compliqué pour être vérifié. Imprimez-le en PDF, puis envoyez cette copie.",
    "acts": "Ce PDF contient un programme, un autre fichier ou un formulaire qui s’exécute. Imprimez-le en PDF, puis envoyez "
    "cette copie.",
    "too_many_pixels": "Cette image est trop grande (plus de 50 millions de points). Réduisez-la, puis envoyez-la.",
    "too_heavy": "Ce fichier demande trop de mémoire pour être vérifié. Envoyez une photo ou un PDF plus simple.",
    "other_kind": "Ce fichier n’est ni un PDF, ni une photo JPEG ou PNG. Enregistrez-le sous l’une de ces formes.",
    "heic": "Les photos HEIC ne se lisent pas partout. Dans les réglages de l’appareil photo, choisissez « le plus compatible », "
    "ou envoyez-la en JPEG.",
    "office": "Un document Word, Excel ou une archive ne se garde pas comme preuve. Imprimez-le en PDF, puis envoyez cette copie.",
    "svg": "Une page web ou un dessin SVG peut contenir un programme. Envoyez une photo ou un PDF.",
}
"""One reason, one sentence, and what to do."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is kept of a file: its kind, and its bytes written again."""

    kind: FileKind
    content: bytes


def check(content: bytes) -> Checked:
    """The file as it may be kept; `DomainError` with the reason otherwise."""
    if not content:
        raise _refusal("empty")
    try:
        done = subprocess.run(  # noqa: S603 (our own program, alone with the bytes)
            [sys.executable, "-I", str(_ALONE)],
            input=content,
            capture_output=True,
            timeout=SECONDS * 2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _refusal("too_heavy") from error
    said, _, kept = done.stdout.partition(b"\n")
    word = said.decode("ascii", "replace")
    if done.returncode or not word:
        raise _refusal("too_heavy")
    if word in FileKind.values:
        return Checked(FileKind(word), kept)
    code = word.partition(":")[2]
    raise _refusal(_likely(content) if code == "other_kind" else code)


def _likely(content: bytes) -> str:
    """The usual mistakes, told apart so that the sentence helps."""
    head = content[:64]
    if head[4:8] == b"ftyp":
        return "heic"
    if head[:2] == b"PK" or head[:4] == b"\xd0\xcf\x11\xe0":
        return "office"
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return "svg"
    return "other_kind"


def _refusal(code: str) -> DomainError:
    known = code if code in WORDS else "unreadable"
    return DomainError(f"file_{known}", WORDS[known], field="file")
