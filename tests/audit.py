"""`make audit`: the known flaws of what the product is made of, and its inventory; says what it asked and when.

pip-audit runs apart (`requirements/audit.txt`), on the lock as it is. A flaw fails; so does a package that the service
does not know, and a service that does not answer: what was not looked at is never said to be fine.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.house.components import RUN, components, inventory

FINE, FLAWED, NOT_KNOWN = 0, 1, 2
SERVICE = "avis de sécurité de l’index public de Python (PyPI)"


def main(auditor: str, folder: Path) -> int:
    """Write the inventory, ask for the flaws, sum up."""
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / "inventaire.cdx.json"
    written.write_text(json.dumps(inventory(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    everything = components()
    here = {each.name for each in everything if each.is_here}
    print(f"Inventaire CycloneDX : {written}, {len(everything)} composants.")
    asked = subprocess.run(
        [auditor, "--requirement", str(RUN), "--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    code, said = summed_up(asked.stdout, here)
    now = datetime.now(UTC).isoformat(timespec="minutes")
    print(f"{SERVICE}, demandés le {now} :", *said, sep="\n  ")
    if elsewhere := sorted({each.name for each in everything} - here):
        print(f"Pour d’autres systèmes, non vérifiés d’ici : {', '.join(elsewhere)}.")
    return code


def summed_up(answer: str, locked: set[str]) -> tuple[int, list[str]]:
    """Whether all is well, and the lines to read, for what pip-audit printed as JSON (nothing when nobody answered)."""
    try:
        told: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return NOT_KNOWN, [
            "le service n’a pas répondu : rien n’a été vérifié, recommencez avec un accès au réseau."
        ]
    looked_at = {each["name"] for each in told if "vulns" in each}
    flaws = [
        f"{each['name']} {each['version']} : {flaw['id']}"
        + (
            f", corrigée en {', '.join(flaw['fix_versions'])}"
            if flaw.get("fix_versions")
            else ", sans correction connue"
        )
        for each in told
        for flaw in each.get("vulns", ())
    ]
    unknown = sorted(locked - looked_at)
    said = [f"{len(looked_at)} composants vérifiés, {len(flaws)} failles connues.", *flaws]
    if unknown:
        said.append(
            f"{len(unknown)} non vérifiés, que le service ne connaît pas d’ici : {', '.join(unknown)}."
        )
    return (FLAWED if flaws else NOT_KNOWN if unknown else FINE), said


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
