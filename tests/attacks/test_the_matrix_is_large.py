"""SEC-03: the matrix of rights is played in full, and stays as large as the product."""

from tests.access.api_policy import API_WRITES
from tests.access.policy import WEB
from tests.access.test_api_access_matrix import OBJECTS
from tests.access.test_web_access_matrix import relations_of
from tests.access.world import RELATIONS, ROLES


def test_more_than_five_thousand_cases_are_played():
    pages = sum(len(page.methods) * len(relations_of(page)) for page in WEB.values())
    objects = len(OBJECTS) * (len(RELATIONS) + 1)
    verbs = sum(len(RELATIONS) + 1 if write.about else 2 for write in API_WRITES.values())
    assert len(ROLES) * (pages + objects + verbs) > 5_000
