"""Notes for reference managers: which copy was read, and what is doubtful about it.

Every form names the outlet, the date no more exactly than it is known, the address, and when the
copy was collected.
"""

from __future__ import annotations

from indexer.document import IndexDocument
from search.help.doubts import read_with_care


def notes(document: IndexDocument) -> list[str]:
    """SHA-256 of the copy, and the doubts about it where there are."""
    doubts = read_with_care(document.flags)
    return [f"SHA-256 of the copy: {document.original_sha256}", *([doubts] if doubts else [])]


def one_line(text: str) -> str:
    """A text without line breaks, which would end a field of a record."""
    return " ".join(text.split())
