"""Dates and figures of a picture never touch, never leave it, and keep their words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backend.web.components.labels import BREATH, Wish, lanes_of, place

WISHES = st.lists(
    st.builds(
        Wish,
        at=st.floats(0, 936),
        text=st.text(alphabet="abcdef 0123", min_size=1, max_size=30),
        bold=st.booleans(),
        centred=st.booleans(),
        beside=st.sampled_from([0, 11]),
    ),
    max_size=30,
)


@given(wishes=WISHES)
def test_two_labels_of_one_lane_keep_their_distance(wishes):
    labels = place(wishes, width=936)
    for lane in range(lanes_of(labels)):
        row = sorted((label for label in labels if label.lane == lane), key=lambda label: label.left)
        for before, after in pairwise(row):
            assert after.left - before.right >= BREATH - 1e-6


@given(wishes=WISHES)
def test_no_label_is_lost_nor_cut(wishes):
    labels = place(wishes, width=936)
    assert sorted(label.text for label in labels) == sorted(wish.text for wish in wishes)
    assert all(label.left >= 0 and label.right <= 936 + 1e-6 for label in labels)


@given(wishes=WISHES, stretch=st.floats(1, 4))
def test_a_wider_screen_never_brings_labels_together(wishes, stretch):
    for lane_labels in _by_lane(place(wishes, width=936)):
        edges = [_edges(label, 936 * stretch) for label in lane_labels]
        for (_, end), (start, _) in pairwise(edges):
            assert start >= end - 0.2
        assert all(start >= -0.2 and end <= 936 * stretch + 0.2 for start, end in edges)


@given(wishes=WISHES, stretch=st.floats(1, 4))
def test_a_wider_screen_never_takes_a_label_away_from_its_day(wishes, stretch):
    for label in place(wishes, width=936):
        at = float(label.x.rstrip("%")) / 100
        (start, _), (wide_start, _) = _edges(label, 936), _edges(label, 936 * stretch)
        assert abs((wide_start - at * 936 * stretch) - (start - at * 936)) < 0.2


def _by_lane(labels):
    return [
        sorted((label for label in labels if label.lane == lane), key=lambda label: label.left)
        for lane in range(lanes_of(labels))
    ]


def _edges(label, width):
    x, size = float(label.x.rstrip("%")) / 100 * width + float(label.dx), label.right - label.left
    start = {"start": x, "middle": x - size / 2, "end": x - size}[label.anchor]
    return start, start + size


MARKED = st.lists(
    st.builds(
        Wish, at=st.floats(11, 925), text=st.text("abc 01", min_size=1, max_size=30), beside=st.just(11)
    ),
    max_size=30,
)


@given(wishes=MARKED, width=st.sampled_from([936, 234]))
def test_no_words_run_over_a_mark_of_their_lane(wishes, width):
    wishes = [replace(wish, at=wish.at * width / 936) for wish in wishes]
    labels = place(wishes, width=width)
    for label in labels:
        marks = [
            float(other.x.rstrip("%")) * width / 100 for other in labels if other.mark_lane == label.lane
        ]
        assert not [at for at in marks if label.left < at < label.right]


def test_words_too_long_for_a_phone_stand_whole_under_their_mark():
    (label,) = place([Wish(120, "Immersion chez Garage Fictif", beside=11)], width=234)
    assert (label.text, label.mark_lane, label.lane) == ("Immersion chez Garage Fictif", 0, 1)
    assert 0 <= label.left <= label.right <= 234
