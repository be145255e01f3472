"""Listings: which pages does it name? Feeds, sitemaps and plain lists of addresses."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree

from corpus.collecting.transfer import text_of
from corpus.errors import UnreadableInput, UnsupportedFormat
from corpus.readers.formats import Format, tell
from corpus.readers.packed.wide import narrow
from corpus.readers.source import HEAD, MAX_DOCUMENT, open_source
from corpus.readers.tables.csv import addresses_in_table
from corpus.readers.tables.jsonl import addresses_in_records
from corpus.readers.web.feed import item_address, lacks_end, parsed_feed, whole_items

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """An address in a listing; `is_listing` when it is one of a further sitemap."""

    url: str
    is_listing: bool = False


def unpacked(content: bytes) -> bytes:
    """The content of a packed file, such as `sitemap.xml.gz`; what is not packed, as it is."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return zlib.decompressobj(wbits=31).decompress(content, MAX_DOCUMENT)
    except zlib.error:
        return content


def is_listing(content: bytes) -> bool:
    """Whether a document is a feed or a sitemap; one that is text has nothing but addresses."""
    found = tell(content[:HEAD])
    if found is Format.JSON_LINES:
        return b"//jsonfeed.org/version/" in content[:HEAD].replace(b"\\/", b"/")
    return found in (Format.FEED, Format.SITEMAP) or (
        found in (Format.TEXT, Format.CSV) and _is_all_addresses(content)
    )


def _is_all_addresses(content: bytes) -> bool:
    """Whether each of the first lines of a text is an address and nothing else."""
    head = text_of(content[:HEAD])
    lines = head.splitlines()[: None if len(content) <= HEAD else -1]  # the last one may be cut
    told = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return bool(told) and all(map(_ADDRESS.fullmatch, told))


def addresses_in(content: bytes, *, base: str = "") -> Iterator[Named]:
    """The addresses that a listing names, without repetition; none for what is no listing.

    Args:
        content: a feed, a sitemap or sitemap index (with or without the news extension), text with
            one address a line, `#` beginning a remark, or a table or JSON that names them.
        base: the address of the listing, for relative ones in it.

    Raises:
        UnreadableInput: it is a feed of which nothing can be read.
    """
    content = narrow(content)
    found = tell(content[:HEAD])
    if found is Format.FEED:
        named = _in_feed(whole_items(content))
    elif found is Format.SITEMAP:
        named = _in_sitemap(whole_items(content))
    elif found is Format.TEXT or (found is Format.CSV and _is_all_addresses(content)):
        named = _in_lines(content)
    elif found is Format.CSV:
        named = map(Named, addresses_in_table(content))
    elif found is Format.JSON_LINES:
        named = map(Named, addresses_in_records(content))
    else:
        return
    seen = set()
    for entry in named:
        url = _absolute(entry.url, base)
        if url and url not in seen:
            seen.add(url)
            yield Named(url, entry.is_listing)


def is_cut_off(content: bytes) -> bool:
    """Whether a listing has no end, though its kind has one."""
    content = narrow(content)
    return tell(content[:HEAD]) in (Format.FEED, Format.SITEMAP) and lacks_end(content)


def addresses_in_file(path: Path) -> Iterator[str]:
    """The addresses that a feed, a sitemap or a plain list in a file names.

    Raises:
        InputError: it cannot be read, or there is no address in it.
    """
    try:
        source = open_source(path)
        with source.stream:
            content = unpacked(source.all())
    except OSError as error:
        raise UnreadableInput(str(error.strerror), where=str(path)) from None
    named = (entry.url for entry in addresses_in(content))
    first = next(named, None)
    if first is None:
        raise UnsupportedFormat(
            "no address in this file",
            where=str(path),
            advice="Name a feed, a sitemap, a text with one address a line, or a table with some",
        )
    return chain((first,), named)


def _in_feed(content: bytes) -> Iterator[Named]:
    feed = parsed_feed(content, "")
    if feed.bozo and not feed.entries:
        raise UnreadableInput(f"the feed is damaged ({feed.bozo_exception})", where="")
    for entry in feed.entries:
        if address := item_address(entry):
            yield Named(address)


def _in_sitemap(content: bytes) -> Iterator[Named]:
    """Reads past errors; entities and anything outside the file are left alone."""
    parsed = etree.iterparse(
        io.BytesIO(content), recover=True, resolve_entities=False, no_network=True, huge_tree=False
    )
    try:
        for _, element in parsed:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name not in ("url", "sitemap"):
                continue
            for child in element:
                told = isinstance(child.tag, str) and etree.QName(child).localname == "loc"
                if told and child.text:
                    yield Named(child.text.strip(), name == "sitemap")
            _forget(element)
    except etree.XMLSyntaxError:
        return  # what came before the damage was given


def _forget(element: etree._Element) -> None:
    """Takes an entry and those before it out of the tree, so that it does not grow."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _in_lines(content: bytes) -> Iterator[Named]:
    for line in _LINE.finditer(text_of(content)):  # one at a time: there may be a million
        address = line[0].strip()
        if address and not address.startswith("#"):
            yield Named(address)


def _absolute(url: str, base: str) -> str:
    try:
        joined = urljoin(base, url)
    except ValueError:
        return ""
    return joined if joined.startswith(("http://", "https://")) else ""
