"""Names of outlets: what is an outlet called that pages name in several ways, or not at all?

A page that does not say whose it is has its host for an outlet (`ledger.example`), and stood in the
facet beside the outlet's own name. It gets the name that most pages of that host give themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from corpus.article import Article

FROM_HOST = "url"
"""The basis of an outlet that no page says, see `corpus.cleaner.declared.metadata`."""


class OutletSaid(NamedTuple):
    """What one page says of its outlet: on which host, which name; whether it says it itself."""

    host: str
    outlet: str
    is_said: bool


class OutletNames:
    """Counts names in the first pass over the collection; gives them in the second.

    Args:
        decided: names without case → what people decided that these outlets are called.
    """

    def __init__(self, decided: Mapping[str, str] | None = None) -> None:
        self._decided = decided or {}
        self._declared: dict[str, dict[str, Counter[str]]] = defaultdict(dict)
        self._names: dict[OutletSaid, str] = {}
        """Host → name without case and article → as written → pages."""

    def observe(self, article: Article) -> None:
        """Counts what one page says."""
        self.count(outlet_said(article))

    def count(self, said: OutletSaid, times: int = 1) -> None:
        """Counts what so many pages say; of what is said as often, what was counted first is
        preferred.
        """
        if said.host and said.is_said:
            spelled = self._declared[said.host].setdefault(_plain(said.outlet), Counter())
            spelled[said.outlet] += times
            self._names.clear()

    def of(self, article: Article) -> str:
        """The outlet of an article, as the facet shows it: the most usual spelling on its host.
        Where the page does not say it, what more than half of the host's pages say that do.
        """
        return self.name(outlet_said(article))

    def name(self, said: OutletSaid) -> str:
        """The same, of what a page says; the pages of a host say much the same."""
        name = self._names.get(said)
        if name is None:
            found = self._name(said)
            name = self._names[said] = self._decided.get(found.casefold(), found)
        return name

    def _name(self, said: OutletSaid) -> str:
        names = self._declared.get(said.host, {})
        spelled = names.get(_plain(said.outlet))
        if not said.is_said and names:
            chief = max(names.values(), key=Counter.total)
            everything = sum(spellings.total() for spellings in names.values())
            spelled = chief if 2 * chief.total() > everything else None
        if not spelled:
            return said.outlet
        return max(spelled, key=lambda name: (spelled[name], name))


def outlet_said(article: Article) -> OutletSaid:
    """What a page says of its outlet."""
    is_said = bool(article.outlet) and article.basis.get("outlet") != FROM_HOST
    return OutletSaid(host_of(article), article.outlet, is_said)


def host_of(article: Article) -> str:
    """The host of its address, without `www.`; "" where there is none."""
    try:
        host = urlsplit(article.url or "").hostname or ""
    except ValueError:
        return ""  # an address that is none names no host
    return host.removeprefix("www.")


@lru_cache(1 << 14)
def _plain(name: str) -> str:
    return " ".join(name.casefold().split()).removeprefix("the ")
