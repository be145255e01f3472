"""What a page says of itself, where it was read, and what it does not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Kind
from corpus.cleaner import clean
from corpus.cleaner.addresses import canonical_url
from corpus.cleaner.language import detect
from corpus.cleaner.tree.decoding import decode, repair_mojibake
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, page, raw
from tests.corpus.documents import raw_document


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


def test_what_may_be_meant_is_no_mojibake() -> None:
    """Decoded again, `ß` and a soft hyphen would give one letter of N'Ko."""
    meant = "Weiß\u00adwein aus dem Süden, Weiß\u00adbrot"
    assert repair_mojibake(meant) == (meant, False)


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("x-cp1251", "cp1251", "Война на востоке"),
        ("koi8-ru", "koi8-u", "Війна на сході"),
        ("iso88592", "iso8859-2", "Żołnierze zajęli wzgórze"),
        ("x-sjis", "cp932", "軍隊は橋を砲撃した"),
        ("windows-949", "cp949", "군대가 다리를 포격했다"),
        ("gb2312", "gb18030", "军队炮击了桥"),
        ("iso-8859-1", "cp1252", "“Près de Kherson”"),
        ("cp866", "cp866", "Война на востоке"),
        ("cp437", "cp437", "Près de Kherson"),  # known to Python, to no browser
    ],
)
def test_a_label_is_read_as_browsers_read_it(label: str, codec: str, text: str) -> None:
    content = f'<meta charset="{label}"><p>{text}</p>'.encode(codec)

    read = decode(content)

    assert text in read.text
    assert (read.encoding, read.basis) == (codec, "declared")


@pytest.mark.parametrize("label", ["utf-16", "utf-32", "unicode", "idna", "x-user-defined", "no"])
def test_a_label_that_cannot_be_true_is_passed_over(label: str) -> None:
    content = f'<meta charset="{label}"><p>Près de Kherson</p>'.encode("cp1252")

    read = decode(content)

    assert read.basis == "guessed"


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


def test_the_only_paragraph_between_headline_and_story_is_the_standfirst() -> None:
    story = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    dek = "Four buildings were hit in the second attack on the town this week."

    def standfirst(between: str) -> str:
        return clean_page(
            f"<html><body><header><h1>Shelling hits market</h1>{between}</header>"
            f"<div class='article-body'>{story}</div></body></html>"
        ).standfirst

    assert standfirst(f"<p>{dek}</p>") == dek
    assert standfirst(f"<p>{dek}</p><p>{dek.replace('Four', 'Six')}</p>") == ""
    assert standfirst("<p>The Daily | 04.05.2015, 13:36, changed 05.05.2015, 20:13 | By</p>") == ""


def test_a_section_in_the_heading_is_no_part_of_the_headline() -> None:
    story = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    found = clean_page(
        "<html><head><meta property='og:title' content='Shelling hits the market again'></head><body>"
        f"<article><h1>World | Shelling hits the market again</h1>{story}</article></body></html>"
    )
    assert found.title == "Shelling hits the market again"


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Shelling hits market - The Daily", "The Daily"),
        ("The Daily: Shelling hits market", "The Daily"),
        ("Shelling hits market", ""),
        ("Shelling hits market in the east", ""),
        ("World | Shelling hits market | The Daily", ""),
    ],
)
def test_a_page_without_address_may_name_its_outlet_in_its_title(title: str, outlet: str) -> None:
    story = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    found = clean_page(
        f"<html><head><title>{title}</title></head><body><article><h1>Shelling hits market</h1>"
        f"{story}</article></body></html>"
    )
    assert found.outlet == outlet
    assert found.basis.get("outlet", "") == ("title" if outlet else "")


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>Town: how the market was hit - The Daily</title>",
         "<span>Town</span><span>: how the market was hit</span>", "Town: how the market was hit"),
        ('<meta property="og:title" content="How the market was hit"><title>How the market was hit</title>',
         "<span>ANALYSIS</span><b>How the market was hit</b>", "How the market was hit"),
        ('<meta property="og:title" content="市场遭炮击后四栋建筑的屋顶被毁（每日新闻） - 门户">',
         "市场遭炮击后四栋建筑的屋顶被毁", "市场遭炮击后四栋建筑的屋顶被毁"),
        ("<title>How McDonald rebuilt the market</title>", "How Mc<i>Donald</i> rebuilt the market",
         "How McDonald rebuilt the market"),
    ],
)  # fmt: skip
def test_a_heading_that_the_page_confirms_is_the_title(head: str, heading: str, title: str) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    found = clean_page(
        f"<html><head>{head}</head><body><article><h1>{heading}</h1>{body}</article>"
    )
    assert found.title == title


@pytest.mark.parametrize(
    "wrapped",
    [
        "{}", "<!-- {} -->", "<![CDATA[\n{}\n]]>", "//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/{}/*]]>*/",
        "<!--//<![CDATA[\n{};\n//]]>-->", "{} // -->", "{};",
    ],
)  # fmt: skip
def test_what_hides_a_script_from_other_readers_does_not_hide_it_from_us(wrapped: str) -> None:
    said = '{"@type": "NewsArticle", "headline": "A bridge fell", "author": {"name": "Ann Ray"}}'
    head = f'<script type="application/ld+json">{wrapped.replace("{}", said)}</script>'
    body = "<h1>A bridge fell</h1>" + f"<p>{'It fell at noon, two drivers said. ' * 9}</p>" * 3

    article = clean(raw_document(f"<html><head>{head}</head><body>{body}</body></html>"))

    assert article.bylines == ("Ann Ray",)


@pytest.mark.parametrize("broken", ["<!--", "<![CDATA[ ]]>", "]]>" * 9_000, " " * 99_999 + "x"])
def test_a_script_of_wrapping_alone_says_nothing_and_costs_nothing(broken: str) -> None:
    head = f'<script type="application/ld+json">{broken}</script>'
    body = f"<h1>A bridge fell</h1><p>{'It fell at noon, two drivers said. ' * 20}</p>"

    article = clean(raw_document(f"<html><head>{head}</head><body>{body}</body></html>"))

    assert article.title == "A bridge fell"
    assert article.bylines == ()
