"""World: outlines of countries and dots on them, as SVG with nothing fetched.

Longitudes and latitudes are drawn as they are (plate carrée), narrowed toward the poles by the
cosine of the middle latitude, so that shapes in the frame are about right. The frame is what the
dots take, with some land around it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from indexer.places.gazetteer import outlines

WIDTH = 960
_LEAST = 14.0  # degrees that a frame is high at least: a town is seen in its country
_AROUND = 0.12  # of the frame, on each side
_FLATTEST, _TALLEST = 0.4, 0.75  # height of a frame over its width
_SMALLEST, _LARGEST = 3.5, 17.0  # pixels of a dot's radius
_NAMED = 12  # dots with their names beside them
_LINE, _LETTER, _LONGEST = 18, 8, 16  # pixels of a line and a letter; letters kept free of others

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What is to be drawn: a place, how much of it there is, and where choosing it leads."""

    label: str
    count: int
    latitude: float
    longitude: float
    told: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """One point, drawn; `named` where its name stands beside it."""

    point: Point
    x: float
    y: float
    radius: float
    named: bool


@dataclass(frozen=True, slots=True)
class World:
    """A map, drawn: the larger dots lie below the smaller ones."""

    width: int
    height: int
    land: tuple[str, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    west: float
    east: float
    south: float
    north: float

    @property
    def narrowed(self) -> float:
        return max(0.2, math.cos(math.radians((self.south + self.north) / 2)))

    @property
    def height(self) -> int:
        span = (self.north - self.south) / ((self.east - self.west) * self.narrowed)
        return round(WIDTH * span)

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - self.west) / (self.east - self.west) * WIDTH
        y = (self.north - latitude) / (self.north - self.south) * self.height
        return round(x, 1), round(y, 1)


def draw(points: Sequence[Point]) -> World:
    """Lays points out on the land around them.

    Args:
        points: at least one, the greatest count first.
    """
    frame = _frame(points)
    most = max(point.count for point in points)
    dots: list[Dot] = []
    taken: list[tuple[float, float]] = []
    for point in points:
        x, y = frame.place(point.longitude, point.latitude)
        radius = _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(point.count / most)
        named = len(taken) < _NAMED and x + radius + _LETTER * len(point.label) < WIDTH
        named = named and all(
            abs(y - other_y) > _LINE or abs(x - other_x) > _LETTER * _LONGEST
            for other_x, other_y in taken
        )
        if named:
            taken.append((x, y))
        dots.append(Dot(point, x, y, round(radius, 1), named))
    land = tuple(_path(ring, frame) for ring in _rings() if _touches(ring, frame))
    return World(WIDTH, frame.height, land, tuple(dots))


def _frame(points: Sequence[Point]) -> _Frame:
    south, north = _spread([point.latitude for point in points], _LEAST, 90.0)
    west, east = _spread([point.longitude for point in points], _LEAST, 180.0)
    narrowed = max(0.2, math.cos(math.radians((south + north) / 2)))
    height, width = north - south, (east - west) * narrowed
    if height < width * _FLATTEST:
        south, north = _widened(south, north, width * _FLATTEST)
    elif height > width * _TALLEST:
        west, east = _widened(west, east, height / _TALLEST / narrowed)
    return _Frame(west, east, south, north)


def _spread(values: Sequence[float], least: float, limit: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    margin = max((high - low) * _AROUND, (least - (high - low)) / 2, 0.0)
    return max(-limit, low - margin), min(limit, high + margin)


def _widened(low: float, high: float, span: float) -> tuple[float, float]:
    more = (span - (high - low)) / 2
    return low - more, high + more


def _touches(ring: Ring, frame: _Frame) -> bool:
    east = [one for one, _ in ring]
    north = [one for _, one in ring]
    beside = max(east) < frame.west or min(east) > frame.east
    above = max(north) < frame.south or min(north) > frame.north
    return not (beside or above)


def _path(ring: Ring, frame: _Frame) -> str:
    points = (frame.place(east, north) for east, north in ring)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


@cache
def _rings() -> tuple[Ring, ...]:
    return tuple(ring for _, ring in outlines())
