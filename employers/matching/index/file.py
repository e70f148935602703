"""The index on disk: one file that every process maps, written beside then renamed, and believed only when whole."""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from employers.matching.index.people import PeopleIndex

MAGIC = b"passerelles-index-1\n"
LONGEST_HEADING = 100_000
ALIGNED = 64
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Kept:
    """An index as it was kept, with what its writer said of the moment it shows."""

    index: PeopleIndex
    told: Mapping[str, Any]


def keep(path: Path, index: PeopleIndex, told: Mapping[str, Any]) -> None:
    """Write the file for this user only; whoever maps the former one goes on with it."""
    tables = [np.ascontiguousarray(getattr(index, name)) for name in PeopleIndex.columns()]
    heading: dict[str, Any] = {"told": dict(told), "tables": []}
    end = crc = 0
    for table in tables:
        heading["tables"].append([table.dtype.str, len(table), end])
        end += len(_padded(table))
        crc = zlib.crc32(_padded(table), crc)
    written = json.dumps({**heading, "size": end, "crc": crc}).encode() + b"\n"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A temporary file is readable by its owner only, and stays so under its new name.
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
        try:
            draft.write(MAGIC + len(written).to_bytes(8, "little") + written)
            draft.write(bytes(-draft.tell() % ALIGNED))
            for table in tables:
                draft.write(_padded(table))
            draft.flush()
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def mapped(path: Path) -> Kept | None:
    """The index of this file, mapped rather than read; None when it is absent, cut short or not what was written."""
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                return None
            length = int.from_bytes(file.read(8), "little")
            if length > LONGEST_HEADING:
                return None
            heading = json.loads(file.read(length))
            start = file.tell() + (-file.tell() % ALIGNED)
        everything = np.memmap(path, dtype=np.uint8, mode="r", offset=start)
        if len(everything) != heading["size"] or _crc(everything) != heading["crc"]:
            return None
        tables = [
            everything[at : at + count * np.dtype(kind).itemsize].view(np.dtype(kind))
            for kind, count, at in heading["tables"]
        ]
        index = PeopleIndex(**dict(zip(PeopleIndex.columns(), map(np.asarray, tables), strict=True)))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Kept(index, heading["told"])


def _padded(table: Any) -> bytes:
    raw: bytes = table.tobytes()
    return raw + bytes(-len(raw) % ALIGNED)


def _crc(everything: Any) -> int:
    crc = 0
    for at in range(0, len(everything), CHUNK):
        crc = zlib.crc32(everything[at : at + CHUNK], crc)
    return crc
