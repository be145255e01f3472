"""Which real pages is the cleaner measured on, and what should it read in them?

The gold of the readability pages was made by another extractor and checked by hand: it keeps author
bios, "Related:" lines and credits that we take out on purpose, and a few are no articles at all. So
the news pages among them, told by eye, are reported apart.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup

from benchmarks.extraction.shown_text import shown_text

NEWS = frozenset(
    "aclu aktualne ars-1 article-author-tag bbc-1 breitbart bug-1255978 buzzfeed-1 citylab-1 cnet "
    "cnet-svg-classes cnn engadget folha gmw guardian-1 heise herald-sun-1 la-nacion lazy-image-1 "
    "lazy-image-2 lemonde-1 liberation-1 lifehacker-post-comment-load lifehacker-working "
    "medicalnewstoday medium-1 medium-2 medium-3 msn nytimes-1 nytimes-2 nytimes-3 nytimes-4 ol qq "
    "quanta-1 rtl-1 salon-1 seattletimes-1 spiceworks telegraph theverge tmz-1 topicseed-1 "
    "videos-1 videos-2 wapo-1 wapo-2 webmd-1 webmd-2 wikia yahoo-1 yahoo-2 yahoo-3 yahoo-4 "
    "youth".split()
)
_DATED_NEWS = Path(__file__).with_name("dated_news.txt")


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page with the text it holds."""

    name: str
    content: bytes
    text: str
    title: str
    byline: str

    @property
    def is_news(self) -> bool:
        return self.name in NEWS


@dataclass(frozen=True, slots=True)
class DatedPage:
    """One page with its date of publication, read by hand."""

    name: str
    content: bytes
    url: str
    date: str
    is_news: bool


def readability_pages(shared_data: Path) -> list[GoldPage]:
    """The readability pages, by name; captions are no part of the gold text."""
    files = _members(shared_data / "extraction" / "readability_pages.tar.gz")
    names = sorted(name.split("/")[0] for name in files if name.endswith("/source.html"))
    told = {name: json.loads(files[f"{name}/expected-metadata.json"]) for name in names}
    return [
        GoldPage(
            name,
            files[f"{name}/source.html"],
            _gold_text(files[f"{name}/expected.html"]),
            told[name].get("title") or "",
            told[name].get("byline") or "",
        )
        for name in names
    ]


def dated_pages(shared_data: Path) -> list[DatedPage]:
    """The pages whose dates were read by hand."""
    folder = shared_data / "extraction"
    files = _members(folder / "page_dates.tar.gz")
    lines = _DATED_NEWS.read_text(encoding="utf-8").splitlines()
    news = {line for line in lines if not line.startswith("#")}
    listed = json.loads((folder / "page_dates.json").read_text(encoding="utf-8"))
    return [
        DatedPage(
            entry["file"],
            files[entry["file"]],
            entry["url"],
            entry["date"],
            is_news=entry["file"] in news,
        )
        for entry in listed
        if entry["file"] in files
    ]


def _members(archive: Path) -> dict[str, bytes]:
    return dict(_read(archive))


def _read(archive: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield member.name.removeprefix("./"), stream.read()


def _gold_text(markup: bytes) -> str:
    soup = BeautifulSoup(markup.decode("utf-8"), "lxml")  # never guessed: what is installed decides
    for tag in soup.find_all(["figure", "figcaption", "script", "style", "noscript"]):
        tag.decompose()
    return shown_text(soup)
