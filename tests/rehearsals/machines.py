"""A Debian machine of one's own: files, processes and network apart, and nothing left of it afterwards.

Bare, it is what `debootstrap` makes, with Python and nothing more. Like here, it is this machine under a layer that takes
what is written: Debian's packages are already there, which spares a minute and a half. Root only, on Linux.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.rehearsals.pages import ROOT

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
SOURCES = "/usr/src/passerelles"
_FROM_OUTSIDE = ("apt-get", "/opt/passerelles/bin/pip")
"""What fetches packages goes out by the network of this machine; all the rest has one of its own."""
_NETWORK = ("PIP_CERT", "PIP_INDEX_URL", "http_proxy", "https_proxy", "no_proxy")
_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
_MIRROR = "http://deb.debian.org/debian"
_FIRST_PROCESS = "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN); signal.pause()"
_NEVER_START = "#!/bin/sh\nexit 101\n"


def can_make_one() -> bool:
    """Whether this account may make such a machine."""
    return (
        os.geteuid() == 0
        and subprocess.run(["unshare", "--mount", "--net", "--pid", "--fork", "true"]).returncode == 0
    )


def bare_tree(release: str) -> Path:
    """What Debian installs with Python only, fetched once."""
    tree = (
        Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "passerelles" / f"debian-{release}"
    )
    if not (tree / "etc/debian_version").exists():
        shutil.rmtree(tree, ignore_errors=True)
        beside = tree.with_suffix(".new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        subprocess.run(
            ["debootstrap", "--variant=minbase", "--include=python3,ca-certificates,init-system-helpers", release,
             str(beside), _MIRROR], check=True, stdout=sys.stderr,
        )  # fmt: skip
        beside.rename(tree)
    return tree


class Machine:
    """Where one types as root; `outside` is its tree, seen from here."""

    def __init__(self, outside: Path, keeper: int) -> None:
        self.outside = outside
        self._keeper = keeper

    def type(self, line: str, *, folder: str = SOURCES) -> str:
        """Type a line in a clean shell; what it said. `AssertionError` when it fails."""
        done = self.run(line, folder=folder)
        assert done.returncode == 0, f"{line}\n{done.stdout}"
        return done.stdout

    def run(self, line: str, *, folder: str = SOURCES) -> subprocess.CompletedProcess[str]:
        """Type a line in a clean shell."""
        if line.startswith("apt-get install"):  # fetched from outside, set up inside, where no port is taken
            fetched = self._run(f"{line} --download-only", folder, from_outside=True)
            return fetched if fetched.returncode else self._run(line, folder, from_outside=False)
        return self._run(line, folder, from_outside=any(word in line for word in _FROM_OUTSIDE))

    def _run(self, line: str, folder: str, *, from_outside: bool) -> subprocess.CompletedProcess[str]:
        enter = ["nsenter", "--target", str(self._keeper), "--mount", "--pid"]
        environment = {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8"}
        if from_outside:
            environment |= {name: os.environ[name] for name in _NETWORK if name in os.environ}
        else:
            enter.append("--net")
        words = [*enter, "chroot", str(self.outside), "sh", "-c", f"cd {folder} && {line}"]
        return subprocess.run(
            words,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def visited_by(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of our programs in the network of the machine, as somebody who knows nothing of its files."""
        return subprocess.run(
            ["nsenter", "--target", str(self._keeper), "--net", sys.executable, *words],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        """A file of the machine, as an editor would write it."""
        # From its own side: an overlay seen from here is not this one.
        self._put(path, text)
        self.type(f"chmod {mode:o} {path}", folder="/")

    def read(self, path: str) -> str:
        """A file of the machine."""
        return self.type(f"cat {path}", folder="/")

    def _put(self, path: str, text: str) -> None:
        enter = ["nsenter", "--target", str(self._keeper), "--mount", "chroot", str(self.outside)]
        subprocess.run(
            [*enter, "sh", "-c", f'mkdir -p "$(dirname {path})" && cat > {path}'], input=text, text=True, check=True,
            env={"PATH": PATH},
        )  # fmt: skip


@contextmanager
def a_machine(*, release: str | None = None) -> Iterator[Machine]:
    """A bare Debian of this release, or one like here; gone afterwards with all that ran in it."""
    work = Path(tempfile.mkdtemp(prefix="passerelles-machine-"))
    lower = bare_tree(release) if release else Path("/")
    keeper = subprocess.Popen(
        ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "sh", "-ec", _MOUNTS, "sh", str(work), str(lower),
         "" if release else "like here"],
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        inside = _first_process_of(keeper, work / "ready")
        machine = Machine(work / "tree", inside)
        if release is None:
            _lend_our_program(machine)
        _bring_the_sources(machine, inside)
        machine.write(
            "/usr/local/sbin/systemctl", (ROOT / "tests/rehearsals/systemctl.py").read_text(), 0o755
        )
        machine.write("/usr/sbin/policy-rc.d", _NEVER_START, 0o755)
        yield machine
    finally:
        keeper.kill()
        keeper.wait(timeout=30)
        shutil.rmtree(work, ignore_errors=True)


_MOUNTS = f"""
mount --make-rprivate /
mkdir "$1/over" && mount -t tmpfs -o size=6g over "$1/over"
mkdir "$1/over/upper" "$1/over/work" "$1/tree"
mount -t overlay machine -o "lowerdir=$2,upperdir=$1/over/upper,workdir=$1/over/work" "$1/tree"
mount --rbind /dev "$1/tree/dev"
mount -t proc proc "$1/tree/proc"
mount -t tmpfs run "$1/tree/run"
mkdir -p "$1/tree/run/lock" "$1/tree/etc/ssl/certs"
if [ -n "$3" ]; then
  for made in /var/lib/postgresql /etc/postgresql /var/run/postgresql; do
    [ -d "$1/tree$made" ] && mount -t tmpfs empty "$1/tree$made"
  done
else
  cp /etc/resolv.conf "$1/tree/etc/resolv.conf"
  echo "127.0.0.1 localhost" > "$1/tree/etc/hosts"
  cp {_CERTIFICATES} "$1/tree{_CERTIFICATES}"
fi
ip link set lo up
touch "$1/ready"
exec python3 -c '{_FIRST_PROCESS}'
"""


def _first_process_of(keeper: subprocess.Popen, ready: Path) -> int:
    """The number, seen from here, of the first process of the machine."""
    give_up_at = time.monotonic() + 30
    while not ready.exists():
        assert keeper.poll() is None, "the machine could not be made"
        assert time.monotonic() < give_up_at, "the machine is long to come"
        time.sleep(0.05)
    children = Path(f"/proc/{keeper.pid}/task/{keeper.pid}/children").read_text().split()
    return int(children[0])


def _lend_our_program(machine: Machine) -> None:
    """The program of these tests, which any account of the machine may then read, as in `/opt`."""
    (editable,) = Path(sys.prefix).glob("lib/*/site-packages/__editable__*.pth")
    machine.write(str(editable), f"{ROOT}\n")
    places = (ROOT, Path(sys.prefix), Path(sys.executable).resolve(), Path(sys.base_prefix))
    folders = {str(folder) for place in places for folder in [*place.parents][:-1]}
    machine.type(f"ln -s {sys.prefix} /opt/passerelles && chmod o+x {' '.join(sorted(folders))}", folder="/")


def _bring_the_sources(machine: Machine, inside: int) -> None:
    """What somebody who has just fetched the project has: the files that git knows, as they are here."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    present = b"\0".join(name for name in names.split(b"\0") if name and (ROOT / name.decode()).exists())
    packed = subprocess.run(
        ["tar", "-c", "--null", "-T", "-"], cwd=ROOT, input=present, capture_output=True, check=True
    ).stdout
    enter = ["nsenter", "--target", str(inside), "--mount", "chroot", str(machine.outside)]
    subprocess.run(
        [*enter, "sh", "-c", f"mkdir -p {SOURCES} && tar -x --no-same-owner -C {SOURCES}"], input=packed, check=True,
        env={"PATH": PATH},
    )  # fmt: skip
