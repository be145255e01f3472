"""Names of outlets: what is an outlet called that pages name in several ways, or not at all?

A page that does not say whose it is has its host for an outlet (`ledger.example`), and stood in the
facet beside the outlet's own name. It gets the name that most pages of that host give themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from urllib.parse import urlsplit

from corpus.article import Article

FROM_HOST = "url"
"""The basis of an outlet that no page says, see `corpus.cleaner.declared.metadata`."""


class OutletNames:
    """Counts names in the first pass over the collection; gives them in the second."""

    def __init__(self) -> None:
        self._declared: dict[str, dict[str, Counter[str]]] = defaultdict(dict)
        """Host → name without case and article → as written → pages."""

    def observe(self, article: Article) -> None:
        """Counts what one page says."""
        host = host_of(article)
        if host and article.outlet and article.basis.get("outlet") != FROM_HOST:
            spelled = self._declared[host].setdefault(_plain(article.outlet), Counter())
            spelled[article.outlet] += 1

    def of(self, article: Article) -> str:
        """The outlet of an article, as the facet shows it: the most usual spelling on its host.
        Where the page does not say it, what more than half of the host's pages say that do.
        """
        names = self._declared.get(host_of(article), {})
        spelled = names.get(_plain(article.outlet))
        unsaid = not article.outlet or article.basis.get("outlet") == FROM_HOST
        if unsaid and names:
            chief = max(names.values(), key=Counter.total)
            everything = sum(spellings.total() for spellings in names.values())
            spelled = chief if 2 * chief.total() > everything else None
        if not spelled:
            return article.outlet
        return max(spelled, key=lambda name: (spelled[name], name))


def host_of(article: Article) -> str:
    """The host of its address, without `www.`; "" where there is none."""
    try:
        host = urlsplit(article.url or "").hostname or ""
    except ValueError:
        return ""  # an address that is none names no host
    return host.removeprefix("www.")


def _plain(name: str) -> str:
    return " ".join(name.casefold().split()).removeprefix("the ")
