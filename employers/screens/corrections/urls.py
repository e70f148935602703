"""Addresses of corrections and annulments on the employers' side."""

from employers.screens.corrections.kinds import KINDS
from pathways.screens.corrections.views import paths_of

_PLACES = {
    "employer": "employeurs",
    "establishment": "lieux",
    "analysis": "analyses",
    "placement": "embauches",
    "post_hire": "suivis-dans-l-emploi",
}

urlpatterns = paths_of(KINDS, _PLACES)
