"""Mapping: which fields has an index in a cluster, and how does a document fill them?

Words come as our analyzer makes them, joined by spaces, and the cluster only splits there. It keeps
where they stand, once by stem and once as spelled, and how many words a text has; what a match
scores is worked out from these (`search.engines.opensearch.clauses`), so that no count of one shard
matters. The article as it was written lies beside them, compressed and not searched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from corpus.dates import PartialDate, Precision
from indexer.analysis.types import Token
from indexer.document import IndexDocument
from indexer.schema import DATE_FIELDS, FACETS, TEXT_FIELDS
from indexer.writers.whoosh.files.stored import to_json

STEMS, SURFACES = "st_", "su_"
"""Before the name of a text field: its words by stem, and as they are spelled."""
LENGTH, FACET, DATES, BARS = "n_", "f_", "d_", "c_"
NUMBER, ARTICLE, FAMILY, DAY, STORED = "n", "article", "family", "day", "stored"
INTERVALS = ("year", "month", "week", "day")
_PRECISE_ENOUGH = {
    "year": frozenset(Precision),
    "month": frozenset((Precision.MONTH, Precision.DAY, Precision.MINUTE)),
    "week": frozenset((Precision.DAY, Precision.MINUTE)),
    "day": frozenset((Precision.DAY, Precision.MINUTE)),
}
_LONGEST = 8000  # bytes of a word: Lucene takes no more than 32,766
_DIGITS = 32


def settings(*, shards: int, replicas: int) -> dict[str, Any]:
    """The settings of a new index."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "codec": "best_compression",
        "refresh_interval": "-1",  # it is searched when all is in it
        "translog.durability": "async",  # and never published before its documents are counted
        "analysis": {
            "tokenizer": {
                "spaces": {
                    "type": "char_group",
                    "tokenize_on_chars": [" "],
                    "max_token_length": 4 * _LONGEST,
                }
            },
            "analyzer": {"words": {"type": "custom", "tokenizer": "spaces"}},
        },
        "similarity": {
            "occurrences": {
                "type": "scripted",
                "script": {"source": "return query.boost * doc.freq;"},
            }
        },
    }


def mappings(marks: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a new index.

    Args:
        marks: what tells that the index is ours.
    """
    words = {
        "type": "text",
        "analyzer": "words",
        "similarity": "occurrences",
        "norms": False,
        "index_options": "positions",
    }
    column = {"type": "integer", "index": False}
    fields: dict[str, Any] = {
        NUMBER: {"type": "integer"},
        DAY: {"type": "integer"},
        ARTICLE: {"type": "keyword"},
        FAMILY: {"type": "keyword"},
        STORED: {"type": "keyword", "index": False, "doc_values": False},
    }
    for field in TEXT_FIELDS:
        fields |= {STEMS + field.name: words, SURFACES + field.name: words}
        fields[LENGTH + field.name] = column
    fields |= {FACET + facet: {"type": "keyword"} for facet in FACETS}
    for name in DATE_FIELDS:
        fields[DATES + name] = {"type": "integer_range"}
        fields |= {bars_of(name, interval): column for interval in INTERVALS}
    return {
        "dynamic": "strict",
        "_meta": dict(marks),
        "_source": {"includes": [STORED]},
        "properties": fields,
    }


def fields_of(
    number: int, document: IndexDocument, tokens: Mapping[str, Sequence[Token]]
) -> dict[str, Any]:
    """What is sent of a document.

    Args:
        number: how many came before it.
        tokens: of its text fields.
    """
    fields: dict[str, Any] = {
        NUMBER: number,
        ARTICLE: document.article_id,
        FAMILY: document.family_id,
        STORED: _stored(document),
    }
    if document.published is not None:
        fields[DAY] = document.published.earliest.toordinal()
    for name, found in tokens.items():
        fields[LENGTH + name] = len(found)
        fields[STEMS + name] = joined(token.stem for token in found)
        fields[SURFACES + name] = joined(token.surface for token in found)
    for facet in FACETS:
        if values := document.values(facet):
            fields[FACET + facet] = values
    for name in DATE_FIELDS:
        fields |= _dates(name, _dates_of(document, name))
    return fields


def indexed(word: str) -> str:
    """A word as the index has it: one that is too long for it by its beginning and its hash."""
    data = word.encode("utf-8", "backslashreplace")
    if len(data) > _LONGEST:
        return data[:_DIGITS].decode("utf-8", "ignore") + hashlib.sha256(data).hexdigest()
    return data.decode()


def joined(words: Any) -> str:
    """Words as they are sent, in order."""
    return " ".join(map(indexed, words))


def bars_of(field: str, interval: str) -> str:
    """The name of the field that has the bars of a date histogram."""
    return f"{BARS}{field}_{interval}"


def bar_of(day: date, interval: str) -> int:
    """The number of the bar that a day lies in."""
    match interval:
        case "year":
            return day.year
        case "month":
            return day.year * 12 + day.month - 1
        case "week":  # day 1 of the calendar is a Monday
            return (day.toordinal() - 1) // 7
        case _:
            return day.toordinal()


def _stored(document: IndexDocument) -> str:
    value = to_json(document)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a pair: no UTF-8 has it
        return json.dumps(value, separators=(",", ":"))
    return text


def _dates_of(document: IndexDocument, field: str) -> list[PartialDate]:
    if field == "mentioned":
        return [day for day in document.mentioned if day.has_year]
    day = document.published if field == "published" else document.collected
    return [day] if day else []


def _dates(name: str, days: Sequence[PartialDate]) -> dict[str, Any]:
    if not days:
        return {}
    fields: dict[str, Any] = {
        DATES + name: [
            {"gte": day.earliest.toordinal(), "lte": day.latest.toordinal()} for day in days
        ]
    }
    for interval in INTERVALS:
        precise = [day for day in days if day.precision in _PRECISE_ENOUGH[interval]]
        if precise:
            bars = {bar_of(day.earliest, interval) for day in precise}
            fields[bars_of(name, interval)] = sorted(bars)
    return fields
