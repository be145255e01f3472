"""Standing account: a kept question as an address and as a request, and what is new to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from indexer.generations.publishing import Generations
from search import service
from search.dossiers.standing import questions
from search.dossiers.standing.questions import News, Standing
from search.dossiers.standing.since import news_since
from search.request import CHOICES, Mode, SearchRequest
from search.service import OpenIndex
from webui.answering import collection
from webui.arguments import Arguments, first, read
from webui.params import GENERATION, NARROWING, ORDERING, STANDING, filter_name, search_request
from webui.view.links import View

_SAME = ("date_from", "date_to", "undated", "sort")
"""Options of commands that parameters are called alike."""
ASKED = tuple(one for one in (*NARROWING, *ORDERING) if one is not GENERATION)
"""Parameters of a question that is kept; each generation is asked it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One question among others.

    Attributes:
        found, seen: how many articles it finds now, and found at the last look.
        search, page: where its articles are, and what is new to it.
        feed, json_feed: the same for programs that read feeds.
    """

    name: str
    query: str
    looked: str
    found: int
    seen: int
    search: View
    page: View
    feed: View
    json_feed: View


@dataclass(frozen=True, slots=True)
class Told:
    """One question, and what is otherwise than at the last look."""

    kept: Kept
    news: News


def address_of(standing: Standing) -> View:
    """The search page that asks it."""
    pairs = [("q", standing.query)]
    for choice in CHOICES:
        for mode in Mode:
            values = standing.given.get(f"{choice}_{mode.value}", ())
            pairs += [(filter_name(choice, mode), str(value)) for value in values]
    pairs += [(name, str(standing.given.get(name) or "")) for name in _SAME]
    if (field := standing.given.get("date_field", "published")) != "published":
        pairs.append(("date_field", str(field)))
    if standing.given.get("collapse"):
        pairs.append(("collapse", "family"))
    return View.of("/search", pairs)


def given_by(arguments: Arguments) -> dict[str, Any]:
    """What arguments ask beside the words, as the options of commands have it."""
    given: dict[str, Any] = {}
    for choice in CHOICES:
        for mode in Mode:
            if values := arguments.get(filter_name(choice, mode)):
                given[f"{choice}_{mode.value}"] = [str(one) for one in values]
    for name in (*_SAME, "date_field"):
        if values := arguments.get(name):
            given[name] = str(values[0])
    if arguments.get("collapse"):
        given["collapse"] = True
    return given


def request_of(standing: Standing) -> SearchRequest:
    """The request that asks it.

    Raises:
        RequestError: what it was kept with means nothing any more.
    """
    return search_request(read(address_of(standing).pairs, (*NARROWING, *ORDERING)))


def page_of(name: str) -> View:
    """The page that tells what is new to a question."""
    return View("/watch/news", ((STANDING.name, name),))


def kept(standing: Standing, index: OpenIndex) -> Kept:
    """A question among others; counting what it finds reads no article."""
    request = replace(request_of(standing), limit=1, highlight=False)
    result = service.search(request, index)
    named = ((STANDING.name, standing.name),)
    return Kept(
        name=standing.name,
        query=standing.query,
        looked=standing.looked,
        found=result.families if request.collapse else result.total,
        seen=len(standing.seen()),
        search=address_of(standing),
        page=page_of(standing.name),
        feed=View("/watch/feed.atom", named),
        json_feed=View("/watch/feed.json", named),
    )


def told(standing: Standing, index: OpenIndex, *, since: str = "") -> Told:
    """What is new to a question.

    Args:
        since: a generation, or a time, to compare with in place of the last look.

    Raises:
        DossierError: it finds too much to be told about.
        RequestError, NotFoundError: as `news_since`.
    """
    if not since:
        news = questions.news(standing, request_of(standing), index)
        return Told(kept(standing, index), news)
    news = news_since(since, standing, request_of(standing), index, collection())
    account = kept(standing, index)
    return Told(replace(account, page=account.page.setting(since=since)), news)


def keep(
    path: Path, who: str, name: str, arguments: Arguments, index: OpenIndex, *, from_now: bool
) -> None:
    """Keeps a question under a name.

    Args:
        from_now: what it finds today is no news.

    Raises:
        RequestError: it cannot be asked.
        DossierError: the name is taken, or none; or it finds too much to be told about.
    """
    service.count(search_request(arguments), index)  # one that cannot be read is refused now
    questions.keep(path, who, name, str(first(arguments, "q")), given_by(arguments))
    if from_now and not questions.load(path)[0][name].looked:
        look(path, who, name, index)


def look(path: Path, who: str, name: str, index: OpenIndex) -> None:
    """Remembers that the news of a question in a generation were seen.

    Raises:
        DossierNotFound: there is no such question.
        DossierError: it finds too much to be told about.
    """
    standing = questions.named(collection().standing()[0], name)
    news = questions.news(standing, request_of(standing), index)
    questions.looked(path, who, standing, news)


def generations(index: OpenIndex) -> list[str]:
    """The earlier generations that are still kept, the latest first."""
    names = Generations(index.generation.path.parent).names()
    return [name for name in reversed(names) if name < index.generation.name]
