"""Arguments: how a parameter is declared, and its text read.

A `Parameter` holds the JSON Schema of one value. Reading checks a request against that schema and
the OpenAPI document prints it, so the two cannot drift apart. An empty value is the same as none:
a form sends one for every box left blank.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from corpus.errors import InvalidParameter, QueryTooComplex

Value: TypeAlias = str | int | bool
Arguments: TypeAlias = Mapping[str, tuple[Value, ...]]
"""Read values by parameter name; a name that was not given has no entry."""

MAX_VALUES = 100
"""Values of one repeatable parameter; a query of more is better put in words."""

_FLAGS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an endpoint.

    Attributes:
        schema: JSON Schema of one value: `type` string, integer or boolean, and any of `enum`,
            `pattern`, `maxLength`, `minimum`, `maximum`, `default`, `examples`.
        about: one sentence for the documentation.
        many: it may be given several times, `most` times at most.
        commas: one value may hold several, separated by commas.
        place: `query` or `path`.
        needed: without it the question is none; what is in the path always is.
        too_long: the error for a value of more than `maxLength` characters.
    """

    name: str
    schema: Mapping[str, Any]
    about: str
    many: bool = False
    most: int = MAX_VALUES
    commas: bool = False
    place: str = "query"
    needed: bool = False
    too_long: type[InvalidParameter] | type[QueryTooComplex] = InvalidParameter


def read(given: Iterable[tuple[str, str]], declared: Sequence[Parameter]) -> Arguments:
    """Checks name and value of everything given.

    Args:
        given: pairs of name and text, as in a query string.

    Raises:
        InvalidParameter: unknown, repeated without leave, malformed or out of range.
        QueryTooComplex: a query is too long.
    """
    known = {parameter.name: parameter for parameter in declared}
    texts: dict[str, list[str]] = {}
    for name, text in given:
        if name not in known:
            near = _nearest(name, known)
            raise InvalidParameter(
                f"{name!r} is no parameter of this address",
                where=name,
                advice=f"Perhaps {near!r} was meant" if near else "Leave it out",
                did_you_mean=near,
            )
        texts.setdefault(name, []).extend(_parts(known[name], text))
    arguments = {name: _values(known[name], values) for name, values in texts.items() if values}
    for parameter in declared:
        if parameter.needed and parameter.name not in arguments:
            raise InvalidParameter(
                "this address needs it", where=parameter.name, advice=f"Give {parameter.name}="
            )
    return arguments


def first(arguments: Arguments, name: str, default: Value = "") -> Value:
    """The one value of a parameter, or the default where it was not given."""
    return arguments.get(name, (default,))[0]


def _parts(parameter: Parameter, text: str) -> list[str]:
    if parameter.place == "path":
        return [text]  # no form left it blank: it is part of the address asked for
    parts = text.split(",") if parameter.commas else [text]
    return [part.strip() for part in parts if part.strip()]


def _values(parameter: Parameter, texts: list[str]) -> tuple[Value, ...]:
    if len(texts) > (parameter.most if parameter.many else 1):
        raise InvalidParameter(
            f"{len(texts)} values are too many",
            where=parameter.name,
            advice=f"Give at most {parameter.most}" if parameter.many else "Give it once",
        )
    return tuple(dict.fromkeys(_value(parameter, text) for text in texts))


def _value(parameter: Parameter, text: str) -> Value:
    schema = parameter.schema
    if schema["type"] == "integer":
        return _integer(parameter, text)
    if schema["type"] == "boolean":
        if text.lower() not in _FLAGS:
            raise InvalidParameter(
                f"{text!r} is neither true nor false",
                where=parameter.name,
                advice="Write true or false",
            )
        return _FLAGS[text.lower()]
    if len(text) > schema.get("maxLength", len(text)):
        raise parameter.too_long(
            f"the text has {len(text):,} characters",
            where=parameter.name,
            advice=f"Give at most {schema['maxLength']:,}",
        )
    if "\0" in text:
        raise InvalidParameter(
            "the text holds a null character", where=parameter.name, advice="Leave it out"
        )
    if "enum" in schema and text not in schema["enum"]:
        near = _nearest(text, schema["enum"])
        raise InvalidParameter(
            f"{text!r} is no value of this parameter",
            where=parameter.name,
            advice=f"Choose one of {', '.join(schema['enum'])}",
            did_you_mean=near,
        )
    if "pattern" in schema and not re.search(schema["pattern"], text):
        raise InvalidParameter(
            f"{text!r} does not have the form asked for",
            where=parameter.name,
            advice=parameter.about,
        )
    return text


def _integer(parameter: Parameter, text: str) -> int:
    low, high = parameter.schema["minimum"], parameter.schema["maximum"]
    if not re.fullmatch(r"-?[0-9]{1,9}", text) or not low <= int(text) <= high:
        raise InvalidParameter(
            f"{text!r} is no whole number from {low} to {high}",
            where=parameter.name,
            advice=f"Give a whole number from {low} to {high}",
        )
    return int(text)


def _nearest(text: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(text, list(known), n=1, cutoff=0.6)), "")
