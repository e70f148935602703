"""A file that could do harm is refused with its reason, or kept without what it hid; the service never pays for it."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import pikepdf
import pytest
from PIL import Image

from backend.core.errors import DomainError
from backend.files.inspection import alone, asking
from tests.backend.files import hostile
from tests.house.tree import ROOT

REFUSED = hostile.refused()
NEUTRALISED = hostile.neutralised()


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_could_do_harm_is_refused_with_its_reason(name):
    """SEC-27."""
    content, code = REFUSED[name]
    with pytest.raises(DomainError) as refusal:
        asking.check(content)
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")


@pytest.mark.parametrize("name", sorted(NEUTRALISED))
def test_what_is_kept_holds_nothing_else(name):
    """SEC-27."""
    content, kind = NEUTRALISED[name]
    kept = asking.check(content)
    assert kept.kind == kind
    assert alone.kind_of(kept.content) == kind
    assert [harm for harm in hostile.HARM if harm in kept.content] == []


def test_the_corpus_is_large():
    """SEC-27."""
    assert len(REFUSED) + len(NEUTRALISED) >= 50


def test_each_sentence_is_used():
    by_size = {"file_too_large", "file_too_heavy"}
    assert {f"file_{code}" for code in asking.WORDS} == {code for _, code in REFUSED.values()} | by_size


def test_a_photo_is_upright_and_small_and_says_nothing():
    kept = Image.open(io.BytesIO(asking.check(hostile.photo_with_position()).content))
    assert kept.size == (480, 640)
    assert not kept.getexif()
    large = Image.open(io.BytesIO(asking.check(hostile.photo((4_000, 3_000))).content))
    assert large.size == (2_000, 1_500)


def test_a_png_keeps_its_holes():
    sheet = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    kept = Image.open(io.BytesIO(asking.check(out.getvalue()).content))
    assert kept.getpixel((3, 3))[3] == 0


def test_a_pdf_keeps_its_pages_and_the_photo_inside():
    kept = pikepdf.open(io.BytesIO(asking.check(hostile.NEUTRALISED_PDF).content))
    assert len(kept.pages) == 1
    photo = kept.pages[0].Resources.XObject.I
    assert Image.open(io.BytesIO(photo.read_raw_bytes())).size == (640, 480)
    assert "/Info" not in kept.trailer


ASKS = """
import resource, sys
from pathlib import Path
from backend.core.errors import DomainError
from backend.files.inspection import asking

before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
refused = 0
for path in sys.argv[1:]:
    try:
        asking.check(Path(path).read_bytes())
    except DomainError:
        refused += 1
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(refused, own * 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""
"""A process of its own: the children of this one are those of every test before."""


def test_what_a_file_makes_a_decoder_take_is_bounded(tmp_path):
    """The heaviest of the corpus: refused in seconds, the service’s own memory untouched."""
    heavy = [tmp_path / name for name in ("png_30000_by_30000", "png_with_a_bomb_of_text")]
    for path in heavy:
        path.write_bytes(REFUSED[path.name][0])
    started = time.monotonic()
    told = subprocess.run(
        [sys.executable, "-c", ASKS, *heavy], cwd=ROOT, capture_output=True, text=True, check=True
    )
    refused, own, child = map(int, told.stdout.split())
    assert time.monotonic() - started < 2 * alone.SECONDS
    assert (refused, own < 100_000_000, child <= alone.MEMORY) == (2, True, True)


def test_a_decoder_that_takes_everything_is_stopped(tmp_path, monkeypatch):
    """SEC-27: Memory asked for beyond the ceiling is not given: the process ends, the sender reads why."""
    greedy = tmp_path / "greedy.py"
    greedy.write_text(
        f"import sys\nsys.path.insert(0, {str(asking._ALONE.parent)!r})\nimport alone\nalone.bounded()\n"
        "x = bytearray(2_000_000_000)\nprint('PDF')\n"
    )
    monkeypatch.setattr(asking, "_ALONE", greedy)
    with pytest.raises(DomainError) as refusal:
        asking.check(b"%PDF-1.7")
    assert refusal.value.code == "file_too_heavy"
