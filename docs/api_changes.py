"""API changes: what did the interface for scripts promise when, and what is different since?

    python -m docs.api_changes

`docs/api-surface.txt` is the OpenAPI document as lines, one for each thing that can be relied on.
`docs/api-changes.md` tells, by day, which lines came (`+`) and which went (`-`). The command brings
both up to date; what changes twice in a day is told once.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

SURFACE = Path(__file__).with_name("api-surface.txt")
CHANGES = Path(__file__).with_name("api-changes.md")
_HEAD = """# What changed for scripts

Made of the OpenAPI document by `make api-changes`, by day, the newest first. A line is one thing
that a script may rely on: an address, a parameter, its statuses, a key. `+` came, `-` went;
what is otherwise than before is both. All that is promised now: [api-surface.txt](api-surface.txt).
"""
_SECTION = re.compile(r"^## (\d{4}-\d\d-\d\d)\n+```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SAID_ELSEWHERE = frozenset({"description", "title", "examples"})
_REFERENCE = "#/components/schemas/"
Promise: TypeAlias = dict[str, Any]
"""An OpenAPI document."""
Change: TypeAlias = Callable[[Promise], None]


def surface(document: Mapping[str, Any]) -> set[str]:
    """The lines of an OpenAPI document; what narrows a result is told once for all addresses."""
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    taken = {name: set(_parameters(operation)) for name, operation in operations.items()}
    narrowing = set.intersection(*(found for found in taken.values() if _narrows(found)))
    lines = {f"narrowing {parameter}" for parameter in narrowing}
    for name, operation in operations.items():
        own = taken[name] - narrowing if _narrows(taken[name]) else taken[name]
        lines |= {f"{name} {parameter}" for parameter in own}
        lines |= {f"{name} narrowing"} if _narrows(taken[name]) else set()
        lines |= {f"{name} {line}" for line in _operation(operation)}
        lines |= set(_refusals(operation))
    for name, schema in document["components"]["schemas"].items():
        lines |= {f"{name}{line}" for line in _keys(schema)}
    return lines


def _refusals(operation: Mapping[str, Any]) -> Iterator[str]:
    """Headers of whatever is no success, which are the same at every address."""
    for status, answer in operation["responses"].items():
        if (headers := answer.get("headers")) and not status.startswith("2"):
            yield f"any address {status} has {', '.join(headers)}"


def _narrows(parameters: Iterable[str]) -> bool:
    return any(one.startswith("?person_not:") for one in parameters)


def _parameters(operation: Mapping[str, Any]) -> Iterator[str]:
    for parameter in operation.get("parameters", ()):
        name = parameter["name"]
        needed = " (needed)" if parameter["required"] and parameter["in"] == "query" else ""
        shown = f"?{name}" if parameter["in"] == "query" else f"{{{name}}}"
        yield f"{shown}{needed}: {_kind(parameter['schema'])}"


def _operation(operation: Mapping[str, Any]) -> Iterator[str]:
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"is sent {media_type}: {_kind(content['schema'])}"
    responses = operation["responses"]
    yield f"answers {', '.join(responses)}"
    for status, answer in responses.items():
        if (headers := answer.get("headers")) and status.startswith("2"):
            yield f"{status} has {', '.join(headers)}"
        for media_type, content in answer.get("content", {}).items():
            told = [_kind(content["schema"])] if content.get("schema") else []
            told += [f"lines of {_kind(content['x-lines'])}"] if "x-lines" in content else []
            told += [f"columns {', '.join(content['x-columns'])}"] if "x-columns" in content else []
            if status.startswith("2"):
                yield f"gives {media_type}{': ' if told else ''}{'; '.join(told)}"


def _keys(schema: Mapping[str, Any]) -> Iterator[str]:
    if "properties" not in schema:
        yield f": {_kind(schema)}"
    for name, one in schema.get("properties", {}).items():
        optional = "" if name in schema.get("required", ()) else " (may be left out)"
        yield f".{name}{optional}: {_kind(one)}"


def _kind(schema: Mapping[str, Any]) -> str:
    """What a value is, in a line."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REFERENCE)
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(map(_kind, schema[several]))
    if "enum" in schema:
        rest = {key: one for key, one in schema.items() if key not in {"enum", "type"}}
        return f"one of {', '.join(map(str, schema['enum']))}{_rest(rest)}"
    if "properties" in schema:
        return f"object of {', '.join(schema['properties'])}"
    rest = {key: one for key, one in schema.items() if key not in {"type", "items"}}
    if "prefixItems" in schema:
        return f"list of {', '.join(map(_kind, schema['prefixItems']))}"
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}{_rest(rest)}"
    return f"{schema.get('type', 'anything')}{_rest(rest)}"


def _rest(schema: Mapping[str, Any]) -> str:
    told = {key: one for key, one in schema.items() if key not in _SAID_ELSEWHERE}
    return f" {json.dumps(told, sort_keys=True, ensure_ascii=False)}" if told else ""


def sections(text: str) -> list[tuple[str, set[str], set[str]]]:
    """Days, with the lines that came and those that went; the newest first."""
    found = []
    for day, body in _SECTION.findall(text):
        lines = body.splitlines()
        came = {line[2:] for line in lines if line.startswith("+ ")}
        found.append((day, came, {line[2:] for line in lines if line.startswith("- ")}))
    return found


def updated(text: str, before: set[str], now: set[str], day: str) -> str:
    """The page of changes, with those of a day.

    Args:
        before: what was promised when it was last brought up to date.
    """
    told = sections(text)
    if told and told[0][0] == day:
        _, came, gone = told.pop(0)
        before = (before - came) | gone
    if before != now:
        told.insert(0, (day, now - before, before - now))
    return _HEAD + "".join(_written(*one) for one in told)


def _written(day: str, came: Iterable[str], gone: Iterable[str]) -> str:
    marked = [*((line, "-") for line in gone), *((line, "+") for line in came)]
    lines = "".join(f"{mark} {line}\n" for line, mark in sorted(marked))
    return f"\n## {day}\n\n```text\n{lines}```\n"


def main(document: Mapping[str, Any] | None = None, day: str = "") -> int:
    """Brings both files up to date."""
    if document is None:
        from webui.api.openapi import document as promise  # noqa: PLC0415  # not to read a file

        document = promise()
    before = set(SURFACE.read_text(encoding="utf-8").splitlines()) if SURFACE.exists() else None
    text = CHANGES.read_text(encoding="utf-8") if CHANGES.exists() else ""
    now = surface(document)
    day = day or datetime.datetime.now(datetime.UTC).date().isoformat()
    CHANGES.write_text(updated(text, now if before is None else before, now, day), encoding="utf-8")
    SURFACE.write_text("".join(f"{line}\n" for line in sorted(now)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
