"""The index that every process maps: believed for whom nothing changed since, absent otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from competences.selectors.changes import people_changed_since, this_base

if TYPE_CHECKING:
    from employers.matching.index.people import PeopleIndex
    from employers.matching.referential import Referential


@dataclass(frozen=True, slots=True)
class CurrentIndex:
    """An index that tells the truth of everybody but `changed`, whom the plain formula ranks."""

    index: PeopleIndex
    changed: frozenset[int]


def index_file() -> Path:
    """Where this machine keeps its index; nothing else is needed to make it again."""
    return Path(settings.DATA_DIR) / "index" / "people"


def current_index(referential: Referential) -> CurrentIndex | None:
    """The index of this base under this referential; None when there is none to believe."""
    path = index_file()
    try:
        stat = path.stat()
    except OSError:
        return None
    found = _believed(path, stat.st_ino, stat.st_mtime_ns, referential)
    if found is None:
        return None
    index, reading = found
    changed = people_changed_since(reading)
    return None if changed is None else CurrentIndex(index, frozenset(changed))


@lru_cache(maxsize=2)
def _believed(
    path: Path, inode: int, written_at: int, referential: Referential
) -> tuple[PeopleIndex, str] | None:
    """The index of this file and the reading it was made from: mapped once by each process."""
    from employers.matching.index.file import mapped

    kept = mapped(path)
    if kept is None or kept.told.get("made_from") != made_from(referential):
        return None
    return kept.index, str(kept.told.get("reading"))


def made_from(referential: Referential) -> str:
    """The base and the words an index is made from: another has other numbers for the same people or competences."""
    marks = sha256(f"{this_base()}\n{'/'.join(referential.codes)}".encode())
    for numbers in (referential.macro_of, referential.objective_of, referential.objective_of_macro):
        marks.update(numbers.tobytes())
    return marks.hexdigest()
