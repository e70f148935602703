"""Which month the table shows."""

from __future__ import annotations

from backend.core.pages.forms import MonthField
from backend.web.forms.base import CalmForm


class MonthForm(CalmForm):
    """A month to open."""

    writes = "choisit le mois que montre le tableau ; les heures s’écrivent dans ses cases"

    mois = MonthField(label="Mois")
