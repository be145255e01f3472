"""How do other extractors read a page? Only those that are installed take part (`bench` group)."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from bs4 import BeautifulSoup

from benchmarks.extraction.shown_text import shown_text

Extract = Callable[[bytes], str]
FindDate = Callable[[bytes, str], str | None]


def text_peers() -> dict[str, Extract]:
    """Extractors of text, by name."""
    peers: dict[str, Extract] = {"get_text": _get_text}
    if find_spec("trafilatura"):
        peers["trafilatura"] = _trafilatura
    if find_spec("readability"):
        peers["readability-lxml"] = _readability
    return peers


def date_peers() -> dict[str, FindDate]:
    """Finders of publication dates, by name."""
    return {"htmldate": _htmldate} if find_spec("htmldate") else {}


def _get_text(content: bytes) -> str:
    return shown_text(BeautifulSoup(content.decode("utf-8", "replace"), "lxml"))


def _trafilatura(content: bytes) -> str:
    """Its text; title, authors and date are read too, as ours are."""
    read = import_module("trafilatura").bare_extraction
    document = read(content, include_comments=False, with_metadata=True)
    return document.text or "" if document else ""


def _readability(content: bytes) -> str:
    try:
        summary = (
            import_module("readability").Document(content.decode("utf-8", "replace")).summary()
        )
    except Exception:  # noqa: BLE001 - the peer raises what its parser raises; it found nothing
        return ""
    return shown_text(BeautifulSoup(summary, "lxml"))


def _htmldate(content: bytes, url: str) -> str | None:
    find_date = import_module("htmldate").find_date
    found: str | None = find_date(
        content.decode("utf-8", "replace"), url=url, original_date=True, outputformat="%Y-%m-%d"
    )
    return found
