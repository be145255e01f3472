"""What an engine estimated is said to be about right, and nothing else is."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webui.conftest import MadeUpCollection, answer_otherwise
from tests.webui.test_api import ask


@pytest.mark.parametrize("about", [(), ("families",), ("person",), ("families", "outlet")])
def test_answers_name_what_is_estimated(
    client: FlaskClient, collection: MadeUpCollection, about: tuple[str, ...]
) -> None:
    answer_otherwise(collection, about=frozenset(about))
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

    answer_otherwise(collection, about=frozenset({"families", "outlet"}))
    hits, outlets, people = pages()
    assert "in about 8 families of near-identical reports" in hits
    assert "about 4 outlets in 9 articles" in outlets
    assert "about" not in people
    with_language = client.get("/facets/outlet", headers={"Accept-Language": "uk"}).text
    assert "приблизно 4 " in with_language
