"""Whose a page is, where it belongs on its site, and at which address it is one article."""

from __future__ import annotations

import pytest

from corpus.cleaner.addresses import canonical_url
from tests.corpus.cleaner.pages import clean_page, page

URL = "https://www.thedaily.example/world/market-hit-again"
ARTICLE = '"@type": "NewsArticle", "headline": "Shelling hits market"'


def _publisher(name: str) -> str:
    return (
        f'<script type="application/ld+json">{{{ARTICLE}, "publisher": '
        f'{{"@type": "Organization", "name": "{name}"}}}}</script>'
    )


def _meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (_meta("og:site_name", "Karsk News"), "Karsk News"),
        (_meta("og:site_name", "The Daily | News from Karsk and the world"), "The Daily"),
        (_meta("og:site_name", "www.thedaily.example") + _publisher("The Daily"), "The Daily"),
        (_meta("og:site_name", "U.S.") + _publisher("The Daily"), "The Daily"),
        (_meta("og:site_name", "Shelling hits market") + _meta("og:title", "Shelling hits market"),
         "The Daily"),
        (_publisher("Daily Verlags GmbH, The Daily"), "The Daily"),
        (_publisher("Karsk Media Ltd."), "The Daily"),  # the title says it, and the host agrees
        (_publisher("Daily Verlags- und Vertriebs GmbH"), "The Daily"),
        (_meta("og:site_name", "Щоденник"), "Щоденник"),
        ("", "The Daily"),
    ],
)  # fmt: skip
def test_an_outlet_is_called_as_readers_know_it(head: str, outlet: str) -> None:
    assert clean_page(page(head=head), url=URL).outlet == outlet


def test_a_page_that_says_no_name_has_its_host_and_a_copy_that_of_the_original() -> None:
    untitled = page().replace(" | The Daily", "")
    assert clean_page(untitled, url=URL).outlet == "thedaily.example"
    copy = f"https://web.archive.org/web/20240502101112/{URL}"
    found = clean_page(untitled, url=copy)
    assert (found.outlet, found.url) == ("thedaily.example", URL)


@pytest.mark.parametrize(
    "copy",
    [
        "https://web.archive.org/web/2024/http://thedaily.example/a?id=7",
        "http://web.archive.org/web/20240502101112id_/https:/www.thedaily.example/a?id=7",
    ],
)
def test_an_archives_copy_is_the_article_it_copies(copy: str) -> None:
    assert canonical_url(copy) == "https://thedaily.example/a?id=7"


def _crumbs(*names: str) -> str:
    items = ", ".join(f'{{"@type": "ListItem", "item": {{"name": "{name}"}}}}' for name in names)
    return (
        f'<script type="application/ld+json">[{{{ARTICLE}}}, {{"@type": "BreadcrumbList", '
        f'"itemListElement": [{items}]}}]</script>'
    )


@pytest.mark.parametrize(
    ("head", "section"),
    [
        (_meta("article:section", "World"), "World"),
        (_meta("article:section", "/world/middle_east"), "world"),
        (_meta("article:section", "World,Karsk,War"), "World"),
        (_meta("article:section", "Arts & Culture"), "Arts & Culture"),
        (
            _meta("article:section", "The shelling of the market was the second attack in a week."),
            "",
        ),
        (_crumbs("Home", "World", "Shelling hits market"), "World"),
        (_crumbs("The Daily", "World"), "World"),
        (_crumbs("Home", "Shelling hits market"), ""),
        ("", ""),
    ],
)
def test_a_section_is_declared_or_a_crumb(head: str, section: str) -> None:
    assert clean_page(page(head=head), url=URL).section == section


@pytest.mark.parametrize("said", [f"{URL}/{URL}", URL.replace("/", "%2F").replace(":", "%3A")])
def test_an_address_in_an_address_is_none(said: str) -> None:
    assert clean_page(page(head=_meta("og:url", said)), url=URL).url == URL


def test_numbers_are_no_keywords() -> None:
    head = '<meta name="keywords" content="Karsk, 104746, war">'
    assert clean_page(page(head=head)).keywords == ("Karsk", "war")
