"""When was the article published, and when changed?

Places are asked in order of trust: JSON-LD, `<meta>`, microdata, `<time>`, the address, a byline's
text. The first plausible answer stands; a doubtful one (in the future, before 1900) only when there
is no other, with a flag. No date is an honest answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial

from bs4 import Tag

from corpus.cleaner.blocks import Block
from corpus.cleaner.date_in_url import date_in_url
from corpus.cleaner.date_words import UPDATED_LABEL
from corpus.cleaner.datelines import Line, published_in, visible_dates
from corpus.cleaner.dates import is_plausible, month_first_in, parse_date
from corpus.cleaner.furniture import attributes_of, is_elsewhere, marks_of
from corpus.cleaner.structured import Declared, text_of, types_of
from corpus.dates import PartialDate, Precision

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published",
    "article:published", "published_time_telegram", "publish-date", "publish_date",
    "published-date", "pubdate", "pub_date", "publication_date", "publication-date",
    "publicationdate", "article_date_original", "article_publication_date",
    "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created",
    "dcsext.articlefirstpublished", "displaydate", "originalpublicationdate", "ptime",
    "release_date", "rnews:datepublished", "shareaholic:article_published_time",
    "video:release_date", "bt:pubdate", "datecreated", "created", "og:pubdate",
    "article:post_date", "article:create_time", "iso-8601-publish-date", "pdate",
)  # fmt: skip
_VAGUE_META = ("dcterms.date", "dc.date", "date", "timestamp", "buildtime")  # of which event?
_MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "article:updated_time", "article:modified", "dcterms.modified", "dc.date.modified",
    "last-modified", "lastmod", "modified_time", "updated_time", "revision_date", "dateupdated",
    "article:modified_date",
)  # fmt: skip
_UPDATED = re.compile(UPDATED_LABEL, re.IGNORECASE)
_MAX_ELEMENTS = 60
_INSETS = frozenset(("videoobject", "imageobject", "audioobject", "comment", "review", "person"))
"""JSON-LD types that have dates of their own on the page of an article."""
_FARTHEST_EAST = timedelta(hours=14)
_FARTHEST_WEST = timedelta(hours=24 + 12)


@dataclass(frozen=True, slots=True)
class Dates:
    """What a page says of its dates; `flags` names doubts (`future_date`, `implausible_date`)."""

    published: PartialDate | None
    modified: PartialDate | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Places:
    """Everything a date is looked for in."""

    declared: Declared
    url: str | None
    collected: datetime
    read: Callable[..., PartialDate | None]
    top: Block
    seed: Block
    title: str
    found: list[list[Line]]

    def lines(self) -> list[Line]:
        """The dates in the page's text; looked for once, and only when asked."""
        if not self.found:
            read = partial(self.read, basis="byline")
            near = partial(read, collected=self.collected)
            self.found.append(
                visible_dates(self.top, self.seed, title=self.title, read=read, read_near=near)
            )
        return self.found[0]


def read_dates(
    declared: Declared,
    top: Block,
    seed: Block,
    *,
    title: str,
    url: str | None,
    collected: datetime,
    language: str,
) -> Dates:
    """Both dates of a page.

    Args:
        top: the page's outline, for dates that are only shown.
        seed: the block where the story is.
        title: the headline; what stands near it is about the article.
        url: the page's address; its path may name the day.
        collected: relative dates count back from it; later dates are doubtful.
        language: as declared by the page; settles `03/04/2021`.
    """  # fmt: skip
    read = partial(parse_date, month_first=month_first_in(language, url))
    places = _Places(declared, url, collected, read, top, seed, title, [])
    published, doubtful = _first_plausible(_published(places), collected)
    modified, _ = _first_plausible(_modified(places), collected)
    if published is not None and modified is not None and _is_moment(published, modified):
        published = _first_shown(places, before=published) or published
    if published is not None:
        published = _as_shown(published, url)
    flags = []
    if published is None and doubtful is not None:
        published = doubtful
        flags.append(
            "future_date" if doubtful.latest.year >= collected.year else "implausible_date"
        )
    return Dates(published, modified, tuple(flags))


def _as_shown(date: PartialDate, url: str | None) -> PartialDate:
    """The day in the address where the declared moment is in UTC and lies a few hours beside it.

    A newsroom in California that publishes at six in the evening declares the next day in UTC; its
    readers, and its address, know the day before.
    """
    shown = date_in_url(url)
    if (
        shown is None
        or not date.iso.endswith(("Z", "+00:00"))
        or date.precision is not Precision.MINUTE
        or shown.precision is not Precision.DAY
    ):
        return date
    moment = datetime.fromisoformat(date.iso)
    day = datetime.combine(shown.earliest, time(), UTC)
    if shown.iso != date.iso[:10] and day - _FARTHEST_EAST <= moment < day + _FARTHEST_WEST:
        return PartialDate(shown.iso, f"url+{date.basis}")
    return date


def _first_plausible(
    candidates: Iterator[PartialDate], collected: datetime
) -> tuple[PartialDate | None, PartialDate | None]:
    """The first plausible date known to the day, else the coarser; and the first doubtful."""
    coarse = doubtful = None
    for date in candidates:
        if not is_plausible(date, collected):
            doubtful = doubtful or date
        elif date.precision in (Precision.DAY, Precision.MINUTE):
            return date, doubtful
        else:
            coarse = coarse or date
    return coarse, doubtful


def _published(places: _Places) -> Iterator[PartialDate]:
    yield from _json_ld(places, ("datePublished", "dateCreated"))
    yield from _meta(places, _PUBLISHED_META)
    yield from _json_ld(places, ("uploadDate",))
    yield from _microdata(places, ("datepublished", "datecreated", "dateline"))
    for date in _meta(places, _VAGUE_META):
        yield _first_shown(places, before=date) or date
    yield from _times(places, updated=False)
    yield from _some(date_in_url(places.url))
    yield from published_in(places.lines())


def _modified(places: _Places) -> Iterator[PartialDate]:
    yield from _json_ld(places, ("dateModified",))
    yield from _meta(places, _MODIFIED_META)
    yield from _microdata(places, ("datemodified",))
    yield from _times(places, updated=True)
    yield from (line.date for line in places.lines() if line.updated)


def _is_moment(published: PartialDate, modified: PartialDate) -> bool:
    """Whether a page declares the minute of its last change as that of its publication."""
    return published.iso == modified.iso and published.precision is Precision.MINUTE


def _first_shown(places: _Places, *, before: PartialDate) -> PartialDate | None:
    """The day shown beside the headline, where it is earlier than a declared one that says
    "changed" as likely as "published": pages are declared anew with every change.
    """
    for line in places.lines():
        date = line.date
        if line.place > 1 or line.updated or not (line.bare or line.marked or line.labelled):
            continue
        if date.precision in (Precision.DAY, Precision.MINUTE) and date.latest < before.earliest:
            return date if is_plausible(date, places.collected) else None
    return None


def _meta(places: _Places, names: tuple[str, ...]) -> Iterator[PartialDate]:
    for name in names:
        for text in places.declared.meta.get(name, ())[:1]:
            yield from _some(places.read(text, basis=f"meta:{name}"))


def _some(date: PartialDate | None) -> Iterator[PartialDate]:
    if date is not None:
        yield date


def _json_ld(places: _Places, names: tuple[str, ...]) -> Iterator[PartialDate]:
    for name in names:
        for node in (places.declared.article, *places.declared.nodes[:20]):
            if node is not places.declared.article and _INSETS & set(types_of(node)):
                continue
            text = text_of(node.get(name))
            if text:
                yield from _some(places.read(text, basis=f"json-ld:{name}"))


def _microdata(places: _Places, names: tuple[str, ...]) -> Iterator[PartialDate]:
    for name in names:
        for tag in places.declared.items.get(name, ())[:3]:
            if not is_elsewhere(tag):
                text = str(
                    tag.attrs.get("content") or tag.attrs.get("datetime") or tag.get_text(" ")
                )
                yield from _some(places.read(text, basis=f"microdata:{name}"))


def _times(places: _Places, *, updated: bool) -> Iterator[PartialDate]:
    for tag in places.declared.times[:_MAX_ELEMENTS]:
        said = (
            marks_of(attributes_of(tag)) + " " + str(tag.attrs.get("itemprop", "")) + _before(tag)
        )
        if bool(_UPDATED.search(said)) is not updated or is_elsewhere(tag):
            continue
        if tag.find_parent("blockquote") is not None:
            continue  # of a post that is quoted
        shown = tag.get_text(" ", strip=True)
        for text in (str(tag.attrs.get("datetime") or ""), shown):
            date = places.read(text, basis="time", collected=places.collected) if text else None
            if date is not None:
                yield date
                break


def _before(tag: Tag) -> str:
    previous = tag.previous_sibling
    return (
        " " + str(previous)[-30:] if previous is not None and not isinstance(previous, Tag) else ""
    )
