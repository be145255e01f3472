"""When a page was published and changed, as far as it says so, and no further."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaner.dates.in_address import date_in_url, month_first_in
from corpus.cleaner.dates.reading import parse_date
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
        ("03/04/2022", "2022"),
        ("no date at all", None),
    ],
)
def test_a_date_is_read_as_far_as_it_is_written(text: str, iso: str | None) -> None:
    date = parse_date(text, basis="text", collected=COLLECTED)
    assert (date.iso if date else None) == iso


@pytest.mark.parametrize(
    ("iso", "spellings"),
    [
        ("2022-03-04", ("Friday, March 4th, 2022", "04-MAR-22", "4 Mar ’22", "4.3.22")),
        ("2022-03-04T18:30", ("18:30, 4 March 2022", "6:30pm March 4, 2022", "Fri Mar 4 18:30:00 2022")),
        ("2022-03-04T18:30+02:00", ("Fri Mar 04 2022 18:30:00 GMT+0200 (Kyiv)",
                                    "2022-03-04T18:30:00 +02:00")),
        ("2022-03-04", ("пятница, 4 марта 2022", "4-го марта 2022 г.", "04.03.2022")),
        ("2022-03-04T18:30", ("18:30, 4 марта 2022", "04.03.2022 в 18:30", "4 марта 2022 года, 18:30")),
        ("2022-03-04", ("04 бер. 2022", "4 берез. 2022", "П'ятниця, 4 березня 2022 року")),
        ("2022-03-04", ("٤ آذار/مارس ٢٠٢٢", "4 آذار (مارس) 2022", "1 شعبان 1443 هـ - 4 مارس 2022 م")),
        ("2022-03-04T18:30", ("6:30 م 4 مارس 2022", "04 مارس 2022 - 18:30")),
        ("2022-03-04T18:30", ("Publié le vendredi 4 mars 2022 à 18 h 30", "Fr., 04.03.2022 - 18.30 Uhr")),
        ("2022-03-04", ("4 de marzo del 2022", "4/marzo/2022", "Marzo 4, 2022", "2022년 3월 4일")),
        ("2024-05-31T14:05", ("вчера в 14:05", "вчора о 14:05", "أمس 14:05", "ayer a las 14:05",
                              "Hier à 14h05", "gestern, 14:05 Uhr", "Yesterday at 2:05 pm")),
        ("2024-05-30", ("позавчера", "позавчора", "avant-hier", "vorgestern", "anteayer", "منذ يومين")),
        ("2024-05-25", ("неделю назад", "тиждень тому", "il y a une semaine", "vor einer Woche",
                        "hace una semana", "a week ago")),
        ("2024-06-01", ("час назад", "годину тому", "منذ ساعتين", "قبل ساعة", "il y a une heure", "5h ago")),
    ],
)  # fmt: skip
def test_a_date_may_be_spelled_in_many_ways(iso: str, spellings: tuple[str, ...]) -> None:
    found = {text: parse_date(text, basis="text", collected=COLLECTED) for text in spellings}
    assert {text: date.iso if date else None for text, date in found.items()} == dict.fromkeys(
        spellings, iso
    )


@pytest.mark.parametrize(
    "text",
    [
        "12 رمضان 1445", "1443-08-01 هـ", "۱۴۴۳/۰۸/۰۱ هـ", "2022022405",
        "令和4年13月4日", "4 Adar II 5782", "version 1.2.22", "10.10.10.10", "on 4 March 22 people were hurt",
        "2019-2022", "Wednesday", "4 марта",
    ],
)  # fmt: skip
def test_other_calendars_and_other_numbers_are_no_dates(text: str) -> None:
    assert parse_date(text, basis="text", collected=COLLECTED) is None


@pytest.mark.parametrize(
    ("language", "host", "month_first"),
    [
        ("en-US", "example.com", True),
        ("en-US", "example.co.ke", None),  # what a publishing system says unless told otherwise
        ("en", "example.com", None),
        ("", "example.ua", False),
        ("en-GB", "example.com", False),
        ("ar", "example.com", False),
        ("en-CA", "example.ca", None),
        ("", "", None),
    ],
)
def test_language_and_country_settle_which_number_is_the_month(
    language: str, host: str, month_first: bool | None
) -> None:
    assert month_first_in(language, f"https://{host}/a") is month_first


@given(st.text(max_size=200))
def test_any_text_is_a_date_or_is_not(text: str) -> None:
    date = parse_date(text, basis="text", collected=COLLECTED)
    assert date is None or date.basis == "text"


def test_structured_dates_come_before_shown_ones_and_keep_their_zone() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        '"datePublished": "2024-05-02T08:00:00+03:00", "dateModified": "2024-05-03"}</script>'
        '<meta property="article:published_time" content="2024-05-03">'
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
        ("https://example.org/detail/~04-03-2022-market", "2022-03-04"),
        ("https://example.org/news/04032022-market", "2022-03-04"),
        ("https://example.org/news/45032022-market", None),
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
    later = clean_page(page(head=head, body=f"<p class='date'>10 May 2024</p>{story}"))
    update = clean_page(page(head=head, body=f"<p class='date'>Updated 2 May 2024</p>{story}"))
    sure = head.replace('name="date"', 'property="article:published_time"')
    told = clean_page(page(head=sure, body=f"<p class='date'>2 May 2024</p>{story}"))
    found = [
        article.published.iso[:10]
        for article in (changed, later, update, told)
        if article.published
    ]
    assert found == ["2024-05-02", "2024-05-09", "2024-05-09", "2024-05-09"]


@pytest.mark.parametrize(
    "foot",
    [
        "This page was last edited on 3 March 2022, at 10:11.",
        "Diese Seite wurde zuletzt am 3. März 2022 um 10:11 Uhr geändert.",
        "La dernière modification de cette page a été faite le 3 mars 2022 à 10:11.",
        "Эта страница в последний раз была отредактирована 3 марта 2022 года в 10:11.",
        "Esta página se editó por última vez el 3 mar 2022 a las 10:11.",
        "Цю сторінку востаннє відредаговано 3 березня 2022 о 10:11.",
    ],
)
def test_a_foot_that_tells_of_the_last_change_tells_nothing_of_publication(foot: str) -> None:
    article = clean_page(page(after=f"<footer><p>{foot}</p></footer>"))
    assert article.published is None
    assert article.modified is not None
    assert article.modified.iso == "2022-03-03T10:11"


def test_a_day_right_above_the_headline_counts_whatever_its_element_is_called() -> None:
    story = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
    top = "<h3 class='teaser-meta'>02.01.2022</h3><h1>Shelling hits market</h1>"
    found = clean_page(f"<html lang='de'><body><div>{top}{story}</div></body></html>")
    assert found.published is not None
    assert found.published.iso == "2022-01-02"


def test_a_long_line_below_the_story_may_begin_with_when_it_was_published() -> None:
    rest = "und unter <a href='/a'>Allgemein</a> abgelegt. Kommentare folgen dem Feed. " * 4
    line = f"<p class='postmeta'>Dieser Beitrag wurde am Samstag, 3. März 2022 veröffentlicht {rest}</p>"
    found = clean_page(page(after=line))
    assert found.published is not None
    assert found.published.iso == "2022-03-03"


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


def _published(content: str, *, url: str | None = None) -> str | None:
    date = clean_page(content, url=url).published
    return date.iso if date else None


_STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


@pytest.mark.parametrize(
    ("opening", "iso"),
    [
        ("KYIV, 2 May 2024 (Agency) - Shelling went on through the night in two towns.", "2024-05-02"),
        ("2 mai 2024. Les tirs ont continué toute la nuit dans deux villes de la région.", "2024-05-02"),
        ("On 2 May 2024 troops entered the town, and the market has been shut ever since.", None),
        ("On May 2, 2024, troops entered the town, and the market has been shut since.", None),
        ("Am 2. Mai 2024 wurde der Markt geschlossen, seitdem kommen keine Waren mehr.", None),
        ("A video posted on 2 May 2024, which we have seen, shows smoke above the market.", None),
        ("The report, published on 2 May 2024, says that the market was hit four times.", None),
        ("Yesterday 14 people were taken to the clinic, and 3 of them have gone home since.", None),
    ],
)  # fmt: skip
def test_a_dateline_dates_a_story_and_a_day_in_its_first_sentence_does_not(
    opening: str, iso: str | None
) -> None:
    assert _published(page(body=f"<p>{opening}</p>{_STORY}")) == iso


def test_what_rights_are_claimed_for_is_no_year_of_publication() -> None:
    assert _published(page(body=f"{_STORY}<p>© 2022 The Daily</p>")) is None
    assert _published(page(body=f"{_STORY}<p>Published on 2 May 2024<br>© The Daily</p>")) == (
        "2024-05-02"
    )


@pytest.mark.parametrize(
    ("declared", "shown", "iso", "disagree"),
    [
        ("2024-05-03T01:49:00Z", "2 May 2024", "2024-05-02", False),  # a newsroom in the west
        ("2024-05-03T01:49:00+02:00", "2 May 2024", "2024-05-03T01:49+02:00", False),
        ("2024-05-02T08:00:00+02:00", "20 May 2024", "2024-05", True),
        ("2024-03-02T08:00:00+02:00", "20 May 2024", "2024", True),
        ("2023-12-02T08:00:00+02:00", "20 January 2024", None, True),
        ("2019-05-02T08:00:00+02:00", "20 May 2024", "2019-05-02T08:00+02:00", False),
    ],
)
def test_what_is_declared_and_what_is_shown_are_held_against_each_other(
    declared: str, shown: str, iso: str | None, *, disagree: bool
) -> None:
    head = f'<meta property="article:published_time" content="{declared}">'
    content = page(head=head, body=f"<p class='date'>{shown}</p>{_STORY}")
    assert _published(content) == iso
    assert ("dates_disagree" in clean_page(content).quality.flags) is disagree


def test_a_shown_day_of_change_is_flagged_and_the_declared_publication_stands() -> None:
    head = "".join(
        f'<meta property="article:{name}_time" content="2024-05-{day}T08:00:00+02:00">'
        for name, day in (("published", "02"), ("modified", "20"))
    )
    found = clean_page(page(head=head, body=f"<p class='date'>20 May 2024</p>{_STORY}"))
    assert found.published is not None
    assert found.published.iso == "2024-05-02T08:00+02:00"
    assert "dates_disagree" in found.quality.flags


def test_two_declared_days_of_publication_leave_their_month() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-05-02"}'
        '</script><meta property="article:published_time" content="2024-05-20">'
    )
    assert _published(page(head=head)) == "2024-05"
    assert _published(page(head=head), url="https://example.org/2024/05/02/market") == "2024-05-02"


def test_dates_of_other_articles_and_of_comments_are_not_the_pages() -> None:
    others = ", ".join(
        f'{{"@type": "NewsArticle", "headline": "Harvest begins in the south", "author": "A. B.", '
        f'"datePublished": "2024-04-{day}"}}'
        for day in (10, 11, 12)
    )
    own = '{"@type": "NewsArticle", "headline": "Shelling hits market"}'
    script = f'<script type="application/ld+json">[{others}, {own}]</script>'
    assert _published(page(head=script)) is None
    comment = (
        "<div itemscope itemtype='https://schema.org/Comment'>"
        "<meta itemprop='datePublished' content='2024-05-09'>Ada</div>"
    )
    assert _published(page(after=comment)) is None


@pytest.mark.parametrize(
    "line",
    [
        "Published 04/03/2024 18:30, updated 05/03/2024 09:00",
        "First published on Mon 4 Mar 2024 18.30. Last modified on Tue 5 Mar 2024 09.00",
        "Updated March 5, 2024; Posted March 4, 2024",
        "Опубликовано: 4 марта 2024, 18:30. Обновлено: 5 марта 2024, 09:00",
        "04.03.2024 18:30 | Изменено: 05.03.2024 09:00",
        "Опубліковано: 4 березня 2024, 18:30; Оновлено: 5 березня 2024",
        "نشر في: 4 مارس 2024 - 18:30 | آخر تحديث: 5 مارس 2024",
        "Publié le 04/03/2024 à 18h30, mis à jour le 05/03/2024 à 09h00",
        "Par Anne Dupont | 4 mars 2024 | MAJ 5 mars 2024",
        "Veröffentlicht am 04.03.2024, aktualisiert am 05.03.2024",
        "Stand: 05.03.2024 09:00 Uhr, Erstveröffentlichung: 04.03.2024",
        "Publicada el 04/03/2024 a las 18:30h. Actualizado 05/03/2024",
        "04 mar 2024 - 18:30 | Última modificación: 05 mar 2024",
    ],
)
def test_a_line_tells_publication_from_change_in_seven_languages(line: str) -> None:
    content = page(body=f"<p>{line}</p>{_STORY}")
    found = clean_page(content, url="https://karsk.example.ua/market")
    assert found.published is not None
    assert found.modified is not None
    assert (found.published.iso[:10], found.modified.iso[:10]) == ("2024-03-04", "2024-03-05")
