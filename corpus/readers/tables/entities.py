"""FollowTheMoney: which lines are entities of it, and what does one that is a document say?

Lines of OpenAleph and of our own exports: `id`, `schema` and `properties`, each with a list of
values. People, mentions and folders are no articles, and are passed over.
"""

from __future__ import annotations

from typing import Any, TypeGuard

_DOCUMENTS = {"Article", "Document", "HyperText", "PlainText", "Pages", "Page", "Email", "Message"}
_MANY = {"bodyText": "\n\n", "bodyHtml": "\n", "author": "; "}
_KEPT = ("title", "sourceUrl", "publisher", "publishedAt", "date", *_MANY)


def is_entity(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether a line is an entity."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("schema"), str)
        and isinstance(value.get("id"), str)
        and isinstance(value.get("properties"), dict)
    )


def document(entity: dict[str, Any]) -> dict[str, str] | None:
    """The record of an entity; none of one that is no document.

    Args:
        entity: one that `is_entity` says yes to.
    """
    if entity["schema"] not in _DOCUMENTS:
        return None
    record = {"id": entity["id"]}
    for name in _KEPT:
        given = entity["properties"].get(name)
        values = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
        if values:
            record[name] = _MANY[name].join(values) if name in _MANY else values[0]
    return record
