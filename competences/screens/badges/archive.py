"""The badges of a passport in one file, with what verifies them without a network."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Collection
from typing import Any

from django.utils.text import slugify

from competences.selectors.badges import Badge

_READ_ME = """\
Badges de compétences
=====================

Chaque fichier .json est un badge (Open Badges 3.0) : une compétence, le jour, qui l’atteste et où. Gardez-les tels quels : un
badge modifié ne se vérifie plus. On peut les déposer dans un portefeuille de badges, ou les envoyer à qui les demande.

Vérifier un badge
-----------------

- en ligne, sans compte : {check_address}
- sans réseau : le fichier {issuer_file} contient les clés publiques de l’émetteur. Tout outil qui connaît les « Data Integrity
  proofs » du W3C (eddsa-rdfc-2022) vérifie la signature avec elles. Il ne saura pas si le badge a été retiré : cela se lit en
  ligne, à l’adresse inscrite dans le badge (credentialStatus).
"""
ISSUER_FILE = "emetteur.json"


def badge_name(badge: Badge) -> str:
    """« badge-laver-les-vitres-observee.json »: the competence, never the person."""
    return f"badge-{slugify(badge.line.what)[:60]}-{badge.line.status.lower()}.json"


def as_json(document: dict[str, Any]) -> str:
    """Readable, accents kept."""
    return json.dumps(document, ensure_ascii=False, indent=2)


def archive_of(badges: Collection[Badge], issuer_document: dict[str, Any], *, check_address: str) -> bytes:
    """A zip: one file a badge, the issuer with its keys, and how to verify."""
    made = io.BytesIO()
    names: set[str] = set()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for badge in badges:
            name = badge_name(badge)
            # Two competences may begin with the same words.
            name = name if name not in names else name.replace(".json", f"-{badge.line.key}.json")
            names.add(name)
            archive.writestr(name, as_json(badge.document))
        archive.writestr(ISSUER_FILE, as_json(issuer_document))
        archive.writestr(
            "LISEZ-MOI.txt", _READ_ME.format(check_address=check_address, issuer_file=ISSUER_FILE)
        )
    return made.getvalue()
