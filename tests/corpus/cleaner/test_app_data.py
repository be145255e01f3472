"""Pages that are programs: their story is read from the data of their scripts, and from nowhere else.

Each shape is one that a kind of program has: objects, lists of paragraphs, trees of rich text,
assignments, values that refer by number, and what a server drew for React.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from corpus.errors import NoArticleFound
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page

TITLE = "Shelling hits market"
MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
OTHER = {
    "title": "Manager returns to his old club",
    "body": "<p>The club has opened talks with the candidate, several papers say.</p>" * 40,
}
WHOLE = "\n\n".join(PARAGRAPHS)


def page(scripts: str, *, shown: str = "<div id='root'></div>", head: str = "") -> str:
    return (
        f"<!doctype html><html lang='en'><head><title>{TITLE} | The Daily</title>{head}</head>"
        f"<body>{shown}{scripts}</body></html>"
    )


def data(value: Any, attributes: str = "type='application/json'") -> str:
    told = json.dumps(value).replace("</", "<\\/")
    return f"<script {attributes}>{told}</script>"


def pushed(rows: str, *, size: int = 300) -> str:
    """Flight data in parts, as it is sent."""
    parts = [rows[start : start + size] for start in range(0, len(rows), size)]
    return "".join(
        f"<script>self.__next_f.push({json.dumps([1, part])})</script>" for part in parts
    )


def state(told: str) -> str:
    return f"<script>{told}</script>"


NEXT = {
    "props": {"pageProps": {"article": {"headline": TITLE, "body": MARKUP}, "related": [OTHER]}}
}
PARTS = [{"type": "paragraph", "text": text} for text in PARAGRAPHS]
PICTURE = {"type": "image", "caption": "A street of the town, seen from the bridge. It is empty."}
TREE = {
    "nodeType": "document",
    "content": [
        {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text}]}
        for text in PARAGRAPHS
    ],
}
SPANS = [
    {
        "_type": "block",
        "children": [
            {"_type": "span", "text": text[:20]},
            {"_type": "span", "marks": ["strong"], "text": text[20:]},
        ],
    }
    for text in PARAGRAPHS
]
ELEMENTS = [
    [
        "$", "p", str(number),
        {"children": [text[:9], ["$", "a", None, {"href": "/x", "children": text[9:12]}], text[12:]]},
    ]
    for number, text in enumerate(PARAGRAPHS)
]  # fmt: skip
DRAWN = (
    '1:I["app",[],"default"]\n'
    f'0:["$","div",null,{{"children":[["$","h1",null,{{"children":"{TITLE}"}}],"$L5"]}}]\n'
    f"5:{json.dumps(['$', 'article', None, {'children': ELEMENTS}])}\n"
)
TEXT_ROW = (
    f'0:{{"f":[[["",{{}}],["$","$L3",null,{{"article":{{"title":"{TITLE}","body":"$6"}}}}]]]}}\n'
    f'6:T{len(MARKUP.encode()):x},{MARKUP}7:["$","footer",null,{{"children":"Imprint"}}]\n'
)
SET_INSIDE = (
    f"0:{json.dumps(['$', 'div', None, {'dangerouslySetInnerHTML': {'__html': MARKUP}}])}\n"
)

PROGRAMS = {
    "an object of Next.js": data(NEXT, "id='__NEXT_DATA__' type='application/json'"),
    "a list of parts": data({"story": {"title": TITLE, "content": [PARTS[0], PICTURE, *PARTS[1:]]}}),
    "a tree of rich text": data({"entry": {"fields": {"title": TITLE, "body": TREE}}}),
    "spans in blocks": data({"post": {"title": TITLE, "body": SPANS}}),
    "values that refer by number": data(
        [{"state": 1}, {"title": 2, "content": 3}, TITLE, MARKUP], "id='__NUXT_DATA__' type='application/json'"
    ),
    "a variable": state(
        f"window.__INITIAL_STATE__ = {json.dumps({'title': TITLE, 'content': MARKUP, 'none': None})}"
        .replace("null", "undefined").replace("</", "<\\/") + ";"
    ),
    "a text to be parsed": state(
        "window.__STATE__ = JSON.parse("
        + json.dumps(json.dumps({"a": {"title": TITLE, "html": MARKUP}})).replace("</", "<\\/") + ");"
    ),
    "a newsroom's content": state(
        "Fusion=window.Fusion||{};Fusion.globalContent="
        + json.dumps({
            "headlines": {"basic": TITLE},
            "content_elements": [{"type": "text", "content": text} for text in PARAGRAPHS],
        })
        + ";Fusion.layout='story'"
    ).replace("<script>Fusion", "<script>window.Fusion"),
    "elements that were drawn": pushed(DRAWN),
    "a row of text": pushed(TEXT_ROW),
    "markup set inside": pushed(SET_INSIDE),
}  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_story_that_only_data_holds_is_read_whole(program: str) -> None:
    article = clean_page(page(PROGRAMS[program]))

    assert article.text == WHOLE
    assert article.title == TITLE
    assert article.basis["text"] == "app-data"


def test_what_data_says_of_the_story_is_read_and_said_to_come_from_there() -> None:
    told = {
        "headline": TITLE,
        "publishedAt": "2024-03-05T07:00:00Z",
        "author": {"name": "Olha Marchenko"},
        "body": MARKUP,
    }

    article = clean_page(page(data({"page": {"article": told}})))

    assert article.bylines == ("Olha Marchenko",)
    assert article.basis["bylines"] == "app-data:author"
    assert article.published is not None
    assert (article.published.iso, article.published.basis) == (
        "2024-03-05T07:00Z",
        "app-data:datePublished",
    )


def test_a_page_that_shows_its_story_is_read_as_it_shows_it() -> None:
    more = [
        f"In district {name}, shops stayed closed until the afternoon, and buses ran late or not at all."
        for name in "ABCD"
    ]
    shown = MARKUP + "".join(f"<p>{text}</p>" for text in more)

    article = clean_page(
        page(
            data({"title": TITLE, "body": OTHER["body"] * 2}),
            shown=f"<article><h1>{TITLE}</h1>{shown}</article>",
        )
    )

    assert article.text == "\n\n".join((*PARAGRAPHS, *more))
    assert article.basis["text"] == "blocks"


def test_where_a_page_shows_the_beginning_alone_its_data_must_be_called_as_it_is() -> None:
    beginning = f"<article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article>"

    same = clean_page(
        page(
            data({"title": TITLE, "body": MARKUP * 1 + f"<p>{'It went on so. ' * 40}</p>"}),
            shown=beginning,
        )
    )
    another = clean_page(page(data(OTHER), shown=beginning))

    assert PARAGRAPHS[3] in same.text
    assert another.text == "\n\n".join(PARAGRAPHS[:2])


@pytest.mark.parametrize(
    "told",
    [
        {"config": {"legalText": "We use cookies to make this site better. You may say no. " * 9}},
        {"related": [OTHER], "footer": {"text": OTHER["body"]}},
        {"css": "a { color: red; } b { margin: 0; } " * 30},
        [[[[]]]],
    ],
)  # fmt: skip
def test_texts_of_the_site_and_of_other_stories_are_no_story(told: Any) -> None:
    with pytest.raises(NoArticleFound):
        clean_page(page(data(told)))


def test_data_that_is_damaged_or_endless_costs_itself_alone() -> None:
    deep = "[" * 100_000
    scripts = (
        f"<script type='application/json'>{deep}</script>"
        "<script type='application/json'>{\"a\": " + "x" * 400 + "</script>"
        "<script>self.__next_f.push([1,\"0:Tffffff,short\"])</script>"
        "<script>self.__next_f.push([1,\"0:[\\\"$\\\",\\\"p\\\",null,{\\\"children\\\":\\\"$0\\\"}]\\n\"])</script>"
    )  # fmt: skip

    with pytest.raises(NoArticleFound):
        clean_page(page(scripts))
    assert clean_page(page(scripts + PROGRAMS["spans in blocks"])).text == WHOLE


# The page's description of itself, where it is all there is.

DESCRIBED = (
    "<meta property='og:title' content='Front Channel'>"
    f"<meta property='og:description' content='{PARAGRAPHS[0]}'>"
)


def test_a_post_that_only_its_description_tells_is_read_and_flagged() -> None:
    article = clean_page(page("", shown="<div>12 345 followers</div>", head=DESCRIBED))

    assert article.text == PARAGRAPHS[0]
    assert article.basis["text"] == "meta:og:description"
    assert "described_only" in article.quality.flags


@pytest.mark.parametrize(
    ("shown", "head"),
    [
        ("<div>Loading</div>", "<meta property='og:description' content='Log in to see what your friends say today.'>"),
        ("<div>Loading</div>", "<meta property='og:description' content='Front Channel'>"),
        ("".join(f"<div><a href='/{n}'>Report number {n} of the day</a></div>" for n in range(60)), DESCRIBED),
    ],
)  # fmt: skip
def test_a_sites_description_of_itself_is_no_story(shown: str, head: str) -> None:
    try:
        article = clean_page(page("", shown=shown, head=head))
    except NoArticleFound:
        return
    assert "described_only" not in article.quality.flags
