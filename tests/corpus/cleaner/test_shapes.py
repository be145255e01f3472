"""How pages are built: however the same story is cut up and set, it is read whole and alone.

A page here has a masthead, a list of teasers and a foot around what a test puts between them.
"""

from __future__ import annotations

import pytest

from corpus.article import Article
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page

TITLE = "Shelling hits market"
STORY = (
    *PARAGRAPHS,
    "“We heard nothing,” she said.",
    (
        "At the clinic on Mill Street, doctors treated nineteen people for cuts and burns, and sent three "
        "of them to the capital in the afternoon, a nurse said."
    ),
    (
        "Power came back to most of the district after sunset, the grid operator wrote in a short notice, "
        "though two substations will need new transformers."
    ),
    (
        "In the past month the town has been hit nine times, according to a count kept by the council; in "
        "all of last year it was hit four times."
    ),
    "Why now?",
    (
        "Negotiators are due to meet in a neutral city on Thursday to discuss a pause in the fighting "
        "around the river crossings, which both sides say they want."
    ),
)  # fmt: skip
P = tuple(f"<p>{paragraph}</p>" for paragraph in STORY)
WHOLE = "\n\n".join(STORY)
TEASERS = "".join(
    f"<div class='k'><a href='/{n}'><img src='{n}.jpg'></a><h3><a href='/{n}'>{headline}</a></h3>"
    f"<p>{text}</p></div>"
    for n, (headline, text) in enumerate(
        (
            (
                "Farmers count their losses",
                "The harvest will be a third smaller, the ministry says, and dearer.",
            ),
            (
                "Parliament votes on the budget",
                "After eleven hours, the house passed the plan with two votes.",
            ),
            (
                "A museum opens without its treasures",
                "The rooms are bright and empty, and the curators like it.",
            ),
        )
    )
)


def page(main: str, *, head: str = "", title: bool = True) -> str:
    """A page with nothing in the names of its elements that would help."""
    return (
        f"<html lang='en'><head><title>{TITLE} | The Daily</title><meta property='og:title' "
        f"content='{TITLE}'>{head}</head><body><div class='a'><a href='/'>The Daily</a> "
        f"<a href='/w'>World</a></div><div class='b'>{f'<h1>{TITLE}</h1>' if title else ''}{main}</div>"
        f"<div class='c'>{TEASERS}</div><div class='d'><p>The Daily is published by Harbor Press.</p>"
        "</div></body></html>"
    )


def read(main: str, *, head: str = "", title: bool = True) -> Article:
    return clean_page(page(main, head=head, title=title))


def cut(size: int) -> list[str]:
    """The paragraphs in groups of so many."""
    return ["".join(P[start : start + size]) for start in range(0, len(P), size)]


def around(opening: str, groups: list[str], closing: str) -> str:
    return "".join(f"{opening}{group}{closing}" for group in groups)


SHAPES = {
    "one container": f"<div class='x'>{''.join(P)}</div>",
    "line breaks": f"<div class='x'>{'<br><br>'.join(STORY)}</div>",
    "a font": f"<font face='Arial' size='2'>{'<br><br>'.join(STORY)}</font>",
    "a cell among cells": (
        "<table><tr><td width='150'><a href='/n'>News</a><br><a href='/s'>Sport</a></td><td><table>"
        f"<tr><td>{''.join(P)}</td></tr></table></td></tr></table>"
    ),
    "a row for each": around("<table><tr><td>", list(P), "</td></tr></table>"),
    "an item for each": f"<ul>{around('<li>', list(P), '</li>')}</ul>",
    "a section for each": around("<section class='s'>", list(P), "</section>"),
    "elements of its own": around("<text-block>", list(P), "</text-block>"),
    "a quote": f"<blockquote>{''.join(P)}</blockquote>",
    "a form around all": f"<form method='post'>{''.join(P)}</form>",
    "advertisements between": around(
        "<div class='x'>", cut(2), "</div><div class='ad-slot'>Advertisement</div>"
    ),
    "rows of a grid": around(
        "<div class='row'><div class='col'><div class='t'>",
        cut(3),
        "</div></div><div class='col'><div class='ad-slot'>Advertisement</div></div></div>",
    ),
    "widgets of a builder": around(
        "<section class='elementor-section'><div class='elementor-column'><div class='elementor-widget'>"
        "<div class='elementor-widget-container'>",
        cut(3),
        "</div></div></div></section>",
    ),
    "several bodies": around("<div itemprop='articleBody'>", cut(4), "</div><hr>"),
    "two halves that look nothing alike": (
        f"<div class='x1'><div class='y'>{cut(5)[0]}</div></div><div class='z'></div>"
        f"<div class='x2'><section>{cut(5)[1]}</section></div>"
    ),
    "two nameless halves": around("<div><div><div>", cut(5), "</div></div></div>"),
    "the first paragraphs apart": (
        f"<div class='x1'>{''.join(P[:2])}</div><div class='x2'><div>{''.join(P[2:])}</div></div>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_story_is_read_whole_however_it_is_cut_up(shape: str) -> None:
    assert read(SHAPES[shape]).text.split() == WHOLE.split()


@pytest.mark.parametrize(
    "box",
    [
        (
            "<div class='q'><h3>The Morning Brief</h3><p>The stories of the night, at seven in the morning,"
            " and nothing else.</p><div><input type='email'><button>Go</button></div></div>"
        ),
        "<div class='story__newsletter'><p>The stories of the night, every weekday at seven.</p></div>",
        "<div class='media__caption'>The market on Monday, after the fire was out.</div>",
        "<p>The market on Monday, after the fire was out. (Photo: A. Person/AFP)</p>",
        "<div class='q'><div>The market on Monday, from above. © A. Person / The Daily</div></div>",
        "<p>We need your consent to load this post. You can take it back at any time in the settings.</p>",
        (
            "<p>By signing up, you agree that we may write to you, and to our notice on what we do with "
            "what you tell us, which you find at the foot of every page.</p>"
        ),
    ],
)  # fmt: skip
def test_a_box_in_the_story_goes_by_its_parts_or_its_name(box: str) -> None:
    story = f"<div class='x'>{''.join(P[:4])}{box}{''.join(P[4:])}</div>"
    assert read(story).text == WHOLE


@pytest.mark.parametrize(
    "line",
    [
        (
            "Copyright 2024 The Daily. All rights reserved. Nothing here may be published, rewritten or "
            "passed on in any form without a letter from us that says so."
        ),
        "Ada Person schreibt seit 2014 über die Region und lebt in der Hauptstadt.",
    ],
)
def test_a_line_that_ends_the_page_and_not_the_story_goes(line: str) -> None:
    head = "<meta name='author' content='Ada Person'>"
    article = read(f"<div class='x'>{''.join(P)}<p>{line}</p></div>", head=head)
    assert article.text == WHOLE


def test_comments_that_nothing_but_their_heading_names_do_not_outweigh_a_story() -> None:
    comments = "".join(
        f"<div class='z'><b>Reader {n}</b><p>I was there, number {n}, and it was far worse than they say; "
        "nobody swept our street for days.</p></div>"
        for n in range(60)
    )
    article = read(
        f"<div class='x'>{''.join(P)}</div><div class='y'><h3>60 comments</h3>{comments}</div>"
    )
    assert article.text == WHOLE


@pytest.mark.parametrize("name", ["teaser-content", "subscriber-only-content", "members-text"])
def test_a_part_named_after_who_may_read_it_is_a_part(name: str) -> None:
    story = f"{''.join(P[:6])}<div class='{name}'>{''.join(P[6:9])}</div>{P[9]}"
    assert read(f"<div class='x'>{story}</div>").text == WHOLE


@pytest.mark.parametrize("heading", ["Search for survivors", "Rights", "Toll and ratings"])
def test_the_address_of_a_heading_is_not_a_name(heading: str) -> None:
    named = f"<h2 id='{heading.lower().replace(' ', '-')}'>{heading}</h2>"
    assert heading in read(f"<div class='x'>{''.join(P[:5])}{named}{''.join(P[5:])}</div>").text


def test_a_name_that_most_paragraphs_bear_says_nothing() -> None:
    named = "".join(f"<p class='promo-text'>{paragraph}</p>" for paragraph in STORY)
    assert read(f"<div class='x'>{named}</div>").text == WHOLE


def test_a_script_without_full_stops_has_prose_too() -> None:
    thai = (
        "เจ้าหน้าที่ท้องถิ่นกล่าวว่าการยิงถล่มโจมตีย่านตลาดของเมืองเมื่อเช้าวันจันทร์ และทีมดับเพลิงทำงานจนถึงค่ำ",
        "นายกเทศมนตรีกล่าวว่าอาคารสี่หลังสูญเสียหลังคา และน้ำประปาจะกลับมาภายในสองวันหากซ่อมเครื่องสูบน้ำได้",
    )
    story = "".join(f"<p>{paragraph}</p>" for paragraph in thai)
    assert read(f"<div class='x'>{story}</div>").text == "\n\n".join(thai)


def test_what_a_page_shows_only_without_scripts_is_read() -> None:
    story = f"<noscript><div><h1>{TITLE}</h1>{''.join(P)}</div></noscript>"
    article = clean_page(f"<html><title>{TITLE}</title><div id='app'></div>{story}</html>")
    assert (article.text, article.basis["text"]) == (WHOLE, "noscript")


def test_a_field_takes_no_paragraphs_with_it() -> None:
    parts = around("<div class='x'>", [*cut(2)[:4], f"{cut(2)[4]}<input type='email'>"], "</div>")
    assert read(parts).text == WHOLE


def test_only_the_first_article_of_a_page_that_never_ends_is_read() -> None:
    another = "".join(P).replace("the ", "another ")
    story = f"<article class='post'><h1>{TITLE}</h1>{''.join(P)}</article>"
    next_one = f"<article class='post'><h1>Another town, another market</h1>{another}</article>"
    article = read(f"<div class='feed'>{story}{next_one}{next_one}</div>", title=False)
    assert article.text == WHOLE
    assert [removed.rule for removed in article.removed].count("other_article") == 2


@pytest.mark.parametrize(
    ("opening", "next_headline", "closing"),
    [
        ("<div class='stream-part'>", "<h2>Another town</h2><p>By Ada Person</p>", "</div>"),
        ("<div class='stream-part'>", "<h2>Another town</h2><p>9 March 2024, 10:15</p>", "</div>"),
        (
            "<section>",
            "<h3>Another town</h3><p>Von Ada Person</p><p>9. März 2024</p>",
            "</section>",
        ),
        ("<main>", "<h1>Another town</h1>", "</main>"),
        ("<div role='main'>", "<h1>Another town</h1>", "</div>"),
    ],
)
def test_a_part_built_like_the_first_that_begins_as_a_story_does_is_another(
    opening: str, next_headline: str, closing: str
) -> None:
    another = "".join(P).replace("the ", "another ")
    first = f"{opening}<h1>{TITLE}</h1>{''.join(P)}{closing}"
    article = read(f"<div>{first}{opening}{next_headline}{another}{closing}</div>", title=False)
    assert article.text == WHOLE
    assert [removed.rule for removed in article.removed].count("other_article") == 1


@pytest.mark.parametrize("name", ["next-article", "up-next", "infinite-loaded"])
def test_what_is_called_the_next_story_is_none_of_this_one_wherever_it_hangs(name: str) -> None:
    another = "".join(P).replace("the ", "another ")
    loaded = f"<div class='{name}'><h2>Another town</h2>{another}</div>"
    article = read(f"<article><h1>{TITLE}</h1>{''.join(P)}{loaded}</article>", title=False)
    assert article.text == WHOLE


@pytest.mark.parametrize("heading", ["What was hit", "Monday, 4 March", "By the river"])
def test_parts_with_a_heading_and_no_signature_are_one_story(heading: str) -> None:
    parts = "".join(
        f"<div class='stream-part'><h{rank}>{said}</h{rank}>{group}</div>"
        for rank, said, group in ((1, TITLE, "".join(P[:5])), (2, heading, "".join(P[5:])))
    )
    text = read(f"<div>{parts}</div>", title=False).text
    assert all(said in text for said in STORY)


def test_sections_with_headlines_of_their_own_are_one_story() -> None:
    sections = around("<section><h1>What was hit</h1>", cut(5), "</section>")
    text = read(sections).text
    assert all(said in text for said in STORY)


def test_one_paragraph_outweighs_a_list_of_teasers() -> None:
    assert read(f"<div class='x'>{P[0]}</div>").text == STORY[0]


def test_a_list_of_linked_headlines_is_the_story_where_there_is_no_other() -> None:
    items = "".join(
        f"<div class='item'><h2><a href='/{n}'>Strike number {n} of the month</a></h2>{said}</div>"
        for n, said in enumerate(P)
        if len(said) > 80
    )
    assert all(said in read(items).text for said in STORY if len(said) > 80)


def test_a_sum_of_the_story_above_it_is_its_standfirst_wherever_the_region_begins() -> None:
    summary = "Nine strikes in one month have worn the town out, and the winter is near."
    above = f"<div class='k'><h1>{TITLE}</h1><p>{summary}</p></div>"
    parts = around("<div itemprop='articleBody'>", ["".join(P[:9]), P[9]], "</div>")
    article = read(f"<div class='m'>{above}{parts}</div>", title=False)
    assert (article.standfirst, article.text) == (summary, WHOLE)


def test_what_follows_a_story_cut_into_parts_is_not_a_part_of_it() -> None:
    parts = around("<div class='part'>", ["".join(P[:9]), P[9]], "</div>")
    notice = "<div class='q'><p>The Daily belongs to nobody but its readers, and lives on what they give.</p></div>"
    article = read(f"{parts}{notice}")
    assert article.text == WHOLE


def test_a_picture_in_a_line_or_an_item_makes_no_caption_of_it() -> None:
    formula = "<p>The load on a pump is <img src='f.gif'> and no more than it was built for</p>"
    item = "<ul><li><img src='1.jpg'>Turn the valve to the left</li><li>Wait</li></ul>"
    text = read(f"<div class='x'>{''.join(P[:4])}{formula}{item}{''.join(P[4:])}</div>").text
    assert "The load on a pump is and no more than it was built for" in text
    assert "Turn the valve to the left\nWait" in text


@pytest.mark.parametrize(
    "foot",
    [
        "Find this article at: https://paper.example/world/7",
        "Printed from https://paper.example/world/7<br>© 2024 The Paper",
        "Diesen Artikel finden Sie unter: https://paper.example/world/7",
        "Permalink: https://paper.example/world/7",
    ],
)
def test_where_a_page_was_printed_from_is_no_part_of_the_story(foot: str) -> None:
    assert read(f"<div class='x'>{''.join(P)}<hr><p>{foot}</p></div>").text == WHOLE


def test_what_an_amp_page_asks_before_it_shows_a_story_is_none_of_it() -> None:
    asked = "<amp-consent><p>We use what your device says to measure who reads us, and when.</p></amp-consent>"
    assert read(f"<main>{asked}{''.join(P)}</main>").text == WHOLE
