"""Addresses of the pathway's screens, in French because people read them."""

from pathways.screens.accesses.urls import urlpatterns as accesses
from pathways.screens.between.urls import urlpatterns as between
from pathways.screens.beyond.urls import urlpatterns as beyond
from pathways.screens.contracts.urls import urlpatterns as contracts
from pathways.screens.corrections.urls import urlpatterns as corrections
from pathways.screens.data_quality.urls import urlpatterns as data_quality
from pathways.screens.eligibility.urls import urlpatterns as eligibility
from pathways.screens.exits.urls import urlpatterns as exits
from pathways.screens.follow_ups.urls import urlpatterns as follow_ups
from pathways.screens.goals.urls import urlpatterns as goals
from pathways.screens.hours.urls import urlpatterns as hours
from pathways.screens.immersions.urls import urlpatterns as immersions
from pathways.screens.my_pathway.urls import urlpatterns as my_pathway
from pathways.screens.passes.urls import urlpatterns as passes
from pathways.screens.people.urls import urlpatterns as people
from pathways.screens.person.urls import urlpatterns as person
from pathways.screens.privacy.urls import urlpatterns as privacy
from pathways.screens.relays.urls import urlpatterns as relays
from pathways.screens.reunions.urls import urlpatterns as reunions
from pathways.screens.rules.urls import urlpatterns as rules
from pathways.screens.trainings.urls import urlpatterns as trainings
from pathways.screens.travelling.urls import urlpatterns as travelling
from pathways.screens.wishes.urls import urlpatterns as wishes

urlpatterns = [
    *people,
    *beyond,
    *reunions,
    *person,
    *accesses,
    *follow_ups,
    *goals,
    *contracts,
    *passes,
    *eligibility,
    *exits,
    *hours,
    *immersions,
    *trainings,
    *wishes,
    *travelling,
    *relays,
    *corrections,
    *between,
    *data_quality,
    *privacy,
    *my_pathway,
    *rules,
]
