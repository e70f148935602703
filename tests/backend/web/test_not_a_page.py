"""From the address of a gesture, the page it was pressed on."""

from __future__ import annotations

import pytest

from backend.web.views.not_a_page import page_above


@pytest.mark.parametrize(
    ("gesture", "page"),
    [
        ("/postes/2/demander/", "/postes/2/"),
        ("/accords/3/retirer/", "/accords/3/"),
        ("/rien/du/tout/", "/"),
        ("/", "/"),
    ],
)
def test_the_page_above_a_gesture_is_the_nearest_address_that_exists(gesture, page):
    assert page_above(gesture) == page
