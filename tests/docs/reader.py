"""Reader of a page: someone who does all that it says, in order, in a folder of their own.

The folder holds what readers are thought to have: saved pages, a dump, a crawl. The collection is a
copy of the bundled one. Servers are started on free ports, which stand for those of the page.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from werkzeug.serving import make_server

from corpus.home import Home
from tests.conftest import ROOT
from tests.docs.pages import Block
from webui.app import create_app
from webui.cli import main
from webui.collection import open_collection

_SERVER = re.compile(r"^(?:\w+=\S* )*(?:dispatches (?:serve|demo)|granian)\b")
_PORT = re.compile(r"(?<=:)8\d{3}\b|(?<=--port )8\d{3}\b")
_PLAIN = re.compile(r"""dispatches (?:"[^"$`\\]*"|'[^']*'|[^"'#|<>&;$`*?~(){}])*(?:#.*)?""")
"""Nothing that a shell would have to do."""
_SECONDS = 120


class Reader:
    """Does what blocks say. Use it as a context: it ends the servers that it started.

    Args:
        folder: where commands are run; empty.
        collection: what is in the collection at first; copied.
    """

    def __init__(self, folder: Path, collection: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._home = Home(folder / "collection")
        self._printed = ""
        self._names: dict[str, Any] = {"urllib": urllib, "home": self._home.path}
        self._ports: dict[str, int] = {}
        self._stack = ExitStack()
        shutil.copytree(collection.path, self._home.path)
        collected = ROOT / "corpus" / "demo" / "collected"
        shutil.copytree(collected / "pages" / "meridian-post", folder / "saved-pages")
        for name in ("dump.jsonl", "crawl.warc.gz"):
            shutil.copy(collected / name, folder / name)
        programs = folder / ".programs"
        programs.mkdir()
        command = f"{shlex.quote(sys.executable)} -c 'from webui.cli import main; main()'"
        (programs / "dispatches").write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (programs / "dispatches").chmod(0o755)
        found = (str(programs), str(Path(sys.executable).parent), os.environ["PATH"])
        monkeypatch.setenv("PATH", os.pathsep.join(found))
        monkeypatch.setenv("PYTHONPATH", str(ROOT))
        monkeypatch.setenv("HOME", str(folder))
        monkeypatch.setenv("DISPATCHES_HOME", str(self._home.path))
        monkeypatch.chdir(folder)

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def follows(self, blocks: Iterable[Block]) -> None:
        """Does what each block says; fails where something does not go as the page has it."""
        for block in blocks:
            self._does(block)

    def _does(self, block: Block) -> None:
        if block.not_run or block.language == "text":
            return
        if block.name:
            (self._folder / block.name).write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            self._run_python(block)
        elif block.language == "http":
            self._ask(block)
        elif block.language == "output":
            assert printed_as(block.text, self._printed), f"{block.where} prints:\n{self._printed}"
        else:
            self._run_commands(block)

    @cached_property
    def address(self) -> str:
        """Of a server of the page's collection, started when first asked for."""
        app = create_app(open_collection(self._home))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self._stack.callback(server.server_close)
        self._stack.callback(thread.join)
        self._stack.callback(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}"

    def _run_python(self, block: Block) -> None:
        if re.search(r"\baddress\b", block.text):
            self._names["address"] = self.address
        code = compile(block.text, block.where, "exec")
        with redirect_stdout(io.StringIO()) as printed:
            exec(code, self._names)
        self._printed = printed.getvalue()

    def _ask(self, block: Block) -> None:
        for line in block.text.splitlines():
            method, _, path = line.partition(" ")
            assert method == "GET", f"{block.where}: {line}"
            with urllib.request.urlopen(self.address + path, timeout=30) as answer:
                assert answer.status == 200, f"{block.where}: {line}"
                assert answer.read(), f"{block.where}: {line}"

    def _run_commands(self, block: Block) -> None:
        self._printed = ""
        for written, said in block.commands():
            meant = self._meant(written, block.given)
            command = _PORT.sub(lambda port: self._free_port(port[0]), meant)
            if _SERVER.match(command):
                self._serve(command, f"{block.where}: {written}")
                continue
            code, printed, trouble = self._run(command)
            printed = printed.replace(f"{self._folder}/", "")
            if block.language == "console":
                assert printed_as(said, printed), (
                    f"{block.where}: {written} prints:\n{printed}{trouble}"
                )
            else:
                assert code == 0, f"{block.where}: {written} ends with {code}:\n{printed}{trouble}"
            self._printed += printed

    def _meant(self, command: str, given: dict[str, str]) -> str:
        """The command with words in capitals replaced by what they stand for."""
        for word, value in given.items():
            stands = rf"(?<!\w){re.escape(word)}(?!\w)"
            if not re.search(stands, command):
                continue
            found = self._run(f'printf %s "{value}"')[1] if "$(" in value else value
            command = re.sub(stands, shlex.quote(found).replace("\\", r"\\"), command)
        return command

    def _run(self, command: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error.

        A plain command is run in this process, which costs a tenth.
        """
        if _PLAIN.fullmatch(command):
            arguments = shlex.split(command, comments=True)[1:]
            result = CliRunner().invoke(main, arguments)
            return result.exit_code, result.stdout, result.stderr
        shell = ["bash", "-o", "pipefail", "-c", command]
        done = subprocess.run(shell, capture_output=True, text=True, check=False, timeout=_SECONDS)
        return done.returncode, done.stdout, done.stderr

    def _free_port(self, written: str) -> str:
        if written not in self._ports:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self._ports[written] = free.getsockname()[1]
        return str(self._ports[written])

    def _serve(self, command: str, where: str) -> None:
        """Starts a server and waits until it answers; it ends with the page, or before the next."""
        self._stack.close()
        self.__dict__.pop("address", None)
        if not (told := re.search(r"--port (\d+)|:(\d+)", command.partition("#")[0])):
            port = self._free_port("8000")
            command = command.partition("#")[0] + f" --port {port}"
        else:
            port = told[1] or told[2]
        self._stack.enter_context(_running(command, int(port), where))


@contextmanager
def _running(command: str, port: int, where: str) -> Iterator[None]:
    shell = ["bash", "-c", _exec(command)]
    server = subprocess.Popen(shell, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        deadline = time.monotonic() + _SECONDS
        while not _answers(port):
            if server.poll() is not None or time.monotonic() > deadline:
                break
            time.sleep(0.1)
        assert _answers(port), f"{where}: no server answers"
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        said, _ = server.communicate(timeout=_SECONDS)
    assert server.returncode == 0, f"{where} ends with {server.returncode}:\n{said}"


def _exec(command: str) -> str:
    """The command in place of the shell, so that signals reach it."""
    assignments = re.match(r"(?:\w+=\S* )*", command)
    assert assignments is not None
    return f"{assignments[0]} exec {command[assignments.end() :]}"


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        with error:
            return (
                error.code != 503
            )  # to strangers, and beside several collections, it says no more
    except OSError:
        return False


def printed_as(said: str, printed: str) -> bool:
    """Whether something is printed as a page says; `…` stands for whatever."""
    pattern = re.escape(said.rstrip()).replace("…", ".*?")
    return re.fullmatch(pattern, printed.rstrip(), flags=re.DOTALL) is not None
