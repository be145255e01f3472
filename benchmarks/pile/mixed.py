"""A pile such as collectors have: pages in folders, archives, crawls, dumps and feeds.

Of twenty documents at most sixteen are articles, one of them a reprint by another outlet; one is a
page that is here already under an address with a tracking parameter, one an edited version, one a
live blog, and one broken. So it is known what a right intake must count. The text is that of
`benchmarks.articles`.
"""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import count, islice
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.articles import Piece, pieces

BLOCK = 100
"""Documents that lie together: in one folder, or in one file of another format."""
_PLACES = ["pages"] * 12 + ["zip"] * 2 + ["tar"] * 2 + ["warc"] * 2 + ["jsonl", "feed"]
_EARLIER = 6 * BLOCK  # how far before lies what a document repeats: mostly in another format
_ROLES = {15: "duplicate", 16: "reprint", 17: "edited", 18: "broken", 19: "live"}
_COUNTED = {
    "article": "articles", "reprint": "articles", "duplicate": "duplicates",
    "edited": "new_versions", "live": "flagged", "broken": "failures",
}  # fmt: skip
_SECTIONS = ("World", "Politics", "Defence", "Economy", "Opinion", "Culture", "Sport")
_MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in _SECTIONS)
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {outlet}</title>
<link rel="canonical" href="{canonical}"><meta property="og:site_name" content="{outlet}">
<script type="application/ld+json">{data}</script></head>
<body><header><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">By {author}</p><time datetime="{day}">{day}</time>
{body}
</article><aside class="related"><h2>Most read</h2><ul>{menu}</ul></aside></main>
<footer><p>© {outlet}. All rights reserved. <a href="/terms">Terms</a></p></footer></body></html>
"""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the pile."""

    number: int
    role: str
    piece: Piece
    url: str
    outlet: str
    edit: str = ""

    @property
    def author(self) -> str:
        return f"Anna {chr(65 + self.number % 26)}. Reporter-{self.number % 97}"

    @property
    def day(self) -> str:
        return f"20{2 + self.number % 24:02d}-{1 + self.number % 12:02d}-{1 + self.number % 28:02d}"

    @property
    def body(self) -> str:
        paragraphs = [*self.piece.text.split("\n\n"), *([self.edit] if self.edit else [])]
        return "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)

    @property
    def page(self) -> bytes:
        """Its page; of a broken one, the page of a site that is gone."""
        if self.role == "broken":
            return b"<html><title>Gone</title></html>"
        kind = "LiveBlogPosting" if self.role == "live" else "NewsArticle"
        data = {"@type": kind, "headline": self.piece.title, "datePublished": self.day}
        return _PAGE.format(
            title=escape(self.piece.title), outlet=self.outlet, canonical=self.url,
            data=json.dumps({"@context": "https://schema.org"} | data).replace("</", "<\\/"),
            menu=_MENU, author=self.author, day=self.day, body=self.body,
        ).encode()  # fmt: skip


def make(folder: Path, *, first: int, last: int) -> Counter[str]:
    """Writes documents `first` to `last`, which are whole blocks, into a folder.

    Returns:
        What a right intake of these counts, as in `corpus.intake.report.IngestReport`.
    """
    assert first % BLOCK == last % BLOCK == 0
    expected: Counter[str] = Counter(documents=last - first)
    for documents in _blocks(first, last):
        expected.update(_COUNTED[document.role] for document in documents)
        number = documents[0].number // BLOCK
        place = _PLACES[number % len(_PLACES)]
        target = folder / place / f"{number:05d}"
        target.parent.mkdir(parents=True, exist_ok=True)
        _WRITERS[place](target, documents)
    return expected


def _blocks(first: int, last: int) -> Iterator[list[Document]]:
    """The documents from `first` on, block by block; those before are made too, for their text."""
    made: list[Document] = []
    source = _distinct(pieces())
    for number in islice(count(), last):
        role = _ROLES.get(number % 20, "article")
        if role != "broken" and not (_is_page(number) and _is_page(number - _EARLIER)):
            role = "article"
        made.append(_document(number, role, source, made))
        del made[: -2 * _EARLIER]
        if number % BLOCK == BLOCK - 1 and number >= first:
            yield made[-BLOCK:]


def _distinct(source: Iterator[Piece]) -> Iterator[Piece]:
    """Each text once: papers are printed twice here and there."""
    seen = set()
    for piece in source:
        if hash(piece.text) not in seen:
            seen.add(hash(piece.text))
            yield piece


def _document(
    number: int, role: str, source: Iterator[Piece], made: Sequence[Document]
) -> Document:
    name = number % 60
    fresh = Document(
        number, role, Piece("", ""), f"https://outlet{name}.example/{number}", f"Outlet {name}"
    )
    if role in ("article", "live"):
        return replace(fresh, piece=next(source))
    if role == "broken":
        return fresh
    earlier = made[-_EARLIER - 10]
    if role == "reprint":
        return replace(fresh, piece=earlier.piece)
    edit = f"This report was changed on day {number} to add what was not known."
    return replace(earlier, role=role, edit=edit if role == "edited" else "")


def _is_page(number: int) -> bool:
    """Whether there is such a document, and it lies as a page somewhere."""
    return number >= 0 and _PLACES[number // BLOCK % len(_PLACES)] not in ("jsonl", "feed")


def _write_pages(target: Path, documents: Sequence[Document]) -> None:
    target.mkdir()
    for at, document in enumerate(documents):
        content = b"" if document.role == "broken" and at % 40 < 20 else document.page
        (target / f"{at:02d}.html").write_bytes(content)


def _write_zip(target: Path, documents: Sequence[Document]) -> None:
    with zipfile.ZipFile(target.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for at, document in enumerate(documents):
            archive.writestr(f"{at:02d}.html", document.page)


def _write_tar(target: Path, documents: Sequence[Document]) -> None:
    with tarfile.open(target.with_suffix(".tar.gz"), "w:gz") as archive:
        for at, document in enumerate(documents):
            member = tarfile.TarInfo(f"{at:02d}.html")
            member.size = len(document.page)
            archive.addfile(member, io.BytesIO(document.page))


def _write_warc(target: Path, documents: Sequence[Document]) -> None:
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    with target.with_suffix(".warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for document in documents:
            tracked = f"{document.url}?utm_source=mail{document.number}"
            writer.write_record(
                writer.create_warc_record(
                    tracked, "response", payload=io.BytesIO(document.page), http_headers=head
                )
            )


def _write_jsonl(target: Path, documents: Sequence[Document]) -> None:
    lines = []
    for document in documents:
        record = {
            "title": document.piece.title, "text": document.piece.text, "date": document.day,
            "url": document.url, "outlet": document.outlet, "bylines": [document.author],
        }  # fmt: skip
        line = json.dumps(record)
        lines.append(line[:10] if document.role == "broken" else line)
    target.with_suffix(".jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))


def _write_feed(target: Path, documents: Sequence[Document]) -> None:
    items = []
    for document in documents:
        body = "" if document.role == "broken" else escape(document.body)
        items.append(
            f"<item><title>{escape(document.piece.title)}</title><link>{document.url}</link>"
            f"<description>{body}</description></item>"
        )
    text = f'<rss version="2.0"><channel><title>Agency</title>{"".join(items)}</channel></rss>'
    target.with_suffix(".xml").write_text(text, encoding="utf-8")


_WRITERS = {
    "pages": _write_pages, "zip": _write_zip, "tar": _write_tar, "warc": _write_warc,
    "jsonl": _write_jsonl, "feed": _write_feed,
}  # fmt: skip
