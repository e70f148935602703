"""Keeps the lines that HiGHS now and then prints on the standard output away from our answers."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

STANDARD_OUTPUT = 1


def apart_from_the_solver() -> TextIO:
    """The standard output for us alone, until the process ends: what the solver prints goes nowhere."""
    ours = os.fdopen(os.dup(STANDARD_OUTPUT), "w", encoding="utf-8")
    _send_nowhere()
    return ours


@contextmanager
def quiet_solver() -> Iterator[None]:
    """The same for a while; for a command of its own, since the whole process is concerned."""
    sys.stdout.flush()
    ours = os.dup(STANDARD_OUTPUT)
    _send_nowhere()
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)  # lines still waiting in the buffer of the C library
        os.dup2(ours, STANDARD_OUTPUT)
        os.close(ours)


def _send_nowhere() -> None:
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), STANDARD_OUTPUT)
