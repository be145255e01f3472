"""What a form asks is what somebody would have typed, and nothing in it is an operator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.form import FIELDS, asked
from search.language.parser import parse
from search.language.query import And, Everything, Name, Not, Or, Phrase, Term
from search.language.render import render


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        ({}, Everything()),
        ({"all": " drone  strike "}, And((Term("drone"), Term("strike")))),
        ({"phrase": "air raid"}, Phrase(("air", "raid"))),
        ({"phrase": "shelling"}, Term("shelling")),
        ({"any": "drone artillery"}, Or((Term("drone"), Term("artillery")))),
        ({"without": "sanctions", "all": "Meran"}, And((Term("Meran"), Not(Term("sanctions"))))),
        ({"title": "ceasefire"}, Term("ceasefire", "title")),
        ({"person": "Amara Oduya"}, Name("person", "Amara Oduya")),
        ({"all": 'OR (drone" AND -x*'}, And((Term("or"), Term("drone"), Term("and"), Term("x")))),
    ],
)
def test_fields_become_a_query(fields: dict[str, str], query: object) -> None:
    assert parse(asked(fields)) == query


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30)))
def test_whatever_is_filled_in_can_be_read(fields: dict[str, str]) -> None:
    text = asked(fields)
    assert render(parse(text)) == text or not text
