"""BeautifulSoup's tree is the same, object by object, whichever builder made it."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.cleaner.tree.building import TreeBuilder, without_collecting
from corpus.cleaner.tree.markup import first_called, parse
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, page

_LINKS = ("parent", "previous_element", "next_element", "previous_sibling", "next_sibling")
_PIECES = (
    "<p>", "</p>", "<b>", "</b>", "<i class='x y'>", "</i>", "<div>", "</div>", "<table><tr><td>",
    "</table>", "<pre>", "</pre>", "<textarea>", "</textarea>", " ", "\n", "\x0b", "a", "b c", "&amp;",
    "&nbsp;", "<!-- c -->", "<!--", "<?php x ?>", "<!DOCTYPE html>", "<br>", "<img src=x alt>",
    "<meta charset=utf8>", "<meta http-equiv=content-type content='text/html; charset=x'>", "<o:p>",
    "</o:p>", "<svg:rect a:b=1>", "<script>", "</script>", "<style>", "</style>", "<template>",
    "</template>", "<ruby>", "<rt>", "</rt>", "<rp>", "</ruby>", "<li>", "<ul>", "</ul>", "<html lang=en>",
    "</html>", "<body id=1>", "</body>", "<a href=x href=y>", "</a>", "<![CDATA[ x ]]>", "<select>",
    "<option>", "<", "\x00", "\ufeff", "\u2028", "<h1>", "</h2>", "<title>", "</title>", "<head>",
    "</head>", "<frameset>", "<noscript>", "</noscript>", "<input checked>", "<math><mi>",
)  # fmt: skip


def _told(soup: BeautifulSoup) -> list[Any]:
    """All that the objects of a tree hold, with the numbers of those that they are linked to."""
    found: list[Any] = [soup]
    element = soup.contents[0] if soup.contents else None
    while element is not None:
        found.append(element)
        element = element.next_element
    numbers = {id(element): number for number, element in enumerate(found)}
    told: list[Any] = []
    common = vars(BeautifulSoup("<p></p>", "lxml", multi_valued_attributes=None).p)
    for element in found:
        held = dict(vars(element))
        if isinstance(element, Tag) and element is not soup:  # ours have most with their class
            held = {name: getattr(element, name) for name in (*common, *held)}
        links = [numbers.get(id(held.pop(name))) for name in _LINKS]
        if isinstance(element, Tag):
            attributes = [(key, value, type(value)) for key, value in held.pop("attrs").items()]
            inside = [numbers[id(child)] for child in held.pop("contents")]
            if element is soup:
                held = {}  # which builder it was
            told.append((isinstance(element, BeautifulSoup), links, inside, attributes, held))
        else:
            told.append((type(element), str(element), links, held))
    return told


def _built(markup: str) -> tuple[BeautifulSoup, BeautifulSoup]:
    ours = BeautifulSoup(markup, builder=TreeBuilder(multi_valued_attributes=None))
    return ours, BeautifulSoup(markup, "lxml", multi_valued_attributes=None)


@pytest.mark.filterwarnings("ignore")
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
@example("<p>one<p>two <b>three</p>four</b>")
@example("<ruby>a<rt>b</rt></ruby><pre> \n </pre> \n <textarea> </textarea>")
@example("<p></div></p></p>x</body></html>y<p>z")
def test_both_builders_make_the_same_tree(markup: str) -> None:
    ours, theirs = _built(markup)
    assert _told(ours) == _told(theirs)
    assert ours.decode() == theirs.decode()


@pytest.mark.filterwarnings("ignore")
def test_a_tree_can_be_changed_as_any_other() -> None:
    for soup in _built("<div><p>one <b>two</b></p><p>three</p></div>"):
        soup.b.extract()  # type: ignore[union-attr]
        soup.find_all("p")[1].insert_before(soup.new_tag("hr"))
        assert soup.div is not None
        assert soup.div.decode() == "<div><p>one </p><hr/><p>three</p></div>"
        assert [tag.name for tag in soup.div.descendants if isinstance(tag, Tag)] == [
            "p",
            "hr",
            "p",
        ]


def test_garbage_is_looked_for_again_after_a_page_and_after_an_error() -> None:
    with without_collecting(), without_collecting():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="page"), without_collecting():
        raise ValueError("page")
    assert gc.isenabled()


@pytest.mark.filterwarnings("ignore")
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
@example("<title>one</title><svg><title>two</title></svg>")
@example("")
def test_the_first_element_of_a_name_is_the_one_that_beautifulsoup_finds(markup: str) -> None:
    soup, _ = _built(markup)
    for name in ("title", "body", "html", "o:p", "svg:rect", "table", "nothing"):
        assert first_called(soup, name) is soup.find(name)


@pytest.mark.parametrize("tag", ["main", "article", "section", "header", "amp-story", "div", "p"])
@pytest.mark.parametrize(
    "head",
    [
        "<!doctype html><html lang=en><title>Water is back</title>",
        "<!doctype html><meta charset=utf-8><title>Water is back</title><link rel=icon href=/i.png>",
        "<HTML><HEAD><TITLE>Water is back</TITLE><style>p { color: red }</style><script>1 < 2</script>",
        "<html><head><title>Water is back</title></head>",
    ],
)
def test_a_page_may_leave_out_where_its_body_begins(head: str, tag: str) -> None:
    story = f"<h1>Water is back</h1>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}"
    whole = f"<{tag}>{story}</{tag}>" if tag != "p" else story
    article = clean_page(f"{head}{whole}")
    assert (article.title, article.text) == ("Water is back", "\n\n".join(PARAGRAPHS))


def test_a_fragment_and_a_page_with_a_body_are_read_as_they_are() -> None:
    for markup in ("<article><p>Water</p></article>", "<title>Water</title><BODY><main>a</main>"):
        built = BeautifulSoup(markup, builder=TreeBuilder(multi_valued_attributes=None))
        assert str(parse(markup).soup) == str(built)


def test_a_page_that_was_read_leaves_little_to_look_for() -> None:
    """A tree leads to itself in circles, and to find that out took a fifteenth of a page's time."""
    boxes = "".join(f"<div class='b{n}'><span>{n}</span> boxes</div>" for n in range(500))
    markup = page(after=boxes)
    clean_page(markup)
    gc.collect()
    gc.disable()
    try:
        clean_page(markup)
        assert gc.collect() < 300
    finally:
        gc.enable()
