"""Warming: why is the first question as fast as the next? Its loops were compiled before it.

numba compiles a loop at its first call, or loads it from its cache. Questions that use all of them
are asked once before the workers are forked, so that every worker has them from the start. What
an installation compiles once for all is the same, and what a rebuild needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from corpus import demo as bundled
from corpus.errors import QueryTooComplex
from corpus.home import Home
from corpus.intake.ingest import ingest
from corpus.store import Catalogue
from indexer.articles.meaning.encoder import DIMENSIONS, VECTOR_BYTES
from indexer.articles.meaning.vector_file import VectorsWriter, open_vectors
from indexer.pipeline import rebuild
from search import service
from search.request import (
    DateFilter,
    FacetRequest,
    Filter,
    Interval,
    Mode,
    SearchRequest,
    Sort,
    Undated,
)
from search.service import OpenIndex
from webui.collection import open_collection

_INTAKES = ("feed.xml", "dump.jsonl")
"""Of the bundled articles: two, since a rebuild merges what is new with what was there."""
_SAID = "a word"
_FREQUENT = 100
_SHORT = 3  # letters: shorter words are mostly stop words
_QUESTIONS = (
    "",
    "{a}",
    "{a} OR {b}",
    "{a} {b} the",
    '"{a} {b}"',
    '"{b} {a}"~5',
    "{a}*",
    "{a}~1",
    "title:{a} -{b}",
    '"the {a}" OR ({a} {a}*)',
    "{a} OR {a}* OR {b}~1",
    "({a} OR {b}) {a}~1 {a}* {b}* language:en",
    'exact:"{a} {b}"',
    "date:1900..2100 OR mentioned:1900..2100",
)
"""Of each kind one; `{a}` and `{b}` are words that the index has, since what finds nothing computes
nothing."""
_CHOICES = (Filter("language", Mode.NOT, ("und",)), Filter("outlet", Mode.NOT, ("-",)))
_CENTURIES = DateFilter(start=date(1900, 1, 1), end=date(2100, 1, 1), undated=Undated.EXCLUDE)


def warm(index: OpenIndex) -> None:
    """Asks a question of each kind, with and without filters, in every order."""
    facets = (FacetRequest("person"), FacetRequest("outlet"))
    for text in _questions(index):
        for sort in (None, Sort.NEWEST):
            everything = SearchRequest(
                text=text, facets=facets, histogram=Interval.MONTH, sort=sort, collapse=not text
            )
            narrowed = replace(everything, filters=_CHOICES, dates=_CENTURIES)
            for request in (everything, narrowed):
                with suppress(QueryTooComplex):  # too many words may begin so
                    service.search(request, index)
    if len(index.vectors):
        service.search(SearchRequest(text=_SAID, related=1), index)  # loads the encoder


def warm_everything() -> None:
    """Uses every loop that there is: indexes some of the bundled articles, adds some, and asks."""
    with TemporaryDirectory(prefix="dispatches-") as folder:
        home = Home(Path(folder) / "home")
        taken = [bundled.path() / part for part in _INTAKES]
        for paths in ([taken[0]], [taken[1], _reprint(taken[1], Path(folder))]):
            with Catalogue.open(home) as catalogue:
                ingest(paths, catalogue)
            rebuild(home, processes=1)
        collection = open_collection(home)
        with collection.index() as index:
            warm(index)
        collection.close()
        _compare_vectors(Path(folder) / "vectors")


def _compare_vectors(path: Path) -> None:
    """As where a collection has vectors, which need an extra to be made, but not to be compared."""
    writer = VectorsWriter(path)
    writer.add("0" * 16, bytes(VECTOR_BYTES))
    writer.close()
    open_vectors(path).nearest(np.ones(DIMENSIONS, np.float32), most=1, least=0.0)


def _reprint(dump: Path, folder: Path) -> Path:
    """The first article of a dump as another outlet prints it: families have loops of their own."""
    first = json.loads(dump.read_text(encoding="utf-8").splitlines()[0])
    first |= {"id": "reprint", "url": "https://reprint.example/", "outlet": "Reprint"}
    made = folder / "reprint.jsonl"
    made.write_text(json.dumps(first) + "\n", encoding="utf-8")
    return made


def _questions(index: OpenIndex) -> Iterator[str]:
    frequent = [found.word for found in index.engine.words("", limit=_FREQUENT)]
    words = [word for word in frequent if word.isalpha() and len(word) > _SHORT]
    a, b = (*words, "war", "peace")[:2]
    return (text.format(a=a, b=b) for text in _QUESTIONS)
