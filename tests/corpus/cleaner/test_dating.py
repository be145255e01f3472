"""When a page was published and changed, as far as it says so, and no further."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaner.date_in_url import date_in_url
from corpus.cleaner.dates import parse_date
from tests.corpus.cleaner.pages import COLLECTED, PARAGRAPHS, clean_page, page


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022-03-04T18:30:00+02:00", "2022-03-04T18:30+02:00"),
        ("Fri, 04 Mar 2022 18:30:00 GMT", "2022-03-04T18:30Z"),
        ("March 4, 2022 at 6:30 pm EST", "2022-03-04T18:30-05:00"),
        ("4 марта 2022 г., 18:30", "2022-03-04T18:30"),
        ("4 березня 2022 року", "2022-03-04"),
        ("٤ مارس ٢٠٢٢", "2022-03-04"),
        ("4 آذار 2022", "2022-03-04"),
        ("le 4 mars 2022 à 18h30", "2022-03-04T18:30"),
        ("1er août 2022", "2022-08-01"),
        ("4. März 2022, 18:30 Uhr", "2022-03-04T18:30"),
        ("4 de marzo de 2022", "2022-03-04"),
        ("04.03.2022", "2022-03-04"),
        ("24/03/2022", "2022-03-24"),
        ("March 2022", "2022-03"),
        ("2022", "2022"),
        ("yesterday", "2024-05-31"),
        ("3 days ago", "2024-05-29"),
        ("2 часа назад", "2024-06-01"),
        ("قبل 3 أيام", "2024-05-29"),
        ("il y a 2 jours", "2024-05-30"),
        ("vor 3 Tagen", "2024-05-29"),
        ("hace 2 días", "2024-05-30"),
        ("2 months ago", "2024-04"),
        ("31 February 2022", "2022-02"),
        ("03/04/2022", None),
        ("no date at all", None),
    ],
)
def test_a_date_is_read_as_far_as_it_is_written(text: str, iso: str | None) -> None:
    date = parse_date(text, basis="text", collected=COLLECTED)
    assert (date.iso if date else None) == iso


@given(st.text(max_size=200))
def test_any_text_is_a_date_or_is_not(text: str) -> None:
    date = parse_date(text, basis="text", collected=COLLECTED)
    assert date is None or date.basis == "text"


def test_structured_dates_come_before_shown_ones_and_keep_their_zone() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        '"datePublished": "2024-05-02T08:00:00+03:00", "dateModified": "2024-05-03"}</script>'
        '<meta property="article:published_time" content="2024-05-09">'
    )
    article = clean_page(page(head=head))
    assert article.published is not None
    assert article.modified is not None
    assert article.published.iso == "2024-05-02T08:00+03:00"
    assert article.published.basis == "json-ld:datePublished"
    assert article.modified.iso == "2024-05-03"


def test_the_address_corrects_a_moment_in_utc() -> None:
    head = '<meta property="article:published_time" content="2024-05-03T01:49:00Z">'
    article = clean_page(page(head=head), url="https://example.org/2024/05/02/market/")
    assert article.published is not None
    assert article.published.iso == "2024-05-02"


def test_no_date_is_an_answer_and_a_future_one_is_doubtful() -> None:
    assert clean_page(page()).published is None
    late = clean_page(page(head='<meta name="date" content="2031-05-01">'))
    assert late.published is not None
    assert "future_date" in late.quality.flags


def test_a_shown_date_is_found_and_a_commenters_is_not() -> None:
    body = "<p class='meta'>2 May 2024</p>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    after = "<div class='comments'><p>Ada, 9 May 2024</p></div>"
    shown = clean_page(page(body=body, after=after)).published
    assert shown is not None
    assert shown.iso == "2024-05-02"
    assert clean_page(page(after=after)).published is None


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://example.org/2022/03/04/market", "2022-03-04"),
        ("https://example.org/world/2022/mar/04/market", "2022-03-04"),
        ("https://example.org/news-20220304-market", "2022-03-04"),
        ("https://example.org/2022/03/market", "2022-03"),
        ("https://example.org/market-12345678", None),
        (None, None),
    ],
)
def test_an_address_may_name_the_day(url: str | None, iso: str | None) -> None:
    date = date_in_url(url)
    assert (date.iso if date else None) == iso


def test_a_vague_date_yields_to_an_earlier_one_under_the_headline() -> None:
    head = '<meta name="date" content="2024-05-09T10:00:00+02:00">'
    story = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    changed = clean_page(page(head=head, body=f"<p class='date'>2 May 2024</p>{story}"))
    later = clean_page(page(head=head, body=f"<p class='date'>11 May 2024</p>{story}"))
    update = clean_page(page(head=head, body=f"<p class='date'>Updated 2 May 2024</p>{story}"))
    sure = head.replace('name="date"', 'property="article:published_time"')
    told = clean_page(page(head=sure, body=f"<p class='date'>2 May 2024</p>{story}"))
    found = [
        article.published.iso[:10]
        for article in (changed, later, update, told)
        if article.published
    ]
    assert found == ["2024-05-02", "2024-05-09", "2024-05-09", "2024-05-09"]


def test_a_date_inside_the_story_counts_whatever_the_page_around_it_is_called() -> None:
    story = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    found = clean_page(
        "<html><body><div class='masthead-banner'><div class='r2'><div>2 May 2024</div>"
        f"<h1>Shelling hits market</h1>{story}</div></div></body></html>"
    )
    assert found.published is not None
    assert found.published.iso == "2024-05-02"


def test_the_dates_of_films_and_pictures_on_a_page_are_not_its_own() -> None:
    film = '{"@type": "VideoObject", "uploadDate": "2021-01-16", "datePublished": "2021-01-17"}'
    inset = f'<script type="application/ld+json">[{film}, {{"@type": "NewsArticle"}}]</script>'
    meta = '<meta property="article:published_time" content="2024-05-02">'
    published = clean_page(page(head=inset + meta)).published
    assert published is not None
    assert published.iso == "2024-05-02"
    assert clean_page(page(head=inset)).published is None
    alone = clean_page(page(head=f'<script type="application/ld+json">{film}</script>')).published
    assert alone is not None
    assert alone.iso == "2021-01-17"


def test_the_month_that_a_story_begins_with_is_not_when_it_was_published() -> None:
    opening = "In December 2023 the militia shut the port road, and the clinics ran out of fuel."
    story = "".join(f"<p>{text}</p>" for text in (opening, *PARAGRAPHS))
    undated = clean_page(page(body=story))
    assert opening in undated.text
    assert undated.published is None
    dated = clean_page(page(body=f"<p>December 2023</p>{story}"))
    assert dated.published is not None
    assert dated.published.iso == "2023-12"


def test_the_minute_of_the_last_change_is_not_that_of_publication_where_an_earlier_day_is_shown() -> (
    None
):
    moment = "2024-05-09T09:49:32+00:00"
    head = "".join(
        f'<meta property="article:{name}_time" content="{moment}">'
        for name in ("published", "modified")
    )
    story = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    shown = clean_page(page(head=head, body=f"<p>May 8, 2024 / 12:25 PM</p>{story}")).published
    assert shown is not None
    assert shown.iso == "2024-05-08T12:25"
    alone = clean_page(page(head=head)).published
    assert alone is not None
    assert alone.iso == "2024-05-09T09:49+00:00"


@pytest.mark.parametrize(
    ("after", "iso"),
    [
        ("<div class='footer'><p>Letzte Änderung: 31.10.2023<br>Erschienen am: 01.11.2023</p></div>", "2023-11-01"),
        ("<p>This entry was posted on Friday, 3 May 2024 and is filed under Town.</p>", "2024-05-03"),
        ("<blockquote>A post of ours: <time datetime='2018-03-12'>12 March</time></blockquote>", None),
    ],
)  # fmt: skip
def test_a_sentence_below_the_story_tells_and_a_quoted_post_does_not(
    after: str, iso: str | None
) -> None:
    published = clean_page(page(after=after)).published
    assert (published.iso if published else None) == iso


def test_a_story_called_a_comment_has_its_date_in_its_head() -> None:
    story = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    found = clean_page(
        "<html><body><div class='article-header-comment'><h1>Shelling hits market</h1>"
        f"<div class='date'>2 May 2024</div></div><div>{story}</div></body></html>"
    )
    assert found.published is not None
    assert found.published.iso == "2024-05-02"
