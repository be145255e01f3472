"""Citing: what does an answer that somebody cites need to outlast its generation?

The question, and the articles that it found with their versions, hashes and headings, one file a
citation, written when it is made. Generations are pruned and texts change; the catalogue keeps all
versions, so that a citation can show what stood there and tell what is otherwise now. The id is
made of what is cited: the same answer is kept once, whoever cites it and how often.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import msgspec

from corpus.errors import ArticleNotFound, DossierError, DossierNotFound, StorageError
from corpus.store import Catalogue, lines
from indexer.document import IndexDocument
from search.request import SearchRequest
from search.service import count
from search.serving.open_index import OpenIndex
from search.serving.paging import every_hit

MAX_ARTICLES = 500
"""Articles of a question that are kept, the first in its order; `total` counts all."""
MAX_CITATIONS = 100_000
"""Of one collection, so that nobody fills the disk from outside."""
_ID = re.compile(r"[0-9a-f]{16}")


class CitedArticle(msgspec.Struct, frozen=True, kw_only=True):
    """One article as it was: `original` and `text` are hashes (SHA-256).

    Where one paragraph is cited, `paragraph` is its number, from 1, and `words` are its text.
    """

    id: str
    version: int
    original: str
    text: str
    title: str
    outlet: str
    published: str
    url: str
    paragraph: int = 0
    words: str = ""


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """What was cited.

    Attributes:
        address: of the page, without its generation. question: the same in the query language;
            empty for an article.
        generation, built_at: which index answered.
        part: whose index that was, where it leaves articles out (`indexer.generations.parts`).
        total: articles that the question found; `articles` are the first of them.
    """

    id: str
    when: str
    address: str
    question: str
    generation: str
    built_at: str
    total: int
    articles: tuple[CitedArticle, ...]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Since:
    """What became of one cited article.

    Attributes:
        stands: of a cited paragraph, whether its words are in the current text.
        text: as it was cited; None where the catalogue does not have it any more, or has another
            text under this version.
        current: the version that is current in the catalogue; 0 where there is none.
        indexed: whether the index has it now.
    """

    article: CitedArticle
    text: str | None
    current: int
    indexed: bool
    stands: bool = True

    @property
    def is_as_cited(self) -> bool:
        return self.text is not None and self.current == self.article.version and self.indexed


@dataclass(frozen=True, slots=True)
class Now:
    """What the question finds now: how many, and what it did not find then; at most as many as
    are kept. `gone`: ids of what it found then and does not now. Both are empty where either list
    was cut off, since nothing could be told by it.
    """

    total: int
    came: tuple[IndexDocument, ...]
    gone: frozenset[str]


def text_hash(text: str) -> str:
    """The SHA-256 of a text, as a citation keeps it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; the first has the number 1 where one is cited."""
    return [block for block in text.split("\n\n") if block.strip()]


def cite_article(
    folder: Path,
    document: IndexDocument,
    address: str,
    index: OpenIndex,
    *,
    paragraph: int = 0,
    part: str = "",
) -> Citation:
    """Keeps what citing one article needs, or one paragraph of it.

    Raises:
        ArticleNotFound: it has no such paragraph.
        DossierError: there are as many citations as are kept. StorageError: it was not written.
    """
    cited = _cited(document)
    if paragraph:
        words = paragraph_of(document, paragraph)
        cited = msgspec.structs.replace(cited, paragraph=paragraph, words=words)
    return _keep(folder, address, "", 1, [cited], index, part)


def paragraph_of(document: IndexDocument, number: int) -> str:
    """One paragraph of an article, counted from 1.

    Raises:
        ArticleNotFound: it has no such paragraph.
    """
    found = paragraphs(document.text)
    if not 1 <= number <= len(found):
        raise ArticleNotFound(
            f"article {document.article_id} has no paragraph {number}",
            advice=f"It has {len(found)}",
        )
    return found[number - 1]


def cite_question(
    folder: Path,
    request: SearchRequest,
    address: str,
    question: str,
    index: OpenIndex,
    *,
    part: str = "",
) -> Citation:
    """Keeps what citing a question and its answer needs.

    Raises:
        RequestError: the question is badly put. DossierError, StorageError: as `cite_article`.
    """
    hits = every_hit(request, index, limit=MAX_ARTICLES)
    articles = [_cited(hit.document) for hit in hits]
    total = count(request, index)
    return _keep(folder, address, question, total, articles, index, part)


def _keep(
    folder: Path,
    address: str,
    question: str,
    total: int,
    articles: Sequence[CitedArticle],
    index: OpenIndex,
    part: str,
) -> Citation:
    known = msgspec.json.encode([address, total, articles, *([part] if part else [])])
    made = Citation(
        id=hashlib.sha256(known).hexdigest()[:16],
        when=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        address=address,
        question=question,
        generation=index.generation.name,
        built_at=index.generation.manifest.built_at,
        total=total,
        articles=tuple(articles),
        part=part,
    )
    path = _path(folder, made.id)
    try:
        with lines.alone(path):
            with suppress(DossierNotFound):
                return citation(folder, made.id)
            if sum(1 for _ in islice(folder.iterdir(), MAX_CITATIONS)) >= MAX_CITATIONS:
                raise DossierError(
                    f"{MAX_CITATIONS:,} citations are kept here, which is as many as may be",
                    advice="Ask the operator to move the oldest files of the folder away",
                )
            path.unlink(missing_ok=True)  # one that was cut off while it was written
            lines.add(path, [msgspec.json.encode(made).decode()])
    except OSError as error:
        raise StorageError(
            error.strerror or str(error),
            where=str(folder),
            advice="Nothing was kept. Citations need a folder that may be written",
        ) from error
    return made


def _cited(document: IndexDocument) -> CitedArticle:
    return CitedArticle(
        id=document.article_id,
        version=document.version,
        original=document.original_sha256,
        text=text_hash(document.text),
        title=document.title,
        outlet=document.outlet,
        published=document.published.iso if document.published else "",
        url=document.url or "",
    )


def _path(folder: Path, citation_id: str) -> Path:
    return folder / f"{citation_id}.jsonl"


def citation(folder: Path, citation_id: str) -> Citation:
    """What is kept under an id.

    Raises:
        DossierNotFound: nothing is. StorageError: what is there cannot be read.
    """
    missing = DossierNotFound(
        f"No citation is kept under {citation_id!r}", advice="Look at the address again"
    )
    if not _ID.fullmatch(citation_id):
        raise missing
    found, _ = lines.read(_path(folder, citation_id))
    if not found:
        raise missing
    try:
        return msgspec.json.decode(found[0].body, type=Citation)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise StorageError(
            f"what is kept under {citation_id} is no citation: {error}", where=str(folder)
        ) from error


def since(cited: Citation, index: OpenIndex, catalogue: Catalogue) -> list[Since]:
    """What became of the articles, in their order."""
    return [_since(article, index, catalogue) for article in cited.articles]


def _since(article: CitedArticle, index: OpenIndex, catalogue: Catalogue) -> Since:
    text, current, stands = None, 0, False
    with suppress(ArticleNotFound):
        latest = catalogue.article(article.id)
        current, stands = latest.version, article.words in latest.article.reading
        stored = catalogue.article(article.id, article.version).article.reading
        if text_hash(stored) == article.text:
            text = stored
    indexed = index.engine.doc_number(article.id) is not None
    return Since(article, text, current, indexed, stands)


def now(cited: Citation, request: SearchRequest, index: OpenIndex) -> Now:
    """What the question of a citation finds in this index.

    Raises:
        RequestError: this release does not understand it.
    """
    total = count(request, index)
    if max(total, cited.total) > MAX_ARTICLES:
        return Now(total, (), frozenset())
    found: Mapping[str, IndexDocument] = {
        hit.document.article_id: hit.document
        for hit in every_hit(request, index, limit=MAX_ARTICLES)
    }
    then = {article.id for article in cited.articles}
    came = tuple(document for key, document in found.items() if key not in then)
    return Now(total, came, frozenset(then - found.keys()))
