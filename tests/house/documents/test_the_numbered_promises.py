"""The page of the sixty promises says what tests prove: none is claimed without one, none is kept in silence."""

from __future__ import annotations

import pytest

from tests.house.promises_catalogue import PROMISES
from tests.house.promises_page import PAGE, numbered_in, page, proofs


def test_every_promise_stands_once_in_order():
    assert [promise.number for promise in PROMISES] == list(range(1, 61)), (
        "number promises one after the other in tests/house/promises_catalogue.py"
    )


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.code)
def test_a_promise_has_its_tests_or_says_that_it_waits(promise):
    assert bool(proofs().get(promise.code)) is not promise.waits, (
        "prove it with a test named test_SEC_nn_…, or say that it `waits`; not both"
    )
    assert not (promise.waits and (promise.left or promise.bound)), (
        "what waits has neither bound nor remainder: take them out"
    )


def test_no_test_carries_a_number_that_nobody_promised():
    assert set(proofs()) <= {promise.code for promise in PROMISES}, (
        "a test names a promise that tests/house/promises_catalogue.py does not have"
    )


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "Lancez « python -m tests.house.promises_page »."


def test_a_number_is_read_in_the_name_the_first_sentence_or_the_module():
    source = '"""SEC-01 here.\n\nSEC-02 only told of."""\ndef test_SEC_03_a(): ...\ndef test_b():\n    """SEC-04."""\ndef helper(): ...\n'
    assert numbered_in(source) == [("test_SEC_03_a", ("01", "03")), ("test_b", ("01", "04"))]
    assert numbered_in("def test_c(): ...") == [], "a test without a number promises nothing"
