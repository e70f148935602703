"""Addresses of the pathway's screens, in French because people read them."""

from pathways.screens.accesses.urls import urlpatterns as accesses
from pathways.screens.between.urls import urlpatterns as between
from pathways.screens.contracts.urls import urlpatterns as contracts
from pathways.screens.corrections.urls import urlpatterns as corrections
from pathways.screens.data_quality.urls import urlpatterns as data_quality
from pathways.screens.exits.urls import urlpatterns as exits
from pathways.screens.follow_ups.urls import urlpatterns as follow_ups
from pathways.screens.goals.urls import urlpatterns as goals
from pathways.screens.hours.urls import urlpatterns as hours
from pathways.screens.immersions.urls import urlpatterns as immersions
from pathways.screens.my_pathway.urls import urlpatterns as my_pathway
from pathways.screens.passes.urls import urlpatterns as passes
from pathways.screens.people.urls import urlpatterns as people
from pathways.screens.person.urls import urlpatterns as person
from pathways.screens.relays.urls import urlpatterns as relays
from pathways.screens.reunions.urls import urlpatterns as reunions
from pathways.screens.rules.urls import urlpatterns as rules

urlpatterns = [
    *people,
    *reunions,
    *person,
    *accesses,
    *follow_ups,
    *goals,
    *contracts,
    *passes,
    *exits,
    *hours,
    *immersions,
    *relays,
    *corrections,
    *between,
    *data_quality,
    *my_pathway,
    *rules,
]
