"""What did a server send? Told by the content; its headers add only the charset."""

from __future__ import annotations

from corpus.readers.formats import Format, tell
from corpus.readers.source import HEAD
from corpus.readers.whole import DOCX, PDF

_MEDIA_TYPES = {
    Format.HTML: "text/html",
    Format.PDF: PDF,
    Format.DOCX: DOCX,
}


def page_type(content: bytes, *, content_type: str, url: str) -> str | None:
    """The media type of a page or paper that a server sent; None for anything else.

    Args:
        content_type: the header of the answer, empty when there was none.
    """
    found = tell(content[:HEAD], url.partition("?")[0])
    media_type = _MEDIA_TYPES.get(found)
    if media_type is None and content_type.startswith("text/plain"):
        media_type = "text/plain" if found in (Format.TEXT, Format.MARKDOWN) else None
    charset = content_type.lower().partition("charset=")[2].strip("\"' ;")
    if media_type is None or not charset or not media_type.startswith("text/"):
        return media_type
    return f"{media_type}; charset={charset}"
