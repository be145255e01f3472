"""Suggestions: what may a person be about to type? Names, words of the corpus, and titles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from corpus.errors import QueryTooComplex
from indexer.entities.types import EntityKind
from search.engine import MatchRequest
from search.language.query import And, Prefix, Query, Term
from search.serving.open_index import OpenIndex

WORD = "word"
TITLE = "title"
_TITLES = 3
_SHORTEST = 2  # letters: one letter begins too much to be of any help


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on.

    Attributes:
        kind: `person`, `org`, `place` (and other kinds of entities), `word` or `title`.
        text: the name, the whole word, or the title.
        articles: how many it would find.
        id: of the entity, or of the titled article; empty for a word.
    """

    kind: str
    text: str
    articles: int
    id: str = ""


def suggest(
    text: str, index: OpenIndex, *, kind: EntityKind | None = None, limit: int = 10
) -> list[Suggestion]:
    """Names first, then words that begin like the last one typed, then titles.

    Args:
        text: what was typed so far; any text, never an error.
        kind: entities of this kind only.
    """
    surfaces = index.analyzer.surfaces(text)
    if not surfaces or len("".join(surfaces)) < _SHORTEST:
        return []
    names = index.directory.search(text, kind=kind, limit=limit)
    found = [
        Suggestion(entity.kind.value, entity.label, entity.articles, entity.entity_id)
        for entity in names
    ]
    if kind is None:
        rest = max(2, limit // 3) if found else limit
        found = found[: max(1, limit - rest)]
        others = [*_words(surfaces[-1], index, rest), *islice(_titles(surfaces, index), _TITLES)]
        found += others
    return found[:limit]


def _words(beginning: str, index: OpenIndex, limit: int) -> list[Suggestion]:
    if len(beginning) < _SHORTEST:
        return []
    words = index.engine.words(beginning, limit=limit)
    return [Suggestion(WORD, one.word, one.articles) for one in words]


def _titles(surfaces: list[str], index: OpenIndex) -> Iterator[Suggestion]:
    """Titles that hold every word, the last one begun."""
    *whole, last = surfaces
    if len(last) < _SHORTEST or not index.engine.words(last, limit=1):
        return
    words: list[Query] = [Term(index.analyzer.stem(word), "title") for word in whole]
    query = And((*words, Prefix(last, "title")))
    try:
        matches = index.engine.match(MatchRequest(query=query, collapse=True, limit=_TITLES)).hits
    except QueryTooComplex:
        return  # so many words begin like this that no title is likelier than another
    for one in index.engine.fetch([match.doc_number for match in matches]):
        yield Suggestion(TITLE, one.title, 1, one.article_id)
