"""A real server, of a real collection, beside hundreds of clients that are slow in every way."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from corpus.home import Home
from indexer.pipeline import rebuild
from tests.indexer.conftest import filled, home, take_in
from tests.webui.test_gateway import Server, head
from webui.server.processes import check_free

__all__ = ["filled", "home", "take_in"]  # fixtures
ADDRESSES = ("/healthz", "/api/v1/search?q=harbor", "/search?q=harbor", "/api/v1/export.jsonl")


@pytest.mark.slow  # tests/webui/test_gateway.py has as many as there are threads, and one more
@pytest.mark.parametrize(("half_open", "stalled"), [(60, 20), (500, 100)])
def test_answers_come_beside_slow_clients(
    filled: Home, tmp_path: Path, half_open: int, stalled: int
) -> None:
    rebuild(filled, processes=1)
    port = check_free("127.0.0.1", 0)
    serve = ["serve", "--home", str(filled.path), "--port", str(port), "--workers", "2"]
    command = [sys.executable, "-c", "from webui.cli import main; main()", *serve]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process,
        ExitStack() as held,
    ):
        assert process.stdout is not None
        held.callback(process.kill)
        assert process.stdout.readline().startswith("Serving")
        server = Server(port, process, tmp_path)
        for number in range(half_open + stalled):
            source = f"127.0.0.{2 + number % 50}"
            sent = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
            if number % 3 == 2:
                sent = head("POST /cited", "Content-Length: 100") + b"a"
            if number >= half_open:
                sent = head("GET /api/v1/export.jsonl").replace(b"Host: x", b"Host: localhost")
            held.enter_context(server.send(sent, source=source))
        for _ in range(5):
            for address in ADDRESSES:
                status, content = server.ask(address)
                assert status == 200, (address, content[:300])
                assert content
