"""Form: which query do the fields of a form ask, for people who do not type operators?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from search.language.query import And, Name, Not, Or, Phrase, Query, Term
from search.language.render import render

FIELDS = ("all", "any", "phrase", "without", "title", "person", "place")
"""What a form asks for: all of these words, any of them, side by side, none of them, in the title;
and names."""
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def asked(fields: Mapping[str, str]) -> str:
    """The query text of what was filled in; empty where nothing was.

    Args:
        fields: texts by the names in `FIELDS`.
    """
    clauses = tuple(_clauses(fields))
    if not clauses:
        return ""
    return render(clauses[0] if len(clauses) == 1 else And(clauses))


def _clauses(fields: Mapping[str, str]) -> Iterator[Query]:
    words = {name: _words(fields.get(name, "")) for name in FIELDS}
    yield from (Term(word) for word in words["all"])
    yield from (Term(word, "title") for word in words["title"])
    if side_by_side := words["phrase"]:
        yield Phrase(side_by_side) if len(side_by_side) > 1 else Term(side_by_side[0])
    if either := tuple(Term(word) for word in words["any"]):
        yield either[0] if len(either) == 1 else Or(either)
    for kind in ("person", "place"):
        if words[kind]:
            yield Name(kind, " ".join(words[kind]))
    yield from (Not(Term(word)) for word in words["without"])


def _words(text: str) -> tuple[str, ...]:
    """The words of a field; what would be an operator is a word here."""
    found = _WORD.findall(text)
    return tuple(word.lower() if word in {"AND", "OR", "NOT"} else word for word in found)
