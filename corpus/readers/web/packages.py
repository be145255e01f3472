"""Packages: which pages are in a file that a browser or crawler made of a page and all its parts?

WACZ (ArchiveWeb.page, Browsertrix), MAFF (Firefox) and web archives (Safari).
"""

from __future__ import annotations

import json
import plistlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from corpus.article import RawDocument
from corpus.errors import UnreadableInput, UnsupportedFormat
from corpus.readers.formats import CRAWL
from corpus.readers.media_types import PDF
from corpus.readers.packed.archives import ReadMember, member_of, opened_zip, read_members
from corpus.readers.source import MAX_DOCUMENT, Read, Source, in_utc
from corpus.readers.web.stories import documents_in

# WACZ: a ZIP of crawls, with a list of their pages. All but the crawls is bookkeeping.

_PAGE_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the list of pages says of one."""

    title: str
    visited: datetime | None


def read_wacz(source: Source, *, read_member: ReadMember) -> Read:
    """Every page in the crawls of a package, with the title that its list of pages gives."""
    with opened_zip(source) as archive:
        listed = dict(_listed(source, archive))
        crawls = [one for one in archive.infolist() if CRAWL.search(one.filename)]
        for item in read_members(source, archive, crawls, read_member=read_member):
            yield _with_listed(item, listed) if isinstance(item, RawDocument) else item


def _listed(source: Source, archive: zipfile.ZipFile) -> Iterator[tuple[str, _Listed]]:
    for name in _PAGE_LISTS:
        for line in (member_of(source, archive, name, most=MAX_DOCUMENT) or b"").splitlines():
            try:
                page = json.loads(line)
            except (ValueError, RecursionError):
                continue  # of a list that only adds to what the crawls say
            if isinstance(page, dict) and isinstance(page.get("url"), str):
                visited = in_utc(str(page.get("ts") or ""), datetime.fromisoformat)
                yield page["url"], _Listed(str(page.get("title") or ""), visited)


def _with_listed(document: RawDocument, listed: dict[str, _Listed]) -> RawDocument:
    page = listed.get(document.url or "")
    if page is None or not page.title:
        return document
    return replace(document, declared={**document.declared, "title": page.title})


# MAFF: a ZIP with a folder for each page, and in it a note where and when it was saved.

MAFF_NOTE = "index.rdf"
_LONGEST_NOTE = 1 << 20
_MAF = "{http://maf.mozdev.org/metadata/rdf#}"
_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"


def read_maff(source: Source, *, read_member: ReadMember) -> Read:
    """The page of each folder; a folder without a readable note gives its `index.html`."""
    with opened_zip(source) as archive:
        members = {member.filename: member for member in archive.infolist()}
        folders = {PurePosixPath(name).parts[0] for name in members if "/" in name.strip("/")}
        for folder in sorted(folders):
            note = _note(member_of(source, archive, f"{folder}/{MAFF_NOTE}", most=_LONGEST_NOTE))
            name = f"{folder}/{note.get('indexfilename') or 'index.html'}"
            if name not in members:
                where = f"{source.locator}!{folder}"
                yield UnreadableInput("its page is not in the archive", where=where)
                continue
            saved = in_utc(note.get("archivetime"), parsedate_to_datetime)
            for item in read_members(source, archive, [members[name]], read_member=read_member):
                if isinstance(item, RawDocument):
                    said = {"title": note["title"]} if note.get("title") else {}
                    said |= {"saved": saved.isoformat()} if saved else {}
                    yield replace(
                        item,
                        url=note.get("originalurl") or item.url,
                        collected=saved or item.collected,
                        declared={**item.declared, **said},
                    )
                else:
                    yield item


def _note(content: bytes | None) -> dict[str, str]:
    """What a note says of its page, by the names of MAFF; nothing where it cannot be read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(content, parser) if content and content.strip() else None
    if root is None:
        return {}
    return {
        str(element.tag).removeprefix(_MAF): str(value)
        for element in root.iter(f"{_MAF}*")
        if (value := element.get(_RESOURCE))
    }


# Web archives: a property list with the page and its parts.

WEBARCHIVE = "webarchive/1"


def read_webarchive(source: Source) -> Read:
    """The page in a web archive.

    Raises:
        UnsupportedFormat: the property list is of another kind.
        UnreadableInput: it is damaged, or its main part is no page.
    """
    whole = source.all()
    try:
        archive = plistlib.loads(whole)
    except Exception as error:  # noqa: BLE001 - the parser lets through whatever its damage causes
        told = f"the property list is damaged ({type(error).__name__})"
        raise UnreadableInput(told, where=source.locator) from None
    page = archive.get("WebMainResource") if isinstance(archive, dict) else None
    if not isinstance(page, dict):
        if isinstance(archive, dict) and isinstance(archive.get("URL"), str):
            raise UnsupportedFormat(
                "this is a link (.webloc)",
                where=source.locator,
                advice="Give the address in it to `dispatches collect`",
            )
        raise UnsupportedFormat(
            "this is a property list that holds no page",
            where=source.locator,
            advice="Save what is to be read in it as text, HTML or JSON and add that",
        )
    page = _shown_in_frames(page, archive.get("WebSubframeArchives"))
    content, kind = page.get("WebResourceData"), str(page.get("WebResourceMIMEType") or "text/html")
    if not isinstance(content, bytes) or not content.strip() or kind not in _PAGES:
        raise UnreadableInput(f"its main part is no page ({kind})", where=source.locator)
    charset = _text(page.get("WebResourceTextEncodingName"))
    document = RawDocument(
        content=content,
        media_type=f"{_PAGES[kind]}; charset={charset}"
        if charset and kind != PDF
        else _PAGES[kind],
        locator=source.locator,
        url=_text(page.get("WebResourceURL")),
        collected=source.collected,
        reader=WEBARCHIVE,
    )
    yield from documents_in(document)


_FRAMES = re.compile(rb"<frameset\b", re.IGNORECASE)


def _shown_in_frames(page: dict[str, Any], frames: Any) -> dict[str, Any]:
    """The longest page in the frames of one that shows nothing but frames; else the page itself."""
    content = page.get("WebResourceData")
    if not (isinstance(content, bytes) and _FRAMES.search(content) and isinstance(frames, list)):
        return page
    held = [one.get("WebMainResource") for one in frames if isinstance(one, dict)]
    pages = [one for one in held if isinstance(one, dict) and _is_page(one)]
    return max(pages, key=lambda one: len(one["WebResourceData"]), default=page)


def _is_page(resource: dict[str, Any]) -> bool:
    content = resource.get("WebResourceData")
    return isinstance(content, bytes) and resource.get("WebResourceMIMEType") in _PAGES


_PAGES = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    PDF: PDF,
}


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
