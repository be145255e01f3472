"""TIFF: how can a page of one be drawn, by what draws PDF files, without reading its dots here?

A PDF packs pictures in the same ways: the strips of a page are put on one below the other.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_WIDE, _HIGH, _BITS, _PACKED, _INK, _ORDER = 256, 257, 258, 259, 262, 266
_PLACES, _SAMPLES, _ROWS, _LENGTHS, _PLANES, _FAX, _PREDICTOR, _COLORS, _TABLES = (
    273, 277, 278, 279, 284, 292, 317, 320, 347,
)  # fmt: skip
_NUMBERS = {1: "B", 3: "H", 4: "I", 7: "B"}
_MOST_STRIPS = 4000
_MOST_TAGS = 1000
_TURNED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of a page over its whole width: how many dots it is high, what a PDF says of it
    beside its size, and its bytes there.
    """

    high: int
    told: bytes
    content: bytes


def strips_of(picture: bytes, page: int) -> tuple[int, int, list[Strip]]:
    """Width and height of a page, and its strips from the top.

    Raises:
        ValueError: it is packed in a way that a PDF does not know, or damaged.
        struct.error, IndexError, KeyError: damaged.
    """
    order = "<" if picture[:2] == b"II" else ">"
    tags = _tags(picture, order, page)
    wide, high = tags[_WIDE][0], tags[_HIGH][0]
    places, lengths = tags[_PLACES], tags[_LENGTHS]
    samples, bits = tags.get(_SAMPLES, (1,))[0], tags.get(_BITS, (1,))[0]
    is_plain = tags.get(_PLANES, (1,))[0] == 1 and samples in (1, 3) and bits in (1, 2, 4, 8)
    if not is_plain or len(places) != len(lengths) or not 0 < len(places) <= _MOST_STRIPS:
        raise ValueError("not drawn")
    rows = min(tags.get(_ROWS, (high,))[0], high)
    turned = tags.get(_ORDER, (1,))[0] == 2
    ink, strips = _ink(tags, samples, bits), []
    for at, (place, length) in enumerate(zip(places, lengths, strict=True)):
        content = picture[place : place + length]
        tall = min(rows, high - at * rows)
        if tall <= 0 or len(content) != length:
            raise ValueError("damaged")
        content = content.translate(_TURNED) if turned else content
        packed, content = _packed(tags, wide, tall, content)
        strips.append(Strip(tall, packed + ink, content))
    return wide, high, strips


def _tags(picture: bytes, order: str, page: int) -> dict[int, tuple[int, ...]]:
    """What is said of a page, by the numbers of its fields."""
    (at,) = struct.unpack_from(f"{order}I", picture, 4)
    for _ in range(page):
        (count,) = struct.unpack_from(f"{order}H", picture, at)
        (at,) = struct.unpack_from(f"{order}I", picture, at + 2 + 12 * count)
    (count,) = struct.unpack_from(f"{order}H", picture, at)
    tags = {}
    for number in range(min(count, _MOST_TAGS)):
        place = at + 2 + 12 * number
        tag, kind, many = struct.unpack_from(f"{order}HHI", picture, place)
        if kind not in _NUMBERS or many > len(picture):
            continue
        form = f"{order}{many}{_NUMBERS[kind]}"
        if struct.calcsize(form) > 4:
            (where,) = struct.unpack_from(f"{order}I", picture, place + 8)
        else:
            where = place + 8
        tags[tag] = struct.unpack_from(form, picture, where)
    return tags


def _packed(
    tags: dict[int, tuple[int, ...]], wide: int, high: int, content: bytes
) -> tuple[bytes, bytes]:
    """How a PDF calls the way in which a strip is packed, and its bytes there."""
    way = tags.get(_PACKED, (1,))[0]
    bits, samples = tags.get(_BITS, (1,))[0], tags.get(_SAMPLES, (1,))[0]
    if way == 1:
        return b"", content
    if way in (3, 4):
        two = 0 if way == 3 and not tags.get(_FAX, (0,))[0] & 1 else (1 if way == 3 else -1)
        told = b"/K %d/Columns %d/Rows %d" % (two, wide, high)
        return b"/Filter/CCITTFaxDecode/DecodeParms<<%s>>" % told, content
    if way == 7:
        tables = bytes(tags.get(_TABLES, ()))
        return b"/Filter/DCTDecode", tables[:-2] + content[2:] if tables else content
    names = {5: b"LZWDecode", 8: b"FlateDecode", 32946: b"FlateDecode", 32773: b"RunLengthDecode"}
    if way not in names:
        raise ValueError("not drawn")
    before = tags.get(_PREDICTOR, (1,))[0]
    told = b"/Predictor %d/Colors %d/BitsPerComponent %d/Columns %d" % (before, samples, bits, wide)
    return b"/Filter/%s/DecodeParms<<%s>>" % (names[way], told if before == 2 else b""), content


def _ink(tags: dict[int, tuple[int, ...]], samples: int, bits: int) -> bytes:
    """What the numbers of a strip mean: shades of gray from black or from white, or colors."""
    kind, is_fax = tags.get(_INK, (0,))[0], tags.get(_PACKED, (1,))[0] in (3, 4)
    if samples == 3:
        color = b"/DeviceRGB"
    elif kind == 3:
        color = _indexed(tags[_COLORS])
    else:
        color = b"/DeviceGray"
    turned = kind == (1 if is_fax else 0) and samples == 1
    told = b"/BitsPerComponent %d/ColorSpace%s" % (bits, color)
    return told + (b"/Decode[1 0]" if turned else b"")


def _indexed(colors: Sequence[int]) -> bytes:
    """A table of colors, of which a TIFF has all reds, then all greens, then all blues."""
    count = len(colors) // 3
    table = bytes(colors[at + part * count] >> 8 for at in range(count) for part in range(3))
    return indexed(table)


def indexed(table: bytes) -> bytes:
    """How a PDF tells of colors by number, from their reds, greens and blues in turn."""
    return b"[/Indexed/DeviceRGB %d<%s>]" % (len(table) // 3 - 1, table.hex().encode())
