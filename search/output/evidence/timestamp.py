"""Timestamp: an authority's word (RFC 3161) that a manifest was there at a time.

The one place beside `corpus.collecting` that opens a connection, and only to the address that a
person gives for this package: the authority learns one SHA-256 and nothing else.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
import subprocess
import tempfile
import urllib.request
from pathlib import Path
from urllib.error import URLError

from corpus.errors import EvidenceError, LacksMeans

_SHA256 = bytes.fromhex("0609608648016503040201")  # 2.16.840.1.101.3.4.2.1, in DER
_GRANTED = b"\x30\x03\x02\x01\x00"
_LARGEST = 1 << 20
_SECONDS = 30


def request_for(content: bytes, nonce: int) -> bytes:
    """A TimeStampReq in DER, for SHA-256, asking for the certificate."""
    imprint = _sequence(_sequence(_SHA256 + b"\x05\x00") + _der(0x04, _digest(content)))
    number = _der(0x02, nonce.to_bytes(8, "big"))
    return _sequence(b"\x02\x01\x01" + imprint + number + b"\x01\x01\xff")


def stamped(content: bytes, url: str) -> bytes:
    """The answer of an authority about some content.

    Raises:
        EvidenceError: it did not answer, refused, or answered about something else.
    """
    if not url.startswith(("http://", "https://")):
        raise EvidenceError("a timestamp authority has an http address", where=url)
    nonce = secrets.randbits(62) | 1 << 61  # eight bytes, the first below 0x80
    asked = urllib.request.Request(  # noqa: S310 - its scheme is checked
        url,
        request_for(content, nonce),
        {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"},
    )
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310
            token: bytes = answer.read(_LARGEST)
    except (URLError, OSError) as error:
        raise LacksMeans(
            f"the timestamp authority did not answer: {error}",
            where=url,
            advice="Try again, or leave --timestamp out",
        ) from error
    if not is_about(token, content) or nonce.to_bytes(8, "big") not in token:
        raise LacksMeans(
            "the timestamp authority refused, or answered about something else",
            where=url,
            advice="Ask another one",
        )
    return token


def is_about(token: bytes, content: bytes) -> bool:
    """Whether an answer grants a timestamp over this content; not whether its signature holds."""
    return _GRANTED in token[:20] and _der(0x04, _digest(content)) in token


def is_signed(token: Path, content: Path, authority: Path) -> bool:
    """Whether the token is that of an authority, as openssl finds.

    Args:
        authority: certificates of authorities that are trusted, as PEM.

    Raises:
        EvidenceError: openssl is not installed.
    """
    openssl = shutil.which("openssl")
    if openssl is None:
        raise LacksMeans(
            "a timestamp is checked with openssl, which is not installed",
            advice="Install openssl, or leave --authority out",
        )
    command = [openssl, "ts", "-verify", "-in", str(token), "-data", str(content)]
    run = subprocess.run(  # noqa: S603 - a fixed command over files
        [*command, "-CAfile", str(authority)], capture_output=True, check=False
    )
    return run.returncode == 0


def shown(token: bytes) -> str:
    """What openssl reads in a token, for a person; empty without openssl."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return ""
    with tempfile.NamedTemporaryFile() as file:
        file.write(token)
        file.flush()
        command = [openssl, "ts", "-reply", "-in", file.name, "-text"]
        run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    times = [line for line in run.stdout.splitlines() if line.startswith("Time stamp:")]
    return times[0] if times else ""


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _sequence(content: bytes) -> bytes:
    return _der(0x30, content)


def _der(tag: int, content: bytes) -> bytes:
    assert len(content) < 0x80, "longer ones have another form"
    return bytes([tag, len(content)]) + content
