"""Media types: what are the bytes of papers, books and pictures called?"""

from __future__ import annotations

PDF = "application/pdf"
EPUB = "application/epub+zip"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
RTF = "application/rtf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What files of Office before 2007 begin with."""

_PICTURES = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
)
"""Pictures that may be those of pages: where their mark stands, and how it reads."""


def picture_type(head: bytes) -> str | None:
    """The media type of a picture that may be that of a page; None for anything else."""
    return next((kind for at, magic, kind in _PICTURES if head.startswith(magic, at)), None)
