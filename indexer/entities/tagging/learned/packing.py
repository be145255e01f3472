"""Packing: how do lines of text lie in a file of arrays?"""

from __future__ import annotations

import gzip
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt


def unpacked(lines: npt.NDArray[np.uint8]) -> list[str]:
    """Lines that `packed` made an array of."""
    return gzip.decompress(lines.tobytes()).decode("utf-8").split("\n")


def packed(lines: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Lines as an array that `.npz` files can hold."""
    return np.frombuffer(gzip.compress("\n".join(lines).encode(), mtime=0), np.uint8)
