"""Article endpoints: one article or several, its original, its versions, another report beside it.

One file, because all of them tell of articles in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import msgspec
from flask import Response
from msgspec import Meta

from corpus.store import Catalogue
from search.output import answers
from search.output.answers import Answer, Count, Generation, PartialDate, about
from search.service import OpenIndex
from webui.access.openings import opened
from webui.answering import collection, from_index, here, path_pairs, revalidated
from webui.api.endpoint import Endpoint, as_json, serves
from webui.arguments import Arguments, Parameter, first
from webui.params import GENERATION
from webui.view import differences
from webui.view.article_account import ArticleAccount, account_of, collected_from
from webui.view.differences import Change
from webui.view.links import API

_NOT_IN_A_HEADER = re.compile("[^ -~]")
Share = Annotated[float, Meta(ge=0, le=1)]


class Family(answers.ArticleFamily, frozen=True):
    """The near-identical reports that an article is one of."""

    articles: Annotated[list[str], about("Ids, the earliest published first")]


class Original(answers.ArticleOriginal, frozen=True):
    """The bytes as they were collected."""

    url: str


class Removed(Answer, frozen=True):
    """A block that the cleaner took out, and by which rule."""

    rule: str
    text: str


class Sighting(Answer, frozen=True):
    """One time that the article was met."""

    locator: str
    url: str | None
    collected: str
    reader: str
    sha256: str


class Provenance(Answer, frozen=True):
    """How the article came to be what it is."""

    first_collected: str
    collected: str
    cleaner: str
    basis: Annotated[dict[str, str], about("Where each value was read")]
    signals: dict[str, float]
    removed: list[Removed]
    captions: tuple[str, ...]
    sightings: list[Sighting]


class KeptVersion(Answer, frozen=True):
    """One version that was collected."""

    version: Count
    collected: str
    sha256: str


class EventReport(Answer, frozen=True):
    """What one report of an event counts."""

    id: str
    title: str
    outlet: str
    published: PartialDate | None
    figures: Annotated[dict[str, Count], about("dead, wounded, missing, captured, displaced")]
    differs: Annotated[tuple[str, ...], about("Where its figure is not that of the first report")]


class Event(Answer, frozen=True):
    """Reports of one happening by different outlets, the first one first; never a family."""

    id: Annotated[str, about("Id of the first report; another one when an earlier comes in")]
    reports: list[EventReport]
    figures: Annotated[dict[str, list[Count]], about("Each figure once, as they were reported")]


class Article(answers.Article[Family, Original], frozen=True, kw_only=True):
    """One article, with all that the catalogue knows of it."""

    links: dict[str, str]
    event: Annotated[Event | None, about("Reports of the same happening; none where only one is")]
    provenance: Annotated[Provenance | None, about("None where the catalogue does not say")]
    versions: list[KeptVersion]


class IndexedArticle(
    answers.Article[answers.ArticleFamily, answers.ArticleOriginal], frozen=True, kw_only=True
):
    """One article as it was indexed."""


class Several(Answer, frozen=True):
    """Articles in the order asked for, and ids under which the generation has none."""

    items: list[IndexedArticle]
    missing: list[str]
    index: Generation


class Stretch(Answer, frozen=True):
    """Neighboring words with the same fate."""

    change: Change
    text: str


Paragraphs = Annotated[
    list[list[Stretch]],
    about("The kept and put in stretches make the new text, the kept and taken out ones the old."),
]


class Version(Answer, frozen=True):
    """One version of an article as it was, and what it changed."""

    id: str
    version: Count
    collected: str
    url: str | None
    title: str
    text: str
    outlet: str
    language: str
    bylines: tuple[str, ...]
    published: PartialDate | None
    modified: PartialDate | None
    flags: tuple[str, ...]
    original: Original
    same: Annotated[Share | None, about("How much of both texts is the same")]
    paragraphs: Paragraphs | None
    links: dict[str, str | None]


class Differences(Answer, frozen=True):
    """What the newer of two reports has otherwise than the older one."""

    id: str
    against: str
    older: Annotated[str, about("Id of the one whose words are taken out: by date, else `against`")]
    newer: Annotated[str, about("Id of the one whose words are put in")]
    same: Annotated[Share, about("How much of both texts is the same")]
    paragraphs: Paragraphs
    index: Generation
    links: dict[str, str | None]


_ARTICLE_ID = Parameter(
    "article_id",
    {"type": "string", "pattern": "^[a-z2-7]{16}$", "maxLength": 16},
    "Public id of an article",
    place="path",
)
_VERSION = Parameter(
    "version",
    {"type": "integer", "minimum": 1, "maximum": 1_000_000},
    "Which version of the article; the latest when left out",
)
ARTICLE = Endpoint(
    name="article",
    path="/articles/{article_id}",
    summary="One article: text, dates, names, provenance, versions",
    parameters=(_ARTICLE_ID, GENERATION),
    answer=Article,
    may_be_missing=True,
)
ARTICLE_AT = Endpoint(
    name="article_at",
    path="/articles",
    summary="The article that was collected from an address, in any form of the address",
    parameters=(
        Parameter(
            "url",
            {
                "type": "string",
                "minLength": 1,
                "maxLength": 2_000,
                "pattern": r"\S",
                "examples": ["https://news.example/bridge"],
            },
            "The address, as anybody links it: tracking, amp and print forms are one",
            needed=True,
        ),
        GENERATION,
    ),
    answer=Article,
    may_be_missing=True,
    example="?url={url}",
)
SEVERAL = Endpoint(
    name="articles_by_ids",
    path="/articles/by-ids",
    summary="Up to 100 articles by their ids, as they were indexed",
    parameters=(
        Parameter(
            "id",
            {"type": "string", "pattern": "^[a-z2-7]{16}$", "maxLength": 16},
            "Public ids of articles",
            many=True,
            commas=True,
            needed=True,
        ),
        GENERATION,
    ),
    answer=Several,
    example="?id={article_id},{other_id}",
)
ORIGINAL = Endpoint(
    name="original",
    path="/articles/{article_id}/original",
    summary="The bytes as they were collected, as a download",
    parameters=(_ARTICLE_ID, _VERSION),
    media_type="application/octet-stream",
    may_be_missing=True,
)
VERSION = Endpoint(
    name="version",
    path="/articles/{article_id}/versions/{version}",
    summary="One version of an article as it was, and what it changed",
    parameters=(_ARTICLE_ID, replace(_VERSION, about="Which version", place="path")),
    answer=Version,
    may_be_missing=True,
)
AGAINST = Endpoint(
    name="against",
    path="/articles/{article_id}/against/{other_id}",
    summary="What one report has otherwise than another",
    parameters=(
        _ARTICLE_ID,
        replace(_ARTICLE_ID, name="other_id", about="Public id of the report to compare it with"),
        GENERATION,
    ),
    answer=Differences,
    may_be_missing=True,
)


@serves(ARTICLE)
def article(arguments: Arguments) -> Response:
    """`GET /api/v1/articles/{article_id}`"""
    return _article(arguments, lambda _index, _catalogue: str(arguments["article_id"][0]))


@serves(ARTICLE_AT)
def article_at(arguments: Arguments) -> Response:
    """`GET /api/v1/articles`"""
    url = str(arguments["url"][0])
    return _article(arguments, lambda index, catalogue: collected_from(url, index, catalogue))


@serves(SEVERAL)
def several(arguments: Arguments) -> Response:
    """`GET /api/v1/articles/by-ids`"""
    ids = list(map(str, arguments["id"]))

    def answer(index: OpenIndex) -> Response:
        numbers = {one: index.engine.doc_number(one) for one in ids}
        known = [number for number in numbers.values() if number is not None]
        opened(one for one, number in numbers.items() if number is not None)
        generation = index.generation.name
        items = [
            IndexedArticle(
                **msgspec.structs.asdict(answers.article(document, generation=generation))
            )
            for document in index.engine.fetch(known)
        ]
        missing = [one for one, number in numbers.items() if number is None]
        return as_json(Several(items, missing, Generation(generation)))

    return from_index(arguments, answer)


def _article(arguments: Arguments, which: Callable[[OpenIndex, Catalogue], str]) -> Response:
    def answer(index: OpenIndex) -> Response:
        with collection().catalogue() as catalogue:
            known = account_of(which(index, catalogue), index, catalogue)
        if "article_id" not in path_pairs():
            opened([known.document.article_id])
        return as_json(_article_answer(known, index.generation.name))

    return revalidated(from_index(arguments, answer, cacheable=False))


def _article_answer(known: ArticleAccount, generation: str) -> Article:
    document = known.document
    page = f"/articles/{document.article_id}"
    base = f"{API}{page}"
    indexed = msgspec.structs.asdict(answers.article(document, generation=generation))
    indexed["family"] = Family(document.family_id, [one.article_id for one in known.family])
    indexed["original"] = Original(document.original_sha256, f"{base}/original")
    return Article(
        **indexed,
        links={
            "self": base,
            "page": page,
            "permalink": f"{base}?generation={generation}",
        },
        event=_event(known),
        provenance=_provenance(known),
        versions=[
            KeptVersion(one.version, one.collected.isoformat(), one.original_sha256)
            for one in known.versions
        ],
    )


def _event(known: ArticleAccount) -> Event | None:
    found = known.event
    if found is None:
        return None
    return Event(
        id=found.event_id,
        reports=[
            EventReport(
                id=one.document.article_id,
                title=one.document.title,
                outlet=one.document.outlet,
                published=PartialDate.maybe(one.document.published),
                figures=dict(one.figures),
                differs=one.differs,
            )
            for one in found.reports
        ],
        figures={toll.kind: list(toll.figures) for toll in found.tolls},
    )


def _provenance(known: ArticleAccount) -> Provenance | None:
    stored = known.stored
    if stored is None:
        return None
    return Provenance(
        first_collected=stored.first_collected.isoformat(),
        collected=stored.collected.isoformat(),
        cleaner=stored.cleaner,
        basis=dict(stored.article.basis),
        signals=dict(stored.article.quality.signals),
        removed=[Removed(block.rule, block.text) for block in stored.article.removed],
        captions=stored.article.captions,
        sightings=[
            Sighting(
                seen.locator,
                seen.url,
                seen.collected.isoformat(),
                seen.reader,
                seen.original_sha256,
            )
            for seen in known.sightings
        ],
    )


@serves(ORIGINAL)
def original(arguments: Arguments) -> Response:
    """`GET /api/v1/articles/{article_id}/original`: never rendered, whatever it is."""
    article_id = str(arguments["article_id"][0])
    number = int(first(arguments, "version", 0)) or None
    with collection().catalogue() as catalogue:
        stored = catalogue.article(article_id, number)
        kept = catalogue.original(stored.original_sha256)
    response = Response(kept.content, mimetype="application/octet-stream")
    name = f"{article_id}-{stored.original_sha256[:12]}.original"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Original-Media-Type"] = _NOT_IN_A_HEADER.sub("?", kept.media_type)
    response.set_etag(stored.original_sha256)
    return revalidated(response)


@serves(VERSION)
def version(arguments: Arguments) -> Response:
    """`GET /api/v1/articles/{article_id}/versions/{version}`"""
    article_id, number = str(arguments["article_id"][0]), int(arguments["version"][0])
    with collection().catalogue() as catalogue:
        found = differences.of_version(article_id, number, catalogue)
    stored = found.new.stored
    assert stored is not None, "it is of a version"
    was = stored.article
    url = f"{API}/articles/{article_id}/original?version={stored.version}"
    return revalidated(
        as_json(
            Version(
                id=article_id,
                version=stored.version,
                collected=stored.collected.isoformat(),
                url=was.url,
                title=was.title,
                text=was.reading,
                outlet=was.outlet,
                language=was.language,
                bylines=was.bylines,
                published=PartialDate.maybe(was.published),
                modified=PartialDate.maybe(was.modified),
                flags=was.quality.flags,
                original=Original(stored.original_sha256, url),
                same=round(found.share, 4) if found.old else None,
                paragraphs=_paragraphs(found) if found.old else None,
                links={"self": str(here()), "page": found.page},
            )
        )
    )


@serves(AGAINST)
def against(arguments: Arguments) -> Response:
    """`GET /api/v1/articles/{article_id}/against/{other_id}`"""
    article_id, other_id = (str(arguments[name][0]) for name in ("article_id", "other_id"))

    def answer(index: OpenIndex) -> Response:
        found = differences.of_reports(article_id, other_id, index)
        return as_json(
            Differences(
                id=article_id,
                against=other_id,
                older=found.old_id,
                newer=found.new_id,
                same=round(found.share, 4),
                paragraphs=_paragraphs(found),
                index=Generation(index.generation.name),
                links={"self": str(here()), "page": found.page},
            )
        )

    return from_index(arguments, answer)


def _paragraphs(found: differences.Differences) -> list[list[Stretch]]:
    return [
        [Stretch(stretch.change, stretch.text) for stretch in paragraph]
        for paragraph in found.paragraphs
    ]
