"""Article page: one article with its names, marks and proofs, prepared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.document import ArticleEntity, IndexDocument
from indexer.schema import ENTITY_FACETS
from search import service
from search.analyses.similar import similar
from search.output.exports import FORMATS, REFERENCES
from search.service import OpenIndex
from webui.view import marks
from webui.view.article_account import ArticleAccount
from webui.view.citations import Citation, citations
from webui.view.coins import coins
from webui.view.links import View, twin_of


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything the template shows.

    Attributes:
        hits: how many highlights the text has.
        coins: what Zotero reads of the page.
        styles: names of the styles of citations that the operator gave.
        back: the search it was opened from.
    """

    view: View
    known: ArticleAccount
    title: tuple[marks.Run, ...]
    paragraphs: Sequence[marks.Paragraph]
    hits: int
    names: tuple[tuple[str, tuple[ArticleEntity, ...]], ...]
    similar: tuple[IndexDocument, ...]
    citations: tuple[Citation, ...]
    coins: str
    styles: tuple[str, ...]
    generation: str
    back: str
    permalink: str
    twin: str

    @property
    def document(self) -> IndexDocument:
        return self.known.document

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """Names and addresses of the article's files for reference managers."""
        address = f"/articles/{self.document.article_id}/citation"
        files = ((FORMATS[name].label, f"{address}.{name}") for name in REFERENCES)
        return (*files, *((name, f"{address}.{name}") for name in self.styles))


def prepare(
    known: ArticleAccount, query: str, view: View, index: OpenIndex, *, styles: Sequence[str] = ()
) -> ArticlePage:
    """Marks the text and gathers what stands beside it.

    Args:
        query: the query whose matches to mark; empty marks none.

    Raises:
        RequestError: the query is badly put.
    """
    document = known.document
    found = service.highlights(document, query, index)
    kinds = {entity.entity_id: entity.kind.value for entity in document.entities}
    generation = index.generation.name
    return ArticlePage(
        view=view,
        known=known,
        title=marks.runs(document.title, found.title),
        paragraphs=marks.paragraphs(document.text, found.text, document.mentions, kinds),
        hits=len(found.text),
        names=tuple(
            (kind, tuple(entity for entity in document.entities if entity.kind == kind))
            for kind in ENTITY_FACETS
        ),
        similar=tuple(similar(document, index)),
        citations=citations(document),
        coins=coins(document),
        styles=tuple(styles),
        generation=generation,
        back=str(view.at("/search")),
        permalink=str(view.only("q").setting(generation=generation)),
        twin=str(twin_of(view.only("generation"))),
    )
