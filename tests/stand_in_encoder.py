"""A stand-in for the sentence encoder: what is about the same is told by a short list of words.

So that what is done with vectors is tested without the extra `meaning`; what vectors say is tested
where it is installed.
"""

from __future__ import annotations

import re
import zlib

import numpy as np
import pytest

from indexer.articles.meaning import encoder
from indexer.articles.meaning.encoder import DIMENSIONS, Vector

ABOUT = {
    "ship": "sea", "ships": "sea", "port": "sea", "harbor": "sea", "vessel": "sea", "порт": "sea",
    "talks": "peace", "truce": "peace", "ceasefire": "peace", "перемирие": "peace",
}  # fmt: skip
VERSION = "stand-in"


class StandIn:
    """Counts what it encodes."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, text: str) -> Vector:
        self.encoded.append(text)
        vector = np.zeros(DIMENSIONS, np.float32)
        for word in re.findall(r"\w+", text.casefold()):
            topic = ABOUT.get(word)
            place = zlib.crc32((topic or word).encode()) % DIMENSIONS
            vector[place] += 8.0 if topic else 0.1
        length = np.linalg.norm(vector)
        return vector / length if length else vector


def stand_in(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Puts one in place of the encoder, in this process."""
    made = StandIn()
    monkeypatch.setattr(encoder, "_encoder", lambda: made)
    monkeypatch.setattr(encoder, "installed", lambda: VERSION)
    return made
