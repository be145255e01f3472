"""The JSON of a search over the bundled articles, word for word."""

from __future__ import annotations

import json
from typing import Any

import pytest

from corpus.home import Home
from tests.conftest import Golden
from webui.app import create_app
from webui.collection import open_collection

_QUESTION = '/api/v1/search?q="grain" OR ceasefire&facet=org,language,date:year&limit=3'


@pytest.fixture(scope="module")
def answer(demo_home: Home) -> Any:
    collection = open_collection(demo_home)
    response = create_app(collection).test_client().get(_QUESTION)
    collection.close()
    return response.json


def _without_what_varies(answer: Any) -> Any:
    """A generation's name holds the time of its making, and paths hold this machine's folders."""
    generation = answer["index"]["generation"]
    text = json.dumps(answer, ensure_ascii=False, indent=1)
    steady = json.loads(text.replace(generation, "GENERATION"))
    steady["index"]["built_at"] = "BUILT"
    steady["took_ms"] = 0
    steady["next_cursor"] = "CURSOR"
    steady["links"]["next"] = steady["links"]["next"].partition("cursor=")[0] + "cursor=CURSOR"
    return steady


def test_a_search_over_the_bundled_articles(answer: Any, golden: Golden) -> None:
    steady = _without_what_varies(answer)
    golden("search.json", json.dumps(steady, ensure_ascii=False, indent=1) + "\n")
