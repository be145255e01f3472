"""The guide to the query language says what the program does."""

from __future__ import annotations

import re

import pytest

from corpus.errors import QuerySyntaxError
from search.engine import MAX_EXPANSIONS, MatchRequest
from search.language.atoms import MAX_FUZZY
from search.language.fields import QUERY_FIELDS
from search.language.parser import MAX_CLAUSES, MAX_DEPTH, MAX_LENGTH, MAX_NEAR, parse
from search.language.query import Everything
from search.language.render import render
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "query-language.md").read_text(encoding="utf-8")
READ_AS = re.findall(r"^\| `(.+)` \| `(.+)` \|$", GUIDE, re.MULTILINE)
MISTAKES = re.findall(r"^\| `(.+)` \| (\d+) \| (.+) \|$", GUIDE, re.MULTILINE)
LIMITS = dict(re.findall(r"^\| ([\w ,]+) \| (\d+) \|$", GUIDE, re.MULTILINE))


@pytest.mark.parametrize(("written", "read"), READ_AS)
def test_a_query_is_read_as_the_guide_says(written: str, read: str) -> None:
    assert render(parse(written)) == read


@pytest.mark.parametrize(("written", "position", "because"), MISTAKES)
def test_a_mistake_is_met_as_the_guide_says(written: str, position: str, because: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(written)
    assert (caught.value.position, caught.value.what) == (int(position), because)


def test_the_guide_states_every_limit() -> None:
    assert list(map(int, LIMITS.values())) == [
        MAX_LENGTH,
        MAX_CLAUSES,
        MAX_DEPTH,
        MAX_NEAR,
        MAX_FUZZY,
        MAX_EXPANSIONS,
    ]
    assert MatchRequest(query=Everything()).time_budget == 5


def test_the_guide_names_every_field_and_is_not_empty() -> None:
    assert [name for name in QUERY_FIELDS if f"`{name}:" not in GUIDE] == []
    assert len(READ_AS) > 25
    assert len(MISTAKES) > 8
