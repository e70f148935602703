#!/usr/bin/env python3
"""Stands for systemd on a machine that has not booted: reads the very unit files, starts what they say as they say it.

`systemctl enable|start|stop|restart|disable [--now] UNIT…`. What falls is started again after `RestartSec`. A timer is only
read. Debian's own services are started by the words of their unit, or by their init script when they have one.
"""

import os
import pwd
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

FOLDERS = [Path("/etc/systemd/system"), Path("/lib/systemd/system"), Path("/usr/lib/systemd/system")]
STATE = Path("/run/stand-in")
BY_INIT_SCRIPT = {"postgresql", "redis-server"}
CADDY_WITHOUT_AUTHORITY = "{\n\tlocal_certs\n\tskip_install_trust\n}\nimport /etc/caddy/Caddyfile\n"
"""No authority certifies an invented name: Caddy is its own. Nothing else of its file is changed."""


def unit_of(name):
    file = name if "." in name else name + ".service"
    for folder in FOLDERS:
        if (folder / file).exists():
            return folder / file
    sys.exit(f"Unit {file} not found.")


def read(path):
    said = {}
    for line in path.read_text().splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            said.setdefault(key.strip(), []).append(value.strip())
    return said


def environment_of(said):
    found = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    for path in said.get("EnvironmentFile", []):
        for line in Path(path).read_text().splitlines():
            name, equals, value = line.partition("=")
            if equals:
                found[name] = "".join(shlex.split(value))
    return found


def start(name):
    if name in BY_INIT_SCRIPT:
        subprocess.run([f"/etc/init.d/{name}", "start"], check=True)
        return
    said = read(unit_of(name))
    if "ExecStart" not in said:
        return  # a timer: its hour is not waited for
    command = shlex.split(said["ExecStart"][-1])
    account = pwd.getpwnam(said.get("User", ["root"])[-1])
    home = account.pw_dir
    if name == "caddy":
        around = STATE / "Caddyfile"
        around.write_text(CADDY_WITHOUT_AUTHORITY)
        command = [str(around) if word == "/etc/caddy/Caddyfile" else word for word in command]
        command += ["--adapter", "caddyfile"]
        account = pwd.getpwnam("root")  # what lets it listen to the ports of the web is systemd's to give
    environment = environment_of(said) | {"HOME": home, "USER": account.pw_name}
    umask = int(said.get("UMask", ["0022"])[-1], 8)

    def become():
        os.umask(umask)
        os.initgroups(account.pw_name, account.pw_gid)
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)

    folder = said.get("WorkingDirectory", ["/"])[-1]
    if said.get("Type") == ["oneshot"]:
        subprocess.run(command, env=environment, cwd=folder, preexec_fn=become, check=True)
        return
    keeper = os.fork()
    if keeper:
        (STATE / name).write_text(str(keeper))
        return
    os.setsid()
    log = (STATE / f"{name}.log").open("a")
    os.dup2(log.fileno(), 1)
    os.dup2(log.fileno(), 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    watch(command, environment, folder, become, said)


def watch(command, environment, folder, become, said):
    """`Restart=`: until asked to stop."""
    asked = []
    patience = float(said.get("TimeoutStopSec", ["30"])[-1].rstrip("s"))
    signal.signal(signal.SIGTERM, lambda *_: asked.append(1))
    while True:
        child = subprocess.Popen(
            command, env=environment, cwd=folder, preexec_fn=become, start_new_session=True
        )
        while child.poll() is None and not asked:
            time.sleep(0.1)
        if asked:
            child.terminate()
            try:
                child.wait(patience)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
            os._exit(0)
        if said.get("Restart", ["no"])[-1] == "no" or (
            said["Restart"][-1] == "on-failure" and not child.returncode
        ):
            os._exit(0)
        time.sleep(float(said.get("RestartSec", ["1"])[-1]))


def stop(name):
    if name in BY_INIT_SCRIPT:
        subprocess.run([f"/etc/init.d/{name}", "stop"], check=True)
        return
    path = STATE / name
    if not path.exists():
        return
    keeper = int(path.read_text())
    path.unlink()
    try:
        os.kill(keeper, signal.SIGTERM)
        while True:
            os.kill(keeper, 0)
            time.sleep(0.1)
    except ProcessLookupError:
        return


def main():
    STATE.mkdir(parents=True, exist_ok=True)
    verb, *rest = sys.argv[1:]
    names = [word.removesuffix(".service") for word in rest if word != "--now"]
    for name in names:
        if name not in BY_INIT_SCRIPT:
            unit_of(name)
        if verb in {"stop", "restart"} or (verb == "disable" and "--now" in rest):
            stop(name)
        if verb in {"start", "restart"} or (verb == "enable" and "--now" in rest):
            start(name)


if __name__ == "__main__":
    main()
