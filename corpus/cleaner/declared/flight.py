"""Flight: what did a server draw for React? Rows of JSON and of text, which refer to each other."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from corpus.soundness import sound_value

_MOST = 8_000_000  # characters of rows that are read
_MOST_VALUES = 300_000
_DEEPEST = 120
_ROW = re.compile(r"([0-9a-f]+):")
_TEXT_ROW = re.compile(r"T([0-9a-f]+),")
_REFERENCE = re.compile(r"\$[L@]?([0-9a-f]+)")
_ELEMENT = re.compile(r"[a-z][a-z0-9]{0,9}")


def read(pushed: Sequence[str]) -> tuple[list[Any], str]:
    """The values in flight data, texts in their places, and all that was drawn as markup.

    Args:
        pushed: the arguments of `self.__next_f.push`, in order.
    """
    rows = _rows("".join(filter(None, map(_chunk, pushed)))[:_MOST])
    values = [
        _resolved(value, rows, 0) if isinstance(value, (dict, list)) else [value]
        for value in rows.values()
    ]
    return values, _Drawing(rows).page()


def _chunk(pushed: str) -> str:
    try:
        value = json.loads(pushed, strict=False)
    except (ValueError, RecursionError):
        return ""
    return value[1] if len(value) > 1 and isinstance(value[1], str) else ""


def _rows(text: str) -> dict[str, Any]:
    """The rows of flight data by number; a row of text says how many bytes it is long."""
    rows: dict[str, Any] = {}
    position = 0
    while row := _ROW.match(text, position):
        told = _TEXT_ROW.match(text, row.end())
        if told:
            size = int(told[1], 16)
            part = text[told.end() : told.end() + size].encode("utf-8", "surrogatepass")[:size]
            rows[row[1]] = part.decode("utf-8", "ignore")
            position = told.end() + len(rows[row[1]])
            continue
        end = text.find("\n", row.end())
        end = len(text) if end < 0 else end
        with suppress(ValueError, RecursionError):  # a row about modules to load
            rows[row[1]] = sound_value(json.loads(text[row.end() : end], strict=False))
        position = end + 1
    return rows


def _resolved(value: Any, rows: Mapping[str, Any], depth: int) -> Any:
    """A value with the texts that it refers to in their places."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, str):
        reference = _REFERENCE.fullmatch(value)
        told = rows.get(reference[1]) if reference else None
        return told if isinstance(told, str) else value
    if isinstance(value, list):
        return [_resolved(one, rows, depth + 1) for one in value]
    if isinstance(value, dict):
        return {key: _resolved(one, rows, depth + 1) for key, one in value.items()}
    return value


class _Drawing:
    """Elements of React as markup, each row once."""

    def __init__(self, rows: Mapping[str, Any]) -> None:
        self.rows = dict(rows)
        self.left = _MOST_VALUES

    def page(self) -> str:
        """All that is drawn, the root first."""
        drawn = []
        for number in sorted(self.rows, key=lambda number: number != "0"):
            value = self.rows.pop(number, None)
            drawn.append(self.of(list(value.values()) if isinstance(value, dict) else value, 0, ""))
        return "".join(drawn)

    def of(self, value: Any, depth: int, tag: str) -> str:
        """A value as markup; texts are such only inside of an element."""
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            return ""
        if isinstance(value, str):
            reference = _REFERENCE.fullmatch(value)
            if reference is None:
                return html.escape(value) if tag and not value.startswith("$") else ""
            return self.of(self.rows.pop(reference[1], ""), depth + 1, tag)
        if not isinstance(value, list):
            return ""
        if len(value) > 3 and value[0] == "$" and isinstance(value[1], str):
            return self._element(value[1], value[3], depth)
        return "".join(self.of(one, depth + 1, tag) for one in value)

    def _element(self, tag: str, props: Any, depth: int) -> str:
        if not isinstance(props, dict):
            return ""
        given = props.get("dangerouslySetInnerHTML")
        raw = given.get("__html") if isinstance(given, dict) else None
        if isinstance(raw, str):
            reference = _REFERENCE.fullmatch(raw)
            inner = str(self.rows.get(reference[1], "")) if reference else raw
        else:
            inner = self.of(props.get("children"), depth + 1, tag)
        if not _ELEMENT.fullmatch(tag):
            return inner
        named = props.get("className")
        marks = f' class="{html.escape(named)}"' if isinstance(named, str) else ""
        link = ' href="/"' if tag == "a" and "href" in props else ""
        return f"<{tag}{marks}{link}>{inner}</{tag}>"
