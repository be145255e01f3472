"""What does a Markdown file say of itself before its text? Its front matter, as YAML or TOML.

Of YAML that much is read as such files use: keys with text, lists, blocks of lines, and of what is
nested the `name` (`author: {name: …}`, or a list of such). The rest is passed over.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

_YAML = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([^\W\d][\w.-]*)\s*:(?:\s+(.*))?$")
_PART = re.compile(r""""[^"]*"|'[^']*'|[^,]+""")
_NAME_INSIDE = re.compile(r"""\bname\s*:\s*("[^"]*"|'[^']*'|[^,}]+)""")
_NAMES = {
    "author": "bylines",
    "authors": "bylines",
    "lang": "language",
    "source": "outlet",
    "published": "date",
    "link": "url",
}


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """What a text declares, several values joined by `; `, and the text behind it."""
    for pattern, entries in ((_YAML, _yaml), (_TOML, _toml)):
        block = pattern.match(text)
        found = list(entries(block[1])) if block else []
        if block and found:  # else a text between two rules
            return _declared(found), text[block.end() :]
    return {}, text


def named(value: Any) -> list[str]:
    """The texts in a value: itself, each item of a list, the `name` of a mapping."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return named(value.get("name"))
    if isinstance(value, list):
        return [text for item in value for text in named(item)]
    return []


def _declared(entries: list[tuple[str, list[str]]]) -> dict[str, str]:
    values: dict[str, list[str]] = {}
    for key, texts in entries:
        name = _NAMES.get(key.lower(), key.lower())
        values.setdefault(name, []).extend(text for text in texts if text)
    return {name: "; ".join(dict.fromkeys(texts)) for name, texts in values.items()}


def _toml(block: str) -> Iterator[tuple[str, list[str]]]:
    try:
        table = tomllib.loads(block)
    except tomllib.TOMLDecodeError:
        return
    for key, value in table.items():
        yield key, [value.isoformat()] if hasattr(value, "isoformat") else named(value)


def _yaml(block: str) -> Iterator[tuple[str, list[str]]]:
    lines = [line.rstrip() for line in block.splitlines()]
    lines = [line for line in lines if line and not line.lstrip().startswith("#")]
    if not lines or not _KEY.match(lines[0]):
        return
    key, value = "", ""
    below: list[str] = []
    for line in lines:
        if entry := _KEY.match(line):
            if key:
                yield key, _texts(value, below)
            key, value, below = entry[1], entry[2] or "", []
        else:
            below.append(line.strip())
    yield key, _texts(value, below)


def _texts(value: str, below: list[str]) -> list[str]:
    """The texts of one key: what stands behind it, or in the lines below."""
    if value[:1] in (">", "|") and len(value) <= 3:
        return ["\n".join(below) if value.startswith("|") else " ".join(below)]
    if value.startswith("[") and value.endswith("]"):
        return [_plain(part) for part in _PART.findall(value[1:-1])]
    if value.startswith("{"):
        return [_plain(name) for name in _NAME_INSIDE.findall(value)]
    return [_plain(value)] if value else list(_items(below))


def _items(lines: list[str]) -> Iterator[str]:
    for line in lines:
        text = line.removeprefix("- ").strip()
        entry = _KEY.match(text)
        if entry is None or entry[1] == "name":
            yield _plain(text if entry is None else entry[2] or "")


def _plain(value: str) -> str:
    """A scalar without its quotation marks, or without the comment behind it."""
    value = value.strip()
    if value[:1] in ("'", '"'):
        return value[1 : value.find(value[0], 1)] if value.count(value[0]) > 1 else value[1:]
    return re.sub(r"\s+#.*", "", value)
