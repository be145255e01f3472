"""Letters of standing questions: taken by a real server of this machine, or told again."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from click.testing import CliRunner, Result

from corpus.errors import InvalidParameter, MailError
from corpus.home import Home
from corpus.store import Catalogue
from indexer.document import IndexDocument
from indexer.pipeline import rebuild
from search.dossiers.standing.mail import MAX_TOLD, Post, letter, send
from search.dossiers.standing.questions import News, Standing
from tests.contract.made_up import made_up_documents
from tests.corpus.documents import an_article, raw_document
from webui.cli import main


class Office:
    """Keeps what it takes; refuses who is said to be unknown."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.known_as: list[bytes] = []
        self.full = False

    async def handle_RCPT(  # noqa: N802 - as the server calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address.startswith("nobody"):
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.full:
            return "452 the disk is full"
        self.taken.append(envelope)
        return "250 OK"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, shown: Any
    ) -> AuthResult:
        assert isinstance(shown, LoginPassword)
        self.known_as.append(shown.login)
        return AuthResult(success=shown.password == b"open sesame", handled=False)

    def letters(self) -> list[EmailMessage]:
        return [_read(one.content) for one in self.taken]


def _read(content: bytes | str | None) -> EmailMessage:
    assert isinstance(content, bytes)
    read = message_from_bytes(content, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def _served() -> Iterator[tuple[Office, str]]:
    office, port = Office(), _free_port()
    controller = Controller(
        office,
        hostname="127.0.0.1",
        port=port,
        authenticator=office.authenticate,
        auth_require_tls=False,
    )
    controller.start()
    yield office, f"127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
def office(_served: tuple[Office, str]) -> Office:
    office = _served[0]
    office.taken.clear()
    office.known_as.clear()
    office.full = False
    return office


@pytest.fixture
def server(_served: tuple[Office, str], office: Office) -> str:
    return _served[1]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Home(tmp_path_factory.mktemp("mail") / "home")
    text = "The bridge fell at noon, and nobody crossed the river after that."
    article = an_article(url="https://herald.example/one", text=text, title="Brücke gefallen")
    raw = raw_document(f"<p>{text}</p>", url="https://herald.example/one")
    with Catalogue.open(made.catalogue) as catalogue:
        catalogue.put(raw, article)
    rebuild(made, processes=1)
    return made


@pytest.fixture
def asked(home: Home) -> Iterator[Home]:
    """One question, never looked at."""
    run(home, "keep", "bridges", "bridge")
    yield home
    run(home, "drop", "bridges")


def run(home: Home, *arguments: str, code: int = 0, env: dict[str, str] | None = None) -> Result:
    result = CliRunner().invoke(main, ["watch", *arguments, "--home", str(home.path)], env=env)
    assert result.exit_code == code, result.output + result.stderr
    return result


def _is_news(home: Home) -> bool:
    told = json.loads(run(home, "news", "--json", "--keep-unseen").stdout)
    return bool(told[0]["came"])


def test_a_letter_is_sent_once(asked: Home, office: Office, server: str) -> None:
    mail = ("news", "--mail", "desk@paper.example", "--mail", "b@paper.example", "--smtp", server)
    assert run(asked, *mail).stdout == ""
    assert run(asked, *mail).stdout == ""
    (envelope,), (message,) = office.taken, office.letters()
    assert envelope.rcpt_tos == ["desk@paper.example", "b@paper.example"]
    assert envelope.mail_from == message["From"] == "desk@paper.example"
    assert message.get_content_type() == "text/plain"
    assert message["Auto-Submitted"] == "auto-generated"
    body = message.get_content()
    assert "bridges" in body
    assert "Brücke gefallen" in body
    assert "https://herald.example/one" in body
    assert not _is_news(asked)


def test_what_was_not_taken_is_told_again(asked: Home, office: Office, server: str) -> None:
    mail = ("news", "--mail", "desk@paper.example", "--smtp", server)
    office.full = True
    assert "the disk is full" in run(asked, *mail, code=5).stderr
    assert _is_news(asked)
    some = ("news", "--mail", "a@paper.example", "--mail", "nobody@paper.example", "--smtp", server)
    office.full = False
    assert "nobody@paper.example" in run(asked, *some, code=5).stderr
    assert _is_news(asked)
    gone = ("news", "--mail", "a@paper.example", "--smtp", f"127.0.0.1:{_free_port()}")
    assert "was not taken" in run(asked, *gone, code=5).stderr
    assert _is_news(asked)
    run(asked, *mail, "--keep-unseen")
    assert _is_news(asked)


def test_where_nothing_is_new_no_letter_goes(asked: Home, office: Office, server: str) -> None:
    run(asked, "news")
    run(asked, "news", "--mail", "desk@paper.example", "--smtp", server)
    assert office.taken == []


def test_a_server_and_its_password_come_from_the_environment(
    asked: Home, office: Office, server: str, tmp_path: Path
) -> None:
    env = {"DISPATCHES_SMTP": server, "DISPATCHES_SMTP_USER": "desk"}
    mail = ("news", "--mail", "desk@paper.example", "--keep-unseen")
    run(asked, *mail, code=5, env=env | {"DISPATCHES_SMTP_PASSWORD": "wrong"})
    run(asked, *mail, env=env | {"DISPATCHES_SMTP_PASSWORD": "open sesame"})
    secret = tmp_path / "password"
    secret.write_text("open sesame\n", encoding="utf-8")
    run(asked, *mail, "--smtp-password-file", str(secret), env=env)
    assert set(office.known_as) == {b"desk"}
    assert len(office.taken) == 2


def test_sendmail_takes_the_letter_or_says_why_not(
    asked: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "sendmail"
    program.write_text(
        f"#!/bin/sh\ncat > {tmp_path}/letter; echo queue is closed >&2; exit $ENDS\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    mail = ("news", "--mail", "desk@paper.example")
    assert "queue is closed" in run(asked, *mail, code=5, env={"ENDS": "75"}).stderr
    assert _is_news(asked)
    run(asked, *mail, env={"ENDS": "0"})
    assert not _is_news(asked)
    read = _read((tmp_path / "letter").read_bytes())
    assert read["To"] == "desk@paper.example"
    assert "Brücke gefallen" in read.get_content()


def test_names_and_titles_write_no_header(server: str, office: Office) -> None:
    name = "x\r\nBcc: all@paper.example\r\n\r\n.\r\nMAIL FROM:<a@b>"
    told = News("g", tuple(made_up_documents()[:1]), (), ())
    post = Post(to=("desk@paper.example",), sender="desk@paper.example", server=server)
    send(post, letter(post, [(Standing(name, "a\nTo: b", {}), told)]))
    (message,) = office.letters()
    assert sorted(header.lower() for header, _value in message.items()) == sorted(
        "from to subject date message-id auto-submitted content-type content-transfer-encoding"
        " mime-version".split()
    )
    assert "x Bcc: all@paper.example . MAIL FROM:<a@b>" in message.get_content()
    assert office.taken[0].rcpt_tos == ["desk@paper.example"]


@pytest.mark.parametrize(
    "address",
    ["desk", "", "a@b\nBcc: c@d", "a@", "@b", "a@b, c@d", "Desk <a@b.example>", "ä@b.example"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InvalidParameter, match="no address"):
        letter(Post(to=(address,), sender="a@b.example"), [])


def test_to_another_machine_nothing_goes_in_the_clear(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name stands for this machine, whose server offers no TLS."""
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: real("127.0.0.1", *rest, **more)
    )
    port = server.partition(":")[2]
    post = Post(to=("a@b.example",), sender="a@b.example", server=f"mail.example:{port}")
    with pytest.raises(MailError, match="STARTTLS"):
        send(post, letter(post, [(Standing("x", "y", {}), News("g", (), (), ("a",)))]))


def test_a_long_letter_counts_the_rest() -> None:
    documents: list[IndexDocument] = made_up_documents()
    many = tuple(documents * 10)
    post = Post(to=("a@b.example",), sender="a@b.example")
    body = letter(post, [(Standing("x", "", {}), News("g", many, (), ()))]).get_content()
    assert f"Came ({len(many)})" in body
    assert f"and {len(many) - MAX_TOLD} more" in body
