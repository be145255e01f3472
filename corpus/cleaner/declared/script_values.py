"""Script values: what does a script assign, where that is written as scripts are, and no JSON?

Names of keys without quotes, other quotes, `void 0`, `!0`, `new Date(…)`, and a function that is
called at once with what stands often in its result: `(function(a,b){return {x:a}}("…",1))`, as Nuxt
writes it. Nothing is run: what is no plain value is None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_DEEPEST = 120
_MOST_VALUES = 100_000  # in .2 s
_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(
    r""""([^"\\]*(?:\\.[^"\\]*)*)"|'([^'\\]*(?:\\.[^'\\]*)*)'|`([^`\\]*(?:\\.[^`\\]*)*)`""",
    re.DOTALL,
)
_NUMBER = re.compile(r"[+-]?(?:0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)n?", re.IGNORECASE)
_NAME = re.compile(r"[\w$]+")
_CALLED = re.compile(r"(?:new\s+)?(?:Date|JSON\.parse|Map|Set|URL|Object\.freeze)\s*\(")
_FUNCTION = re.compile(r"\(?\s*function\s*\w*\(([\w$,\s]*)\)\s*\{")
_RETURN = re.compile(r"\breturn\s*(?=[{\[(])")
_NOTHING_TO_TELL = re.compile(r"void 0|undefined|null|NaN")
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.DOTALL)
_PAIR = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": ""}


def read_value(text: str, position: int = 0) -> tuple[Any, int]:
    """The value that stands at a place in a script, and where it ends.

    Raises:
        ValueError: no such value stands there.
    """
    called = _FUNCTION.match(text, position)
    if called is None:
        return _Reading(text, {}).value(position, 0)
    begun = _RETURN.search(text, called.end())
    if begun is None:
        raise ValueError("a function that gives nothing back")
    _, end = _Reading(text, {}).value(begun.end(), 0)
    names = [name.strip() for name in called[1].split(",")]
    opening = text.find("(", end)
    if opening < 0:
        raise ValueError("a function that is not called")
    given, after = _Reading(text, {}).listed(opening + 1, ")", 0)
    value, _ = _Reading(text, dict(zip(names, given, strict=False))).value(begun.end(), 0)
    return value, after


class _Reading:
    """One way through a script, with the values that its names have."""

    def __init__(self, text: str, known: Mapping[str, Any]) -> None:
        self.text = text
        self.known = known
        self.left = _MOST_VALUES

    def value(self, position: int, depth: int) -> tuple[Any, int]:
        """The value at a place, and where it ends."""
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            raise ValueError("too deep or too much")
        text = self.text
        position = self.skip(position)
        first = text[position : position + 1]
        if first == "{":
            return self.mapping(position + 1, depth)
        if first == "[":
            return self.listed(position + 1, "]", depth)
        if first in ("'", '"', "`"):
            return self.string(position)
        if first == "!":
            value, end = self.value(position + 1, depth + 1)
            return not value, end
        if first == "(":
            value, end = self.value(position + 1, depth + 1)
            return value, self.past(end, ")")
        if called := _CALLED.match(text, position):
            given, end = self.listed(called.end(), ")", depth)
            value = given[0] if given else None
            if isinstance(value, str) and "parse" in called[0]:
                value = json.loads(value)
            return value, end
        return self.plain(position)

    def plain(self, position: int) -> tuple[Any, int]:
        """A value that holds no other, or what a name stands for."""
        text = self.text
        if nothing := _NOTHING_TO_TELL.match(text, position):
            return None, nothing.end()
        if number := _NUMBER.match(text, position):
            return _number(number[0]), number.end()
        if name := _NAME.match(text, position):
            plain = {"true": True, "false": False}.get(name[0])
            return (self.known.get(name[0]) if plain is None else plain), name.end()
        raise ValueError("no value")

    def mapping(self, position: int, depth: int) -> tuple[dict[str, Any], int]:
        """What stands between braces."""
        found: dict[str, Any] = {}
        while True:
            position = self.skip(position)
            if self.text[position : position + 1] == "}":
                return found, position + 1
            if self.text[position : position + 1] in ("'", '"'):
                key, position = self.string(position)
            elif name := _NAME.match(self.text, position):
                key, position = name[0], name.end()
            else:
                raise ValueError("no key")
            found[key], position = self.value(self.past(position, ":"), depth + 1)
            position = self.skip(position)
            if self.text[position : position + 1] == ",":
                position += 1

    def listed(self, position: int, closing: str, depth: int) -> tuple[list[Any], int]:
        """What stands between brackets."""
        found: list[Any] = []
        while True:
            position = self.skip(position)
            sign = self.text[position : position + 1]
            if sign == closing:
                return found, position + 1
            if sign == ",":
                position += 1
                continue
            value, position = self.value(position, depth + 1)
            found.append(value)

    def string(self, position: int) -> tuple[str, int]:
        """A text between quotes."""
        match = _STRING.match(self.text, position)
        if match is None:
            raise ValueError("a text without an end")
        inner = match[match.lastindex or 1]
        return (_meant_by(inner) if "\\" in inner else inner), match.end()

    def skip(self, position: int) -> int:
        """Past spaces and comments."""
        match = _SPACE.match(self.text, position)
        return match.end() if match else position

    def past(self, position: int, sign: str) -> int:
        """Past a sign that must stand there."""
        position = self.skip(position)
        if self.text[position : position + 1] != sign:
            raise ValueError(f"{sign} is missing")
        return position + 1


def _meant_by(inner: str) -> str:
    """A text whose escapes are what they stand for; the two halves of one sign are that sign."""
    text = _ESCAPE.sub(_meant, inner)
    return _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def _meant(match: re.Match[str]) -> str:
    said = match[1]
    if said[0] in "ux" and len(said) > 1:
        number = int(said[1:].strip("{}"), 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _SIGNS.get(said, "" if said == "\r\n" else said)


def _number(said: str) -> int | float:
    said = said.rstrip("nN") if not said.lower().startswith(("0x", "-0x", "+0x")) else said
    if "x" in said.lower():
        return int(said.rstrip("nN"), 16)
    return float(said) if set(said.lower()) & set(".e") else int(said)
