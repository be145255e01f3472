"""Vectors come back as they were written, nearest first, and damage is an error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import IndexCorrupt
from indexer.articles.meaning.encoder import DIMENSIONS, LARGEST
from indexer.articles.meaning.vector_file import NoVectors, Vectors, VectorsWriter, open_vectors

COUNT = 500


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype("f4")
    return found


ROWS = _unit(np.random.default_rng(8).normal(size=(COUNT, DIMENSIONS)))
IDS = [f"{number:016d}" for number in range(COUNT)]


def _kept(vector: NDArray[np.float32]) -> bytes:
    factor = np.float32(np.abs(vector).max() / LARGEST)
    return bytes(factor.tobytes() + np.rint(vector / factor).astype(np.int8).tobytes())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "vectors"
    writer = VectorsWriter(path)
    for number, article_id in enumerate(IDS):
        writer.add(article_id, _kept(ROWS[number]) if number != 7 else b"")
    assert writer.close() == COUNT - 1
    return path


def test_the_nearest_are_those_that_whole_numbers_say(path: Path) -> None:
    vectors = open_vectors(path)
    asked = _unit(ROWS[3] + 0.4 * ROWS[5] + 0.1 * ROWS[9])
    right = {IDS[row]: float(ROWS[row] @ asked) for row in range(COUNT) if row != 7}
    order = sorted(right, key=lambda one: -right[one])
    found = vectors.nearest(asked, most=20, least=-1)

    assert len(vectors) == COUNT - 1
    assert list(found)[:2] == order[:2] == [IDS[3], IDS[5]]
    assert set(list(found)[:15]) <= set(order[:20])
    assert all(near == pytest.approx(right[one], abs=0.01) for one, near in found.items())
    assert list(found.values()) == sorted(found.values(), reverse=True)


def _of(
    vectors: Vectors, ids: Sequence[str], *, least: float, most: int = COUNT
) -> dict[str, float]:
    """Which of some articles are the nearest to the fourth."""
    near = vectors.compared(ROWS[3])
    return vectors.first(near, most=most, least=least, among=vectors.places(ids))


def test_of_some_articles_as_of_all(path: Path) -> None:
    vectors = open_vectors(path)
    everything = vectors.nearest(ROWS[3], most=COUNT, least=-1)
    some = _of(vectors, [*IDS[:40], "unknown", IDS[-1] + "0"], least=-1)

    assert some == {one: near for one, near in everything.items() if one in IDS[:40]}
    assert IDS[7] not in everything
    assert list(vectors.nearest(ROWS[3], most=COUNT, least=0.9)) == [IDS[3]]
    assert list(_of(vectors, IDS, least=0.9)) == [IDS[3]]
    assert _of(vectors, [], least=-1) == {}
    three = list(_of(vectors, IDS[:3], least=-1))
    assert list(_of(vectors, IDS[:3], most=2, least=-1)) == three[:2]


def test_a_file_of_no_vectors_has_none(tmp_path: Path) -> None:
    writer = VectorsWriter(tmp_path / "vectors")
    writer.add(IDS[0], b"")
    assert writer.close() == 0
    for empty in (open_vectors(tmp_path / "vectors"), NoVectors()):
        assert len(empty) == 0
        assert empty.nearest(ROWS[0], most=5, least=-1) == {}
        assert _of(empty, IDS, least=-1) == {}


@pytest.mark.parametrize("at", range(64, 250_000, 9_973))
def test_a_flipped_byte_is_never_an_answer(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x41
    path.write_bytes(content)
    with pytest.raises(IndexCorrupt) as error:
        open_vectors(path).nearest(ROWS[3], most=COUNT, least=-1)
    assert "dispatches rebuild" in error.value.advice


@pytest.mark.parametrize("left", [0, 10, 64, 5_000, -1])
def test_a_file_that_is_cut_short_or_gone_is_refused(path: Path, left: int) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:left])
    with pytest.raises(IndexCorrupt):
        open_vectors(path)
    path.unlink()
    with pytest.raises(IndexCorrupt):
        open_vectors(path)


def test_what_was_not_finished_leaves_nothing(tmp_path: Path) -> None:
    writer = VectorsWriter(tmp_path / "vectors")
    writer.add(IDS[0], _kept(ROWS[0]))
    writer.abandon()
    assert list(tmp_path.iterdir()) == []
