"""Signing: the operator's Ed25519 key, and what it signs. Needs the extra `evidence`."""

from __future__ import annotations

import fcntl
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import EvidenceError, LacksMeans
from corpus.home import Home, make_private, private_opener, sync

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

_ADVICE = "Install the extra `evidence`: pip install 'dispatches[evidence]'"


def make_key(path: Path) -> bytes:
    """Makes a key that only its owner can read; returns its public half as PEM.

    Raises:
        EvidenceError: there is one already; a second one would make the first worthless.
    """
    _needs_library()
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - optional
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PrivateKey,
    )

    make_private(Home(path.parent))
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    _refuse_another(path)
    fresh = path.with_suffix(".new")  # one that was killed, or had no room, leaves no half key
    with open(fresh, "ab", opener=private_opener) as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        _refuse_another(path)  # whoever waited here holds what has become the key
        opened.truncate(0)
        opened.write(private)
        opened.flush()
        os.fsync(opened.fileno())
        fresh.replace(path)
    sync(path.parent)
    return public_pem(path)


def _refuse_another(path: Path) -> None:
    if path.exists():
        raise EvidenceError(
            "there is a key already", where=str(path), advice="`dispatches keys show` prints it"
        )


def public_pem(path: Path) -> bytes:
    """The public half of a key, as PEM.

    Raises:
        EvidenceError: there is no key, or the file holds none.
    """
    return _pem(_private(path).public_key())


def sign(path: Path, content: bytes) -> bytes:
    """The signature, 64 bytes."""
    return _private(path).sign(content)


def is_signed(public: bytes, content: bytes, signature: bytes) -> bool:
    """Whether this is the signature of the content by the key with this PEM."""
    _needs_library()
    from cryptography.exceptions import (  # noqa: PLC0415 - optional
        InvalidSignature,
        UnsupportedAlgorithm,
    )
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    try:
        key = serialization.load_pem_public_key(public)
    except (ValueError, UnsupportedAlgorithm):
        return False
    if not isinstance(key, Ed25519PublicKey):
        return False
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def fingerprint(public: bytes) -> str:
    """SHA-256 of a public key's PEM without white space: short enough to read out."""
    return hashlib.sha256(b"".join(public.split())).hexdigest()


def _private(path: Path) -> Ed25519PrivateKey:
    _needs_library()
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - optional
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PrivateKey,
    )

    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        raise LacksMeans(
            "there is no key to sign with",
            where=str(path),
            advice="`dispatches keys make` makes one",
        ) from None
    except (ValueError, TypeError) as error:
        raise LacksMeans(
            "the file holds no key that can be read", where=str(path), advice="Restore it"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise LacksMeans("the key is no Ed25519 key", where=str(path))
    return key


def _pem(key: Ed25519PublicKey) -> bytes:
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - optional

    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _needs_library() -> None:
    try:
        import cryptography  # noqa: F401, PLC0415 - optional
    except ImportError as error:
        raise LacksMeans("signing needs the library cryptography", advice=_ADVICE) from error
