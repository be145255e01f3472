"""Sources: where may a page say when it was published, and when changed?

Places are asked in order of trust: JSON-LD, `<meta>`, microdata, `<time>`, the address, a byline's
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from bs4 import Tag

from corpus.cleaner.body.furniture import attributes_of, is_elsewhere, marks_of
from corpus.cleaner.dates.datelines import (
    Line,
    is_called_an_event,
    labelled_parts,
    published_in,
    visible_dates,
)
from corpus.cleaner.dates.in_address import date_in_url
from corpus.cleaner.dates.reading import is_placeholder, is_plausible, parse_date
from corpus.cleaner.dates.words import UPDATED_LABEL
from corpus.cleaner.declared.structured import (
    DATING,
    Declared,
    is_commenter,
    text_of,
    types_of,
)
from corpus.cleaner.same_words import words_of
from corpus.cleaner.tree.blocks import Block
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
_LAST_META = ("publishdate", "publisheddate", "date_published", "article:publish_date")
"""Asked last: what is shown beside the headline has more often the time of day."""
_VAGUE_META = ("dcterms.date", "dc.date", "date", "timestamp", "buildtime")  # of which event?
VAGUE = frozenset(f"meta:{name}" for name in _VAGUE_META)
_MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "article:updated_time", "article:modified", "dcterms.modified", "dc.date.modified",
    "last-modified", "lastmod", "modified_time", "updated_time", "revision_date", "dateupdated",
    "article:modified_date",
)  # fmt: skip
_UPDATED = re.compile(UPDATED_LABEL, re.IGNORECASE)
_MAX_ELEMENTS = 60
_HEADINGS = ("h2", "h3", "h4", "h5")
_MOST_LINKS, _LEAST_WORDS, _SAME = 6, 3, 0.5  # of a teaser, of its headline, of that of the page
_TO_THE_DAY = (Precision.DAY, Precision.MINUTE)
_INSETS = frozenset(
    "videoobject imageobject audioobject comment review person podcastepisode radioepisode episode "
    "tvepisode product event book movie jobposting musicrecording".split()
)
"""JSON-LD types that have dates of their own on the page of an article."""


@dataclass(frozen=True, slots=True)
class Places:
    """Everything a date is looked for in.

    Attributes:
        collected: later dates are doubtful.
        saved: what relative dates count back from; None where nobody knows when that was.
        found: keeps the shown dates once asked for.
        unread: keeps what is declared as a date and was not understood.
    """

    declared: Declared
    url: str | None
    collected: datetime
    month_first: bool | None
    top: Block
    seed: Block
    title: str
    found: list[list[Line]]
    saved: datetime | None = None
    unread: list[str] = field(default_factory=list)

    def declared_date(self, text: str, *, basis: str) -> PartialDate | None:
        """The date in a text that is declared to be one; placeholders are none."""
        date = self.read(text, basis=basis)
        if is_placeholder(text, date):
            return None
        if date is None and text.strip():
            self.unread.append(text)
        return date

    def read(
        self, text: str, *, basis: str, collected: datetime | None = None
    ) -> PartialDate | None:
        """The date in a text, its numbers in the order of the page's country."""
        return parse_date(text, basis=basis, collected=collected, month_first=self.month_first)

    def lines(self) -> list[Line]:
        """The dates in the page's text; looked for once, and only when asked."""
        if not self.found:
            self.found.append(
                visible_dates(
                    self.top, self.seed, title=self.title,
                    collected=self.saved, month_first=self.month_first,
                )
            )  # fmt: skip
        return self.found[0]


def published(places: Places) -> Iterator[PartialDate]:
    """Candidates for the date of publication, most trusted first."""
    yield from _json_ld(places, ("datePublished", "dateCreated"))
    yield from _meta(places, _PUBLISHED_META)
    yield from _json_ld(places, ("uploadDate",))
    yield from _microdata(places, ("datepublished", "datecreated", "dateline"))
    for date in _meta(places, _VAGUE_META):
        yield first_shown(places, before=date) or date
    yield from _times(places, updated=False)
    yield from _some(date_in_url(places.url))
    yield from published_in(places.lines(), collected=places.collected)
    yield from _meta(places, _LAST_META)


def modified(places: Places) -> Iterator[PartialDate]:
    """Candidates for the date of the last change, most trusted first."""
    yield from _json_ld(places, ("dateModified",))
    yield from _meta(places, _MODIFIED_META)
    yield from _microdata(places, ("datemodified",))
    yield from _times(places, updated=True)
    yield from (line.date for line in places.lines() if line.updated)


def second_declared(places: Places, date: PartialDate) -> PartialDate | None:
    """The day that `<meta>` declares for the publication, where JSON-LD was believed."""
    if not date.basis.startswith("json-ld:date"):
        return None
    metas = _meta(places, _PUBLISHED_META[:3])
    return next((other for other in metas if other.precision in _TO_THE_DAY), None)


def first_shown(places: Places, *, before: PartialDate) -> PartialDate | None:
    """The day shown beside the headline, where it is earlier than a declared one that says
    "changed" as likely as "published": pages are declared anew with every change.
    """
    for line in places.lines():
        date = line.date
        if line.place > 1 or line.updated or not (line.bare or line.marked or line.labelled):
            continue
        if date.precision in _TO_THE_DAY and date.latest < before.earliest:
            return date if is_plausible(date, places.collected) else None
    return None


def _meta(places: Places, names: tuple[str, ...]) -> Iterator[PartialDate]:
    for name in names:
        for text in places.declared.meta.get(name, ())[:1]:
            yield from _some(places.declared_date(text, basis=f"meta:{name}"))


def _some(date: PartialDate | None) -> Iterator[PartialDate]:
    if date is not None:
        yield date


def _json_ld(places: Places, names: tuple[str, ...]) -> Iterator[PartialDate]:
    for name in names:
        for node in (places.declared.article, *places.declared.nodes[:20]):
            if node is not places.declared.article and not _is_of_page(node, places.declared):
                continue
            value = node.get(name)
            text = str(value) if _is_clock(value) else text_of(value)
            if text:
                yield from _some(places.declared_date(text, basis=f"json-ld:{name}"))


def _is_clock(value: object) -> bool:
    """Whether a value counts seconds, or parts of them; 0 and -1 stand for no date."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0


def _is_of_page(node: Mapping[str, Any], declared: Declared) -> bool:
    """Whether a JSON-LD node that is not the article's may date it: no film, no other article."""
    types = set(types_of(node))
    if types & _INSETS:
        return False
    headline = text_of(node.get("headline"))
    return not headline or headline == text_of(declared.article.get("headline"))


def _microdata(places: Places, names: tuple[str, ...]) -> Iterator[PartialDate]:
    for name in names:
        for tag in places.declared.items.get(name, ())[:3]:
            if not is_elsewhere(tag) and not is_commenter(tag):
                stated = (tag.attrs.get(name) for name in ("content", *_MOMENTS[:2]))
                text = str(next(filter(None, stated), None) or tag.get_text(" "))
                yield from _some(places.declared_date(text, basis=f"microdata:{name}"))


def _times(places: Places, *, updated: bool) -> Iterator[PartialDate]:
    for tag in places.declared.times[:_MAX_ELEMENTS]:
        said = (
            marks_of(attributes_of(tag)) + " " + str(tag.attrs.get("itemprop", "")) + _before(tag)
        )
        shown = tag.get_text(" ", strip=True)
        said = f"{_OF_A_POST.sub('', said)} {_LABEL.split(shown, maxsplit=1)[0][:_LABELED]}"
        kept = [name for name, changed in DATING.items() if changed is updated]
        if tag.attrs.keys().isdisjoint(kept) and (
            bool(_UPDATED.search(said)) is not updated
            or not (tag.name in _TIMES or tag.attrs.keys().isdisjoint(DATING))
        ):
            continue
        if is_elsewhere(tag):
            continue
        if tag.find_parent("blockquote") is not None or _is_in_a_range(tag):
            continue  # of a post that is quoted; of what goes on from one day to another
        if _is_of_a_teaser(tag, places.title) or _is_of_an_event(tag):
            continue
        parts = [part for part, changed in labelled_parts(shown) if changed is updated]
        for text in (*(str(tag.attrs.get(name) or "") for name in (*kept, *_MOMENTS)), *parts):
            date = places.read(text, basis="time", collected=places.saved) if text else None
            if date is not None and not is_placeholder(text, date):
                yield date
                break


_LABEL = re.compile(r"[\d\n]")
_LABELED = 24  # characters that a time says of itself: "Updated"
_TIMES = ("time", "abbr")
_OF_A_POST = re.compile(r"\bupdated\b(?=.*\bentry-date\b)|(?<=\bentry-date )updated\b")
"""What themes of WordPress call the only day that they show."""
_MOMENTS = ("datetime", "title", "data-timestamp")
_AROUND, _TEASER = 3, 400  # parents of a time; characters of a teaser


def _is_of_a_teaser(tag: Tag, title: str) -> bool:
    """Whether a time stands in a small box below a linked headline that is not the page's."""
    own = set(words_of(title))
    for parent in islice(tag.parents, _AROUND):
        if parent.name in ("main", "body") or _is_long(parent):
            return False
        links = parent.find_all("a", href=True, limit=_MOST_LINKS)
        heads = parent.find_all(_HEADINGS, limit=_MOST_LINKS)
        linked = [
            one for one in links if parent.name == "article" or one.find_parent(_HEADINGS) in heads
        ] + [one.find(_HEADINGS) for one in links]
        for one in filter(None, linked):
            words = words_of(one.get_text(" "))
            if len(words) >= _LEAST_WORDS and len(own & set(words)) < _SAME * len(words):
                return True
        if parent.name == "article":
            return False
    return False


def _is_of_an_event(tag: Tag) -> bool:
    """Whether a time stands in a small box that is called an event, or the like."""
    for parent in (tag, *islice(tag.parents, _AROUND)):
        if parent.name in ("main", "body", "article") or _is_long(parent):
            return False
        if is_called_an_event(marks_of(attributes_of(parent))):
            return True
    return False


def _is_long(tag: Tag) -> bool:
    """Whether an element says more than a teaser does; looked at no farther than that."""
    said = 0
    for text in tag.strings:
        said += len(text)
        if said > _TEASER:
            return True
    return False


_UP_TO = re.compile(r"\s*(?:[-–—]|to|until|bis|au|al|по|до|إلى)\s*", re.IGNORECASE)


def _is_in_a_range(tag: Tag) -> bool:
    """Whether nothing but a dash stands between a time and another one beside it."""
    for mark in (tag.next_sibling, tag.previous_sibling):
        beside = mark and (mark.next_sibling if mark is tag.next_sibling else mark.previous_sibling)
        if isinstance(beside, Tag) and beside.name == "time" and _UP_TO.fullmatch(str(mark)):
            return True
    return False


def _before(tag: Tag) -> str:
    previous = tag.previous_sibling
    return (
        " " + str(previous)[-30:] if previous is not None and not isinstance(previous, Tag) else ""
    )
