"""Which word or filter empties a result? Asked only when nothing was found."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from search.help.explain import Part, PartKind, explain_empty
from search.language.parser import parse
from search.language.query import And
from search.language.render import render
from search.request import SearchRequest
from search.service import OpenIndex
from webui.params import filter_name
from webui.view import wording
from webui.view.links import View

_MOST = 6
"""More than these are no help."""


@dataclass(frozen=True, slots=True)
class Clue:
    """What emptied the result, and a way out."""

    text: str
    action: str
    url: str


def clues(request: SearchRequest, view: View, index: OpenIndex) -> tuple[Clue, ...]:
    """Ways to find something after all, at most six."""
    found = (_clue(part, request, view) for part in explain_empty(request, index) if part.without)
    return tuple(islice(found, _MOST))


def _clue(part: Part, request: SearchRequest, view: View) -> Clue:
    action = wording.counted(part.without, "article")
    if part.kind is PartKind.DATES:
        url = view.without("date_from", "date_to", "undated", "cursor")
        return Clue("At any date:", action, str(url))
    if part.kind is PartKind.FILTER:
        name = filter_name(part.facet, part.mode)
        url = view.removing(name, part.value) if part.value else view.without(name, "cursor")
        return Clue(f"Without the filter on {part.text}:", action, str(url))
    missing = "which no article has" if not part.alone else f"which {part.alone:,} have"
    return Clue(
        f"Without {part.text}, {missing}:", action, str(view.setting(q=_less(part, request)))
    )


def _less(part: Part, request: SearchRequest) -> str:
    """The query text without one of its clauses."""
    tree = parse(request.text)
    clauses = tree.clauses if isinstance(tree, And) else (tree,)
    return " ".join(render(clause) for clause in clauses if render(clause) != part.text)
