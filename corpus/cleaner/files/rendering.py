"""Rendering: the pages of a PDF as pictures, drawn by PDFium where the extra `ocr` is installed."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from corpus.cleaner.files.scans import MOST_PIXELS, colors_of_jpeg, sizes_of
from corpus.cleaner.files.tiff import Strip, indexed, strips_of

DOTS = 300
"""To an inch: what tesseract was trained on."""

_SMALL = 0.25
_INCH = 72
_LARGE_PICTURE = 0.5


class Pages(AbstractContextManager["Pages"]):
    """An open PDF. A context manager.

    Raises:
        ImportError: PDFium is not installed.
        ValueError: it cannot be read.
    """

    def __init__(self, content: bytes) -> None:
        import pypdfium2  # noqa: PLC0415 - optional

        try:
            self._pdf: Any = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise ValueError(str(error)) from None
        self._error: type[Exception] = pypdfium2.PdfiumError
        self._is_image = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE

    def __exit__(self, *_error: object) -> None:
        self._pdf.close()

    def shows(self, number: int, *, beside_text: bool) -> bool:
        """Whether there is something to recognize on a page: any ink, or a picture of half a page
        where it has a line of text.

        Raises:
            ValueError: the page cannot be drawn.
        """
        try:
            page = self._pdf[number]
            try:
                if beside_text:
                    return self._pictured(page) > _LARGE_PICTURE
                small = _pixels(page, _SMALL)
                return len(set(small[2])) > 1
            finally:
                page.close()
        except self._error as error:
            raise ValueError(str(error)) from None

    def picture(self, number: int) -> tuple[bytes, int]:
        """A page as PNM, with its dots to an inch.

        Raises:
            ValueError: the page cannot be drawn.
        """
        try:
            page = self._pdf[number]
            try:
                inches = page.get_width() * page.get_height() / _INCH**2
                dots = min(DOTS, int((MOST_PIXELS / max(inches, 1e-6)) ** 0.5))
                wide, high, gray = _pixels(page, dots / _INCH)
            finally:
                page.close()
        except self._error as error:
            raise ValueError(str(error)) from None
        return b"P5 %d %d 255\n" % (wide, high) + gray, dots

    def dots(self, number: int) -> tuple[int, int, bytes]:
        """Width, height and one byte of gray for each point of a page.

        Raises:
            ValueError: the page cannot be drawn.
        """
        try:
            page = self._pdf[number]
            try:
                return _pixels(page, 1.0)
            finally:
                page.close()
        except self._error as error:
            raise ValueError(str(error)) from None

    def _pictured(self, page: Any) -> float:
        """Which share of a page its largest picture covers."""
        whole = page.get_width() * page.get_height()
        areas = [0.0]
        for image in page.get_objects(filter=[self._is_image]):
            left, bottom, right, top = image.get_bounds()
            areas.append((right - left) * (top - bottom))
        return max(areas) / whole if whole else 0.0


_PLAIN = re.compile(rb"P5 (\d+) (\d+) 255\n")


def plain_of(picture: bytes) -> tuple[int, int, bytes]:
    """Width, height and dots of a picture that `Pages.picture` drew.

    Raises:
        ValueError: it is another.
    """
    head = _PLAIN.match(picture)
    if head is None:
        raise ValueError("not a picture of a page")
    return int(head[1]), int(head[2]), picture[head.end() :]


_COLORS = {1: b"/DeviceGray", 3: b"/DeviceRGB"}
_PNG_COLORS = {0: 1, 2: 3, 3: 1}  # those that are seen through are not drawn
_WITH_PALETTE = 3


def gray_of(picture: bytes, page: int = 0) -> tuple[int, int, bytes] | None:
    """Width, height and one byte of gray for each dot of a JPEG, PNG or page of a TIFF; None where
    that cannot be told: of other pictures, of damaged ones, and without PDFium, which draws them.

    A PDF may hold all three as they are; so they are drawn without another library.
    """
    try:
        wide, high, strips = _in_pdf(picture, page)
        with Pages(_pdf_of(wide, high, strips)) as pages:
            return pages.dots(0)
    except (ImportError, ValueError, KeyError, IndexError, struct.error):
        return None


def _in_pdf(picture: bytes, page: int) -> tuple[int, int, list[Strip]]:
    """Width and height of the picture, and its parts from the top."""
    if picture.startswith(b"\xff\xd8"):
        (wide, high), colors = next(sizes_of(picture)), colors_of_jpeg(picture)
        told = b"/Filter/DCTDecode/BitsPerComponent 8/ColorSpace" + _COLORS[colors]
        return wide, high, [Strip(high, told, picture)]
    if picture[:4] in (b"II*\0", b"MM\0*"):
        return strips_of(picture, page)
    wide, high, depth, color, *_, interlaced = struct.unpack_from(">IIBBBBB", picture, 16)
    if not picture.startswith(b"\x89PNG") or interlaced:
        raise ValueError("not drawn")
    colors = _PNG_COLORS[color]
    told = (
        b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %d>>"
        b"/BitsPerComponent %d/ColorSpace" % (colors, depth, wide, depth)
    )
    space = _COLORS[colors]
    if color == _WITH_PALETTE:
        space = indexed(b"".join(_chunks(picture, b"PLTE")))
    return wide, high, [Strip(high, told + space, b"".join(_chunks(picture, b"IDAT")))]


def _chunks(picture: bytes, wanted: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        if kind == wanted:
            yield picture[at + 8 : at + 8 + length]
        at += length + 12


def _pdf_of(wide: int, high: int, strips: Sequence[Strip]) -> bytes:
    """A PDF of one page that is a picture; PDFium finds its objects without a table."""
    size = b"[0 0 %d %d]" % (wide, high)
    drawn, named, images = [], [], []
    below = high
    for at, strip in enumerate(strips):
        below -= strip.high
        drawn.append(b"q %d 0 0 %d 0 %d cm /I%d Do Q" % (wide, strip.high, below, at))
        named.append(b"/I%d %d 0 R" % (at, at + 5))
        told = (wide, strip.high, strip.told, len(strip.content), strip.content)
        images.append(
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d%s/Length %d>>stream\n%s\nendstream"
            % told
        )
    content = b"\n".join(drawn)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</XObject<<%s>>>>>>"
        % (size, b"".join(named)),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        *images,
    )
    body = b"".join(
        b"%d 0 obj%s endobj\n" % (number, one) for number, one in enumerate(objects, start=1)
    )
    return b"%%PDF-1.5\n%strailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (body, len(objects) + 1)


def _pixels(page: Any, scale: float) -> tuple[int, int, bytes]:
    """Width, height and one byte of gray for each dot."""
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        rows = bitmap.to_numpy()
        return (
            bitmap.width,
            bitmap.height,
            rows.reshape(bitmap.height, -1)[:, : bitmap.width].tobytes(),
        )
    finally:
        bitmap.close()
