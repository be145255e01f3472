"""The recipes for TLS, with the web servers that they are for."""

from __future__ import annotations

import http.client
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from corpus.home import Home
from tests.conftest import ROOT
from tests.installing.serving import asked, serving
from webui.server.processes import check_free

pytestmark = pytest.mark.slow

NAME = "archive.example.org"
_RECIPES = ROOT / "docs" / "running"
_PER_MINUTE = 100
_CERTIFIED = (
    *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
    *("-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
)


class Proxy:
    """One that runs: its port, the certificate it shows, and the server behind it."""

    def __init__(self, port: int, certificate: Path, behind: str, log: Path) -> None:
        self.port = port
        self.behind = behind
        self.log = log
        self._trusted = ssl.create_default_context(cafile=str(certificate))

    def asked(self, address: str, *, client: str = "127.0.0.1", **headers: str) -> tuple[int, str]:
        plain = socket.create_connection(("127.0.0.1", self.port), 60, (client, 0))
        named = {"Host": NAME} | {name.replace("_", "-"): text for name, text in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.sock = self._trusted.wrap_socket(plain, server_hostname=NAME)
        try:
            connection.request("GET", address, headers=named)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def behind(demo_home: Home) -> Iterator[str]:
    program = str(Path(sys.executable).with_name("dispatches"))
    options = ("--proxies=1", f"--host-name={NAME}", f"--per-minute={_PER_MINUTE}", "--workers=1")
    command = [program, "serve", "--home", str(demo_home.path), "--port=0", "--json", *options]
    with serving(command) as told:
        yield told["url"]


@pytest.fixture(params=["caddy", "nginx"])
def proxy(request: pytest.FixtureRequest, behind: str, tmp_path: Path) -> Iterator[Proxy]:
    kind = str(request.param)
    program = shutil.which(kind, path="/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin")
    if program is None:
        pytest.skip(f"needs {kind}, which is not on this machine")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [*_CERTIFIED, "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    port = check_free("127.0.0.1", 0)
    changes = {"127.0.0.1:8000": behind.removeprefix("http://")}
    if kind == "caddy":
        changes[f"{NAME} {{"] = (
            f"https://{NAME}:{port} {{\n\tbind 127.0.0.1\n\ttls {certificate} {key}"
        )
        changes["{\n\tservers"] = "{\n\tadmin off\n\tauto_https disable_redirects\n\tservers"
        command = [program, "run", "--adapter", "caddyfile", "--config", str(tmp_path / "recipe")]
        recipe = _changed("Caddyfile", changes)
    else:
        changes["listen 443"] = f"listen 127.0.0.1:{port}"
        changes["/etc/ssl/archive.pem"] = str(certificate)
        changes["/etc/ssl/archive.key"] = str(key)
        around = (_AROUND.format(folder=tmp_path), "}\n")
        recipe = _changed("nginx.conf", changes).join(around)
        command = [program, "-c", str(tmp_path / "recipe"), "-p", str(tmp_path)]
    (tmp_path / "recipe").write_text(recipe, encoding="utf-8")
    log = tmp_path / "log"
    environment = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    with (
        log.open("w") as out,
        subprocess.Popen(command, env=environment, stdout=out, stderr=out) as process,
    ):
        try:
            _wait(process, port, log)
            yield Proxy(port, certificate, behind, log)
        finally:
            process.terminate()


_AROUND = """daemon off;
pid {folder}/pid;
error_log stderr crit;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
"""


def _changed(recipe: str, changes: dict[str, str]) -> str:
    text = (_RECIPES / recipe).read_text(encoding="utf-8")
    for written, here in changes.items():
        assert written in text, f"{recipe} has no {written!r}"
        text = text.replace(written, here)
    return text


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text(encoding="utf-8"))


def test_pages_are_served_under_their_name_and_no_other(proxy: Proxy) -> None:
    status, page = proxy.asked("/search?q=drone")
    assert status == 200
    assert "<title>" in page
    for other in ("evil.example", "localhost.evil.example"):
        status, page = proxy.asked("/search?q=drone", Host=other)
        assert status == 421 or not page


def test_addresses_name_what_was_asked_for_whatever_a_client_pretends(proxy: Proxy) -> None:
    for more in ({}, {"X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": "http"}):
        status, feed = proxy.asked("/feed.atom?q=drone", **more)
        assert status == 200
        assert f'href="https://{NAME}' in feed
        assert "evil.example" not in feed


def test_a_client_is_counted_as_itself_whatever_it_says_it_is(proxy: Proxy) -> None:
    client, other = f"127.1.0.{proxy.port % 100}", f"127.2.0.{proxy.port % 100}"
    answered = 0
    while answered < 4 * _PER_MINUTE:
        pretended = f"198.51.100.{answered % 250}"
        if proxy.asked("/api/v1/index", client=client, X_Forwarded_For=pretended)[0] == 429:
            break
        answered += 1
    assert _PER_MINUTE <= answered < 4 * _PER_MINUTE
    assert proxy.asked("/api/v1/index", client=other)[0] == 200


def test_an_export_comes_through_whole(proxy: Proxy) -> None:
    address = "/api/v1/export.jsonl?q="
    status, through = proxy.asked(address)
    assert status == 200
    assert through.count("\n") > 100
    assert through == asked(f"{proxy.behind}{address}", {"X-Forwarded-For": "198.51.100.1"})[1]


def test_clients_that_never_end_their_question_keep_no_other_from_an_answer(proxy: Proxy) -> None:
    with ExitStack() as held:
        for _ in range(200):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", proxy.port)))
            connection.sendall(b"\x16\x03\x01")  # the beginning of a handshake
        assert proxy.asked("/healthz") == (200, "ok\n")


def test_no_question_is_written_down(proxy: Proxy) -> None:
    proxy.asked("/search?q=Buchawitness")
    proxy.asked("/nowhere?q=Buchawitness")
    assert "Buchawitness" not in proxy.log.read_text(encoding="utf-8")
