"""Engine: answers questions over one generation that an `OpenSearchWriter` wrote to a cluster.

A question is one request, and a second one where a page has reprints or counted places lie in each
other. Parts of the index that fail, or take longer than the time budget, make an answer incomplete,
and it says so. Where none of them can answer, that is an error and never an empty answer. All
requests are in this one file, so that what is asked in which order can be read in one piece.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from corpus.errors import ClusterUnavailable, IndexCorrupt
from indexer.analysis import analyzer
from indexer.analysis.forms import forms
from indexer.document import IndexDocument
from indexer.generations.engine_choice import Cluster
from indexer.schema import TEXT_FIELDS
from indexer.writers.opensearch.client import Client
from indexer.writers.opensearch.mapping import (
    ARTICLE,
    DAY,
    FACET,
    FAMILY,
    NUMBER,
    STEMS,
    STORED,
    SURFACES,
)
from indexer.writers.opensearch.writer import check_marks, place_of
from indexer.writers.whoosh.files.cache import Cache
from indexer.writers.whoosh.files.stored import from_json
from search.engine import (
    FacetValues,
    Histogram,
    Match,
    Matches,
    MatchRequest,
    PageStart,
    WordCount,
)
from search.engines.opensearch.clauses import (
    EVERYTHING,
    Clause,
    Clauses,
    all_of,
    any_of,
    dates_chosen,
)
from search.engines.opensearch.counting import (
    Bars,
    FacetCounts,
    bars_asked,
    families_are_estimated,
    families_asked,
    families_in,
    within,
)
from search.engines.opensearch.words import KnownWords, Words
from search.language.query import Fuzzy, Prefix, Query, Term
from search.request import Interval, Mode, Sort

_LOG = logging.getLogger(__name__)
_WINDOW = 10_000  # hits in one answer of a cluster
_FETCHED = 500  # documents read at once
_KEPT = 4096  # counts of words that stand for one another
_LEAST = 0.05  # seconds that are left to the last request of a question
_GRACE = 2.0  # seconds after which a node that has not answered in time is taken for one that hangs
_READING = 10.0  # seconds that a node has to count, or to read articles that are known already
_UNDATED = {Sort.NEWEST: 0, Sort.OLDEST: 2**31 - 1}
"""What stands for the day of an undated article: it comes last."""
_DATES = "dates"


class _Hit(NamedTuple):
    doc_number: int
    score: float
    key: Any
    family: str


class _Asked(NamedTuple):
    """One question, ready to be sent.

    Attributes:
        relaxed: clauses that some count ignores, by facet or `dates`.
    """

    query: Clause
    relaxed: Mapping[str, Clause]
    until: float

    def but(self, name: str) -> list[Clause]:
        return [clause for own, clause in self.relaxed.items() if own != name]


class OpenSearchEngine:
    """An `Engine`. Thread-safe: what is kept are values that any thread would work out the same.

    Args:
        folder: what an `OpenSearchWriter` left in the generation.
        generation: its name.
        cluster: that holds its articles.

    Raises:
        IndexCorrupt: a file is missing or damaged, or the index is not there, or is another one.
        ClusterUnavailable: no node answers.
    """

    def __init__(self, folder: Path, generation: str, cluster: Cluster) -> None:
        self._generation = generation
        self._words = Words(folder)
        self._client = Client(cluster, patience=3.0)
        place = place_of(folder)
        self._at = f"/{place['index']}"
        check_marks(self._client, place)
        self._counted: Cache[Query, int] = Cache(_KEPT)
        self._written: Cache[tuple[str, bool, Sequence[str]], bool] = Cache(_KEPT)
        self._bars: dict[tuple[str, Interval], Bars] = {}
        self._forms: Cache[tuple[str, str], tuple[str, ...]] = Cache(_KEPT)
        self._known = KnownWords(self._words, self._is_written)

    @property
    def generation(self) -> str:
        """Name of the generation it reads."""
        return self._generation

    @property
    def articles(self) -> int:
        """How many articles the generation holds."""
        return self._words.documents

    def match(self, request: MatchRequest) -> Matches:
        """Finds, counts and orders. Reads no stored text.

        Raises:
            QueryTooComplex: a prefix or fuzzy word expands to too many words.
            ClusterUnavailable: no part of the index can be asked.
        """
        clauses = Clauses(self._words, request.holding, self._count)
        asked = self._asked(request, clauses)
        facets = [FacetCounts(counting, self._words, clauses) for counting in request.facets]
        counts = self._counts_asked(request, asked, facets)
        size = min(request.limit, _WINDOW)
        answer = self._search(request, asked, size, request.after, counts)
        answer["asked"] = size
        counted = answer.get("aggregations", {})
        total = answer["hits"]["total"]["value"]
        complete = _is_complete(answer)
        hits, whole = self._page(request, asked, answer)
        wholes, sure = self._wholes(asked, facets, counted)
        return Matches(
            hits=tuple(hits),
            total=total,
            families=families_in(total, counted.get("families", {})),
            facets={
                one.counting.facet: _facet(one, counted, wholes.get(one.counting.facet, {}))
                for one in facets
            },
            histogram=self._histogram(request, counted),
            complete=complete and whole and sure,
            about=self._about(facets),
        )

    def _about(self, facets: Sequence[FacetCounts]) -> frozenset[str]:
        """What is estimated of an answer."""
        estimated = {one.counting.facet for one in facets if one.is_estimated}
        return frozenset(
            estimated | ({"families"} if families_are_estimated(self._words) else set())
        )

    def fetch(self, doc_numbers: Sequence[int]) -> list[IndexDocument]:
        """The stored documents, in the order asked for.

        Raises:
            ClusterUnavailable: the part of the index that has one cannot be asked.
            IndexCorrupt: a document is not what was written.
        """
        stored = self._read(doc_numbers, _FETCHED, [STORED])
        try:
            return [from_json(json.loads(stored[n]["_source"][STORED])) for n in doc_numbers]
        except (ValueError, LookupError, TypeError) as error:
            raise IndexCorrupt(
                f"a stored document cannot be read: {error}",
                where=self._at,
                advice="Run `dispatches rebuild`",
            ) from error

    def article_ids(self, doc_numbers: Sequence[int]) -> list[str]:
        """The public ids of documents, in the order asked for. Reads nothing else of them."""
        found = self._read(doc_numbers, _WINDOW, False)
        return [str(found[number]["fields"][ARTICLE][0]) for number in doc_numbers]

    def doc_number(self, article_id: str) -> int | None:
        """Where an article lies in this generation; None when it is not in it."""
        found = self._found({"term": {ARTICLE: article_id}}, 1, False)
        return next((_number(hit) for hit in found), None)

    def family(self, family_id: str) -> list[int]:
        """Doc numbers of a family's articles, earliest published first, undated last."""
        order = [{DAY: {"order": "asc", "missing": _UNDATED[Sort.OLDEST]}}, {NUMBER: "asc"}]
        found = self._found({"term": {FAMILY: family_id}}, _WINDOW, False, sort=order)
        return [_number(hit) for hit in found]

    def words(self, prefix: str, *, limit: int) -> list[WordCount]:
        """Surfaces that start with `prefix`, most frequent first."""
        return self._words.most_frequent(prefix, limit)

    def expand(self, query: Query) -> frozenset[str]:
        """The surfaces that a resolved `Term`, `Prefix` or `Fuzzy` stands for in this generation.

        Raises:
            QueryTooComplex: it stands for too many.
            TypeError: the query is none of them.
        """
        match query:
            case Term(_, _, True):
                exact = self._words.counted
                return frozenset(w for w in query.stems if exact(w, None, exact=True).articles)
            case Term():
                return frozenset(w for stem in query.stems for w in self._words.spelled(stem))
            case Prefix(prefix):
                return frozenset(self._words.beginning(prefix))
            case Fuzzy(word, distance):
                return frozenset(near for near, _ in self._words.near(word, distance))
            case _:
                raise TypeError(f"only a word stands for words: {query!r}")

    def forms(self, word: str, language: str = "") -> tuple[str, ...]:
        """The stems of other forms of a word as typed that articles have."""
        found = self._forms.get((word, language))
        if found is None:
            found = forms(word, analyzer(), self._known, language)
            self._forms.keep((word, language), found)
        return found

    def similar_words(self, word: str, *, distance: int, limit: int) -> list[WordCount]:
        """Surfaces within a Levenshtein distance, nearest first, then most frequent."""
        return self._words.most_similar(word, distance, limit)

    def close(self) -> None:
        """Lets go of the connections; requests that still run end first."""
        self._client.close()

    # A question

    def _asked(self, request: MatchRequest, clauses: Clauses) -> _Asked:
        counted = {counting.facet for counting in request.facets}
        fixed: list[Clause] = []
        relaxed: dict[str, Clause] = {}
        for choice in request.filters:
            if choice.mode is Mode.ANY and choice.facet in counted:
                relaxed[choice.facet] = clauses.chosen(choice)
            else:
                fixed.append(clauses.chosen(choice))
        dates = dates_chosen(request.dates)
        if dates is not None and request.histogram is not None:
            relaxed[_DATES] = dates
        elif dates is not None:
            fixed.append(dates)
        if request.also is not None:
            fixed.append(clauses.of(request.also, score=False))
        query = clauses.of(request.query, score=request.limit > 0)
        if fixed:
            query = {"bool": {"must": [query], "filter": fixed}}
        return _Asked(query, relaxed, time.monotonic() + request.time_budget)

    def _counts_asked(
        self, request: MatchRequest, asked: _Asked, facets: Sequence[FacetCounts]
    ) -> dict[str, Any]:
        counts: dict[str, Any] = {}
        if families := families_asked(self._words):
            counts["families"] = within(asked.but(""), families)
        for one in facets:
            facet = one.counting.facet
            if inner := one.asked():
                counts[f"facet {facet}"] = within(asked.but(facet), inner)
        if request.histogram is not None:
            inner = bars_asked(request.dates.field, request.histogram)
            counts["bars"] = within(asked.but(_DATES), inner)
        return counts

    def _search(
        self,
        request: MatchRequest,
        asked: _Asked,
        size: int,
        after: PageStart | None,
        counts: Mapping[str, Any],
        more: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        body: dict[str, Any] = {
            "query": asked.query,
            "post_filter": all_of(asked.but("")),
            "size": size,
            "sort": _order(request.sort),
            "track_scores": True,
            "track_total_hits": True,
            "_source": False,
            "docvalue_fields": [FAMILY],
            **(more or {}),
        }
        if after is not None:
            key = after.key
            if not math.isfinite(key):
                key = _UNDATED[request.sort]
            body["search_after"] = [key, after.doc_number]
        if counts:
            body["aggs"] = counts
        return self._ask(body, asked.until)

    def _ask(self, body: dict[str, Any], until: float) -> dict[str, Any]:
        """Asks all parts of the index, as long as there is time."""
        seconds = max(_LEAST, until - time.monotonic())
        body["timeout"] = f"{math.ceil(1000 * seconds)}ms"
        answer = self._client.ask(
            "POST", f"{self._at}/_search?allow_partial_search_results=true", body,
            seconds=seconds + _GRACE, any_copy=True,
        )  # fmt: skip
        shards = answer["_shards"]
        if shards["failed"]:
            _LOG.warning(
                "%d of %d parts of the index did not answer: %s",
                shards["failed"],
                shards["total"],
                json.dumps(shards.get("failures", ()))[:500],
            )
        if shards["total"] and shards["failed"] == shards["total"]:
            raise self._unavailable()
        return answer

    # A page of hits

    def _page(
        self, request: MatchRequest, asked: _Asked, answer: dict[str, Any]
    ) -> tuple[list[Match], bool]:
        """The hits, after more requests where one does not give them; and whether all is complete.

        A cluster cannot go on from a hit where it shows one hit a family: so it is asked for all of
        them, and which is the first of its family, and the others are left out here.
        """
        hits: list[Match] = []
        complete = True
        while True:
            found = [_hit(one, request.sort) for one in answer["hits"]["hits"]]
            matches, first, whole = self._families(request, asked, found)
            complete = complete and whole
            for hit in found:
                if not request.collapse or first.get(hit.family, hit.doc_number) == hit.doc_number:
                    size = self._words.family_size(hit.family)
                    own = matches.get(hit.family, 1)
                    hits.append(Match(hit.doc_number, hit.score, hit.key, size, own))
            missing = request.limit - len(hits)
            if missing <= 0 or len(found) < answer["asked"] or not found:
                return hits[: request.limit], complete
            last = found[-1]
            size = min(max(missing, 2 * request.limit if request.collapse else 0), _WINDOW)
            answer = self._search(request, asked, size, PageStart(last.key, last.doc_number), {})
            answer["asked"] = size
            complete = complete and _is_complete(answer)

    def _families(
        self, request: MatchRequest, asked: _Asked, found: Sequence[_Hit]
    ) -> tuple[dict[str, int], dict[str, int], bool]:
        """Of the families of a page: how many of their articles match, and which comes first."""
        together = {hit.family for hit in found if self._words.family_size(hit.family) > 1}
        if not together:
            return {}, {}, True
        families = sorted(together)
        filtered = asked._replace(
            query={"bool": {"must": [asked.query], "filter": [{"terms": {FAMILY: families}}]}}
        )
        counts = {
            "families": within(
                asked.but(""), {"all": {"terms": {"field": FAMILY, "size": len(families)}}}
            )
        }
        size = len(families) if request.collapse else 0
        more = {"collapse": {"field": FAMILY}} if request.collapse else {}
        answer = self._search(request, filtered, size, None, counts, more)
        counted = answer.get("aggregations", {}).get("families", {}).get("all", {})
        matches = {one["key"]: one["doc_count"] for one in counted.get("buckets", ())}
        hits = (_hit(one, request.sort) for one in answer["hits"]["hits"])
        return matches, {hit.family: hit.doc_number for hit in hits}, _is_complete(answer)

    # Counts

    def _wholes(
        self, asked: _Asked, facets: Sequence[FacetCounts], counted: Mapping[str, Any]
    ) -> tuple[dict[str, dict[str, int]], bool]:
        """Counts of values that others lie in, where those of the others do not tell them."""
        doubtful = {}
        for one in facets:
            own = counted.get(f"facet {one.counting.facet}", {})
            if names := one.doubtful(one.read(own)):
                doubtful[one.counting.facet] = (one, names)
        if not doubtful:
            return {}, True
        counts = {
            facet: within(
                asked.but(facet),
                {"wholes": {"filters": {"filters": [one.whole(name) for name in names]}}},
            )
            for facet, (one, names) in doubtful.items()
        }
        body = {"query": asked.query, "size": 0, "aggs": counts, "track_total_hits": False}
        answer = self._ask(body, asked.until)
        found = answer.get("aggregations", {})
        wholes = {}
        for facet, (_, names) in doubtful.items():
            buckets = found.get(facet, {}).get("wholes", {}).get("buckets", ())
            wholes[facet] = {
                name: bucket["doc_count"] for name, bucket in zip(names, buckets, strict=False)
            }
        return wholes, _is_complete(answer)

    def _histogram(self, request: MatchRequest, counted: Mapping[str, Any]) -> Histogram | None:
        if request.histogram is None:
            return None
        field, interval = request.dates.field, request.histogram
        bars = self._bars.get((field, interval))
        if bars is None:
            body = {"query": EVERYTHING, "size": 0, "aggs": bars_asked(field, interval)}
            answer = self._ask(body, time.monotonic() + request.time_budget)
            bars = Bars(interval, answer.get("aggregations", {}))
            if _is_complete(answer):
                self._bars[field, interval] = bars
        return bars.read(counted.get("bars", {}))

    def _count(self, query: Query, clause: Clause) -> int:
        """How many articles of the generation a clause finds; the same for equal queries."""
        known = self._counted.get(query)
        if known is None:
            answer = self._client.ask(
                "POST", f"{self._at}/_count", {"query": clause}, seconds=_READING, any_copy=True
            )
            known = int(answer["count"])
            if not answer["_shards"]["failed"]:
                self._counted.keep(query, known)
        return known

    def _is_written(self, word: str, exact: bool, languages: Sequence[str]) -> bool:
        key = word, exact, languages
        known = self._written.get(key)
        if known is None:
            before = SURFACES if exact else STEMS
            having = any_of([{"term": {before + field.name: word}} for field in TEXT_FIELDS])
            clause = all_of([having, {"terms": {FACET + "language": list(languages)}}])
            answer = self._client.ask(
                "POST", f"{self._at}/_count", {"query": clause}, seconds=_READING, any_copy=True
            )
            known = bool(answer["count"])
            if not answer["_shards"]["failed"]:
                self._written.keep(key, known)
        return known

    # Single articles

    def _read(
        self, doc_numbers: Sequence[int], at_once: int, source: object
    ) -> dict[int, dict[str, Any]]:
        wanted = sorted(set(doc_numbers))
        found: dict[int, dict[str, Any]] = {}
        for at in range(0, len(wanted), at_once):
            part = wanted[at : at + at_once]
            hits = self._found({"terms": {NUMBER: part}}, len(part), source)
            found |= {_number(hit): hit for hit in hits}
        return found

    def _found(
        self, clause: Clause, size: int, source: object, sort: object = "_doc"
    ) -> list[dict[str, Any]]:
        """All articles that a clause finds, or an error: none may be missing here."""
        body = {
            "query": all_of([clause]),
            "size": size,
            "sort": sort,
            "_source": source,
            "docvalue_fields": [NUMBER, ARTICLE],
        }
        answer = self._client.ask(
            "POST", f"{self._at}/_search", body, seconds=_READING, any_copy=True
        )
        if not _is_complete(answer):
            raise self._unavailable()
        hits: list[dict[str, Any]] = answer["hits"]["hits"]
        return hits

    def _unavailable(self) -> ClusterUnavailable:
        return ClusterUnavailable(
            "parts of the index cannot be asked",
            where=self._at.removeprefix("/"),
            advice="Look at the cluster's health, and start the nodes that are missing",
        )


def _facet(one: FacetCounts, counted: Mapping[str, Any], wholes: Mapping[str, int]) -> FacetValues:
    own = counted.get(f"facet {one.counting.facet}", {})
    return one.result(one.read(own), wholes, own)


def _order(sort: Sort) -> list[dict[str, Any]]:
    if sort is Sort.RELEVANCE:
        return [{"_score": {"order": "desc"}}, {NUMBER: {"order": "asc"}}]
    direction = "desc" if sort is Sort.NEWEST else "asc"
    return [
        {DAY: {"order": direction, "missing": _UNDATED[sort]}},
        {NUMBER: {"order": "asc"}},
    ]


def _hit(found: Mapping[str, Any], sort: Sort) -> _Hit:
    key, number = found["sort"]
    if sort is not Sort.RELEVANCE and key == _UNDATED[sort]:
        key = -math.inf if sort is Sort.NEWEST else math.inf
    return _Hit(int(number), float(found["_score"]), float(key), found["fields"][FAMILY][0])


def _number(found: Mapping[str, Any]) -> int:
    return int(found["fields"][NUMBER][0])


def _is_complete(answer: Mapping[str, Any]) -> bool:
    return not answer["timed_out"] and not answer["_shards"]["failed"]
