"""The application over the made-up index and a real catalogue that holds the same articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from corpus.article import Article, Quality, RawDocument, Removed
from corpus.errors import GenerationGone, NoIndex
from corpus.home import Home
from corpus.store import Catalogue
from corpus.store.lines import DamagedLine
from indexer.document import IndexDocument
from indexer.entities.authority.record import Authority
from search.dossiers.citing import Citation, citation
from search.dossiers.facets import KeptFacets
from search.dossiers.replay import Dossiers, load
from search.dossiers.standing import questions
from search.dossiers.standing.questions import Standing
from search.engine import Engine, Matches, MatchRequest
from search.service import OpenIndex
from search.serving.serving import Refused
from tests.contract.made_up import made_up_documents, made_up_index
from webui.access.roles import Role
from webui.app import create_app

_compile_builder = Rule._compile_builder
_BUILDERS: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}


def _compiled_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """The function that builds an address, which hangs on nothing but what the rule says."""
    if rule.defaults:
        return _compile_builder(rule, append_unknown)
    key = (rule.rule, append_unknown, *rule._trace)
    if key not in _BUILDERS:
        _BUILDERS[key] = _compile_builder(rule, append_unknown)
    return _BUILDERS[key]


# A test has an application of its own, and their hundred addresses are the same a thousand times.
Rule._compile_builder = _compiled_once  # type: ignore[method-assign,assignment]

COLLECTED = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)


class _Otherwise:
    """An engine whose answers differ from the right ones in some fields of `Matches`."""

    def __init__(self, engine: Engine, changes: dict[str, Any]) -> None:
        self._engine = engine
        self._changes = changes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def match(self, request: MatchRequest) -> Matches:
        return replace(self._engine.match(request), **self._changes)


def answer_otherwise(collection: MadeUpCollection, **changes: Any) -> None:
    """Has the engine of a collection say something else of what it finds, from now on."""
    (name, index), *_ = collection.generations.items()
    engine = cast(Engine, _Otherwise(index.engine, changes))
    collection.generations = {name: replace(index, engine=engine)}


class MadeUpCollection:
    """The nine articles. `generations` may be changed by a test; the last one is current."""

    def __init__(self, home: Home, index: OpenIndex) -> None:
        self.home = home
        self.decisions = home.decisions
        self.kept = home.dossiers
        self.citations = home.citations
        self.questions = home.questions
        self.styles = home.styles
        self.dictionaries = home.dictionaries
        self.generations = {index.generation.name: index}
        self.in_use = 0
        self.refused: Refused | None = None
        self.hidden: frozenset[str] = frozenset()
        self.part = ""

    @contextmanager
    def index(self, generation: str = "") -> Iterator[OpenIndex]:
        if not self.generations:
            raise NoIndex("nothing was published yet", advice="Run `dispatches rebuild`")
        name = generation or next(reversed(self.generations))
        if name not in self.generations:
            raise GenerationGone(f"generation {name} was pruned", advice="Ask the current one")
        self.in_use += 1
        try:
            yield replace(self.generations[name], keeping=lambda: KeptFacets(self.dossiers()))
        finally:
            self.in_use -= 1

    def catalogue(self) -> AbstractContextManager[Catalogue]:
        return Catalogue.open(self.home.catalogue, readonly=True)

    def dossiers(self) -> Dossiers:
        return load(self.kept)

    def citation(self, citation_id: str) -> Citation:
        return citation(self.citations, citation_id)

    def standing(self) -> tuple[dict[str, Standing], list[DamagedLine]]:
        return questions.load(self.questions)

    def seen_by(self, _name: str, _role: Role | None) -> MadeUpCollection:
        return self

    def authority(self) -> Authority:
        return Authority.load(self.decisions)


def _catalogue(path: Path, documents: list[IndexDocument]) -> list[IndexDocument]:
    """Stores the articles; gives them back as they would be indexed from there."""
    indexed = []
    with Catalogue.open(path) as catalogue:
        for document in documents:
            page = f"<html><title>{document.title}</title><script>alert(1)</script></html>"
            raw = RawDocument(
                content=page.encode() + document.article_id.encode(),
                media_type="text/html; charset=utf-8",
                locator=f"pages/{document.article_id}.html",
                url=document.url,
                collected=COLLECTED,
                reader="html/1",
            )
            catalogue.put(raw, _article(document))
            indexed.append(replace(document, original_sha256=raw.sha256))
    return indexed


SCANNED = made_up_documents()[1].article_id
"""The article that was recognized in two pictures, beside a page that could not be read."""


def _article(document: IndexDocument) -> Article:
    signals = {"words": float(len(document.text.split()))}
    if document.article_id == SCANNED:
        signals |= {"ocr_confidence": 0.912, "ocr_pages": 2.0, "pages_unread": 1.0}
    return Article(
        article_id=document.article_id,
        title=document.title,
        text=document.text,
        outlet=document.outlet,
        language=document.language,
        url=document.url,
        published=document.published,
        captions=("A bridge at dawn",),
        removed=(Removed("newsletter", "Sign up for our newsletter"),),
        quality=Quality(signals, ()),
        basis={"title": "json-ld:headline"},
        cleaner="html/1",
    )


@pytest.fixture(scope="session")
def _stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, OpenIndex]:
    """The catalogue and the index over it, made once: no test changes either."""
    home = Home(tmp_path_factory.mktemp("made-up"))
    return home, made_up_index(_catalogue(home.catalogue, made_up_documents()))


@pytest.fixture
def collection(_stored: tuple[Home, OpenIndex]) -> MadeUpCollection:
    return MadeUpCollection(*_stored)


@pytest.fixture
def app(collection: MadeUpCollection) -> Flask:
    app = create_app(collection)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
