"""The numbered rules of the VAE: R35, R36 and R37, in plain French."""

from __future__ import annotations

from backend.core.findings import Confidence
from backend.core.rule_lines import RuleLine
from pathways.rules.dated import vae as figures

VAE = "Validation des acquis (VAE)"

RULES: tuple[RuleLine, ...] = (
    RuleLine(
        "R35", VAE, "{0} sans réponse valent recevabilité d’une VAE.", "R6412-4", Confidence.CONFIRMED,
        "Le projet passe de lui-même à « recevable », avec la date comptée depuis le dossier complet.",
        "competences.rules.vae.reading.read_file", figures=(figures.DECISION, figures.ASK_COMPLETE),
        refusals=("refused_after_silence",),
    ),
    RuleLine(
        "R36", VAE, "Une recevabilité est caduque après {0} ; le jury se tient dans les {1}.", "R6412-4, R6412-5",
        Confidence.CONFIRMED, "L’échéance est annoncée ; un jury trop tardif est signalé, pas refusé.",
        "competences.rules.vae.reading.read_file", figures=(figures.LAPSE, figures.JURY), refusals=("jury_late",),
    ),
    RuleLine(
        "R37", VAE, "{0} de VAE par certification et {1} en tout par année civile.", "R6412-3, R6412-4",
        Confidence.CONFIRMED, "Un dossier de trop est refusé, avec l’année où il redevient possible.",
        "competences.rules.vae.limits.limit_findings", figures=(figures.SAME_FILES, figures.ALL_FILES),
        refusals=("too_many_files",),
    ),
)  # fmt: skip
