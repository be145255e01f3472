"""The Containerfile: do its steps, in order and in a clean root, make an image that serves?

No engine of containers is asked for: the steps are read, and done in namespaces by bubblewrap. What
the image begins with, Python and its libraries, is this machine's.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.home import Home
from tests.conftest import ROOT
from tests.installing.conftest import copied
from webui.server.processes import check_free

_FILE = ROOT / "docs" / "running" / "Containerfile"
_USER = 10001


@dataclass
class Stage:
    """One `FROM`, and what follows it."""

    base: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def said(self, word: str) -> list[str]:
        return [rest for found, rest in self.steps if found == word]


def _stages() -> list[Stage]:
    stages: list[Stage] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        word, rest = line.split(" ", 1)
        if word == "FROM":
            stages.append(Stage(rest))
        else:
            stages[-1].steps.append((word, rest))
    return stages


def test_the_image_runs_as_nobody_in_particular_and_tells_whether_it_is_well() -> None:
    build, image = _stages()
    assert build.base.endswith(" AS build")
    assert build.base.split()[0] == image.base
    assert image.said("USER") == [f"{_USER}:{_USER}"]
    assert image.said("ENTRYPOINT") == ['["dispatches"]']
    assert "/healthz" in image.said("HEALTHCHECK")[0]
    assert [rest.split()[0] for rest in image.said("COPY")] == ["--from=build"]
    assert all(
        "--require-hashes" in rest or "--no-deps" in rest
        for rest in build.said("RUN")
        if "pip" in rest
    )


class Root:
    """A root folder in which steps are done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("opt", "build", "var/lib", "etc", "tmp", "root"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def command(
        self, *command: str, writable: bool, network: bool, more: tuple[str, ...] = ()
    ) -> list[str]:
        bind = "--bind" if writable else "--ro-bind"
        bound = [bind, str(self.folder), "/"]
        for path in (
            "/usr",
            "/bin",
            "/lib",
            "/lib64",
            "/etc/ssl",
            "/etc/resolv.conf",
            "/etc/hosts",
        ):
            bound += ["--ro-bind-try", path, path]
        for path in (sys.base_prefix, "/etc/pip.conf"):
            bound += ["--ro-bind-try", path, path]
        apart = [] if network else ["--unshare-net"]
        return [
            *("bwrap", *bound, "--dev", "/dev", "--proc", "/proc"),
            *("--perms", "1777", "--tmpfs", "/tmp", "--perms", "1777", "--tmpfs", "/dev/shm"),
            *(*apart, "--unshare-pid", "--die-with-parent", *more, *command),
        ]


def _environment(**more: str) -> dict[str, str]:
    """That of the image, and where packages come from here."""
    here = {name: text for name, text in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
    python = f"{sys.base_prefix}/bin"
    return {**here, "PATH": f"{python}:/usr/bin:/bin", "HOME": "/root", **more}


def _prepared(folder: Path) -> Root:
    """What the steps of the first stage make."""
    root = Root(folder)
    (stage, _) = _stages()
    where = "/"
    for word, rest in stage.steps:
        if word == "WORKDIR":
            where = rest
        elif word == "COPY":
            assert rest == ". /build"
            copied(folder / "build")
        else:
            assert word == "RUN"
            command = root.command(
                *("/bin/sh", "-c", f"cd {where} && {rest}"), writable=True, network=True
            )
            done = subprocess.run(
                command, env=_environment(), capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"{rest}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    return root


@pytest.mark.slow
def test_its_steps_make_an_image_that_serves_with_nothing_to_write_but_the_collection(
    tmp_path: Path, demo_home: Home
) -> None:
    if os.geteuid() != 0 or shutil.which("bwrap") is None:
        pytest.skip("needs bubblewrap and root, which are not here")
    made = _prepared(tmp_path / "build")
    _, image = _stages()
    final = Root(tmp_path / "image")
    environment = _environment()
    for word, rest in image.steps:
        if word == "COPY":
            source, target = rest.split()[1:]
            shutil.copytree(made.folder / source[1:], final.folder / target[1:], symlinks=True)
        elif word == "RUN":
            subprocess.run(
                final.command("/bin/sh", "-c", rest, writable=True, network=False),
                env=environment,
                check=True,
            )
        elif word == "ENV":
            environment |= dict(pair.split("=", 1) for pair in shlex.split(rest))
    environment["PATH"] += f":{sys.base_prefix}/bin"
    collection = final.folder / "var" / "lib" / "dispatches"
    shutil.copytree(demo_home.path, collection, dirs_exist_ok=True)
    for path in (collection, *collection.rglob("*")):
        os.chown(path, _USER, _USER)

    port = check_free("127.0.0.1", 0)
    command = json.loads(image.said("ENTRYPOINT")[0]) + json.loads(image.said("CMD")[0])
    as_user = (
        "setpriv",
        f"--reuid={_USER}",
        f"--regid={_USER}",
        "--clear-groups",
        "--bounding-set=-all",
    )
    kept = ("--bind", str(collection), "/var/lib/dispatches")
    started = final.command(
        *as_user, *command, f"--port={port}", writable=False, network=True, more=kept
    )
    with subprocess.Popen(started, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            _wait(server, port)
            with urllib.request.urlopen(
                f"http://127.0.0.1:{port}/search?q=drone", timeout=60
            ) as page:
                assert b'class="hit' in page.read()
            health = image.said("HEALTHCHECK")[0].partition("CMD ")[2].replace(":8000", f":{port}")
            for probe, code in ((json.loads(health), 0), (["touch", "/opt/x"], 1)):
                one = final.command(*as_user, *probe, writable=False, network=True, more=kept)
                done = subprocess.run(one, env=environment, capture_output=True, check=False)
                assert done.returncode == code, done.stderr
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[str], port: int) -> None:
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    assert server.stderr is not None
    raise AssertionError(server.stderr.read())
