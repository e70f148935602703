"""Write the table and the drawing of `docs/vae.md` from the code: `python -m tests.house.vae_page`."""

from __future__ import annotations

from pathlib import Path

from competences.enums import VaeStatus
from competences.rules.vae.table import COMPUTED, NEXT_KINDS, TRANSITIONS
from pathways.rules.dated.vae import VAE_FIGURES

PAGE = Path(__file__).parents[2] / "docs" / "vae.md"
START, END = "<!-- table -->", "<!-- fin de la table -->"


def generated() -> str:
    """The drawing, the table of steps, the figures."""
    return "\n".join([*_drawing(), "", *_steps(), "", *_figures()])


def written() -> str:
    """What stands between the marks of the page."""
    return PAGE.read_text(encoding="utf-8").split(START)[1].split(END)[0].strip()


def _drawing() -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'  state "{status.label}" as {status.name}' for status in VaeStatus]
    for status, kinds in NEXT_KINDS.items():
        for kind in kinds:
            to = TRANSITIONS[kind].leads_to
            if to is not None and to is not status:
                lines.append(f"  {status.name} --> {to.name} : {kind.label.replace(' :', ',')}")
    for to, (status, basis) in COMPUTED.items():
        lines.append(f"  {status.name} --> {to.name} : le temps seul, {basis.rpartition(' ')[2]}")
    return [*lines, "```"]


def _steps() -> list[str]:
    lines = ["| étape notée | qui agit | peut suivre | mène à | texte |", "|---|---|---|---|---|"]
    for kind, row in TRANSITIONS.items():
        after = row.possible_from
        words = "tout" if after == set(VaeStatus) else ", ".join(s.label for s in VaeStatus if s in after)
        to = row.leads_to.label if row.leads_to else "ne change pas l’état"
        lines.append(f"| {kind.label} | {row.hand.label} | {words} | {to} | {row.basis} |")
    return lines


def _figures() -> list[str]:
    lines = ["| délai ou limite | valeur | texte | confiance |", "|---|---|---|---|"]
    for figure in VAE_FIGURES:
        value = f"{figure.values[-1][0]} {figure.unit}".strip()
        lines.append(f"| {figure.label} | {value} | {figure.basis} | {figure.confidence.label} |")
    return lines


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(START)[0], text.split(END)[1]
    PAGE.write_text(f"{before}{START}\n\n{generated()}\n\n{END}{after}", encoding="utf-8")
