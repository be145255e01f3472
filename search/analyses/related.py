"""Related articles: which say what a question is about, though not in its words?

Those whose vectors lie nearest to that of the words (`indexer.articles.meaning`), whatever their
language. They are shown apart, below the hits, and change nothing there: none of them matches. All
that narrows a question holds for them too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indexer.articles.meaning import encoder
from search.engine import MatchRequest
from search.language.query import (
    And,
    Everything,
    Fuzzy,
    Keyword,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    scores,
)
from search.passages.snippets import snippets
from search.request import Sort
from search.result import Hit, Marks, Related, Snippet
from search.serving.open_index import OpenIndex

LEAST = 0.2
"""Nearness of what is shown. Of 295 reports of Wikinews, 99 of 100 are .36 and more from their own
headline, and 95 of 100 headlines of others are .26 and less from them."""
NOT_INSTALLED = (
    "Articles related by meaning are not shown: the extra “meaning” is not installed where this is"
    " answered"
)
OTHER_ENCODER = (
    "Articles related by meaning are not shown: their vectors were made by another release, and are"
    " made anew by the next rebuild"
)
_FIRST = 128  # articles asked about at first, of which some match, or are left out by a filter
_MOST = 4096  # and at most: looking each up takes five millionths of a second
_SPARE = 3  # read for each that is shown, as some are reprints of others
_FACET, _VALUE = "related", "yes"


class Meaning:
    """What the words of a question are about; compared with all articles once, for several lists.

    Args:
        parsed: the question as typed.
    """

    def __init__(self, parsed: Query, index: OpenIndex) -> None:
        self._index = index
        vector = encoder.vector_of(" ".join(_words(parsed)))
        self._compared = None if vector is None else index.vectors.compared(vector)

    def related(
        self,
        held: Query,
        asked: MatchRequest,
        hits: Collection[Hit],
        *,
        wanted: int,
        language: str = "",
    ) -> tuple[Related, ...]:
        """Articles about the same, nearest first; one of each family.

        Args:
            held: what must hold for these too, resolved.
            asked: what the engine was asked; its filters and dates hold here too.
            hits: those of the page; of their families none is shown again.
            language: the one that `held` asks for, if it does.
        """
        if self._compared is None:
            return ()
        others = replace(
            asked,
            query=held,
            facets=(),
            histogram=None,
            collapse=False,
            sort=Sort.NEWEST,
            after=None,
        )
        shown = {hit.document.article_id for hit in hits}
        near = self._near(self._compared, others, shown, wanted, language)
        documents = self._index.engine.fetch(list(near)[: wanted * _SPARE])
        families = {hit.document.family_id for hit in hits}
        chosen = []
        for document, nearness in zip(documents, near.values(), strict=False):
            if document.family_id not in families:
                families.add(document.family_id)
                chosen.append((document, nearness))
        chosen = chosen[:wanted]
        begun = snippets([document for document, _ in chosen], [Marks([], [])] * len(chosen))
        return tuple(
            Related(document, nearness, next(iter(begins), Snippet("text", "", ())))
            for (document, nearness), begins in zip(chosen, begun, strict=True)
        )

    def _near(
        self,
        near: NDArray[np.float32],
        others: MatchRequest,
        shown: Collection[str],
        wanted: int,
        language: str,
    ) -> dict[int, float]:
        """By doc number, how near some articles are that are not shown above, nearest first."""
        index = self._index
        among = index.vectors_of(language) if language else None
        enough = wanted * _SPARE
        most = enough + len(shown) if language else _FIRST
        first = index.vectors.first(near, most=most, least=LEAST, among=among)
        found = _passing(first, others, shown, index)
        if len(found) >= enough or len(first) < most:
            return found
        total = index.engine.match(replace(others, limit=0)).total
        if total > _MOST:
            more = index.vectors.first(near, most=_MOST, least=LEAST, among=among)
            return _passing(more, others, shown, index)
        hits = index.engine.match(replace(others, limit=total)).hits
        numbers = [hit.doc_number for hit in hits]
        ids = index.engine.article_ids(numbers)
        numbered = dict(zip(ids, numbers, strict=True))
        held = index.vectors.first(
            near, most=len(ids), least=LEAST, among=index.vectors.places(ids)
        )
        return {numbered[one]: nearness for one, nearness in held.items() if one not in shown}


def beside(parsed: Query) -> Query:
    """What a question says beside the words that score: names, dates, words to leave out."""
    clauses = parsed.clauses if isinstance(parsed, And) else (parsed,)
    return And((Everything(), *(clause for clause in clauses if not scores(clause))))


def why_none(index: OpenIndex) -> tuple[str, ...]:
    """Why nothing can be told here of a generation that has vectors; nothing where it can."""
    warnings: list[str] = []
    here = encoder.installed()
    if not here:
        warnings.append(NOT_INSTALLED)
    elif here != index.generation.manifest.versions.get("meaning"):
        warnings.append(OTHER_ENCODER)
    return tuple(warnings)


def _words(query: Query) -> Iterator[str]:
    """The words that a question looks for, as typed; not what it leaves out, and no names."""
    match query:
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _words(clause)
        case Term(word) | Fuzzy(word):
            yield word
        case Prefix(prefix):
            yield prefix
        case Phrase(words) | Near(words):
            yield from words


def _passing(
    near: Mapping[str, float], others: MatchRequest, shown: Collection[str], index: OpenIndex
) -> dict[int, float]:
    """Those of some articles that are asked for and not shown above, in their order."""
    wanted = frozenset(near).difference(shown)
    if not wanted:
        return {}
    among = Keyword(_FACET, frozenset([_VALUE]))
    hits = index.engine.match(
        replace(
            others,
            query=And((among, others.query)),
            holding={**others.holding, _FACET: {_VALUE: wanted}},
            limit=len(wanted),
        )
    ).hits
    numbers = [hit.doc_number for hit in hits]
    numbered = dict(zip(index.engine.article_ids(numbers), numbers, strict=True))
    return {numbered[one]: nearness for one, nearness in near.items() if one in numbered}
