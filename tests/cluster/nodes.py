"""Nodes: how do tests, and `make cluster-demo`, get a real cluster of OpenSearch?

    python -m tests.cluster.nodes up|down|kill N|start N [--nodes 3] [--work DIR] [--port 9200]

One process of Java a node, on loopback, from the jars that Maven Central serves; these are kept in
the user's cache. In a test, `with Nodes(folder, nodes=3) as nodes: nodes.urls`: such nodes end with
the process that started them, however it ends. Those of the command line stay until `down`.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("OPENSEARCH_JARS", "~/.cache/dispatches-opensearch")).expanduser()
MAVEN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
QUICK = "-XX:TieredStopAtLevel=1"  # a quick start matters more to tests than peak speed
SETTINGS = {
    "cluster.name": "tests",
    "network.host": "127.0.0.1",
    "node.processors": "1",
    "action.auto_create_index": "false",
    "indices.query.bool.max_clause_count": "16384",
    "cluster.routing.allocation.disk.threshold_enabled": "false",  # a full disk must not fail tests
}


class Release(NamedTuple):
    """Which jars a node is made of.

    Attributes:
        log4j: its own; empty for that of the POM.
        plugin: coordinates of one that is put to it.
    """

    version: str
    log4j: str = ""
    plugin: str = ""

    @property
    def folder(self) -> Path:
        """Where its jars are kept."""
        return CACHE / (self.version + "-with-plugin" * bool(self.plugin))


CURRENT = Release(re.findall(r"<os>(.+?)</os>", (HERE / "pom.xml").read_text())[0])


class NoNodes(Exception):
    """What a node needs is not on this machine."""


def java() -> Path:
    """The first JDK of 21 or newer: of OPENSEARCH_JAVA_HOME, JAVA_HOME, /usr/lib/jvm."""
    named = [os.environ.get(name) for name in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME")]
    for home in [Path(name) for name in named if name] + sorted(Path("/usr/lib/jvm").glob("*")):
        if (home / "bin/javac").exists() and (home / "release").exists():
            version = re.search(r'JAVA_VERSION="(\d+)', (home / "release").read_text())
            if version and int(version[1]) >= 21:
                return home
    raise NoNodes("needs a JDK of 21 or newer: set OPENSEARCH_JAVA_HOME")


def jars(release: Release = CURRENT) -> Path:
    """The jars, the launcher and an archive of loaded classes; made once, whoever asks at once."""
    folder = release.folder
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").is_file():
            shutil.rmtree(folder, ignore_errors=True)
            with tempfile.TemporaryDirectory() as made:
                _fetch(release, folder, Path(made))
                _launcher(folder, Path(made))
            (folder / "ready").touch()
    return folder


def _fetch(release: Release, folder: Path, made: Path) -> None:
    """What Maven Central has of a release."""
    named = {"os": release.version, "log4j": release.log4j, "includeScope": "runtime"}
    options = [f"-D{name}={value}" for name, value in named.items() if value]
    pom = ["-f", HERE / "pom.xml"]
    _run(
        "mvn",
        "-B",
        "-q",
        f"{MAVEN}:copy-dependencies",
        *pom,
        *options,
        f"-DoutputDirectory={folder}",
    )
    if release.plugin:
        wanted = [f"-Dartifact={release.plugin}", f"-DoutputDirectory={made}"]
        _run("mvn", "-B", "-q", f"{MAVEN}:copy", *wanted)
        (archive,) = made.glob("*.zip")
        with zipfile.ZipFile(archive) as parts:
            parts.extractall(folder, [name for name in parts.namelist() if name.endswith(".jar")])
            parts.extractall(folder, [name for name in parts.namelist() if name.endswith(".yml")])


def _launcher(folder: Path, made: Path) -> None:
    """`OsNode`, compiled, and the classes that one run of it loads."""
    tools = java() / "bin"
    (made / "classes").mkdir()
    _run(tools / "javac", "-cp", f"{folder}/*", "-d", made / "classes", HERE / "OsNode.java")
    _run(tools / "jar", "-cf", folder / "osnode.jar", "-C", made / "classes", ".")
    single = ["discovery.type=single-node", "http.port=0", "transport.port=0"]
    _run(*jvm(folder, QUICK, f"-XX:ArchiveClassesAtExit={folder}/archive"), made / "home", *single)


def _run(*words: object) -> None:
    env = os.environ | {"JAVA_HOME": str(java()), "OSNODE_TRAIN": "1"}
    try:
        subprocess.run(list(map(str, words)), check=True, env=env, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoNodes(f"the jars of OpenSearch cannot be had: {error}") from None


def jvm(folder: Path, *options: str) -> list[str]:
    """What starts a node but its own options, with classes from an archive."""
    return [
        f"{java()}/bin/java",
        "-XX:+UseSerialGC",
        *options,
        "-Xlog:cds=off",
        "-Xlog:cds+dynamic=off",
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "-Dlog4j2.disable.jmx=true",
        "-Dorg.apache.logging.log4j.level=WARN",
        "-cp",
        f"{folder}/*",
        "OsNode",
    ]


def free_ports() -> int:
    """A number after which a hundred ports are free now, to all appearances."""
    for port in range(20_000 + os.getpid() % 100 * 100, 32_000, 100):
        with socket.socket() as first, socket.socket() as second:
            if first.connect_ex(("127.0.0.1", port + 1)) and second.connect_ex(
                ("127.0.0.1", port + 51)
            ):
                return port
    raise NoNodes("no ports are free")


class Nodes:
    """Nodes 1 to `nodes`; node n answers HTTP on port + n, its transport is on port + 50 + n.

    Args:
        port: 0 for some that are free.
        stay: whether they outlive this process.
        more: settings besides those of all tests, or in their place.
        options: of Java.
    """

    release = CURRENT
    environment: ClassVar[Mapping[str, str]] = {}
    """Variables of the nodes' own."""

    def __init__(
        self,
        work: Path,
        *,
        nodes: int = 1,
        port: int = 0,
        stay: bool = False,
        more: Mapping[str, str] | None = None,
        options: Sequence[str] = (QUICK,),
    ) -> None:
        self._options = options
        self.numbers, self.stay, self._more = range(1, nodes + 1), stay, dict(more or {})
        port = self.port = port or free_ports()
        self._started: dict[int, subprocess.Popen[bytes]] = {}
        self.homes = {number: work.resolve() / f"n{number}" for number in self.numbers}
        self.urls = [f"http://127.0.0.1:{port + number}" for number in self.numbers]

    def __enter__(self) -> Nodes:
        for number in self.numbers:
            self.start(number)
        until = time.monotonic() + 120
        while not all(map(self.is_ready, self.urls)):
            if time.monotonic() > until or not all(map(self.pid, self.numbers)):
                logs = [(home / "log").read_text()[-3000:] for home in self.homes.values()]
                self.down()
                raise AssertionError("\n".join(["OpenSearch did not start:", *logs]))
            time.sleep(0.2)
        return self

    def is_ready(self, url: str) -> bool:
        asked = f"/_cluster/health?wait_for_nodes={len(self.urls)}&timeout=1s"
        try:
            said = self.ask(url, asked)
        except OSError:
            return False
        return not said["timed_out"] and said["status"] != "red"  # red: its state is not read yet

    def ask(self, url: str, path: str) -> Any:
        """What a node answers, past the program."""
        with urllib.request.urlopen(url + path, timeout=5) as answer:
            return json.load(answer)

    def start(self, number: int) -> None:
        if self.pid(number):
            return
        home, folder, at = self.homes[number], jars(self.release), self.port + number
        home.mkdir(parents=True, exist_ok=True)
        ports = [self.port + n for n in self.numbers]
        found = (
            {"discovery.type": "single-node"}
            if len(self.urls) == 1
            else {
                "discovery.seed_hosts": ",".join(f"127.0.0.1:{at + 50}" for at in ports),
                "cluster.initial_cluster_manager_nodes": ",".join(f"n{n}" for n in self.numbers),
            }
        )
        own = {"node.name": f"n{number}", "http.port": at, "transport.port": at + 50}
        words = [f"{name}={value}" for name, value in (SETTINGS | found | own | self._more).items()]
        heap = f"-XX:SharedArchiveFile={folder}/archive", "-Xms512m", "-Xmx512m"
        env = (
            os.environ
            | self.environment
            | ({} if self.stay else {"OSNODE_PARENT": str(os.getpid())})
        )
        with (home / "log").open("a") as log:
            node = subprocess.Popen(
                [*jvm(folder, *self._options, *heap), str(home), *words],
                env=env,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        while node.poll() is None and not Path(f"/proc/{node.pid}/cmdline").read_bytes():
            time.sleep(0.01)  # just after fork it has no words, and `pid` would not know it
        (home / "pid").write_text(str(node.pid))
        self._started[number] = node

    def pid(self, number: int) -> int:
        """The process of a node; 0 where it does not run, or its number is another's by now."""
        try:
            pid = int((self.homes[number] / "pid").read_text())
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")  # empty for the dead
        except (OSError, ValueError):
            return 0
        return pid if str(self.homes[number]).encode() in words else 0

    def seconds(self) -> float:
        """Processor time that all of them have used."""
        ticks = 0
        for number in self.numbers:
            used = Path(f"/proc/{self.pid(number)}/stat").read_text().rpartition(")")[2].split()
            ticks += int(used[11]) + int(used[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def resident(self) -> list[int]:
        """Bytes of memory that each has."""
        sizes = []
        for number in self.numbers:
            words = Path(f"/proc/{self.pid(number)}/statm").read_text().split()
            sizes.append(int(words[1]) * os.sysconf("SC_PAGE_SIZE"))
        return sizes

    def collect_garbage(self) -> None:
        """Leaves in their heaps only what is needed."""
        for number in self.numbers:
            asked = [f"{java()}/bin/jcmd", str(self.pid(number)), "GC.run"]
            subprocess.run(asked, check=True, stdout=subprocess.DEVNULL)

    def kill(self, number: int, how: int = signal.SIGKILL) -> None:
        if pid := self.pid(number):
            os.kill(pid, how)
            if how == signal.SIGKILL and number in self._started:
                self._started.pop(number).wait()

    def down(self, *_: object) -> None:
        for how, seconds in ((signal.SIGTERM, 20), (signal.SIGKILL, 5)):
            for number in self.numbers:
                self.kill(number, how)
            until = time.monotonic() + seconds
            while any(map(self.pid, self.numbers)) and time.monotonic() < until:
                time.sleep(0.05)
        for node in self._started.values():
            node.wait()

    __exit__ = down


def main() -> None:
    """See the head of this file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("up", "down", "kill", "start"))
    parser.add_argument("number", nargs="?", type=int, default=1)
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir(), "opensearch"))
    parser.add_argument("--port", type=int, default=9200)
    given = parser.parse_args()
    nodes = Nodes(given.work, nodes=given.nodes, port=given.port, stay=True)
    match given.what:
        case "up":
            try:
                nodes.__enter__()
            except NoNodes as error:
                sys.exit(f"nodes: {error}")
        case "down":
            nodes.down()
        case "kill":
            nodes.kill(given.number)
        case _:
            nodes.start(given.number)
    sys.stdout.write(
        f"{ {url: nodes.pid(n) for n, url in zip(nodes.numbers, nodes.urls, strict=True)} }\n"
    )


if __name__ == "__main__":
    main()
