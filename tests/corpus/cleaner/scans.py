"""Scans made for tests: text drawn by PDFium, as a PNG or TIFF, or as the pages of a PDF."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import pytest

from corpus.cleaner.files import recognition
from corpus.cleaner.files.rendering import Pages
from tests.corpus.cleaner.test_papers import pdf, written_pdf

needs_tesseract = pytest.mark.skipif(
    "eng" not in recognition.languages(), reason="tesseract with its English data is not installed"
)

Picture = tuple[int, int, bytes]
"""Width, height, and one byte of gray for each dot."""


def drawn(*lines: str) -> Picture:
    """The upper part of a page with these lines, 300 dots an inch."""
    with Pages(pdf(*lines)) as pages:
        content, _ = pages.picture(0)
    head, gray = content.split(b"\n", 1)
    wide, high = map(int, head.split()[1:3])
    return wide, high // 4, gray[: wide * (high // 4)]


def png(picture: Picture, *, color: int = 0, palette: bytes = b"", gray: bytes = b"") -> bytes:
    wide, high, own = picture
    gray = gray or own
    rows = b"".join(b"\0" + gray[at * wide : (at + 1) * wide] for at in range(high))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, color, 0, 0, 0)),
        *([(b"PLTE", palette)] if palette else []),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said))
        for name, said in parts
    )


def tiff(*pictures: Picture, packed: int = 1, rows: int = 0, inverted: bool = False) -> bytes:
    """One with a page for each picture.

    Args:
        packed: the number of the way in which it is; 8 is that of PNG.
        rows: of a strip; 0 for one strip.
        inverted: white is 0.
    """
    written = bytearray(b"II*\0" + bytes(4))
    link = 4
    for wide, high, gray in pictures:
        shades = bytes(255 - one for one in gray) if inverted else gray
        each = (rows or high) * wide
        strips = [shades[at : at + each] for at in range(0, wide * high, each)]
        strips = [zlib.compress(strip) for strip in strips] if packed == 8 else strips
        places = []
        for strip in strips:
            places.append(len(written))
            written += strip + b"\0" * (len(strip) % 2)
        lists = []
        for values in (places, list(map(len, strips))):
            lists.append(len(written) if len(values) > 1 else values[0])
            written += struct.pack(f"<{len(values)}I", *values) if len(values) > 1 else b""
        struct.pack_into("<I", written, link, len(written))
        tags = {
            256: (1, wide),
            257: (1, high),
            258: (1, 8),
            259: (1, packed),
            262: (1, int(not inverted)),
        }
        tags |= {
            273: (len(strips), lists[0]),
            277: (1, 1),
            278: (1, rows or high),
            279: (len(strips), lists[1]),
        }
        written += struct.pack("<H", len(tags))
        for tag, (count, value) in tags.items():
            written += struct.pack("<HHII", tag, 4, count, value)
        link = len(written)
        written += bytes(4)
    return bytes(written)


def scanned(pages: Sequence[Picture | str | None]) -> bytes:
    """A PDF: a page for each picture, for each line of text, and an empty one for each None."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for page in pages:
        at = len(objects) + 1
        kids.append(b"%d 0 R" % at)
        if isinstance(page, tuple):
            wide, high, gray = page
            drawn_there = b"q 612 0 0 198 0 560 cm /I Do Q"
            uses = b"/XObject<</I %d 0 R>>" % (at + 2)
            packed = zlib.compress(gray)
            part = (
                b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
                b"/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
                % (wide, high, len(packed), packed)
            )
        else:
            drawn_there = b"BT /F1 12 Tf 50 700 Td (%s) Tj ET" % page.encode() if page else b""
            uses = b"/Font<</F1 %d 0 R>>" % (at + 2)
            part = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<<%s>>>>"
            % (at + 1, uses),
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawn_there), drawn_there),
            part,
        ]
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return written_pdf(objects)
