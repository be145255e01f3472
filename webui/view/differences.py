"""Differences: what one text has otherwise than another, word by word.

Two reports of a family are compared, or two versions of an article.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.dates import PartialDate
from corpus.errors import ArticleNotFound
from corpus.store import Catalogue, StoredArticle
from indexer.document import IndexDocument
from search import service
from search.service import OpenIndex
from webui.locale.languages import sentence
from webui.view import wording

_WORDS = re.compile(r"\n\n|\s*\S+")
_LONG = 5_000  # words from which on frequent ones are not looked at, or it would take minutes


class Change(StrEnum):
    KEPT = "kept"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighboring words with the same fate."""

    change: Change
    text: str

    @property
    def words(self) -> str:
        """The text without the space before it, which is neither taken out nor put in."""
        return self.text.lstrip()

    @property
    def space(self) -> str:
        return " " if self.text[:1].isspace() else ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts.

    Attributes:
        name: which one it is, for a person, ending in a colon.
        published: of a report; None for a version, which is told by its number.
        url: its page; empty for a version.
        stored: the version that it is; None for a report as indexed.
    """

    name: str
    title: str
    text: str
    published: PartialDate | None = None
    url: str = ""
    stored: StoredArticle | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """The new text by paragraphs, with what the old one had otherwise.

    Attributes:
        article_id: the one that was asked for, whichever of the two it is.
        old: None for the first version of an article, which changed nothing.
        page: address of the page that shows them.
    """

    article_id: str
    old: Side | None
    new: Side
    old_id: str
    new_id: str
    language: str
    paragraphs: list[list[Stretch]]
    page: str

    @property
    def share(self) -> float:
        """How much of both texts is the same, in [0, 1]."""
        return kept_share(self.paragraphs)

    @property
    def dated(self) -> bool:
        """Is it known which of the two is older?"""
        if self.old is None or self.new.stored is not None:
            return True
        old, new = self.old.published, self.new.published
        return old is not None and new is not None and old.latest < new.earliest

    @property
    def rows(self) -> list[tuple[list[Stretch], list[Stretch]]]:
        """The same side by side: what the old text says, and the new one."""
        return [
            (
                [stretch for stretch in paragraph if stretch.change is not Change.IN],
                [stretch for stretch in paragraph if stretch.change is not Change.OUT],
            )
            for paragraph in self.paragraphs
        ]


def of_reports(article_id: str, other_id: str, index: OpenIndex) -> Differences:
    """The newer of two reports, whichever is named first, as changed from the older one.

    Raises:
        ArticleNotFound: one of them is not in this generation.
    """
    asked, other = service.article(article_id, index), service.article(other_id, index)
    old, new = older_first(other, asked)
    page = f"/articles/{article_id}/against/{other_id}"
    return _differences(
        article_id, _report(old), _report(new), new.language, page, (old.article_id, new.article_id)
    )


def older_first(one: IndexDocument, other: IndexDocument) -> tuple[IndexDocument, IndexDocument]:
    """The two by their dates; as they were given where these do not say."""
    if one.published and other.published and other.published.latest < one.published.earliest:
        return other, one
    return one, other


def of_version(article_id: str, version: int, catalogue: Catalogue) -> Differences:
    """One version of an article as changed from the version before; the first one as it was.

    Raises:
        ArticleNotFound: there is no such article or version.
    """
    known = {stored.version: stored for stored in catalogue.versions(article_id)}
    if version not in known:
        raise ArticleNotFound(
            f"there is no version {version} of article {article_id}",
            advice=f"Its versions are {min(known)} to {max(known)}",
        )
    old = _version(known[version - 1]) if version - 1 in known else None
    page = f"/articles/{article_id}/versions/{version}"
    language = known[version].article.language
    return _differences(
        article_id, old, _version(known[version]), language, page, (article_id, article_id)
    )


def _differences(
    article_id: str,
    old: Side | None,
    new: Side,
    language: str,
    page: str,
    ids: tuple[str, str],
) -> Differences:
    paragraphs = compare(_whole(old or new), _whole(new))
    return Differences(article_id, old, new, *ids, language, paragraphs, page)


def _whole(side: Side) -> str:
    return f"{side.title}\n\n{side.text}"


def _report(document: IndexDocument) -> Side:
    outlet = document.outlet or sentence(wording.OUTLET_UNKNOWN)
    return Side(
        f"{outlet}, {wording.partial(document.published)}:",
        wording.title(document),
        document.text,
        document.published,
        f"/articles/{document.article_id}",
    )


def _version(stored: StoredArticle) -> Side:
    article = stored.article
    name = sentence(
        "Version %(number)s, collected %(day)s:",
        number=stored.version,
        day=wording.day(stored.collected),
    )
    return Side(name, article.title or sentence(wording.UNTITLED), article.reading, stored=stored)


def compare(old: str, new: str) -> list[list[Stretch]]:
    """The new text by paragraphs, with what the old one had otherwise.

    Words are matched by the algorithm of Ratcliff and Obershelp (1988), see `difflib`. The kept and
    put in stretches make the new text, the kept and taken out ones the old, paragraph breaks aside.
    """
    paragraphs: list[list[Stretch]] = [[]]
    for stretch in _stretches(old, new):
        for place, part in enumerate(stretch.text.split("\n\n")):
            if place and stretch.change is not Change.OUT:
                paragraphs.append([])
            if part.strip():
                paragraphs[-1].append(Stretch(stretch.change, part))
    return [paragraph for paragraph in paragraphs if paragraph]


def kept_share(paragraphs: list[list[Stretch]]) -> float:
    """How much of both texts is the same, in [0, 1]."""
    lengths = dict.fromkeys(Change, 0)
    for stretch in (stretch for paragraph in paragraphs for stretch in paragraph):
        lengths[stretch.change] += len(stretch.text)
    whole = 2 * lengths[Change.KEPT] + lengths[Change.OUT] + lengths[Change.IN]
    return 2 * lengths[Change.KEPT] / whole if whole else 1.0


def _stretches(old: str, new: str) -> Iterator[Stretch]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    long = max(len(before), len(after)) > _LONG
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=long)
    for tag, left, right, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield Stretch(Change.KEPT, "".join(after[start:end]))
            continue
        if right > left:
            yield Stretch(Change.OUT, "".join(before[left:right]))
        if end > start:
            yield Stretch(Change.IN, "".join(after[start:end]))
