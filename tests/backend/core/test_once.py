"""A reading page asks once; anything that may write asks each time."""

from backend.core.pages.once import once_per_page, one_page


def test_a_page_reads_once_and_forgets():
    asked = []

    @once_per_page
    def read(what, *, of="all"):
        asked.append((what, of))
        return len(asked)

    with one_page():
        assert [read("a"), read("a"), read("a", of="one"), read("b")] == [1, 1, 2, 3]
    with one_page():
        assert read("a") == 4
    assert [read("a"), read("a")] == [5, 6]


def test_a_question_is_the_same_however_it_is_written():
    asked = []

    @once_per_page
    def read(what, *, of=None):
        asked.append((what, of))
        return len(asked)

    with one_page():
        assert [read("a"), read(what="a"), read("a", of=None), read("a", of="one")] == [1, 1, 1, 2]
