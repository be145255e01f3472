"""What a page declares, what its address says and what it shows, from a day beside to far apart."""

from __future__ import annotations

import json

import pytest

from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, page

STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
PUBLISHED = "article:published_time"
MODIFIED = "article:modified_time"


def read(
    *, shown: str = "", bare: str = "", said: str = "", address: str = "", **declared: str
) -> tuple[str | None, bool]:
    """The date of publication, and whether it is doubted.

    Args:
        shown: in an element called a date.
        bare: alone in its line.
        said: above the headline, in markup of its own.
        declared: `published`, `modified`, `vague`.
    """
    names = {
        "published": f'property="{PUBLISHED}"',
        "modified": f'property="{MODIFIED}"',
        "vague": 'name="date"',
    }
    head = "".join(f'<meta {names[name]} content="{iso}">' for name, iso in declared.items())
    lines = f"<p class='date'>{shown}</p>" * bool(shown) + f"<p>{bare}</p>" * bool(bare)
    url = f"https://example.org/{address}/market" if address else None
    found = clean_page(page(head=head, before=said, body=f"{lines}{STORY}"), url=url)
    return (
        found.published.iso if found.published else None,
        "dates_disagree" in found.quality.flags,
    )


@pytest.mark.parametrize(
    ("declared", "address", "found", "doubted"),
    [
        ("2024-05-03T01:49:00Z", "2024/05/02", "2024-05-02", False),
        ("2024-05-02T10:00:00Z", "2024/05/03", "2024-05-03", False),
        ("2024-05-02T10:00:00Z", "2024/05/02", "2024-05-02T10:00Z", False),
        ("2024-05-02T09:59:00Z", "2024/05/03", "2024-05-02T09:59Z", False),
        ("2024-05-04T11:59:00Z", "2024/05/03", "2024-05-03", False),
        ("2024-05-04T12:00:00Z", "2024/05/03", "2024-05-04T12:00Z", False),
        ("2024-05-05T12:00:00Z", "2024/05/03", "2024-05-05T12:00Z", True),
        ("2024-05-03T01:49:00+00:00", "2024/05/02", "2024-05-02", False),
        ("2024-05-03T01:49:00+02:00", "2024/05/02", "2024-05-03T01:49+02:00", False),
        ("2024-05-03", "2024/05/02", "2024-05-03", False),
        ("2024-05-03", "2024/05/05", "2024-05-03", True),
        ("2024-05-03", "2024/05/01", "2024-05-03", True),
        ("2024-05-03", "2024/04", "2024-05-03", False),
        ("2024-05", "2024/05/02", "2024-05-02", False),
    ],
)
def test_the_day_of_the_address(declared: str, address: str, found: str, *, doubted: bool) -> None:
    assert read(published=declared, address=address) == (found, doubted)


@pytest.mark.parametrize(
    ("declared", "shown", "found", "doubted"),
    [
        ("2024-05-02T08:00:00+02:00", "2 May 2024", "2024-05-02T08:00+02:00", False),
        ("2024-05-02T08:00:00+02:00", "1 May 2024", "2024-05-02T08:00+02:00", False),
        ("2024-05-02T08:00:00+02:00", "3 May 2024", "2024-05-02T08:00+02:00", False),
        ("2024-05-02T08:00:00+02:00", "4 May 2024", "2024-05", True),
        ("2024-05-03T01:49:00Z", "2 May 2024", "2024-05-02", False),
        ("2024-04-30T08:00:00+02:00", "4 May 2024", "2024", True),
        ("2023-12-30T08:00:00+02:00", "4 January 2024", None, True),
        ("2024-02-01T08:00:00+02:00", "11 May 2024", "2024", True),
        ("2024-02-01T08:00:00+02:00", "12 May 2024", "2024-02-01T08:00+02:00", False),
        ("2024-05-02T08:00:00+02:00", "May 2024", "2024-05-02T08:00+02:00", False),
        ("2024-03-02T08:00:00+02:00", "May 2024", "2024-03-02T08:00+02:00", False),
        ("2024-05-02T08:00:00+02:00", "Updated 20 May 2024", "2024-05-02T08:00+02:00", False),
        ("2024-05-02T10:00:00Z", "2 May 2024", "2024-05-02T10:00Z", False),
    ],
)
def test_the_day_that_is_shown(declared: str, shown: str, found: str, *, doubted: bool) -> None:
    assert read(published=declared, shown=shown) == (found, doubted)


def test_the_day_of_collecting_and_the_day_before_are_no_day_that_is_shown() -> None:
    declared = "2024-05-20T08:00:00+02:00"
    for today in ("1 June 2024", "31 May 2024"):
        assert read(published=declared, shown=today) == ("2024-05-20T08:00+02:00", False)
    assert read(published=declared, shown="30 May 2024") == ("2024-05", True)


def test_a_day_alone_in_its_line_counts_against_a_vague_declaration_only() -> None:
    moment = "2024-05-02T08:00:00+02:00"
    assert read(published=moment, bare="20 May 2024") == ("2024-05-02T08:00+02:00", False)
    assert read(vague=moment, shown="20 May 2024") == ("2024-05-20", True)
    assert read(vague=moment, bare="20 May 2024") == ("2024-05-20", True)
    assert read(vague="2024-01-02", bare="20 May 2024") == ("2024-01-02", False)


@pytest.mark.parametrize(
    ("modified", "found"),
    [
        ("2024-05-20T09:00:00+02:00", "2024-05-02T08:00+02:00"),
        ("2024-05-21T09:00:00+02:00", "2024-05"),
    ],
)
def test_a_shown_day_of_change_leaves_the_declared_publication(modified: str, found: str) -> None:
    moment = "2024-05-02T08:00:00+02:00"
    assert read(published=moment, modified=modified, shown="20 May 2024") == (found, True)


@pytest.mark.parametrize(
    ("published", "modified", "found"),
    [
        ("2024-05-09T09:49:00+00:00", "2024-05-09T09:49:00+00:00", "2024-05-08T12:25"),
        ("2024-05-09T09:49:00+00:00", "2024-05-09T09:50:00+00:00", "2024-05-09T09:49+00:00"),
        ("2024-05-09", "2024-05-09", "2024-05-09"),
    ],
)
def test_the_minute_of_the_last_change_is_not_that_of_publication(
    published: str, modified: str, found: str
) -> None:
    told = read(published=published, modified=modified, bare="May 8, 2024 / 12:25 PM")
    assert told == (found, False)


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("2024-05-02", ("2024-05-02", False)),
        ("2024-05-03", ("2024-05-02", False)),
        ("2024-05-01", ("2024-05-02", False)),
        ("2024-05-04", ("2024-05", True)),
        ("2024-06-01", ("2024", True)),
    ],
)
def test_two_declared_days(other: str, found: tuple[str, bool]) -> None:
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-05-02"}'
        f'</script><meta property="{PUBLISHED}" content="{other}">'
    )
    article = clean_page(page(head=script))
    assert article.published is not None
    assert (article.published.iso, "dates_disagree" in article.quality.flags) == found


def test_a_date_known_to_the_day_comes_before_a_coarser_one() -> None:
    assert read(published="2024-05", vague="2024-04-02") == ("2024-04-02", False)
    assert read(published="2024-05") == ("2024-05", False)


def test_of_two_coarse_dates_and_of_two_doubtful_ones_the_more_trusted_stands() -> None:
    assert read(published="2024-05", vague="2024-03") == ("2024-05", False)
    assert read(published="2031-05-01", vague="2032-05-01") == ("2031-05-01", False)


@pytest.mark.parametrize(
    ("said", "doubted"),
    [
        ("<p><time datetime='2024-05-05'>5 May</time></p>", False),
        ("<div itemscope itemtype='http://schema.org/Article'>{}</div>", True),
    ],
)
def test_the_address_doubts_only_what_is_declared(said: str, *, doubted: bool) -> None:
    meta = "<meta itemprop='datePublished' content='2024-05-05'>"
    assert read(said=said.format(meta), address="2024/05/02") == ("2024-05-05", doubted)


def test_an_implausible_day_doubts_no_month() -> None:
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-05"}'
        f'</script><meta property="{PUBLISHED}" content="1605-05-05">'
    )
    article = clean_page(page(head=script))
    assert article.published is not None
    assert (article.published.iso, article.quality.flags) == ("2024-05", ())


def test_a_day_in_a_sentence_is_not_the_day_that_is_shown() -> None:
    moment = "2024-05-02T08:00:00+02:00"
    sentence = "<p>The mayor said that all of the bridges would be mended by 20 May 2024.</p>"
    assert read(vague=moment, said=sentence) == ("2024-05-02T08:00+02:00", False)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("<article><p class='date'>20 May 2024</p><h1>Shelling hits market</h1>{}</article>", True),
        (
            "<article><h1>Shelling hits market</h1>{}<p class='date'>20 May 2024</p></article>",
            False,
        ),
    ],
)
def test_a_day_counts_as_shown_above_the_headline_and_not_below_the_story(
    where: str, *, found: bool
) -> None:
    declared = f'<meta property="{PUBLISHED}" content="2024-05-02T08:00:00+02:00">'
    article = clean_page(
        f"<html><head><title>Shelling hits market</title>{declared}</head><body>"
        f"{where.format(STORY)}</body></html>"
    )
    assert article.published is not None
    assert ("dates_disagree" in article.quality.flags) is found


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("2 May 2024", "2024-05-02"),
        ("9 May 2024", "2024-05-09"),
        ("20 May 2024", "2024-05"),
        ("", "2024-05"),
    ],
)
def test_two_of_three_days_settle_it(shown: str, found: str) -> None:
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-05-02"}'
        f'</script><meta property="{PUBLISHED}" content="2024-05-09">'
    )
    line = f"<p class='date'>{shown}</p>" * bool(shown)
    article = clean_page(page(head=script, body=f"{line}{STORY}"))
    assert article.published is not None
    assert article.published.iso == found
    assert "dates_disagree" in article.quality.flags


@pytest.mark.parametrize(
    ("headline", "day"),
    [
        ("Rain delays the harvest again", "2024-05-02"),  # the next story of an endless page
        ("Ринок знову працює сьогодні", "2024-05-02"),
        ("Shelling of the market district", None),
        ("Rain again", "2024-05-02"),
        ("Market traders of the region count the cost of a dry summer", "2024-05-02"),
    ],
)
def test_a_headline_of_another_story_says_no_date(headline: str, day: str | None) -> None:
    node = {"@type": "NewsArticle", "headline": headline, "datePublished": "2021-01-09"}
    head = (
        f'<meta property="{PUBLISHED}" content="2024-05-02">'
        f'<script type="application/ld+json">{json.dumps(node)}</script>'
    )
    found = clean_page(page(head=head, body=STORY))
    assert (found.published.iso if found.published else None) == day
    assert ("dates_disagree" in found.quality.flags) == (day is None)


@pytest.mark.parametrize(
    ("node", "found"),
    [
        ({"headline": "Water back in the eastern quarter"}, True),  # written for search engines
        ({"headline": "Eastern quarter of vineyards wins a prize"}, False),
        ({"headline": "Eastern quarter awaits rain", "url": "/harvest/7"}, False),
        ({"headline": "Eastern quarter awaits rain", "url": "/market"}, True),
        ({"mainEntityOfPage": {"@id": "/harvest/7"}}, False),
        ({"mainEntityOfPage": {"@id": "/"}}, True),
        ({"headline": "A list", "name": "Shelling hits market"}, True),
    ],
)
def test_what_json_ld_calls_an_article_is_the_pages_where_the_story_has_its_words(
    node: dict[str, object], found: bool
) -> None:
    def absolute(value: object) -> object:
        if isinstance(value, dict):
            return {name: absolute(inner) for name, inner in value.items()}
        return f"https://example.org{value}" if str(value).startswith("/") else value

    told = {"@type": "NewsArticle", "datePublished": "2023-01-09", "author": "Ada Person"}
    head = f'<script type="application/ld+json">{json.dumps(told | {k: absolute(v) for k, v in node.items()})}</script>'
    article = clean_page(page(head=head, body=STORY), url="https://example.org/market")
    assert (article.published is not None, article.bylines == ("Ada Person",)) == (found, found)


def test_a_declared_day_after_the_shown_one_is_doubted() -> None:
    assert read(shown="2 May 2024", published="2024-05-09") == ("2024-05-09", True)
    assert read(shown="2 May 2024", published="2024-05-03") == ("2024-05-03", False)


@pytest.mark.parametrize("kind", ["PodcastEpisode", "Product", "Event", "Book"])
def test_what_a_page_also_offers_does_not_date_it(kind: str) -> None:
    node = {"@type": kind, "name": "Episode 12", "datePublished": "2023-01-09"}
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    found = clean_page(page(head=head, body=f"<p class='date'>2 May 2024</p>{STORY}"))
    assert found.published is not None
    assert found.published.iso == "2024-05-02"


@pytest.mark.parametrize(
    ("node", "url", "dated"),
    [
        ({"@id": "/#webpage", "url": "/", "name": "The Daily"}, "/market", False),
        ({"@id": "/", "name": "The Daily - all news of the coast"}, "", False),
        ({"url": "/"}, "/market", False),
        ({"url": "/"}, "", True),  # nobody knows which page this is
        ({"url": "/market", "name": "Shelling hits market"}, "/market", True),
        ({"url": "/", "name": "Shelling hits market"}, "/market", True),
        ({"name": "The Daily"}, "/market", True),
    ],
)
def test_the_front_page_that_a_template_declares_dates_no_story(
    node: dict[str, str], url: str, *, dated: bool
) -> None:
    home = "https://example.org"
    told = {name: f"{home}{said}" if said[:1] == "/" else said for name, said in node.items()}
    declared = {"@type": "WebPage", "datePublished": "2019-01-05T08:00:00Z", **told}
    head = f'<script type="application/ld+json">{json.dumps({"@graph": [declared]})}</script>'
    found = clean_page(page(head=head, body=STORY), url=f"{home}{url}" if url else None)
    assert (found.published is not None) == dated
