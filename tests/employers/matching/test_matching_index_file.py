"""A file of the index is believed whole or not at all, and opens to its owner only."""

from __future__ import annotations

from multiprocessing import get_context
from time import sleep

import numpy as np
import pytest

from employers.matching.index.file import keep, mapped
from employers.matching.index.people import PeopleIndex


@pytest.fixture
def index(small):
    return PeopleIndex.build(np.array([7, 7, 9]), np.array([0, 1, 3]), np.array([1, 5, 4]), small)


def test_what_is_mapped_is_what_was_kept(index, tmp_path):
    keep(tmp_path / "index", index, {"mark": 3})

    found = mapped(tmp_path / "index")

    assert found.told == {"mark": 3}
    for name in PeopleIndex.columns():
        assert getattr(found.index, name).tolist() == getattr(index, name).tolist()
    assert not found.index.held_rows.flags.writeable


def test_only_its_owner_may_read_it_and_nothing_else_is_left_behind(index, tmp_path):
    keep(tmp_path / "folder" / "index", index, {})

    (file,) = (tmp_path / "folder").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_an_empty_index_is_kept_too(small, tmp_path):
    nobody = np.zeros(0, dtype=np.int64)
    keep(tmp_path / "index", PeopleIndex.build(nobody, nobody, nobody, small), {})

    assert len(mapped(tmp_path / "index").index.keys) == 0


def test_wherever_the_file_is_cut_or_changed_it_is_not_believed(index, tmp_path):
    path = tmp_path / "index"
    assert mapped(path) is None
    keep(path, index, {"mark": 3})
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place])
        assert mapped(path) is None
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        found = mapped(path)
        # A word of the heading that was only spelt otherwise may remain; never another table.
        assert found is None or found.index.held_rows.tolist() == index.held_rows.tolist()


def test_whoever_writes_it_may_be_killed_at_any_moment(index, tmp_path):
    path = tmp_path / "index"
    keep(path, index, {"mark": 0})
    for pause in (0.0, 0.001, 0.003, 0.01):
        writer = get_context("fork").Process(target=_write_for_ever, args=(path, index))
        writer.start()
        sleep(pause)
        writer.kill()
        writer.join()

        assert mapped(path).index.held_rows.tolist() == index.held_rows.tolist()


def _write_for_ever(path, index):
    while True:
        keep(path, index, {"mark": 1})
