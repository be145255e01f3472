"""What each part of the query language asks, and what is said about a text that cannot be read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QuerySyntaxError, QueryTooComplex
from indexer.schema import DATE_FIELDS, FACETS
from search.language.parser import MAX_CLAUSES, MAX_DEPTH, MAX_LENGTH, MAX_NEAR, parse
from search.language.query import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Name,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)
from search.language.render import render

DRONE, STRIKE, FIRE = Term("drone"), Term("strike"), Term("fire")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Everything()),
        ("  ", Everything()),
        ("*", Everything()),
        ("drone", DRONE),
        ("drone strike", And((DRONE, STRIKE))),
        ("drone AND strike", And((DRONE, STRIKE))),
        ("drone OR strike fire", Or((DRONE, And((STRIKE, FIRE))))),
        ("(drone OR strike) fire", And((Or((DRONE, STRIKE)), FIRE))),
        ("drone (strike fire)", And((DRONE, STRIKE, FIRE))),
        ("drone or strike", And((DRONE, Term("or"), STRIKE))),
        ("-drone", Not(DRONE)),
        ("NOT NOT drone", Not(Not(DRONE))),
        ("fire -(drone strike)", And((FIRE, Not(And((DRONE, STRIKE)))))),
        ("cease-fire", Term("cease-fire")),
        ('"drone strike"', Phrase(("drone", "strike"))),
        ("“drone  strike”", Phrase(("drone", "strike"))),
        ("«drone strike»~3", Near(("drone", "strike"), 3)),
        ("mobili*", Prefix("mobili")),
        ("drone~", Fuzzy("drone", 1)),
        ("drone~2", Fuzzy("drone", 2)),
        ("title:drone", Term("drone", "title")),
        ("Title:(drone OR mobili*)", Or((Term("drone", "title"), Prefix("mobili", "title")))),
        ("exact:drone", Term("drone", exact=True)),
        ('title:exact:"drone strike"', Phrase(("drone", "strike"), "title", exact=True)),
        ('exact:title:"drone strike"~2', Near(("drone", "strike"), 2, "title", exact=True)),
        ('person:"Pavel  Filatyev"', Name("person", "Pavel Filatyev")),
        ("org:NATO -place:Kyiv", And((Name("org", "NATO"), Not(Name("place", "Kyiv"))))),
        ("person:(Putin OR Biden)", Or((Name("person", "Putin"), Name("person", "Biden")))),
        ("date:2022", DateRange("published", date(2022, 1, 1), date(2022, 12, 31))),
        ("date:2024-02", DateRange("published", date(2024, 2, 1), date(2024, 2, 29))),
        ("date:2022-02..2022-03", DateRange("published", date(2022, 2, 1), date(2022, 3, 31))),
        ("date:..2022-02-24", DateRange("published", None, date(2022, 2, 24))),
        ("mentioned:2022..", DateRange("mentioned", date(2022, 1, 1), None)),
        ("10:30", Term("10:30")),
        ("war: what", And((Term("war:"), Term("what")))),
    ],
)
def test_what_a_text_asks(text: str, tree: Query) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ('drone "strike', 6, "never closed"),
        ("drone (strike", 6, "never closed"),
        ("drone (strike OR (fire)", 6, "never closed"),
        ("drone) strike", 5, "no opening"),
        ("drone ()", 6, "empty"),
        ('drone ""', 6, "empty"),
        ('person:" "', 7, "empty"),
        ("OR drone", 0, "between two"),
        ("drone AND", 6, "between two"),
        ("drone OR OR strike", 9, "between two"),
        ("(drone OR) strike", 7, "between two"),
        ("drone NOT", 6, "Nothing follows"),
        ("persn:Putin", 0, "no field"),
        ("drone https://news.example", 6, "no field"),
        ("title: drone", 0, "Nothing to look for"),
        ("drone title:", 6, "Nothing to look for"),
        ("title:person:x", 6, "cannot stand inside"),
        ("*drone", 0, "end of a word"),
        ("dr*ne", 2, "end of a word"),
        ('"drone strike"*', 14, "belongs to a word"),
        ('"air str*"', 8, "inside a phrase"),
        ('talks title:"a str* hit"~3', 18, "inside a phrase"),
        ('"the * army"', 5, "inside a phrase"),
        ('exact:"wom?n left"', 10, "inside a phrase"),
        ("drone~3", 5, "differ by at most"),
        ('"drone strike"~', 14, "needs a number"),
        ('"drone strike"~101', 14, "needs a number"),
        ("person:Put*", 7, "do not work"),
        ("date:yesterday", 5, "not a date"),
        ("date:2022-13", 5, "no real day"),
        ("date:2022..2022-02-30", 11, "no real day"),
        ("date:2023..2022", 5, "backwards"),
        ("date:..", 5, "not a date"),
        ('date:"2023-14"', 6, "no real day"),
        ("drone !strike", 6, "leaves nothing out"),
        ("drone || strike", 6, "no operator ||"),
        ("drone w/5 strike", 6, "no operator w/5"),
        ("wom?n", 0, "stands for no letter"),
        ("drone^2", 0, "no weight"),
        ("date:2022 - 2023", 10, "no spaces"),
        ("date:2022-02 to 2023 drone", 13, "no spaces"),
        ("dro\u00adne \u200f\u202a(strike\u202c", 9, "never closed"),
        ('dro\u00adne "strike', 7, "never closed"),
    ],
)
def test_a_mistake_has_its_place_and_an_advice(text: str, position: int, says: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text)
    assert caught.value.position == position
    assert says in caught.value.what
    assert caught.value.advice


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("persn", "person"),
        ("organisation", "org"),
        ("titel", "title"),
        ("dates", "date"),
        ("site", "outlet"),
    ],
)
def test_a_mistyped_field_is_recognized(typed: str, meant: str) -> None:
    with pytest.raises(QuerySyntaxError, match=f"Did you mean {meant}:"):
        parse(f"{typed}:x")


def test_a_short_name_is_not_taken_for_any_short_field() -> None:
    with pytest.raises(QuerySyntaxError, match="Fields are title"):
        parse("re:x")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("date:24.02.2022", "date:2022-02-24"),
        ("date:2022/2/4", "date:2022-02-04"),
        ("date:2022-2", "date:2022-02"),
        ("date:20220224", "date:2022-02-24"),
        ("date:2022-02-24T10:00", "date:2022-02-24"),
        ("date:02/24/2022", "date:2022-02-24"),
        ('date:"24 February 2022"', "date:2022-02-24"),
        ('collected:"Feb. 24, 2022"', "collected:2022-02-24"),
        ('mentioned:"february 2022"', "mentioned:2022-02"),
        ("date:2022-2023", "date:2022..2023"),
        ("date:2022-02 - 2023-03", "date:2022-02..2023-03"),
        ("before:2022", "date:..2022"),
        ("since:2022", "date:2022.."),
    ],
)
def test_a_date_spelled_as_elsewhere_is_spelled_as_here(written: str, meant: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(written)
    assert caught.value.advice.startswith(f"Write {meant}")
    parse(meant)


@pytest.mark.parametrize("text", ["date:03/04/2022", "date:yesterday", "date:99.99.2022"])
def test_what_may_be_two_dates_or_none_is_not_guessed_at(text: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text)
    assert "Write date:2022, " in caught.value.advice


@pytest.mark.parametrize(
    "text",
    [
        "Live: what we know about Kyiv – and what we don't!",
        "Breaking | Minister resigns?",
        "www.example.org/x?y=1",
        "¡Sí! Who? Why?",
        "C++ 24/7 9/11 w/o",
        "date:2022 - drone",
        "+Gaza & Johnson",
    ],
)
def test_pasted_text_is_no_mistake(text: str) -> None:
    parse(text)


def test_what_cannot_be_seen_is_no_part_of_a_word() -> None:
    assert parse("\ufeffdro\u00adne \u200fti\u200btle:\u202astrike\u202c") == parse(
        "drone title:strike"
    )
    assert parse("drone \u200b") == parse("drone")
    assert parse("a\u200e13 \u200fb\u200e") == parse("a\u200e13 b")


@pytest.mark.parametrize(
    "text",
    [
        "x" * (MAX_LENGTH + 1),
        "x " * (MAX_CLAUSES + 1),
        "(" * (MAX_DEPTH + 1) + "x" + ")" * (MAX_DEPTH + 1),
        "NOT " * (MAX_DEPTH + 1) + "x",
        "(" * 1000,
    ],
)
def test_limits(text: str) -> None:
    with pytest.raises(QueryTooComplex):
        parse(text)


def test_what_just_keeps_the_limits_parses() -> None:
    parse("x" * MAX_LENGTH)
    parse("x " * MAX_CLAUSES)
    parse("(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH)


_WORDS = ["drone", "é", "Ж", "1", "2022", "2022-02"]
_FIELDS = ["title:", "date:", "person:", "exact:"]
_PIECES = [*_WORDS, *_FIELDS, "OR", "AND", "NOT", *'"“()-~*:. \n\x00\ud800\u200f', ".."]
_ALMOST_QUERIES = st.lists(st.sampled_from(_PIECES), max_size=20).map("".join)


def _read(text: str) -> Query | QuerySyntaxError | QueryTooComplex:
    try:
        return parse(text)
    except (QuerySyntaxError, QueryTooComplex) as error:
        return error


@given(st.one_of(st.text(max_size=60), _ALMOST_QUERIES))
def test_any_text_parses_or_says_where_it_does_not(text: str) -> None:
    read = _read(text)
    if isinstance(read, QuerySyntaxError):
        assert 0 <= read.position < len(text)
    if isinstance(read, QuerySyntaxError | QueryTooComplex):
        assert read.advice
    else:
        assert parse(render(read)) == read


_WORD = st.sampled_from(["drone", "Меран", "it's", "U.N.", "cease-fire", "or", "10:30", "x"])
_ROW = st.lists(_WORD, min_size=1, max_size=4).map(tuple)
_FIELD = st.sampled_from([None, "title", "text"])
_LEAF: st.SearchStrategy[Query] = st.one_of(
    st.just(Everything()),
    st.builds(Term, _WORD, _FIELD, st.booleans()),
    st.builds(Phrase, _ROW, _FIELD, st.booleans()),
    st.builds(Near, _ROW, st.integers(0, MAX_NEAR), _FIELD, st.booleans()),
    st.builds(Prefix, _WORD, _FIELD),
    st.builds(Fuzzy, _WORD, st.integers(1, 2), _FIELD),
    st.builds(Name, st.sampled_from(FACETS), _ROW.map(" ".join)),
    st.tuples(
        st.sampled_from(DATE_FIELDS), st.lists(st.dates(), min_size=2, max_size=2).map(sorted)
    ).map(lambda drawn: DateRange(drawn[0], *drawn[1])),
    st.builds(DateRange, st.sampled_from(DATE_FIELDS), st.dates(), st.none()),
    st.builds(DateRange, st.sampled_from(DATE_FIELDS), st.none(), st.dates()),
)


def _operators(clauses: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    """Trees in the parser's form: no And directly in an And, no Or directly in an Or."""
    return st.one_of(st.builds(Not, clauses), _joined(And, clauses), _joined(Or, clauses))


def _joined(
    kind: type[And] | type[Or], clauses: st.SearchStrategy[Query]
) -> st.SearchStrategy[Query]:
    others = clauses.filter(lambda clause: not isinstance(clause, kind))
    return st.lists(others, min_size=2, max_size=3).map(lambda drawn: kind(tuple(drawn)))


_TREE: st.SearchStrategy[Query] = st.recursive(_LEAF, _operators, max_leaves=12)


@given(_TREE)
def test_a_tree_written_down_reads_the_same(tree: Query) -> None:
    assert parse(render(tree)) == tree


def test_a_quotation_mark_between_hebrew_letters_is_part_of_the_word() -> None:
    assert parse('דו"ח') == Term('דו"ח')
    assert parse('"דו"ח סודי" שלום') == And((Phrase(('דו"ח', "סודי")), Term("שלום")))
    assert parse('שלום"a"') == And((Term("שלום"), Phrase(("a",))))
    with pytest.raises(QuerySyntaxError):
        parse('דו"')
