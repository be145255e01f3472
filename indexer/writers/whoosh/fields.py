"""Fields: an `IndexDocument` as the keyword arguments of Whoosh's `add_document`, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from whoosh.fields import UnknownFieldError

from corpus.article import Kind, Medium
from corpus.dates import PartialDate
from corpus.errors import InvalidRecord
from indexer.document import ArticleEntity, IndexDocument, MentionSpan
from indexer.entities.types import EntityKind
from indexer.schema import ENTITY_FACETS, FACETS

_ATTRIBUTES = frozenset(field.name for field in fields(IndexDocument))
_CALLED = {"flags": "flag", "agencies": "agency"}
"""Attributes that a facet stands for, under its name."""
_NAMES = _ATTRIBUTES - set(_CALLED) | set(FACETS)
_DATES = ("published", "modified", "collected")
_TEXTS = ("article_id", "title", "text", "outlet", "section", "language", "family_id")
_BASIS = "add_document"


def fields_of(document: IndexDocument) -> dict[str, Any]:
    """What Whoosh stores of a document; `document_of` makes the same document of it."""
    values: dict[str, Any] = {
        name: getattr(document, name) for name in sorted(_ATTRIBUTES - set(_CALLED))
    }
    values |= {facet: document.values(facet) for facet in FACETS if facet not in _ATTRIBUTES}
    return {name: value for name, value in values.items() if value not in (None, "", ())}


def document_of(values: Mapping[str, Any]) -> IndexDocument:
    """A document made of fields; those that are missing are empty.

    Args:
        values: `article_id` and `collected` at least. Dates are a `PartialDate`, a text like
            `2022`, `2022-02` or `2022-02-24`, or a date of Python. Where `entities` are not given,
            `person`, `org` and `place` are ids and labels at once.

    Raises:
        UnknownFieldError: a name is not in the schema.
        InvalidRecord: a value is missing, or of a wrong type.
        InvalidDate: a text is no date.
    """
    for name in values:
        if name not in _NAMES:
            raise UnknownFieldError(f"no field {name!r} in this index, which has {sorted(_NAMES)}")
    given = {name: value for name, value in values.items() if value is not None}
    for name in _TEXTS:
        if not isinstance(given.get(name, ""), str):
            raise _invalid(f"{name} is {type(given[name]).__name__}, not a text")
    if not given.get("article_id") or "collected" not in given:
        raise _invalid("a document needs article_id and collected")
    made: dict[str, Any] = {"title": "", "text": "", "original_sha256": ""}
    made |= {name: value for name, value in given.items() if name in _ATTRIBUTES}
    made |= {name: _date(given[name]) for name in _DATES if name in given}
    made["mentioned"] = tuple(map(_date, _several(given.get("mentioned", ()))))
    made["kind"] = Kind(given.get("kind", Kind.ARTICLE))
    made["medium"] = Medium(given.get("medium", Medium.PAGE))
    made["bylines"] = _several(given.get("bylines", ()))
    made |= {name: _several(given.get(facet, ())) for name, facet in _CALLED.items()}
    made["entities"] = _entities(given)
    made["quotes"] = tuple(given.get("quotes", ()))
    made["roles"] = tuple(given.get("roles", ()))
    made["mentions"] = tuple(MentionSpan(*mention) for mention in given.get("mentions", ()))
    made.setdefault("family_id", given["article_id"])
    return IndexDocument(**made)


def _entities(given: Mapping[str, Any]) -> tuple[ArticleEntity, ...]:
    named = [(kind, name) for kind in ENTITY_FACETS for name in _several(given.get(kind, ()))]
    if "entities" not in given:
        return tuple(ArticleEntity(name, EntityKind(kind), name, 1) for kind, name in named)
    entities: tuple[ArticleEntity, ...] = tuple(given["entities"])
    known = {(str(one.kind), one.entity_id) for one in entities if one.kind in ENTITY_FACETS}
    if named and set(named) != known:
        raise _invalid(f"{', '.join(ENTITY_FACETS)} name others than entities does")
    return entities


def _several(value: Any) -> tuple[Any, ...]:
    """One value or many."""
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def _date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, datetime):
        value = value.date()
    return PartialDate(value.isoformat() if isinstance(value, date) else str(value), _BASIS)


def _invalid(what: str) -> InvalidRecord:
    return InvalidRecord(what, where=_BASIS)
