"""Dictionary files of our own making, as a server of dictionaries has them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def digits(number: int) -> str:
    """A number in base 64, as an index has it."""
    rest, last = divmod(number, 64)
    return (digits(rest) if rest else "") + _DIGITS[last]


def dictzip(text: bytes, size: int) -> bytes:
    """Text compressed in chunks that can be read alone."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    chunks = []
    for start in range(0, len(text), size):
        part = packer.compress(text[start : start + size])
        chunks.append(part + packer.flush(zlib.Z_FULL_FLUSH))
    table = b"".join(len(chunk).to_bytes(2, "little") for chunk in chunks)
    field = b"\1\0" + size.to_bytes(2, "little") + len(chunks).to_bytes(2, "little") + table
    extra = b"RA" + len(field).to_bytes(2, "little") + field
    head = b"\x1f\x8b\x08\x0c\0\0\0\0\0\x03" + len(extra).to_bytes(2, "little") + extra
    body = b"".join(chunks) + packer.flush()
    tail = zlib.crc32(text).to_bytes(4, "little") + len(text).to_bytes(4, "little")
    return head + b"made-up.dict\0" + body + tail


def write(folder: Path, name: str, entries: Mapping[str, str], *, packed: int = 0) -> Path:
    """A dictionary; the path of its index.

    Args:
        packed: compress the text in chunks of so many bytes.
    """
    folder.mkdir(exist_ok=True)
    text = b""
    lines = []
    for headword in sorted(entries):
        entry = f"{headword}\n{entries[headword]}\n".encode()
        lines.append(f"{headword}\t{digits(len(text))}\t{digits(len(entry))}\n")
        text += entry
    index = folder / f"{name}.index"
    index.write_text("".join(lines), encoding="utf-8")
    if packed:
        (folder / f"{name}.dict.dz").write_bytes(dictzip(text, packed))
    else:
        (folder / f"{name}.dict").write_bytes(text)
    return index
