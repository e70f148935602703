"""Numbers said in words, once for every page."""

import pytest

from backend.core.values.numbers import minutes_in_words


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (1, "1 min"), (59, "59 min"), (60, "1 h"), (61, "1 h 01"), (75, "1 h 15"), (720, "12 h")],
)
def test_minutes_are_said_as_people_say_them(minutes, said):
    assert minutes_in_words(minutes) == said
