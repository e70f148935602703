"""Why days go by between two steps, as far as what is recorded tells."""

from __future__ import annotations

from django.db.models import TextChoices


class GapCause(TextChoices):
    """Our reading of a gap: no text closes this list, and nothing of the person's life is asked."""

    NOTHING_PLANNED = "SANS_SUITE", "Rien n’est prévu"
    SAME_PLACE = "RETOUR", "Contrat repris plus tard dans la même structure"
    BROKEN = "RUPTURE", "Contrat arrêté avant son terme"
    LATE_RELAY = "RELAIS_TARDIF", "Relais daté après la fin du contrat"
    NO_WELCOME = "RELAIS_SANS_ACCUEIL", "Relais refusé, retiré ou annulé"
    NO_RELAY = "SANS_RELAIS", "Aucun relais proposé avant la fin"
    JOB_LATER = "EMBAUCHE", "Embauche plus tard que la fin du contrat"
