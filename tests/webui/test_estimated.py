"""What an engine estimated is said to be about right, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from flask.testing import FlaskClient

from search.engine import Engine, Matches, MatchRequest
from tests.webui.conftest import MadeUpCollection
from tests.webui.test_api import ask


class _Estimating:
    """An engine of so many articles that it estimates some numbers."""

    def __init__(self, engine: Engine, about: set[str]) -> None:
        self._engine = engine
        self._about = frozenset(about)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def match(self, request: MatchRequest) -> Matches:
        return replace(self._engine.match(request), about=self._about)


def estimate(collection: MadeUpCollection, *about: str) -> None:
    (name, index), *_ = collection.generations.items()
    engine = cast(Engine, _Estimating(index.engine, set(about)))
    collection.generations = {name: replace(index, engine=engine)}


@pytest.mark.parametrize("about", [(), ("families",), ("person",), ("families", "outlet")])
def test_answers_name_what_is_estimated(
    client: FlaskClient, collection: MadeUpCollection, about: tuple[str, ...]
) -> None:
    estimate(collection, *about)
    assert ask(client, "/api/v1/search", "SearchAnswer")["about"] == sorted(about)
    for facet in ("person", "outlet"):
        answer = ask(client, f"/api/v1/facets/{facet}", "FacetPage")
        assert answer["about"] is (facet in about)


def test_pages_write_about(client: FlaskClient, collection: MadeUpCollection) -> None:
    def pages() -> tuple[str, str, str]:
        paths = ("/search", "/facets/outlet", "/facets/person")
        hits, outlets, people = (client.get(path).text for path in paths)
        return hits, outlets, people

    hits, outlets, people = pages()
    assert "in 8 families of near-identical reports" in hits
    assert "4 outlets in 9 articles" in outlets
    assert "about" not in (hits + outlets + people).replace('href="/about"', "")

    estimate(collection, "families", "outlet")
    hits, outlets, people = pages()
    assert "in about 8 families of near-identical reports" in hits
    assert "about 4 outlets in 9 articles" in outlets
    assert "about" not in people
    with_language = client.get("/facets/outlet", headers={"Accept-Language": "uk"}).text
    assert "приблизно 4 " in with_language
