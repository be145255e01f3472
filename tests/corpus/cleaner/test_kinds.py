"""Live blogs, galleries, videos, lists and paywalls' stubs are told from articles."""

from __future__ import annotations

import json

import pytest

from corpus.article import Kind
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, page

LONG = "".join(
    f"<p>On day {day}, {paragraph}</p>" for day in range(1, 4) for paragraph in PARAGRAPHS
)
MENU = "<div class='head'>" + "".join(
    f"<div><a href='/{place}'>News from the {place} of the country</a></div>"
    for place in ("north", "south", "east", "west", "coast", "hills", "capital", "border", "islands")
)  # fmt: skip


def json_ld(**node: object) -> str:
    declared = {"@context": "https://schema.org", "headline": "Shelling hits market", **node}
    return f'<script type="application/ld+json">{json.dumps(declared)}</script>'


def teaser(number: int) -> str:
    return (
        f"<div class='teaser'><h3><a href='/world/story-{number}'>Headline number {number} of the "
        f"morning, as long as headlines are</a></h3><p>Two lines about story {number}.</p></div>"
    )


def gallery() -> str:
    slides = "".join(
        f"<li class='slide'><img src='/{number}.jpg'><p>Picture {number} of 8: smoke over the "
        "market. Photo: Ada Person</p></li>"
        for number in range(1, 9)
    )
    return page(
        head=json_ld(**{"@type": "ImageGallery"}),
        body=f"<p>The market, a day after the strike.</p><ul class='slideshow'>{slides}</ul>",
    )


def video() -> str:
    return page(
        head=json_ld(**{"@type": "VideoObject", "uploadDate": "2024-05-01"})
        + "<meta property='og:type' content='video.other'>",
        body="<div class='player'><video src='/v.mp4'></video></div><p>Our reporter walks through the "
        "market that was hit on Monday, and talks to two of the traders.</p>",
        after="<div class='up-next'>" + "".join(map(teaser, range(6))) + "</div>",
    )


def front_page() -> str:
    return (
        "<html><head><title>The Daily</title><meta property='og:type' content='website'></head>"
        f"<body><h1>The Daily</h1>{''.join(map(teaser, range(30)))}</body></html>"
    )


def stub() -> str:
    return page(
        head=json_ld(**{"@type": "NewsArticle", "isAccessibleForFree": "False"}),
        body=f"<p>{PARAGRAPHS[0]}</p><div class='paywall'><p>Subscribe to continue reading this "
        "article. Already a subscriber? Sign in.</p></div>",
    )


def wall_without_declaration() -> str:
    return page(
        body=f"<p>{PARAGRAPHS[0]}</p><div class='paywall-box'><p>This article is for subscribers. "
        "Register to read on.</p></div>"
    )


def live_blog() -> str:
    posts = "".join(
        f"<div class='post'><time datetime='2024-05-01T{hour:02}:10'>{hour:02}:10</time>"
        f"<p>{PARAGRAPHS[hour % 4]}</p></div>"
        for hour in range(6, 16)
    )
    return page(body=f"<div class='posts'>{posts}</div>")


@pytest.mark.parametrize(
    ("content", "url", "kind"),
    [
        pytest.param(gallery(), None, Kind.GALLERY, id="gallery, declared"),
        pytest.param(
            gallery().replace("ImageGallery", "WebPage"),
            "https://d.example/pictures/market-in-ruins",
            Kind.GALLERY,
            id="gallery, by address",
        ),
        pytest.param(video(), None, Kind.VIDEO, id="video"),
        pytest.param(front_page(), "https://d.example/", Kind.INDEX_PAGE, id="front page"),
        pytest.param(front_page(), "https://d.example/world", Kind.INDEX_PAGE, id="section page"),
        pytest.param(stub(), None, Kind.PAYWALL_STUB, id="stub, declared"),
        pytest.param(wall_without_declaration(), None, Kind.PAYWALL_STUB, id="stub, by its words"),
        pytest.param(
            live_blog(), "https://d.example/live/market", Kind.LIVE_BLOG, id="live blog, by address"
        ),
        pytest.param(page(), "https://d.example/world/market", Kind.ARTICLE, id="article"),
    ],
)
def test_a_page_is_known_by_its_kind(content: str, url: str | None, kind: Kind) -> None:
    assert clean_page(content, url=url).kind is kind


@pytest.mark.parametrize(
    ("content", "url"),
    [
        pytest.param(
            page(
                head=json_ld(**{"@type": "NewsArticle", "isAccessibleForFree": "False"}),
                body=LONG,
            ),
            None,
            id="paid, and whole",
        ),
        pytest.param(
            page(body=LONG), "https://d.example/pictures/market", id="long text on pictures"
        ),
        pytest.param(page(body=LONG), "https://d.example/video/market", id="long text under video"),
        pytest.param(
            page(before=MENU * 6 + "</div>" * 6), "https://d.example/story.php", id="long menus"
        ),
        pytest.param(
            page(after="<p>To live in the capital costs more: subscribe to our newsletter.</p>"),
            "https://d.example/world/how-to-live",
            id="words of other kinds",
        ),
    ],
)
def test_a_story_stays_one_whatever_is_around_it(content: str, url: str | None) -> None:
    article = clean_page(content, url=url)
    assert article.kind is Kind.ARTICLE
    assert PARAGRAPHS[0] in article.text


def test_what_is_flagged_still_gives_its_words() -> None:
    assert PARAGRAPHS[0] in clean_page(stub()).text
    assert "Subscribe" not in clean_page(stub()).text
    assert clean_page(front_page(), url="https://d.example/").title == "The Daily"


def test_live_before_a_colon_in_the_headline_is_live_where_the_entries_tell_the_time() -> None:
    def kind(headline: str, times: int) -> Kind:
        entries = "".join(
            f"<p>1{n}:05</p><p>{text}</p>" if n < times else f"<p>{text}</p>"
            for n, text in enumerate(PARAGRAPHS)
        )
        return clean_page(
            f"<html><title>{headline}</title><main><h1>{headline}</h1>{entries}</main></html>"
        ).kind

    assert kind("Fighting at the market live: the bridge is open again", 4) is Kind.LIVE_BLOG
    assert kind("Fighting at the market live: the bridge is open again", 1) is Kind.ARTICLE
    assert kind("Where they live: a walk through the market", 1) is Kind.ARTICLE
