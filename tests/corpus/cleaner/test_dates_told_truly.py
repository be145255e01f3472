"""A date is what a page says, in its calendar and zone; doubt and silence are told as such."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from corpus.article import Article
from corpus.cleaner import clean
from corpus.cleaner.dates.calendars import other_calendar
from corpus.cleaner.dates.reading import is_placeholder, parse_date
from tests.corpus.cleaner.pages import COLLECTED, PARAGRAPHS, clean_page, page, raw


def iso(article: Article) -> str | None:
    return article.published.iso if article.published else None


def record(**said: object) -> Article:
    told = {"title": "Bridge falls", "text": PARAGRAPHS[0], **said}
    return clean(raw(json.dumps(told), media_type="application/json"))


def ld(**said: str) -> str:
    node = {"@type": "NewsArticle", "headline": "Shelling hits market", **said}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def under_headline(line: str, *, title: str = "Shelling hits market") -> str:
    story = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{line}{story}"
        "</article></body></html>"
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13 اسفند 1400", "2022-03-04"), ("۱۳ اسفند ۱۴۰۰", "2022-03-04"), ("۱۴۰۰/۱۲/۱۳", "2022-03-04"),
        ("۱ فروردین ۱۴۰۳ - ۱۴:۰۵", "2024-03-20T14:05"), ("۳۰ اسفند ۱۴۰۳", "2025-03-20"),
        ("የካቲት 26 ቀን 2016", "2024-03-05"), ("መስከረም 1 2017 ዓ.ም", "2024-09-11"),
        ("4 มี.ค. 65 | 18:30 น.", "2022-03-04T18:30"), ("04/03/2565", "2022-03-04"),
        ("2022-W09-5", "2022-03-04"), ("/Date(1646418600000)/", "2022-03-04T18:30Z"),
        ("Opublikowano: 04.03.2022 r. godz. 18:30", "2022-03-04T18:30"),
        ("4 มีนาคม 2565", "2022-03-04"), ("๔ มี.ค. ๒๕๖๕", "2022-03-04"), ("4 มี.ค. 2565 18:30", "2022-03-04T18:30"),
        ("2022. március 4.", "2022-03-04"), ("2022. 03. 04. 18:30", "2022-03-04T18:30"),
        ("4 מרץ 2022", "2022-03-04"), ("4 במרץ 2022", "2022-03-04"), ("4 მარტი, 2022", "2022-03-04"),
        ("4 ማርች 2022", "2022-03-04"), ("4 Mart 2022, Cuma", "2022-03-04"), ("4 marca 2022 r.", "2022-03-04"),
        ("4 Μαρτίου 2022", "2022-03-04"), ("4 مارچ 2022", "2022-03-04"), ("4 مارس ۲۰۲۲", "2022-03-04"),
        ("Wed, 01 Jul 15 00:30:00 +0200", "2015-07-01T00:30+02:00"),
        ("Mon, 05 Jan 98 10:00:00 GMT", "1998-01-05T10:00Z"), ("Thu,24 Feb 2022 05:10:00 +0000", "2022-02-24T05:10+00:00"),
        ("4 March 2022 18:30 GMT+3", "2022-03-04T18:30+03:00"), ("4 March 2022 18:30 UTC+5:30", "2022-03-04T18:30+05:30"),
        ("4 March 2022, 18:30 (UTC−03:30)", "2022-03-04T18:30-03:30"), ("4 March 2022 18:30 GMT", "2022-03-04T18:30Z"),
        ("4 March 2022 18:30 UTC+99", "2022-03-04T18:30"),
        ("1645678800.123", "2022-02-24T05:00Z"), ("1645678800000000", "2022-02-24T05:00Z"), ("1645678800", "2022-02-24T05:00Z"),
        ("Mon, 05/12/2022 - 18:30", "2022-12-05T18:30"), ("Thursday 05/12/2022", "2022-05-12"),
        ("Tue, 03/12/2024", "2024"),  # both are Tuesdays
        ("Wed, 05/12/2022", "2022"),  # and neither of these is a Wednesday
        ("2022.03.04. 오후 6:30", "2022-03-04T18:30"), ("2022. 3. 4. 오전 12:10", "2022-03-04T00:10"),
        ("2022年3月4日 午後6時30分", "2022-03-04T18:30"), ("2022-03-04 下午6:30", "2022-03-04T18:30"),
        ("2022年03月04日 星期五 上午 6:30", "2022-03-04T06:30"), ("2022年3月4日18点30分", "2022-03-04T18:30"),
        ("2022년 3월 4일 18시 30분", "2022-03-04T18:30"), ("04.03.2022 6:30 ÖS", "2022-03-04T18:30"),
        ("04.03.2022 6:30 ÖÖ", "2022-03-04T06:30"), ("4 Μαρτίου 2022, 06:30 μ.μ.", "2022-03-04T18:30"),
        ("c. 1943", "1943"), ("ca. 4 March 1943", "1943-03-04"),
    ],
)  # fmt: skip
def test_a_date_is_read_in_its_language_calendar_and_zone(text: str, day: str) -> None:
    date = parse_date(text, basis="text")
    assert date is not None
    assert date.iso == day


def test_a_day_that_another_calendar_does_not_have_is_none() -> None:
    assert other_calendar("40 فروردین 1400", "40 فروردین 1400") is None
    assert other_calendar("31 กุมภาพันธ์ 2565", "31 กุมภาพันธ์ 2565") is None


@pytest.mark.parametrize("word", ["Yesterday", "3 hours ago", "вчера в 14:05", "hace 2 días"])
def test_relative_words_count_only_where_the_moment_of_saving_is_known(word: str) -> None:
    document = raw(under_headline(f"<p class='date'>{word}</p>"))
    assert iso(clean(document)) is None
    saved = replace(document, declared={"saved": document.collected.isoformat()})
    fetched = replace(document, headers={"content-type": "text/html"})
    assert (iso(clean(saved)) or "").startswith(("2024-05-3", "2024-06-01"))
    assert iso(clean(fetched)) == iso(clean(saved))


def test_a_relative_word_in_a_headline_is_none() -> None:
    fetched = replace(
        raw(under_headline("<p>24 February 2022</p>", title="What the front looks like today")),
        headers={"content-type": "text/html"},
    )
    assert iso(clean(fetched)) == "2022-02-24"
    silent = replace(fetched, content=fetched.content.replace(b"<p>24 February 2022</p>", b""))
    assert iso(clean(silent)) is None


@pytest.mark.parametrize("said", ["der 4. Thermidor", "soon", "31/31/2022"])
def test_what_is_declared_and_not_understood_is_flagged(said: str) -> None:
    for article in (record(date=said), clean_page(page(head=ld(datePublished=said)))):
        assert (iso(article), "date_unread" in article.quality.flags) == (None, True)
    good = record(date="2022-03-04"), clean_page(page(head=ld(datePublished="2022-03-04")))
    assert all("date_unread" not in article.quality.flags for article in good)


@pytest.mark.parametrize(
    "said", ["1970-01-01T00:00:00Z", "1970-01-01", "1900-01-01", "0", "0000-00-00 00:00:00",
             "0001-01-01T00:00:00", "null", "N/A"],
)  # fmt: skip
def test_a_placeholder_is_no_date_and_no_doubt(said: str) -> None:
    assert is_placeholder(said, parse_date(said, basis="text"))
    for article in (record(date=said), clean_page(page(head=ld(datePublished=said)))):
        assert iso(article) is None
        assert not {"date_unread", "implausible_date"} & set(article.quality.flags)


def test_a_page_says_its_date_where_a_placeholder_is_declared() -> None:
    told = under_headline("<p>4 March 2022</p>").replace("<head>", f"<head>{ld(datePublished='0')}")
    assert iso(clean_page(told)) == "2022-03-04"


@pytest.mark.parametrize("said", ["c. 1943", "1943?", "circa 1943", "около 1943"])
def test_a_date_that_is_about_right_keeps_its_doubt(said: str) -> None:
    article = record(date=said)
    assert (iso(article), "date_approximate" in article.quality.flags) == ("1943", True)
    assert "date_approximate" not in record(date="1943").quality.flags


def test_a_change_alone_is_no_publication() -> None:
    article = record(updated="2022-03-04T10:00:00Z")
    assert iso(article) is None
    assert article.modified is not None
    assert article.modified.iso == "2022-03-04T10:00Z"


@pytest.mark.parametrize(
    "line",
    [
        "Updated: 3 March 2024 10:00 | Published: 24 February 2022 05:00",
        "Published: 24 February 2022 05:00 | Updated: 3 March 2024 10:00",
        "Last updated on 3 March 2024 at 10:00 · Published 24 February 2022 at 05:00",
        "Обновлено: 3 марта 2024, 10:00 | Опубликовано: 24 февраля 2022, 05:00",
        "Giriş Tarihi: 24.02.2022 05:00 Güncelleme Tarihi: 03.03.2024 10:00",
        "Son güncelleme 03.03.2024 10:00 Yayınlanma 24.02.2022 05:00",
        "입력 2022.02.24 05:00 수정 2024.03.03 10:00",
        "기사입력 2022-02-24 05:00 | 최종수정 2024-03-03 10:00",
        "公開日時 2022年2月24日 05:00 更新日時 2024年3月3日 10:00",
        "更新: 2024年3月3日 10:00 公開: 2022年2月24日 05:00",
        "发布时间：2022-02-24 05:00 更新时间：2024-03-03 10:00",
        "Gepubliceerd: 24-02-2022 05:00 Bijgewerkt: 03-03-2024 10:00",
        "Publicerad 24 februari 2022 05:00. Uppdaterad 3 mars 2024 10:00",
        "Δημοσίευση: 24/02/2022 05:00 | Ενημέρωση: 03/03/2024 10:00",
    ],
)
def test_both_dates_of_a_line_are_read_with_their_times(line: str) -> None:
    article = clean_page(under_headline(f"<p>{line}</p>"))
    assert article.modified is not None
    assert (iso(article), article.modified.iso) == ("2022-02-24T05:00", "2024-03-03T10:00")


def test_who_is_called_like_a_change_has_made_none() -> None:
    article = clean_page(under_headline("<p>이수정 기자 2022.02.24 05:00</p>"))
    assert (iso(article), article.modified) == ("2022-02-24T05:00", None)


@pytest.mark.parametrize("said", [1646418600, 1646418600.5, 1646418600000, 1646418600000000])
def test_a_declared_number_is_a_clock_and_nought_is_none(said: float) -> None:
    def declared(value: float) -> Article:
        node = json.dumps({"@type": "NewsArticle", "datePublished": value})
        return clean_page(page(head=f'<script type="application/ld+json">{node}</script>'))

    assert iso(declared(said)) == "2022-03-04T18:30Z"
    assert iso(declared(0)) is None


@pytest.mark.parametrize(
    "line",
    [
        "Mis à jour le 5 mars 2022 - Publié le 4 mars 2022",
        "Actualizado: 5 de marzo de 2022 09:10h. Publicado: 4 de marzo de 2022",
        "Updated March 5, 2022 | Published March 4, 2022",
        "עודכן ב-5 במרץ 2022 | פורסם ב-4 במרץ 2022",
    ],
)
def test_a_change_that_stands_before_the_publication_is_not_it(line: str) -> None:
    for element in ("p", "time"):
        found = clean_page(under_headline(f"<{element}>{line}</{element}>"))
        assert iso(found) == "2022-03-04"


@pytest.mark.parametrize(
    "said",
    [
        "2 saat önce", "2 godziny temu", "לפני שעתיים", "۲ ساعت پیش", "2 órája", "2 ชั่วโมงที่แล้ว",
        "2 ore fa", "há 2 horas", "2 uur geleden",
    ],
)  # fmt: skip
def test_hours_ago_in_more_languages(said: str) -> None:
    found = parse_date(said, basis="text", collected=COLLECTED)
    assert found is not None
    assert found.iso == "2024-06-01"


@pytest.mark.parametrize(
    "said", ["dün", "wczoraj", "אתמול", "دیروز", "tegnap", "เมื่อวาน", "გუშინ", "ትናንት", "ieri"]
)
def test_yesterday_in_more_languages(said: str) -> None:
    found = parse_date(said, basis="text", collected=COLLECTED)
    assert found is not None
    assert found.iso == "2024-05-31"


@pytest.mark.parametrize(
    ("around", "foot", "day"),
    [
        ("tgme_widget_message", "tgme_widget_message_footer", "2022-03-04T18:30Z"),
        ("post", "post-foot footer", "2022-03-04T18:30Z"),
        ("page", "footer", None),
        ("wrap", "site-footer", None),
    ],
)
def test_a_post_may_be_dated_in_its_own_foot(around: str, foot: str, day: str | None) -> None:
    story = "".join(f"<p>{part}</p>" for part in PARAGRAPHS)
    moment = "<a href='/7'><time datetime='2022-03-04T18:30:00Z'>18:30</time></a>"
    article = clean_page(
        f"<html><head><title>Coast</title></head><body><div class='{around}'><div class='t'>{story}</div>"
        f"<div class='{foot}'><span>12.4K</span> {moment}</div></div></body></html>"
    )
    assert iso(article) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<table><tr><th>Date</th><td>9 March 2022</td></tr></table>", None),
        ("<table><tr><th>Founded</th><td>9 March 1998</td></tr></table>", None),
        ("<table><tr><th>Published</th><td>9 March 2022</td></tr></table>", "2022-03-09"),
        ("<table><tr><td>9 March 2022</td><td>Karsk</td></tr></table>", "2022-03-09"),
        ("<p>3–9 March 2022</p>", None),
        ("<p>3 - 9 marzo 2022</p>", None),
        ("<p>18:30 - 9 March 2022</p>", "2022-03-09T18:30"),
    ],
)
def test_when_something_went_on_is_not_when_it_was_published(line: str, day: str | None) -> None:
    assert iso(clean_page(under_headline(line))) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Martedì 9 Marzo 2022, 16:40 - Ultimo aggiornamento: 14 Marzo, 09:10", "2022-03-09T16:40"),
        (
            "Адміністрація порту Карськ, опубліковано 9 березня 2022 року о 16:40",
            "2022-03-09T16:40",
        ),
        ("9 March 2022, by the desk for the coast and its islands, in Karsk", "2022-03-09"),
        ("The report of the council, published on 9 March 2022, says that all is well.", None),
        ("9 March 2022 was the day on which the bridge fell, and nobody was there.", None),
    ],
)
def test_a_long_line_is_dated_where_it_is_no_sentence(line: str, day: str | None) -> None:
    assert iso(clean_page(under_headline(f"<p>{line}</p>"))) == day
