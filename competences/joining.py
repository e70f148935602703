"""How what a person can do follows when two files are made one."""

from __future__ import annotations

from backend.core.joining.tables import Table
from competences.models import Assessment, Cv, Licence, Passport, VaeProject, VaeStep

TABLES = (
    Table(
        Assessment,
        same=("competence", "assessed_on", "status", "observer_name"),
        quiet=("observer",),
    ),
    Table(Licence),
    # What was given to read stays as it was given: its content is sealed with it, and its address is its own number.
    Table(Passport),
    # Two choices of one person: the words are asked about, the lines ticked stay those of the file that is kept.
    Table(Cv, by_field=True, quiet=("shown",)),
    Table(VaeProject),
    Table(VaeStep, same=("kind", "on", "cancelled_at")),
)
