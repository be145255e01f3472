"""PostgreSQL: how do tests get a real server of it?

One on loopback, of its own, as a user who is not root, in memory as far as the machine has any; it
ends with the process that started it, however that ends. Debian's package has the programs.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import Any

USER, PASSWORD = "taker", "it's a secret: 7!"
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class NoServer(Exception):
    """What a server needs is not on this machine."""


def programs() -> Path:
    """The folder of `initdb` and `postgres`, of the newest version."""
    found = [Path(one).resolve().parent for one in (shutil.which("initdb"),) if one]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -_number(path))
    for folder in found:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServer("needs PostgreSQL: on Debian, `apt-get install postgresql`")


def _number(path: Path) -> float:
    try:
        return float(path.parent.name)
    except ValueError:
        return 0.0


def end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGQUIT)


class Server(AbstractContextManager["Server"]):
    """A server, empty but for the user `taker`; databases are made as they are asked for.

    Raises:
        NoServer: there is none to be had on this machine.
    """

    def __init__(self) -> None:
        self._programs = programs()
        self._names = count(1)
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses root
            names = {one.pw_name for one in pwd.getpwall()}
            self._as = {"user": next(name for name in ("postgres", "nobody") if name in names)}
            self._as |= {"group": pwd.getpwnam(self._as["user"]).pw_gid, "extra_groups": []}
        self.folder = Path(tempfile.mkdtemp(prefix="dispatches-postgresql-"))
        if self._as:
            os.chown(self.folder, pwd.getpwnam(self._as["user"]).pw_uid, -1)
        secret = self.folder / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        self._run(
            "initdb", "--no-sync", "--no-locale", "--encoding=UTF8", "--auth=scram-sha-256",
            f"--username={USER}", f"--pwfile={secret}", str(self.folder / "data"),
        )  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def __exit__(self, *_error: object) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def environment(self) -> dict[str, str]:
        """What clients need."""
        return {"PGPASSWORD": PASSWORD}

    def start(self) -> None:
        """Starts it, where it does not run."""
        if self._process is not None:
            return
        settings = (
            "listen_addresses=127.0.0.1", f"port={self.port}", "unix_socket_directories=",
            "fsync=off", "shared_buffers=16MB", "autovacuum=off", "logging_collector=off",
        )  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    str(self._programs / "postgres"),
                    *("-D", str(self.folder / "data")),
                    *(word for setting in settings for word in ("-c", setting)),
                ],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - no thread here holds a lock it needs
                start_new_session=True,
                **self._as,
            )
        import psycopg  # noqa: PLC0415 - every test file reads this one, few start a server

        for _ in range(600):
            try:
                psycopg.connect(self._address("postgres"), password=PASSWORD).close()
            except psycopg.OperationalError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.05)
            else:
                return
        raise NoServer(f"PostgreSQL does not start: {(self.folder / 'log').read_text()[-500:]}")

    def kill(self) -> None:
        """Ends it at once, with all its connections; what was committed is there afterwards."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
            self._process = None

    def database(self, name: str = "") -> str:
        """The address of a new, empty database."""
        name = name or f"d{os.getpid()}_{next(self._names)}"
        self.execute("postgres", f"CREATE DATABASE {name}")
        return self._address(name)

    def execute(self, address: str, *statements: str) -> list[Any]:
        """Has statements carried out in a database, past the program; the rows of the last one."""
        import psycopg  # noqa: PLC0415 - as above

        where = address if "://" in address else self._address(address)
        with psycopg.connect(where, password=PASSWORD, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else [cursor.rowcount]

    def dump(self, address: str, path: Path) -> None:
        """Has `pg_dump` write a database to a file."""
        path.write_bytes(self._run("pg_dump", "-Fc", address))

    def restore(self, path: Path, address: str) -> None:
        """Has `pg_restore` read it into an empty database."""
        with path.open("rb") as file:
            self._run("pg_restore", "--no-owner", "-d", address, stdin=file)

    def _address(self, name: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *words: str, **more: Any) -> bytes:
        environment = os.environ | {"PGPASSWORD": PASSWORD, "LC_ALL": "C"}
        done = subprocess.run(
            [str(self._programs / program), *words],
            capture_output=True,
            check=False,
            cwd=self.folder,
            env=environment,
            **more,
            **self._as,
        )
        if done.returncode:
            raise NoServer(f"{program} says: {done.stderr.decode()[-500:]}")
        return bytes(done.stdout)
