"""What a page says of itself, where it was read, and what it does not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Kind
from corpus.cleaner import clean
from corpus.cleaner.addresses import canonical_url
from corpus.cleaner.bylines import people
from corpus.cleaner.dates import parse_date
from corpus.cleaner.dating import date_in_url
from corpus.cleaner.decode import decode, repair_mojibake
from corpus.cleaner.language import detect
from tests.corpus.cleaner.pages import COLLECTED, PARAGRAPHS, clean_page, page, raw


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


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe and John O'Neill", ("Jane Doe", "John O'Neill")),
        ("By ALICE JONES, East Africa correspondent", ("Alice Jones",)),
        ("Von Anna Müller", ("Anna Müller",)),
        ("Ursula von der Leyen", ("Ursula von der Leyen",)),
        ("Иван Петров, Мария Сидорова", ("Иван Петров", "Мария Сидорова")),
        ("بقلم محمد علي", ("محمد علي",)),
        ("Staff", ()),
        ("By Associated Press", ()),
        ("January 5, 2020", ()),
    ],
)
def test_bylines_are_people(line: str, names: tuple[str, ...]) -> None:
    assert people([line]) == names


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Russian forces shelled Kharkiv overnight"),
        ("ru", "Российские войска обстреляли Харьков"),
        ("uk", "Сили оборони звільнили село"),
        ("ar", "وقف إطلاق النار يدخل حيز التنفيذ"),
        ("fr", "L'armée reprend la ville"),
        ("de", "Russische Truppen beschießen Charkiw"),
        ("es", "El ejército recupera la ciudad"),
        ("und", "12:30"),
    ],
)
def test_the_language_of_a_headline_is_told(code: str, text: str) -> None:
    assert detect(text) == code


def test_a_language_that_disagrees_with_the_declared_one_is_flagged() -> None:
    article = clean_page(page().replace("lang='en'", "lang='de-DE'"))
    assert (article.language, article.declared_language) == ("en", "de-DE")
    assert "language_disagrees" in article.quality.flags


@pytest.mark.parametrize(
    "variant",
    [
        "http://www.example.org/a/b?utm_source=x&fbclid=1#top",
        "https://example.org:443/a/b/",
        "https://m.example.org/a/b?amp=1",
        "https://example.org/a/b/amp/",
        "https://EXAMPLE.org/a/b?output=print&view=print".replace("output=print&", ""),
    ],
)
def test_variants_of_an_address_are_one(variant: str) -> None:
    assert canonical_url(variant) == "https://example.org/a/b"


@given(st.text(max_size=80).map(lambda tail: f"https://example.org/{tail}"))
def test_canonical_addresses_stay_as_they_are(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


def test_an_address_keeps_the_parameters_that_name_the_article() -> None:
    assert canonical_url("https://example.org/?p=12&utm_medium=x") == "https://example.org?p=12"


def test_the_declared_encoding_is_read_and_mojibake_undone_only_when_certain() -> None:
    content = "<meta charset=windows-1251><p>Война</p>".encode("cp1251")
    assert "Война" in decode(content).text
    assert repair_mojibake("CafÃ© au lait, dÃ©jÃ\u00a0vu") == ("Café au lait, déjàvu", True)
    assert repair_mojibake("The letters Ã© stand for é") == ("The letters Ã© stand for é", False)


def test_a_record_says_its_own_title_and_date() -> None:
    record = (
        f'{{"title": "T", "date": "2022-03", "text": "{PARAGRAPHS[0]}", "source": "The Daily"}}'
    )
    article = clean(raw(record, media_type="application/json"))
    assert (article.title, article.outlet, article.text) == ("T", "The Daily", PARAGRAPHS[0])
    assert article.published is not None
    assert (article.published.iso, article.published.basis) == ("2022-03", "record:date")


def test_a_live_blog_is_told_from_an_article() -> None:
    head = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    assert clean_page(page(head=head)).kind is Kind.LIVE_BLOG
    assert clean_page(page()).kind is Kind.ARTICLE
