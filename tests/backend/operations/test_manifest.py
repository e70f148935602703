"""A backup is ours whole and unchanged, or it is not brought back: looked at in a folder, before any base is touched."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from backend.core.errors import DomainError
from backend.core.sealing.signatures import is_ours, sign
from backend.operations.backups.manifest import NAME, Manifest, read_manifest


@pytest.fixture
def saved(tmp_path):
    """A folder as `passerelles backup` leaves it."""
    folder = tmp_path / "s"
    (folder / "files" / "2026").mkdir(parents=True)
    (folder / "base.sqlite3").write_bytes(b"base")
    (folder / "files" / "2026" / "preuve.pdf").write_bytes(b"%PDF")
    Manifest.of(
        written_at="2026-11-27T02:30:00+01:00", engine="base.sqlite3", rows={"t": 3}, folder=folder
    ).write(folder)
    return folder


def refusal_of(folder, target):
    """The code of the refusal; None when the backup is taken."""
    try:
        manifest = read_manifest(folder)
        manifest.check_contents(folder)
        manifest.copy_into(target, folder)
    except DomainError as error:
        return error.code
    return None


def test_what_was_saved_is_taken(saved, tmp_path):
    assert refusal_of(saved, tmp_path / "copy") is None
    assert (tmp_path / "copy" / "files" / "2026" / "preuve.pdf").read_bytes() == b"%PDF"
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == ["base.sqlite3", "files"]


def changed(**values):
    def change(folder):
        told = json.loads((folder / NAME).read_text()) | values
        (folder / NAME).write_text(
            json.dumps({key: value for key, value in told.items() if value is not None})
        )

    return change


def another_mark(folder):
    (folder / "base.sqlite3").write_bytes(b"forged")
    shutil.copy(folder / "base.sqlite3", folder / "beside")
    told = json.loads((folder / NAME).read_text())
    told["marks"]["base.sqlite3"] = told["marks"]["files/2026/preuve.pdf"]
    (folder / NAME).write_text(json.dumps(told))


ALTERED = {
    "a mark": (another_mark, "backup_altered"),
    "the rows": (changed(rows={"t": 4}), "backup_altered"),
    "the engine": (changed(engine="base.dump"), "backup_altered"),
    "the day": (changed(written_at="2026-11-28T02:30:00+01:00"), "backup_altered"),
    "a path that leads outside": (changed(marks={"../secrets.env": "0" * 64}), "backup_altered"),
    "no signature": (changed(signature=None), "other_keys"),
    "a signature of nobody": (changed(signature="s1:00000000:" + "0" * 64), "other_keys"),
    "a signature that is none": (changed(signature="s1"), "other_keys"),
    "an unsigned format": (changed(format=1), "backup_unsigned"),
    "a format to come": (changed(format=3), "backup_newer"),
    "words unknown": (changed(more=1), "not_a_backup"),
}


@pytest.mark.parametrize("what", sorted(ALTERED))
def test_a_manifest_changed_in_anything_is_refused(saved, tmp_path, what):
    """SEC-59."""
    change, code = ALTERED[what]
    change(saved)
    assert refusal_of(saved, tmp_path / "copy") == code


def a_link(folder):
    (folder / "files" / "lien").symlink_to("/etc/hostname")


def a_linked_folder(folder):
    shutil.move(folder / "files", folder.parent / "elsewhere")
    (folder / "files").symlink_to(folder.parent / "elsewhere")


def a_hard_link(folder):
    os.link(folder / "base.sqlite3", folder.parent / "kept")


def a_pipe(folder):
    os.mkfifo(folder / "files" / "tube")


OTHER_CONTENTS = {
    "a file more": (lambda folder: (folder / "files" / "intrus.txt").write_text("x"), "backup_grew"),
    "a file less": (lambda folder: (folder / "base.sqlite3").unlink(), "backup_damaged"),
    "a file changed": (lambda folder: (folder / "base.sqlite3").write_bytes(b"bas3"), "backup_damaged"),
    "a link": (a_link, "backup_links"),
    "a folder that is a link": (a_linked_folder, "backup_links"),
    "a hard link": (a_hard_link, "backup_links"),
    "a pipe": (a_pipe, "backup_links"),
}


@pytest.mark.parametrize("what", sorted(OTHER_CONTENTS))
def test_contents_that_are_not_those_of_the_manifest_are_refused(saved, tmp_path, what):
    change, code = OTHER_CONTENTS[what]
    change(saved)
    assert refusal_of(saved, tmp_path / "copy") == code


def test_a_link_put_there_after_the_look_is_not_followed(saved, tmp_path):
    manifest = read_manifest(saved)
    manifest.check_contents(saved)
    (tmp_path / "outside").write_bytes(b"base")
    (saved / "base.sqlite3").unlink()
    (saved / "base.sqlite3").symlink_to(tmp_path / "outside")
    with pytest.raises(DomainError, match="abîmée"):
        manifest.copy_into(tmp_path / "copy", saved)


def test_a_signature_holds_for_one_purpose_one_content_and_our_keys(settings):
    mark = sign(b"content", purpose="one")
    assert is_ours(b"content", mark, purpose="one")
    assert [is_ours(b"content", mark, purpose="two"), is_ours(b"Content", mark, purpose="one")] == [
        False,
        False,
    ]
    former = settings.FIELD_KEYS[0]
    settings.FIELD_KEYS = ["another key"]
    assert not is_ours(b"content", mark, purpose="one")
    settings.FIELD_KEYS = ["another key", former]
    assert is_ours(b"content", mark, purpose="one")
