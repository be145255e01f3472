"""Vector file: what do the articles of a generation lie nearest to? One file beside the index.

Three arrays by article id: ids, factors, and 512 bytes a vector. All of them are compared with a
question: a hundred thousand in two milliseconds, so that no tree or graph is needed.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexCorrupt
from indexer.articles.meaning.encoder import DIMENSIONS, FACTOR_BYTES, LARGEST, Vector
from indexer.compiled import AnyArray, compiled
from indexer.writers.whoosh.files.sections import Sections
from indexer.writers.whoosh.files.sections_writer import SectionsWriter

_KIND = "vectors"
_ID = "S16"


class Vectors(Protocol):
    """The vectors of one generation, for reading. Thread-safe."""

    def __len__(self) -> int:
        """How many articles have one."""
        ...

    def nearest(self, vector: Vector, *, most: int, least: float) -> dict[str, float]:
        """The articles nearest to a vector, and how near: 1 says the same, 0 nothing of it.

        Args:
            most: how many.
            least: nearness of the last.

        Raises:
            IndexCorrupt: an array is not what was written.
        """
        ...

    def compared(self, vector: Vector) -> NDArray[np.float32]:
        """How near each article is, by its place in the file; `first` tells whose they are."""
        ...

    def places(self, article_ids: Collection[str]) -> NDArray[np.intp]:
        """Where some articles stand in the file; those without a vector are left out."""
        ...

    def first(
        self, near: NDArray[np.float32], *, most: int, least: float, among: NDArray[np.intp] | None
    ) -> dict[str, float]:
        """The nearest of what was compared, as `nearest`; of some places, where these are told."""
        ...


class NoVectors:
    """Those of a collection whose operator did not ask for them."""

    def __len__(self) -> int:
        return 0

    def nearest(self, vector: Vector, *, most: int, least: float) -> dict[str, float]:
        del vector, most, least
        return {}

    def compared(self, vector: Vector) -> NDArray[np.float32]:
        del vector
        return np.zeros(0, np.float32)

    def places(self, article_ids: Collection[str]) -> NDArray[np.intp]:
        del article_ids
        return np.zeros(0, np.intp)

    def first(
        self, near: NDArray[np.float32], *, most: int, least: float, among: NDArray[np.intp] | None
    ) -> dict[str, float]:
        del near, most, least, among
        return {}


@compiled
def _products(rows: AnyArray, asked: AnyArray, found: AnyArray) -> None:
    """The scalar product of each row with what is asked for; both are bytes with a sign."""
    for row in range(len(rows)):
        total = np.int32(0)
        for at in range(len(asked)):
            total += np.int32(rows[row, at]) * np.int32(asked[at])
        found[row] = total


class _VectorFile:
    """The `Vectors` in a file."""

    def __init__(self, path: Path) -> None:
        sections = Sections(path, _KIND)
        self._ids, self._factors, self._rows = (
            sections[name] for name in ("ids", "factors", "rows")
        )
        count = len(self._factors.values)
        rows, ids = self._rows.values, self._ids.values
        if len(rows) != count * DIMENSIONS or len(ids) != count:
            raise IndexCorrupt(
                "the vectors are not as many as their articles",
                where=str(path),
                advice="Run `dispatches rebuild`",
            )

    def __len__(self) -> int:
        return len(self._factors.values)

    def nearest(self, vector: Vector, *, most: int, least: float) -> dict[str, float]:
        return self.first(self.compared(vector), most=most, least=least, among=None)

    def compared(self, vector: Vector) -> NDArray[np.float32]:
        return self._nearness(vector, self._rows.whole(), self._factors.whole())

    def first(
        self, near: NDArray[np.float32], *, most: int, least: float, among: NDArray[np.intp] | None
    ) -> dict[str, float]:
        first = np.arange(len(near)) if among is None else among
        if most < len(first):
            first = first[np.argpartition(-near[first], most)[:most]]
        return self._by_id(first[near[first] >= least], near)

    def places(self, article_ids: Collection[str]) -> NDArray[np.intp]:
        ids = self._ids.whole()
        wanted = np.array([one for one in article_ids if len(one) <= ids.itemsize], ids.dtype)
        places = np.searchsorted(ids, wanted)
        known = places < len(ids)
        known[known] = ids[places[known]] == wanted[known]
        return places[known]

    def _nearness(self, vector: Vector, rows: AnyArray, factors: AnyArray) -> NDArray[np.float32]:
        factor = np.abs(vector).max() / LARGEST
        asked = np.rint(vector / factor).astype(np.int8)
        products = np.zeros(len(factors), np.int32)
        _products(rows.reshape(-1, DIMENSIONS), asked, products)
        return (products * factors * np.float32(factor)).astype(np.float32)

    def _by_id(self, places: AnyArray, near: AnyArray) -> dict[str, float]:
        """Nearest first; those that are as near, by id."""
        ids = self._ids.whole()[places]
        order = np.lexsort((ids, -near[places]))
        return {
            one.decode("ascii"): float(found)
            for one, found in zip(ids[order].tolist(), near[places][order].tolist(), strict=True)
        }


class VectorsWriter:
    """Writes the vectors of a generation, article by article in the order of their ids.

    Args:
        path: the file to make; it must not exist.
    """

    def __init__(self, path: Path) -> None:
        self._writer = SectionsWriter(path, _KIND)
        self._writer.begin("rows", np.dtype(np.int8))
        self._ids: list[bytes] = []
        self._factors = bytearray()

    def add(self, article_id: str, vector: bytes) -> None:
        """Adds one, as `encoder.encoded` made it; an article without a vector is left out."""
        if vector:
            self._ids.append(article_id.encode("ascii"))
            self._factors += vector[:FACTOR_BYTES]
            self._writer.append(vector[FACTOR_BYTES:])

    def close(self) -> int:
        """Finishes the file; says how many it holds."""
        self._writer.end()
        self._writer.array("factors", np.frombuffer(self._factors, "<f4"))
        self._writer.array("ids", np.array(self._ids, _ID))
        self._writer.close({})
        return len(self._ids)

    def abandon(self) -> None:
        """Closes and removes the file."""
        self._writer.abandon()


def open_vectors(path: Path) -> Vectors:
    """Opens the vectors of a generation that has some.

    Raises:
        IndexCorrupt: the file is missing or damaged. Damage in its arrays is found, and raised,
            when they are first used.
    """
    return _VectorFile(path)
