"""A VAE, from the project to the result (Code du travail, art. R6412-2 to R6412-7, L6421-1 to L6422-8).

`table` says what may follow what; `reading` what the facts and the delays make of a file on a day; `findings` what a
step typed or sent would contradict; `limits` the files of a civil year; `leave` the leave; `funding` money.
"""

from competences.rules.vae.facts import FileFacts, StepFacts
from competences.rules.vae.findings import removal_findings, replacement_findings, step_findings
from competences.rules.vae.reading import Delay, Reading, read_file
from competences.rules.vae.table import NEXT_KINDS, TRANSITIONS

__all__ = [
    "NEXT_KINDS",
    "TRANSITIONS",
    "Delay",
    "FileFacts",
    "Reading",
    "StepFacts",
    "read_file",
    "removal_findings",
    "replacement_findings",
    "step_findings",
]
