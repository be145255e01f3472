"""What the small inputs of ../shared/cases must come to, by its README. Absent, they are skipped;
inputs of our own hold each kind elsewhere.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.article import Article, Kind, RawDocument
from corpus.cleaner import clean
from corpus.errors import InputError, NoArticleFound
from corpus.readers.reading import read
from tests.conftest import SHARED_DATA

CASES = SHARED_DATA.parent / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared/cases")

HERALD = "https://herald.example/"
OLHA = "Olha Marchenko"
UNTITLED = {
    "intake/cut_character.txt",
    "intake/text_begins_with_bracket.txt",
    "pages/telegram_post_page.html",
    "pages/telegram_s.html",
    "whole/glued_promo_1.txt",
    "whole/glued_promo_2.txt",
}

# File → of each article its publication date, bylines and address, as far as they are said.
ARTICLES: dict[str, list[str]] = {
    "intake/bom.warc": [f"| | {HERALD}bom"],
    "intake/broken_address.jsonl": ["| |", f"| | {HERALD}x"],
    "intake/broken_canonical_a.html": ["| |"],
    "intake/broken_canonical_b.html": [f"| | {HERALD}b"],
    "intake/brotli.warc": [f"| | {HERALD}brotli"],
    "intake/byline_by_nightfall.html": ["| |"],
    "intake/commented.md": ["| |"],
    "intake/cut_character.txt": ["| |"],
    "intake/excel_sep.csv": ["2022-02-24 | |"],
    "intake/feed_same_link.xml": [
        f"2022-02-{20 + number}T05:00+00:00 | |" for number in range(1, 6)
    ],
    "intake/five_pages.mediawiki.xml": [f"2022-02-0{1 + number}T05:00Z | |" for number in range(5)],
    "intake/footnote_marks.html": ["| |"],
    "intake/gmt_plus_3.html": ["2022-02-24T15:05+03:00 | |"],
    "intake/headline_today.html": ["2022-02-24 | |"],
    "intake/ie_single_part.mht": [f"| | {HERALD}ie"],
    "intake/keys.jsonl": [
        "2022-02-24 | |",
        "| Ann Ray |",
        "| Ann Ray |",
        "| Ann Ray |",
        "| |",
        "| |",
        "2022-02-24T05:00Z | |",
        "2022-02-24T05:00Z | |",
        "| |",
    ],
    "intake/leadingnl.warc": [f"| | {HERALD}lnl"],
    "intake/lone_surrogate.jsonl": ["2022-02-24 | |", "2022-02-25 | |"],
    "intake/one_bad_byte.html": ["| |"],
    "intake/pages_text.wacz": [f"| | {HERALD}w1", f"| | {HERALD}w2"],
    "intake/pdf_after_newline.pdf": ["| Ann Ray |"],
    "intake/ragged.csv": ["2022-02-24 | |"],
    "intake/rfc822_two_digit_year.xml": [
        f"2015-07-01T00:00+02:00 | | {HERALD}1",
        f"2022-02-24T05:00+00:00 | | {HERALD}2",
        f"| Ann Ray | {HERALD}3",
    ],
    "intake/saved_yesterday.html": ["| |"],
    "intake/text_begins_with_bracket.txt": ["2022-02-24 | |"],
    "intake/updated_with_time.html": ["2022-02-24T05:00 | |"],
    "intake/uri04.warc": ["| | HTTPS://Herald.Example/UPPER"],
    "intake/wayback_toolbar.html": ["| |"],
    "intake/x_javascript.warc": [],
    "intake/xgzip.warc": [f"| | {HERALD}xgzip"],
    "pages/enc_cp1251_declared_latin1.html": ["| |"],
    "pages/google_cache.html": ["2024-03-05 | | https://courier.example/war/river-town"],
    "pages/pdf2html.html": ["| |"],
    "pages/plain.html": [f"2024-03-05T09:30+02:00 | {OLHA} |"],
    "pages/r_byline_spans.html": [f"| {OLHA}; Petro Kovalenko |"],
    "pages/r_cjk_author.html": ["2024-03-05T07:00+09:00 | 山田 太郎 |"],
    "pages/r_he_date2.html": ["2024-03-05T09:30 | |"],
    "pages/r_next_data.html": ["2024-03-05T07:00Z | |"],
    "pages/r_paywall_ariahidden.html": ["| |"],
    "pages/r_second_article.html": [f"2024-03-05T09:30+02:00 | {OLHA} |"],
    "pages/r_short_whole_story_notfree.html": [f"2024-03-05T09:30+02:00 | {OLHA} |"],
    "pages/r_subscriber_offer.html": ["| |"],
    "pages/r_widget_container.html": [f"2024-03-05T09:30+02:00 | {OLHA} |"],
    "pages/rtl_ar.html": ["2024-03-05 | |"],
    "pages/telegram_post_page.html": ["| | https://t.me/frontchannel/100"],
    "pages/telegram_s.html": [
        f"2024-03-0{at}T08:1{at - 1}+00:00 | | https://t.me/frontchannel/{99 + at}"
        for at in range(1, 7)
    ],
    "pages/wayback_nodate.html": [f"| {OLHA} | https://courier.example/war/river-town"],
    "whole/glued_promo_1.txt": ["| |"],
    "whole/glued_promo_2.txt": ["| |"],
}


def _articles(case: str) -> list[Article]:
    found: list[RawDocument] = []
    for one in read(CASES / case):
        assert not isinstance(one, InputError), one.what
        found.append(one)
    return [clean(one) for one in found]


def _told(article: Article) -> str:
    day = article.published.iso if article.published else ""
    return _squeezed(f"{day} | {'; '.join(article.bylines)} | {article.url or ''}")


def _squeezed(told: str) -> str:
    return re.sub(r"\s*\|\s*", "|", told).strip()


@pytest.mark.parametrize(("case", "told"), ARTICLES.items(), ids=ARTICLES.keys())
def test_what_is_said_of_each_article(case: str, told: list[str]) -> None:
    found = _articles(case)

    assert list(map(_told, found)) == list(map(_squeezed, told))
    assert all(article.kind is Kind.ARTICLE and article.text for article in found)
    assert all(bool(article.title) is (case not in UNTITLED) for article in found)


@pytest.mark.parametrize("case", ["cloudflare", "consent_wall", "soft404"])
def test_what_is_no_article(case: str) -> None:
    with pytest.raises(NoArticleFound):
        _articles(f"pages/{case}.html")


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        ("live_ru_online", Kind.LIVE_BLOG),
        ("live_title_only_en", Kind.LIVE_BLOG),
        ("live_uk", Kind.LIVE_BLOG),
        ("paywall_nomark_en", Kind.PAYWALL_STUB),
        ("paywall_ru_nomark", Kind.PAYWALL_STUB),
    ],
)
def test_what_kind_it_is_of(case: str, kind: Kind) -> None:
    assert [article.kind for article in _articles(f"pages/{case}.html")] == [kind]


@pytest.mark.parametrize(
    ("case", "flag"),
    [
        ("intake/lone_surrogate.jsonl", "surrogates_replaced"),
        ("intake/broken_address.jsonl", "address_unread"),
        ("intake/broken_canonical_a.html", "address_unread"),
        ("intake/one_bad_byte.html", "bytes_unread"),
        ("intake/cut_character.txt", "bytes_unread"),
    ],
)
def test_what_is_flagged(case: str, flag: str) -> None:
    assert flag in _articles(case)[0].quality.flags


@pytest.mark.parametrize(
    ("case", "text", "promos"),
    [
        ("glued_promo_1", "But in June", 1),
        ("glued_promo_2", "She left", 2),
    ],
)
def test_promotions_glued_to_a_sentence_go_and_the_sentence_stays(
    case: str, text: str, promos: int
) -> None:
    (article,) = _articles(f"whole/{case}.txt")

    assert text in article.text
    assert [one.rule for one in article.removed] == ["promo"] * promos


@pytest.mark.parametrize(
    ("case", "text"),
    [
        ("intake/byline_by_nightfall.html", "By nightfall"),
        ("intake/footnote_marks.html", "garrison"),
        ("intake/one_bad_byte.html", "\ufffd"),
        ("intake/cut_character.txt", "\ufffd"),
        ("pages/enc_cp1251_declared_latin1.html", "Обстрел"),
    ],
)
def test_what_its_text_has(case: str, text: str) -> None:
    (article,) = _articles(case)
    assert text in f"{article.title} {article.text}"


@pytest.mark.parametrize("case", ["r_paywall_ariahidden", "r_widget_container", "r_next_data"])
def test_the_same_story_is_whole_however_it_is_laid_out(case: str) -> None:
    (plain,), (article,) = _articles("pages/plain.html"), _articles(f"pages/{case}.html")
    assert article.text == plain.text


def test_every_file_there_is_asked_about() -> None:
    named = {Path(case).name for case in ARTICLES}
    named |= {f"{name}.html" for name in ("cloudflare", "consent_wall", "soft404")}
    there = {one.name for part in ("whole", "intake", "pages") for one in (CASES / part).iterdir()}
    of_kinds = {one for one in there if one.startswith(("live_", "paywall_"))}
    assert there - named - of_kinds == {"robots_bom.txt"}, "that is read by who collects"
