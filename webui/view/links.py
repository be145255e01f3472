"""Links: the address of the same view with one thing changed.

A `View` is an address as a value: a path and its parameters in order. Every change drops the
cursor, since a page of another result is no page of this one. A page of hits has a hundred
addresses, mostly of the same parameters: what one view wrote is remembered for those made of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

_Pairs = tuple[tuple[str, str], ...]

API = "/api/v1"
"""Where the JSON of a page stands: its twin has the path of the page, after this."""

FOR_SCRIPTS = ("/api/", "/feed.", "/watch/feed.")
"""How addresses begin that programs ask."""


_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*=[A-Za-z0-9_.~-]*")
"""What addresses spell as it is: most names and ids, in a fifth of the time."""


def _written(name: str, text: str) -> str:
    """One parameter as addresses spell it."""
    pair = f"{name}={text}"
    return pair if _PLAIN.fullmatch(pair) else urlencode(((name, text),))


@dataclass(frozen=True, slots=True)
class View:
    """An address.

    Attributes:
        path: the path, `/search`.
        pairs: parameters as name and text, in order, none empty.
    """

    path: str
    pairs: _Pairs = ()
    _written: dict[tuple[str, str], str] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, path: str, pairs: Iterable[tuple[str, str]]) -> View:
        """A view without the empty parameters that a form sends."""
        return cls(path, tuple((name, text) for name, text in pairs if text.strip()))

    def __str__(self) -> str:
        if not self.pairs:
            return self.path
        written = self._written
        for pair in self.pairs:
            if pair not in written:
                written[pair] = _written(*pair)
        return f"{self.path}?{'&'.join([written[pair] for pair in self.pairs])}"

    def at(self, path: str) -> View:
        """The same parameters at another path."""
        return View(path, self.pairs, self._written)

    def adding(self, name: str, text: str) -> View:
        """With one more value of a parameter; the same view when it is there already."""
        pair = (name, text)
        kept = self.without("cursor").pairs
        return self._of(kept if pair in kept else (*kept, pair))

    def adder(self) -> Callable[[str, str], str]:
        """Gives the addresses of `adding`; what all of them have in common is written once."""
        kept = self.without("cursor")
        there, whole, begin = set(kept.pairs), str(kept), kept.begin()

        def address(name: str, text: str) -> str:
            return whole if (name, text) in there else begin + _written(name, text)

        return address

    def begin(self) -> str:
        """The address up to where another parameter is written."""
        return f"{self}{'&' if self.pairs else '?'}"

    def removing(self, name: str, text: str) -> View:
        """Without one value of a parameter."""
        pairs = self.without("cursor").pairs
        return self._of(tuple(pair for pair in pairs if pair != (name, text)))

    def following(self, cursor: str) -> View:
        """The page that a cursor begins."""
        return View(self.path, (*self.without("cursor").pairs, ("cursor", cursor)))

    def without(self, *names: str) -> View:
        """Without some parameters."""
        return self._of(tuple([pair for pair in self.pairs if pair[0] not in names]))

    def only(self, *names: str) -> View:
        """With some parameters alone."""
        return self._of(tuple(pair for pair in self.pairs if pair[0] in names))

    def setting(self, **values: object) -> View:
        """With parameters replaced; None or an empty text removes one, a sequence repeats it."""
        pairs = list(self.without("cursor", *values).pairs)
        for name, value in values.items():
            many = value if isinstance(value, (list, tuple)) else (value,)
            pairs.extend((name, str(item)) for item in many if item is not None and item != "")
        return self._of(tuple(pairs))

    def get(self, name: str) -> str:
        """The first value of a parameter, or an empty text."""
        return next((text for key, text in self.pairs if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter."""
        return tuple(text for key, text in self.pairs if key == name)

    def _of(self, pairs: _Pairs) -> View:
        return View(self.path, pairs, self._written)


def address_of_ours(wanted: str, *but: str) -> str:
    """An address of ours to go to, else the search; what a browser may take for another's is none.

    Args:
        but: how addresses begin that are not gone to.
    """
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\", *but))
    return wanted if is_ours and wanted.isprintable() and "\\" not in wanted else "/search"


def twin_of(page: View) -> View:
    """The JSON with what a page shows."""
    return page.at(API + page.path)


def page_of(twin: View) -> View:
    """The page for people with what a JSON document says."""
    return twin.at(twin.path.removeprefix(API))
