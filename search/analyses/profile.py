"""Profile: as what do articles name somebody, and which words join them to others?

Both are read in the articles themselves, the first and the newest of them where there are many.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from indexer.analysis import analyzer
from indexer.document import IndexDocument
from indexer.entities.types import EntityKind, MentionSpan
from indexer.schema import ENTITY_FACETS
from search.request import DateFilter, SearchRequest, Sort, Undated
from search.serving.open_index import OpenIndex
from search.serving.paging import every_hit

MOST_READ = 400
"""Articles of either end that are read."""
MOST_ROLES, MOST_TIES, MOST_WORDS = 24, 12, 3
_FEWEST_SENTENCES = 2
_BETWEEN = 90  # characters
_IN_ROLE = "\0"
_WRITTEN = {"-": " ", "defence": "defense", "united states": "us", "u.s.": "us", "us.": "us"}
_SAME = re.compile("|".join(map(re.escape, _WRITTEN)))
"""What is written in several ways within a role."""
_ENDS = re.compile(r"[.!?;:]\s|\n|[()“”\"]")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where it stands: a place in the text of an article."""

    document: IndexDocument
    at: int


@dataclass(frozen=True, slots=True)
class Held:
    """A role, in the words that most articles use.

    Attributes:
        articles: how many name somebody so. first, last: by their dates.
    """

    words: str
    articles: int
    first: Evidence
    last: Evidence


@dataclass(frozen=True, slots=True)
class Tie:
    """Another name in the same sentence, nothing but words between.

    Attributes:
        words: those between that are most frequent, none of them a stop word.
        last: the newest such sentence.
    """

    entity_id: str
    kind: EntityKind
    label: str
    sentences: int
    words: tuple[str, ...]
    last: Evidence


@dataclass(frozen=True, slots=True)
class Profile:
    """What articles say of an entity.

    Attributes:
        roles: said by most articles first. ties: most sentences first.
        read: how many articles were read. complete: whether these are all.
        first, last: the first and the newest dated article that names it.
    """

    roles: tuple[Held, ...]
    ties: tuple[Tie, ...]
    read: int
    complete: bool
    first: IndexDocument | None
    last: IndexDocument | None


def profile(entity_id: str, request: SearchRequest, index: OpenIndex) -> Profile:
    """Reads what articles say of an entity.

    Args:
        request: finds the articles that name it.

    Raises:
        RequestError: as `service.search`.
    """
    newest = replace(request, sort=Sort.NEWEST, cursor="", highlight=False)
    documents = [hit.document for hit in every_hit(newest, index, limit=MOST_READ)]
    complete = len(documents) < MOST_READ
    if not complete:
        dated = replace(newest, sort=Sort.OLDEST, dates=DateFilter(undated=Undated.EXCLUDE))
        known = {one.article_id for one in documents}
        first = [hit.document for hit in every_hit(dated, index, limit=MOST_READ)]
        missing = [one for one in first if one.article_id not in known]
        complete = len(missing) < len(first)
        documents += missing
    documents.sort(key=_day)
    dated_ones = [one for one in documents if one.published is not None]
    return Profile(
        _held(entity_id, documents),
        _ties(entity_id, documents),
        len(documents),
        complete,
        dated_ones[0] if dated_ones else None,
        dated_ones[-1] if dated_ones else None,
    )


def _day(document: IndexDocument) -> date:
    """When it was published; undated ones stand before all others."""
    return document.published.earliest if document.published is not None else date.min


def _held(entity_id: str, documents: Iterable[IndexDocument]) -> tuple[Held, ...]:
    places: dict[str, list[Evidence]] = {}
    written: dict[str, Counter[str]] = {}
    for document in documents:
        for key, words, at in _roles_in(entity_id, document):
            places.setdefault(key, []).append(Evidence(document, at))
            written.setdefault(key, Counter())[words] += 1
    found = [
        Held(written[key].most_common(1)[0][0], len(these), _first_of(these), these[-1])
        for key, these in places.items()
    ]
    found.sort(key=lambda one: (-one.articles, one.words))
    return tuple(found[:MOST_ROLES])


def _roles_in(entity_id: str, document: IndexDocument) -> Iterator[tuple[str, str, int]]:
    """Key, words and place of each role of one article, the first time it says so."""
    seen: set[str] = set()
    for role in document.roles:
        if role.entity_id == entity_id:
            words = " ".join(document.text[role.start : role.end].split())
            key = _SAME.sub(lambda same: _WRITTEN[same[0]], words.casefold())
            if key not in seen:
                seen.add(key)
                yield key, words, role.start


def _first_of(these: list[Evidence]) -> Evidence:
    """The first of those that have a date; any where none has."""
    return next((one for one in these if one.document.published is not None), these[0])


def _ties(entity_id: str, documents: Iterable[IndexDocument]) -> tuple[Tie, ...]:
    sentences: Counter[str] = Counter()
    words: dict[str, Counter[str]] = {}
    last: dict[str, Evidence] = {}
    labels: dict[str, tuple[EntityKind, str]] = {}
    for document in documents:
        known = {one.entity_id: (one.kind, one.label) for one in document.entities}
        text = _without_roles(document)
        for one, other in pairwise(document.mentions):
            joined = _joins(entity_id, one, other, text)
            if joined is None or joined not in known or known[joined][0] not in ENTITY_FACETS:
                continue
            sentences[joined] += 1
            labels[joined] = known[joined]
            last[joined] = Evidence(document, one.start)
            words.setdefault(joined, Counter()).update(_telling(text[one.end : other.start]))
    most = sorted(sentences.items(), key=lambda item: (-item[1], item[0]))[:MOST_TIES]
    return tuple(
        Tie(
            one,
            *labels[one],
            count,
            tuple(word for word, _ in words[one].most_common(MOST_WORDS)),
            last[one],
        )
        for one, count in most
        if count >= _FEWEST_SENTENCES
    )


def _without_roles(document: IndexDocument) -> str:
    """A text with its roles made unreadable, so that *U.S. President* joins nobody to a country."""
    text = document.text
    for role in document.roles:
        text = text[: role.start] + _IN_ROLE * (role.end - role.start) + text[role.end :]
    return text


def _joins(entity_id: str, one: MentionSpan, other: MentionSpan, text: str) -> str | None:
    """Whom two mentions, one after the other in a sentence, join to an entity."""
    if (one.entity_id == entity_id) is (other.entity_id == entity_id):
        return None
    if _IN_ROLE in (text[one.start], text[other.start]):
        return None
    if other.start - one.end > _BETWEEN or _ENDS.search(text, one.end, other.start):
        return None
    return other.entity_id if one.entity_id == entity_id else one.entity_id


def _telling(between: str) -> set[str]:
    """Words that say something, in lower case, each once."""
    is_stop_word = analyzer().is_stop_word
    return {word for word in _WORD.findall(between.lower()) if not is_stop_word(word)}
