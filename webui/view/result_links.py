"""Where can a result be taken? To its analyses, into files for other programs, into a feed."""

from __future__ import annotations

from dataclasses import dataclass

from webui.view.links import View

_FILES = (("CSV", "csv"), ("JSON Lines", "jsonl"), ("BibTeX", "bib"), ("RIS", "ris"))
_ONE_PAGE = ("cursor", "limit")


@dataclass(frozen=True, slots=True)
class Onward:
    """Addresses that answer the question of a search page in another form.

    Attributes:
        analyses: names and addresses of the pages that look at the same articles otherwise.
        exports: names and addresses of files, and of the feed at the end.
    """

    analyses: tuple[tuple[str, str], ...]
    exports: tuple[tuple[str, str], ...]
    feed: str


def onward(view: View) -> Onward:
    """The ways on from a search page."""
    whole = view.without(*_ONE_PAGE)
    feed = str(whole.without("sort").at("/feed.atom"))
    files = ((name, str(whole.at(f"/api/v1/export.{form}"))) for name, form in _FILES)
    asked = view.without(*_ONE_PAGE, "sort", "collapse")
    covered = asked.without("date_from", "date_to", "undated")
    analyses = (
        ("Concordance", str(view.without(*_ONE_PAGE, "sort").at("/concordance"))),
        ("Timeline", str(asked.at("/timeline"))),
        ("Together", str(asked.at("/together"))),
        ("Coverage", str(covered.at("/coverage"))),
    )
    return Onward(analyses, (*files, ("Atom feed", feed)), feed)
