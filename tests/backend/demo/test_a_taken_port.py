"""The demonstration on a port that something else holds: one sentence, at once, and what to type."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from tests.conftest import ROOT


def test_a_taken_port_is_one_sentence_before_anything_is_prepared(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "DATA_DIR": str(tmp_path),
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, "-m", "backend.manage", "demo"],
            cwd=ROOT, env={**env, "PORT": str(taken.getsockname()[1])}, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
    assert done.returncode == 1
    (sentence,) = done.stderr.strip().splitlines()
    assert "déjà pris" in sentence
    assert "PORT=" in sentence
    assert done.stdout == ""
