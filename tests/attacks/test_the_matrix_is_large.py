"""SEC-03: the matrix of rights is played in full, and stays as large as the product.

A role that reaches no object of a kind is asked of the nearest one: whoever may not open their own opens nobody's.
"""

from tests.access.api_policy import API_KINDS, API_WRITES
from tests.access.policy import WEB
from tests.access.reach import REACH
from tests.access.test_api_access_matrix import OBJECTS, asked_of, collection_of
from tests.access.test_web_access_matrix import relations_of
from tests.access.world import ROLES, worth_asking


def test_more_than_five_thousand_cases_are_played():
    pages = sum(len(page.methods) * len(relations_of(page, role)) for page in WEB.values() for role in ROLES)
    kinds = [API_KINDS[collection_of(route)] for route in OBJECTS]
    objects = sum(len(worth_asking(REACH[kind].get(role, ()))) + 1 for kind in kinds for role in ROLES)
    verbs = sum(len(asked_of(write, role)) + 1 for write in API_WRITES.values() for role in ROLES)
    assert pages + objects + verbs > 5_000
