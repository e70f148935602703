"""The process that looks: started for one file, reads it on its input, answers « kind » or « refused code » then bytes.

It is run by its path, without Django: it knows nothing of the base, of the keys, of the people. Whatever a file makes
a decoder do, it does it here, under these ceilings, and the service goes on.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

MEMORY = 640 * 1024 * 1024
SECONDS = 15
LARGEST_ANSWER = 40 * 1024 * 1024

PDF, JPEG, PNG = "PDF", "JPEG", "PNG"
SIGNS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
"""The first bytes, the very first: a file that is also something else begins otherwise."""


def bounded() -> None:
    """Ceilings that this process cannot lift: memory, time, files written, other processes' cores."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def kind_of(content: bytes) -> str | None:
    """PDF, JPEG or PNG, by the first bytes; None for everything else."""
    return next((kind for sign, kind in SIGNS if content.startswith(sign)), None)


def look(content: bytes) -> tuple[str, bytes]:
    """The kind and what is kept; or « refused:code » and nothing."""
    kind = kind_of(content)
    if kind is None:
        return "refused:other_kind", b""
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    try:
        if kind == PDF:
            from backend.files.inspection import pdfs

            kept = pdfs.written_again(content)
        else:
            from backend.files.inspection import images

            kept = images.redrawn(content, kind)
    except MemoryError:
        return "refused:too_heavy", b""
    except RecursionError:
        return "refused:too_many_objects", b""
    except Exception as error:  # noqa: BLE001 (whatever a decoder says of a file we do not trust, it is not kept)
        return f"refused:{_code_of(error)}", b""
    return (kind, kept) if len(kept) <= LARGEST_ANSWER else ("refused:too_heavy", b"")


def _code_of(error: Exception) -> str:
    is_ours = type(error).__name__ in {"NotAPdf", "NotAnImage"}
    return str(error.args[0]) if is_ours else "unreadable"


if __name__ == "__main__":
    bounded()
    said, kept = look(sys.stdin.buffer.read())
    sys.stdout.buffer.write(said.encode() + b"\n" + kept)
