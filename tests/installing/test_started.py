"""The unit that serves, started by a real systemd: does it serve, and is it as shut as it says?

systemd runs as the first process of namespaces of its own, in which the machine's files are seen,
but for users, `/usr/local`, `/opt`, and what services keep; nothing of the machine is changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.home import Home
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

_SYSTEMD = Path("/lib/systemd/systemd")
_PYTHON = Path(f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}")
_CGROUPS = (Path("/sys/fs/cgroup/systemd"), Path("/sys/fs/cgroup/unified"))
_USER = 10_002
_BEGIN = """
set -e
cd "$1"
mount --make-rprivate /
for name in passwd group; do mount --bind "$1/etc/$name" "/etc/$name"; done
mount --bind "$1/lib" /var/lib
mount --bind "$1/cache" /var/cache
mount --bind "$1/local" /usr/local
mount --bind "$1/opt" /opt
mount --bind "$2" /opt/program
mount --bind "$3" /opt/packages
mount -t tmpfs tmpfs /run
umount -R /sys/fs/cgroup
mount -t tmpfs tmpfs /sys/fs/cgroup
mkdir /sys/fs/cgroup/systemd /sys/fs/cgroup/unified
mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd
mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified
ip link set lo up
export container=other SYSTEMD_UNIT_PATH="$1/units"
exec /lib/systemd/systemd --system --unit=only.target --log-target=null --show-status=no
"""
_PROGRAM = f"""#!/bin/sh
export PYTHONPATH=/opt/program:/opt/packages PYTHONDONTWRITEBYTECODE=1
exec {_PYTHON} -c 'from webui.cli import main; main()' "$@"
"""
_ONLY = "[Unit]\nDefaultDependencies=no\nWants=dispatches.service\n"
_HERE = """[Unit]
DefaultDependencies=no
[Service]
# What the tests have compiled lies beside the program.
Environment=NUMBA_CACHE_DIR=
StandardError=truncate:/run/said
"""


def _laid(folder: Path, home: Home) -> None:
    """What the namespaces see in place of the machine's own."""
    for name in ("etc", "lib", "cache", "local/bin", "opt/program", "opt/packages", "units"):
        (folder / name).mkdir(parents=True)
    for name, line in (
        ("passwd", f"{_USER}:{_USER}::/var/lib/dispatches:/bin/false"),
        ("group", f"{_USER}:"),
    ):
        text = Path("/etc", name).read_text(encoding="utf-8")
        (folder / "etc" / name).write_text(f"{text}dispatches:x:{line}\n", encoding="utf-8")
    program = folder / "local/bin/dispatches"
    program.write_text(_PROGRAM, encoding="utf-8")
    program.chmod(0o755)
    collection = folder / "lib/dispatches"
    shutil.copytree(home.path, collection)
    for path in (collection, *collection.rglob("*")):
        os.chown(path, _USER, _USER)
    shutil.copy(ROOT / "docs/running/dispatches.service", folder / "units")
    (folder / "units/dispatches.service.d").mkdir()
    (folder / "units/dispatches.service.d/here.conf").write_text(_HERE, encoding="utf-8")
    (folder / "units/only.target").write_text(_ONLY, encoding="utf-8")


@pytest.fixture
def machine(tmp_path: Path, demo_home: Home) -> Iterator[int]:
    """Process of a systemd that has started the unit."""
    missing: list[object] = [one for one in (_SYSTEMD, _PYTHON, *_CGROUPS) if not one.exists()]
    missing += [one for one in ("unshare", "nsenter", "ip", "curl") if not shutil.which(one)]
    missing += [f"to write {one}" for one in _CGROUPS if not os.access(one, os.W_OK)]
    if os.geteuid() != 0 or missing:
        pytest.skip(f"needs root, and {', '.join(map(str, missing)) or 'what it gives'}")
    _laid(tmp_path, demo_home)
    groups = [_group(cgroup) for cgroup in _CGROUPS]
    for group in groups:
        group.mkdir()
    enter = "".join(f"echo $$ > {group}/cgroup.procs && " for group in groups)
    spaces = ("--mount", "--pid", "--fork", "--cgroup", "--uts", "--ipc", "--net", "--mount-proc")
    begin = tmp_path / "begin"
    begin.write_text(_BEGIN, encoding="utf-8")
    packages = sysconfig.get_path("purelib")
    command = ["unshare", *spaces, "bash", str(begin), str(tmp_path), str(ROOT), packages]
    with subprocess.Popen(["bash", "-c", f'{enter} exec "$@"', "-", *command]) as outer:
        try:
            yield _child(outer)
        finally:
            subprocess.run(["kill", "-KILL", str(_child(outer))], check=True)
    for group in groups:
        for path in sorted(group.rglob("*/"), reverse=True):
            path.rmdir()
        group.rmdir()


def _group(cgroup: Path) -> Path:
    return cgroup / f"dispatches-test-{os.getpid()}"


def _child(outer: subprocess.Popen[bytes]) -> int:
    """The first process inside."""
    listed = Path(f"/proc/{outer.pid}/task/{outer.pid}/children")
    for _ in range(100):
        if found := listed.read_text(encoding="utf-8").split():
            return int(found[0])
        time.sleep(0.05)
    raise AssertionError("no namespaces were made")


def _inside(process: int, *command: str, spaces: tuple[str, ...] = ("--mount", "--net")) -> str:
    entered = ["nsenter", "--target", str(process), *spaces, *command]
    done = subprocess.run(entered, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def _served(machine: int, address: str) -> str:
    for _ in range(600):
        if page := _inside(machine, "curl", "-sf", f"http://127.0.0.1:8000{address}"):
            return page
        time.sleep(0.5)
    raise AssertionError(_inside(machine, "cat", "/run/said"))


def test_it_serves_and_can_do_nothing_else(machine: int) -> None:
    assert _served(machine, "/healthz") == "ok\n"
    assert 'class="hit' in _served(machine, "/search?q=drone")
    listed = _group(_CGROUPS[0]) / "system.slice/dispatches.service/cgroup.procs"
    server = int(listed.read_text(encoding="utf-8").split()[0])
    status = Path(f"/proc/{server}/status").read_text(encoding="utf-8")
    said = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert said["Uid"].split() == [str(_USER)] * 4
    assert (said["NoNewPrivs"], said["Seccomp"], int(said["CapBnd"], 16)) == ("1", "2", 0)
    see = ("--mount",)
    assert _inside(server, "sh", "-c", "touch /var/lib/dispatches/x && echo done", spaces=see)
    for path in ("/usr/x", "/etc/x", "/opt/x", "/var/lib/x"):
        assert not _inside(server, "sh", "-c", f"touch {path} && echo done", spaces=see), path
    assert not _inside(server, "ls", "/root", spaces=see)
    assert not _inside(server, "ls", "/tmp", spaces=see)
