"""Page of names together: two tables, and a picture of the second.

The names that share articles more often than by chance stand on a circle, those that share the
most beside each other, so that the picture is the same each time and no name covers another; all
names stand in the table. A narrow screen gets them in a column.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.schema import ENTITY_FACETS
from search.analyses.together import Companion, Pair, Together
from search.request import PLACE_EXACT, Mode
from webui.locale.languages import sentence
from webui.params import filter_name
from webui.view import wording
from webui.view.links import View

WIDTH, HEIGHT = 760, 560
COLUMN_WIDTH = 360
_ARCS_AT = 235  # pixels from the left: names before, arcs behind
_ROW = 26
_RADIUS = 185
_LABEL = 14  # pixels between a circle and its name
_LINE, _LETTER = 17, 8  # pixels that a name takes, its font being 14.5 pixels high
_PAIRS = 40
_CHANCE = 10.8
"""Dunning's ratio from which chance is less than one in a thousand."""
_LONGEST = 24
_SIZES = (10, 20, 40)


@dataclass(frozen=True, slots=True)
class Node:
    """One name on the circle."""

    companion: Companion
    x: float
    y: float
    radius: float
    label: str
    label_x: float
    label_y: float
    anchor: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One pair: a curve that bends toward the middle. `weight` is 1 to 5."""

    path: str
    weight: int
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """The same picture for a narrow screen: names below each other, lines as arcs beside them."""

    height: int
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair in words, with the search for the articles that name both."""

    one: Companion
    other: Companion
    pair: Pair
    url: str
    sure: bool


@dataclass(frozen=True, slots=True)
class TogetherPage:
    """Everything the template shows."""

    found: Together
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    column: Column
    names: tuple[tuple[Companion, str], ...]
    pairs: tuple[PairRow, ...]
    kinds: tuple[tuple[str, str, bool], ...]
    sizes: tuple[tuple[int, str, bool], ...]


def prepare(found: Together, view: View, *, kinds: Sequence[str], size: int) -> TogetherPage:
    """Draws the network and lays the tables out.

    Args:
        view: the page itself.
        kinds, size: what was looked at.
    """
    known = {one.entity_id: one for one in found.companions}
    strong = [pair for pair in found.pairs if pair.likelihood >= _CHANCE][:_PAIRS]
    tied = {name for pair in strong for name in (pair.one, pair.other)}
    order = _around([one for one in found.companions if one.entity_id in tied], strong)
    search = view.without("kind", "size").at("/search")
    places = {name: _place(number, len(order)) for number, name in enumerate(order)}
    most = max((one.articles for one in found.companions), default=1)
    return TogetherPage(
        found,
        apart([_node(known[name], places[name], most, search) for name in order]),
        tuple(_line(pair, places, known, strong) for pair in reversed(strong)),
        _column([known[name] for name in order], strong, most, search),
        tuple((one, _naming(search, one)) for one in found.companions),
        tuple(
            PairRow(
                known[pair.one],
                known[pair.other],
                pair,
                _naming(search, known[pair.one], known[pair.other]),
                pair.likelihood >= _CHANCE,
            )
            for pair in found.pairs[:_PAIRS]
        ),
        tuple(
            (wording.FACET_TITLES[kind], _kinds(view, kinds, kind), kind in kinds)
            for kind in ENTITY_FACETS
        ),
        tuple((one, str(view.setting(size=one)), one == size) for one in _SIZES),
    )


def _kinds(view: View, kinds: Sequence[str], turned: str) -> str:
    """The page with one kind taken in or out; with none left it shows all."""
    chosen = [kind for kind in ENTITY_FACETS if (kind in kinds) != (kind == turned)]
    return str(view.setting(kind=chosen))


def _naming(search: View, *companions: Companion) -> str:
    for one in companions:
        choice = PLACE_EXACT if one.facet == "place" else one.facet
        search = search.adding(filter_name(choice, Mode.ALL), one.entity_id)
    return str(search)


def _around(companions: Sequence[Companion], pairs: Sequence[Pair]) -> list[str]:
    """Names in a row in which those with strong ties stand near each other.

    Begins with the most named, and takes each next one for its ties to the last three taken.
    """
    ties: dict[tuple[str, str], float] = {}
    for pair in pairs:
        ties[pair.one, pair.other] = ties[pair.other, pair.one] = pair.likelihood
    left = [one.entity_id for one in companions]
    row: list[str] = []
    while left:
        recent = row[:-4:-1]
        chosen = max(
            left,
            key=lambda name: sum(
                ties.get((name, other), 0.0) / back for back, other in enumerate(recent, start=1)
            ),
        )
        row.append(chosen)
        left.remove(chosen)
    return row


def _place(number: int, of: int) -> float:
    """An angle, the first at the top."""
    return 2 * math.pi * number / of - math.pi / 2


def _node(companion: Companion, angle: float, most: int, search: View) -> Node:
    radius = 4 + 9 * math.sqrt(companion.articles / most)
    out = _RADIUS + radius + _LABEL
    cosine = math.cos(angle)
    anchor = "middle" if abs(cosine) < 0.12 else "start" if cosine > 0 else "end"
    return Node(
        companion,
        round(WIDTH / 2 + _RADIUS * cosine, 1),
        round(HEIGHT / 2 + _RADIUS * math.sin(angle), 1),
        round(radius, 1),
        _cut(companion.label),
        round(WIDTH / 2 + out * cosine, 1),
        round(HEIGHT / 2 + out * math.sin(angle) + 4, 1),
        anchor,
        _naming(search, companion),
    )


def _column(
    companions: Sequence[Companion], strong: Sequence[Pair], most: int, search: View
) -> Column:
    places = {one.entity_id: _ROW * (row + 0.5) for row, one in enumerate(companions)}
    known = {one.entity_id: one for one in companions}
    nodes = tuple(
        Node(
            one,
            _ARCS_AT,
            places[one.entity_id],
            round(3 + 6 * math.sqrt(one.articles / most), 1),
            _cut(one.label),
            _ARCS_AT - _LABEL,
            places[one.entity_id] + 5,
            "end",
            _naming(search, one),
        )
        for one in companions
    )
    lines = tuple(
        _tie(
            pair,
            known,
            strong,
            f"M{_ARCS_AT} {places[pair.one]:.1f}"
            f"Q{_ARCS_AT + _bend(places[pair.one], places[pair.other]):.1f}"
            f" {(places[pair.one] + places[pair.other]) / 2:.1f}"
            f" {_ARCS_AT} {places[pair.other]:.1f}",
        )
        for pair in reversed(strong)
    )
    return Column(_ROW * len(companions), nodes, lines)


def _bend(one: float, other: float) -> float:
    """How far to the side an arc goes: a curve reaches half of it, and none leaves the picture."""
    return min(2 * (COLUMN_WIDTH - _ARCS_AT - 4), 24 + abs(one - other) / 2)


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1].rstrip() + "…"


def _tie(pair: Pair, known: dict[str, Companion], strong: Sequence[Pair], path: str) -> Line:
    return Line(
        path,
        max(1, math.ceil(5 * pair.likelihood / strong[0].likelihood)),
        sentence(
            "%(one)s and %(other)s: %(articles)s",
            one=known[pair.one].label,
            other=known[pair.other].label,
            articles=wording.articles(pair.articles),
        ),
    )


def apart(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The nodes with labels that cover each other moved up, or down in the lower half.

    Those at the sides keep their place; at the top and the bottom forty names stand too close.
    """
    moved: dict[str, Node] = {}
    taken: list[_Box] = []
    for node in sorted(nodes, key=lambda one: abs(one.y - HEIGHT / 2)):
        free = _freed(node, taken)
        taken.append(_box(free))
        moved[node.companion.entity_id] = free
    return tuple(moved[node.companion.entity_id] for node in nodes)


def _freed(node: Node, taken: Sequence[_Box]) -> Node:
    step = _LINE / 4 if node.y > HEIGHT / 2 else -_LINE / 4
    while any(_box(node).covers(other) for other in taken):
        node = replace(node, label_y=round(node.label_y + step, 1))
    return node


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a label stands, about."""

    left: float
    right: float
    bottom: float

    def covers(self, other: _Box) -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not beside and abs(self.bottom - other.bottom) < _LINE


def _box(node: Node) -> _Box:
    width = _LETTER * len(node.label)
    left = node.label_x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[node.anchor]
    return _Box(left, left + width, node.label_y)


def _line(
    pair: Pair, places: dict[str, float], known: dict[str, Companion], strong: Sequence[Pair]
) -> Line:
    ends = [
        (
            WIDTH / 2 + _RADIUS * math.cos(places[name]),
            HEIGHT / 2 + _RADIUS * math.sin(places[name]),
        )
        for name in (pair.one, pair.other)
    ]
    (x, y), (to_x, to_y) = ends
    bend_x, bend_y = (
        WIDTH / 2 + ((x + to_x) / 2 - WIDTH / 2) * 0.45,
        HEIGHT / 2 + ((y + to_y) / 2 - HEIGHT / 2) * 0.45,
    )
    path = f"M{x:.1f} {y:.1f}Q{bend_x:.1f} {bend_y:.1f} {to_x:.1f} {to_y:.1f}"
    return _tie(pair, known, strong, path)
