"""A server as its operator starts it, until a test has asked."""

from __future__ import annotations

import json
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any


@contextmanager
def serving(command: Sequence[str], **options: Any) -> Iterator[dict[str, Any]]:
    """What the command says with `--json` once it listens; it is stopped when the block ends."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options) as server:
        assert server.stdout is not None
        try:
            said = ""
            for line in server.stdout:
                said += line
                if line == "}\n":
                    break
            else:
                raise AssertionError(f"the server ended: {command}")
            yield json.loads(said)
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def asked(url: str, headers: Mapping[str, str] | None = None, **options: Any) -> tuple[int, str]:
    """Status and text of an answer."""
    request = urllib.request.Request(url, headers=dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=60, **options) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
