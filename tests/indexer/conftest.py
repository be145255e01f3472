"""Small collections, written for the tests; where content matters, the test says it itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.article import Article, Kind, RawDocument, article_id_for
from corpus.dates import PartialDate
from corpus.errors import InputError
from corpus.home import Home
from corpus.store import Catalogue

TakeIn = Callable[..., str]
WIRE = (
    "Shelling hit the harbor of Odesa on 12 March 2022 before dawn, the regional governor said."
    " Volodymyr Zelensky spoke to António Guterres of the United Nations by telephone. Two ships"
    " burned, and the port stayed closed for the fourth day in a row while crews searched."
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty collection."""
    return Home(tmp_path / "collection")


@pytest.fixture
def take_in(home: Home) -> TakeIn:
    """`take_in(name, text, …)` puts an article in the catalogue of `home`; returns its id."""

    def put(
        name: str,
        text: str,
        *,
        published: str = "",
        kind: Kind = Kind.ARTICLE,
        language: str = "en",
        outlet: str = "The Ledger",
    ) -> str:
        url = f"https://example.org/{name}"
        raw = RawDocument(
            content=f"{name}\n{text}".encode(),
            media_type="text/plain",
            locator=f"{name}.txt",
            url=url,
            collected=datetime(2022, 4, 1, 12, tzinfo=UTC),
            reader="text/1",
        )
        article = Article(
            article_id=article_id_for(url=url, text=text),
            kind=kind,
            title=name.replace("-", " ").capitalize(),
            text=text,
            url=url,
            outlet=outlet,
            language=language,
            published=PartialDate(published, "url") if published else None,
            cleaner="text/1",
        )
        with Catalogue.open(home.catalogue) as catalogue:
            catalogue.put(raw, article)
        return article.article_id

    return put


@pytest.fixture
def filled(home: Home, take_in: TakeIn) -> Home:
    """A collection of five articles, one of them a reprint, one of another kind; one failure."""
    take_in("harbor-shelled", WIRE, published="2022-03-12")
    take_in("odesa-port-hit", f"ODESA (Agency) — {WIRE}", published="2022-03-13", outlet="Courier")
    take_in("грады", "Войска обстреляли Харьков 24 февраля 2022 года.", language="ru")
    take_in("talks-resume", "Talks resumed in Geneva. Guterres chaired them.", published="2022-04")
    take_in("live", "09:00 Sirens in Kyiv.", kind=Kind.LIVE_BLOG)
    with Catalogue.open(home.catalogue) as catalogue:
        catalogue.fail("broken.html", InputError("the page is empty"))
    return home
