"""Where can a result be taken? Files for other programs, and a feed."""

from __future__ import annotations

from dataclasses import dataclass

from webui.links import View

_FILES = (("CSV", "csv"), ("JSON Lines", "jsonl"), ("BibTeX", "bib"), ("RIS", "ris"))
_ONE_PAGE = ("cursor", "limit")


@dataclass(frozen=True, slots=True)
class Onward:
    """Addresses that answer the question of a search page in another form.

    Attributes:
        exports: names and addresses of files, and of the feed at the end.
    """

    exports: tuple[tuple[str, str], ...]
    feed: str


def onward(view: View) -> Onward:
    """The ways on from a search page."""
    whole = view.without(*_ONE_PAGE)
    feed = str(whole.without("sort").at("/feed.atom"))
    files = ((name, str(whole.at(f"/api/v1/export.{form}"))) for name, form in _FILES)
    return Onward((*files, ("Atom feed", feed)), feed)
