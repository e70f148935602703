"""The page that tells which data are kept is the one that the houses declare."""

from __future__ import annotations

from tests.house.privacy_page import PAGE, page


def test_SEC_32_the_page_of_the_data_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.house.privacy_page"
