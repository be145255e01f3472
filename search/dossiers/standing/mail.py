"""Mail: how is what is new to kept questions sent as a letter, if somebody asks for it?

Off unless it is asked for. By the `sendmail` of this machine, or by the SMTP server that is named;
to another machine's only over TLS. A letter is plain text. Names of questions and titles stand in
its body alone, so that none can write a header.
"""

from __future__ import annotations

import re
import shutil
import smtplib
import ssl
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from ipaddress import ip_address

from corpus.errors import InvalidParameter, MailError
from indexer.document import IndexDocument
from search.dossiers.standing.questions import News, Standing
from search.help.doubts import read_with_care
from search.output.reference_notes import one_line

MAX_TOLD = 50
"""Articles of each sort in a letter, for one question; the rest is counted."""

_PATH = "/usr/sbin:/usr/lib:/usr/local/sbin:/usr/bin:/bin"
_SECONDS = 30
_TLS_FROM_THE_START = 465
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_MAIL = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)")
_SERVER = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::([0-9]{1,5}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """How letters leave.

    Attributes:
        server: `HOST` or `HOST:PORT` of an SMTP server; empty for the `sendmail` of this machine.
        user: to sign in with, if the server asks for it.
    """

    to: tuple[str, ...]
    sender: str
    server: str = ""
    user: str = ""
    password: str = field(default="", repr=False)


def letter(post: Post, news: Sequence[tuple[Standing, News]]) -> EmailMessage:
    """One letter about several questions.

    Raises:
        InvalidParameter: an address is none.
    """
    counts = [len(told.came) + len(told.changed) + len(told.left) for _one, told in news]
    many = f"{sum(counts):,} in {len(news)} question{'s' if len(news) > 1 else ''}"
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(post.sender)
    message["To"] = [_address(one) for one in post.to]
    message["Subject"] = f"Dispatches: {many}"
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=_address(post.sender).domain)
    message["Auto-Submitted"] = "auto-generated"
    body = "\n\n".join(_told(one, told) for one, told in news)
    message.set_content(f"{body}\n", charset="utf-8", cte="quoted-printable")
    return message


def _told(one: Standing, told: News) -> str:
    lines = [one_line(one.name), f"Asked: {one_line(one.query) or 'everything'}"]
    if told.since:
        lines.append(f"Since: {told.since}")
    for heading, documents in (("Came", told.came), ("Changed", told.changed)):
        if documents:
            lines += ["", f"{heading} ({len(documents):,})"]
            lines += [line for document in documents[:MAX_TOLD] for line in _lines(document)]
            if len(documents) > MAX_TOLD:
                lines.append(f"  and {len(documents) - MAX_TOLD:,} more")
    if told.left:
        shown = ", ".join(told.left[:MAX_TOLD])
        more = f" and {len(told.left) - MAX_TOLD:,} more" if len(told.left) > MAX_TOLD else ""
        lines += ["", f"Found no more ({len(told.left):,})", f"  {shown}{more}"]
    return "\n".join([*lines, "", f"Generation {told.generation}"])


def _lines(document: IndexDocument) -> list[str]:
    published = document.published
    when = f"{published.iso} (from {published.basis})" if published else "undated"
    told = [f"  {when}, {one_line(document.outlet) or 'outlet unknown'}"]
    told.append(f"  {one_line(document.title) or 'Untitled'}")
    told.append(f"    {document.article_id}  {one_line(document.url or '')}".rstrip())
    doubts = read_with_care(document.flags)
    return [*told, f"    {doubts}"] if doubts else told


def _address(text: str) -> Address:
    match = _MAIL.fullmatch(text.strip())
    if match is None:
        raise InvalidParameter(
            f"{text!r} is no address of mail", where="mail", advice="Write name@example.org"
        )
    return Address(username=match[1], domain=match[2])


def send(post: Post, message: EmailMessage) -> None:
    """Sends a letter to all of its readers.

    Raises:
        InvalidParameter: the server's name is none.
        MailError: it was not taken, or not for everybody.
    """
    if not post.server:
        _by_sendmail(message)
        return
    try:
        refused = _by_smtp(post, message)
    except (OSError, smtplib.SMTPException) as error:  # the server's words, or the network's
        raise MailError(f"the letter was not taken: {error}", where=post.server) from error
    if refused:
        raise MailError(f"the letter was refused for {', '.join(refused)}", where=post.server)


def _by_sendmail(message: EmailMessage) -> None:
    program = shutil.which("sendmail") or shutil.which("sendmail", path=_PATH)
    if program is None:
        raise MailError(
            "this machine has no sendmail", where="mail", advice="Name a server: --smtp HOST:PORT"
        )
    command = [program, "-i", "-t"]  # readers are those of the letter; a line of a dot is a line
    try:
        run = subprocess.run(  # noqa: S603 - nothing in it that others wrote
            command,
            input=message.as_bytes(policy=SMTP.clone(linesep="\n")),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MailError(f"the letter was not taken: {error}", where=program) from error
    if run.returncode:
        said = one_line(run.stderr.decode(errors="replace")) or f"it ended with {run.returncode}"
        raise MailError(f"the letter was not taken: {said}", where=program)


def _by_smtp(post: Post, message: EmailMessage) -> dict[str, tuple[int, bytes]]:
    match = _SERVER.fullmatch(post.server)
    if match is None or int(match[2] or 0) > 65_535:
        raise InvalidParameter(
            f"{post.server!r} is no server of mail", where="smtp", advice="Write HOST or HOST:PORT"
        )
    host, port = match[1].strip("[]"), int(match[2] or 0)
    context = ssl.create_default_context()
    if port == _TLS_FROM_THE_START:
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port or smtplib.SMTP_PORT, timeout=_SECONDS)
    with server:
        if port != _TLS_FROM_THE_START and not _is_here(host):
            server.starttls(context=context)
        if post.user:
            server.login(post.user, post.password)
        return server.send_message(message)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
