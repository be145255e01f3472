"""Passwords: is this the one? Kept as Argon2id alone (RFC 9106, the parameters for little memory).

Whoever is asked about somebody who is not there compares with a password that nobody has, so that
the time tells nothing about names. Each comparison takes 64 MB: few are made at once.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from threading import Semaphore
from typing import TYPE_CHECKING

from corpus.errors import InvalidParameter, StorageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST, MOST = 12, 1000
"""Characters of a password."""
_AT_ONCE = Semaphore(2)


@cache
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher  # noqa: PLC0415 - of an extra
        from argon2.profiles import RFC_9106_LOW_MEMORY  # noqa: PLC0415
    except ImportError as error:
        raise StorageError(
            "people need argon2-cffi, which is not installed",
            where="people",
            advice="Install it with `pip install 'dispatches[people]'`",
        ) from error
    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def hashed(password: str) -> str:
    """What is kept of a password.

    Raises:
        InvalidParameter: it is too short to stand against guessing, or too long.
        StorageError: argon2-cffi is not installed.
    """
    if not LEAST <= len(password) <= MOST:
        raise InvalidParameter(
            f"the password has {len(password)} characters, and {LEAST} to {MOST} are needed",
            where="password",
            advice="Four words that have nothing to do with each other are easy to remember",
        )
    with _AT_ONCE:
        return _hasher().hash(_same(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was kept; in the same time where none was."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - of an extra

    hasher, other = _hasher(), nobodys()
    with _AT_ONCE:
        try:
            hasher.verify(kept or other, _same(password[: MOST + 1]))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


@cache
def nobodys() -> str:
    """The hash of a password that nobody has; made once, at the cost of all others."""
    return _hasher().hash(secrets.token_urlsafe())


def _same(password: str) -> bytes:
    """Composed: keyboards send é as one character or as two (RFC 8265)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
