"""Rendering: the pages of a PDF as pictures, drawn by PDFium where the extra `ocr` is installed."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from corpus.cleaner.files.scans import MOST_PIXELS

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

    def _pictured(self, page: Any) -> float:
        """Which share of a page its largest picture covers."""
        whole = page.get_width() * page.get_height()
        areas = [0.0]
        for image in page.get_objects(filter=[self._is_image]):
            left, bottom, right, top = image.get_bounds()
            areas.append((right - left) * (top - bottom))
        return max(areas) / whole if whole else 0.0


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
