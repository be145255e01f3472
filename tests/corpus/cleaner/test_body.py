"""What stays of a page, what goes, and under which rule."""

from __future__ import annotations

import json
import re

import pytest

from corpus.article import Removed
from corpus.cleaner.body.furniture_rules import RULES, Rule
from corpus.errors import NoArticleFound
from tests.corpus.cleaner.pages import PARAGRAPHS, clean_page, page

STORY = "\n\n".join(PARAGRAPHS)
P = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]


def test_the_paragraphs_are_the_text_in_order() -> None:
    assert clean_page(page()).text == STORY


@pytest.mark.parametrize(
    "furniture",
    [
        "<p><strong>SEE ALSO:</strong> <a href='/x'>Ten photographs of the harbor</a></p>",
        "<p>Read more: <a href='/x'>How the talks failed</a></p>",
        "<p><a href='/x'>How the talks failed in three days</a></p>",
        "<div class='newsletter-signup'><p>Get our daily briefing in your inbox.</p></div>",
        "<p>This is a developing story. Check back for updates.</p>",
        "<div class='social-share'><span>Share</span> <a href='/f'>Facebook</a></div>",
        "<figure><img src='a.jpg'><figcaption>The market on Monday. Photo: A. Person</figcaption></figure>",
        "<aside class='pullquote'><p>The water supply would be restored within two days.</p></aside>",
        "<div class='related-articles'><h3>Related</h3><ul><li><a href='/a'>One thing</a></li></ul></div>",
        "<p>[ <a href='/'>Front page</a> | <a href='/t'>Town</a> | <a href='/s'>Sea</a> ]</p>",
        "<p><small>This site sets one cookie to keep your font size. <a href='/c'>Fine</a></small></p>",
        "<div class='mailing-list'><h4>Never miss a story</h4><p>Join forty readers on Friday.</p></div>",
        "<table align='right'><tr><td><img src='a.gif'></td></tr><tr><td>The market.</td></tr></table>",
        "<p><img src='a.jpg'><br><small><i>The market on Monday.</i> A. Person</small></p>",
        "<div class='ad-slot'>Advertisement</div>",
        "<p style='display: none'>You have reached your limit of free articles for this month.</p>",
        "<blockquote><p>A post shared by A. Person (@person) on Jun 17, 2019</p></blockquote>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [2, 4])
def test_furniture_between_the_paragraphs_goes(furniture: str, place: int) -> None:
    article = clean_page(page(body="".join([*P[:place], furniture, *P[place:]])))
    assert article.text == STORY
    assert article.removed or article.captions


def test_what_went_is_listed_with_its_rule() -> None:
    article = clean_page(
        page(
            before="<nav><a href='/'>Home</a> <a href='/w'>World</a></nav>",
            after="<div id='comments'><p>I was there, and it was far worse than they say.</p></div>",
        )
    )
    assert Removed("navigation", "Home World") in article.removed
    assert (
        Removed("comments", "I was there, and it was far worse than they say.") in article.removed
    )


def test_a_caption_is_kept_apart() -> None:
    figure = "<figure><img src='a.jpg'><figcaption>The market on Monday.</figcaption></figure>"
    article = clean_page(page(body=P[0] + figure + "".join(P[1:])))
    assert article.captions == ("The market on Monday.",)
    assert "The market on Monday." not in article.text


@pytest.mark.parametrize(
    "wrapper",
    [
        "no-share",
        "elementor-widget",
        "nav-open site",
        "has-sidebar",
        "social content",
        "comments-off",
    ],
)
def test_a_misleading_name_on_the_wrapper_costs_nothing(wrapper: str) -> None:
    article = clean_page(page().replace("<article>", f"<div class='{wrapper}'><article>"))
    assert article.text == STORY


def test_a_related_heading_takes_only_its_own_block() -> None:
    related = (
        "<h3>Related</h3><ul><li><a href='/a'>One thing</a></li><li><a href='/b'>Two</a></li></ul>"
    )
    article = clean_page(page(body=P[0] + P[1] + related + P[2] + P[3]))
    assert article.text == STORY


def test_lists_quotes_tables_and_headings_are_text() -> None:
    body = (
        f"{P[0]}<h2>What was hit</h2><ul><li>The bus station and its hall.</li><li>Two shops.</li></ul>"
        f"{P[1]}<blockquote><p>We heard nothing before the first blast, and then the windows went.</p>"
        f"</blockquote><table><tr><th>Day</th><th>Strikes</th></tr><tr><td>Monday</td><td>4</td></tr>"
        f"</table>{P[2]}{P[3]}"
    )
    assert clean_page(page(body=body)).text == "\n\n".join(
        [
            PARAGRAPHS[0],
            "What was hit",
            "The bus station and its hall.\nTwo shops.",
            PARAGRAPHS[1],
            "We heard nothing before the first blast, and then the windows went.",
            "Day | Strikes\nMonday | 4",
            PARAGRAPHS[2],
            PARAGRAPHS[3],
        ]
    )


def test_figures_in_a_table_are_text_whatever_its_cells_are_made_of() -> None:
    rows = (("Town", "Killed", "Wounded"), ("Meran", "4", "11"), ("Old Harbor", "none", "2"))
    cells = "".join(
        "<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows
    )
    article = clean_page(page(body=f"{P[0]}<table>{cells}</table>{''.join(P[1:])}"))
    assert "\n".join(" | ".join(row) for row in rows) in article.text


def test_a_review_of_links_keeps_them_and_a_list_of_links_goes() -> None:
    link = "<p><a href='/{0}'>What the paper of town {0} wrote on the strike</a></p>"
    review = "".join(
        link.format(number) + P[number % 4] + f"<p>{number}.</p>" for number in range(14)
    )
    assert clean_page(page(body=review)).text.count("wrote on the strike") == 14
    listed = "".join(map(link.format, range(14)))
    assert clean_page(page(body=f"{''.join(P)}{listed}")).text == STORY


def test_a_formula_is_one_line_of_its_paragraph() -> None:
    cells = "".join(f"<mtr><mtd><mi>x{n}</mi><mo>=</mo><mn>{n}</mn></mtd></mtr>" for n in range(6))
    formula = f"<p>The load was given by</p><div><math><mtable>{cells}</mtable></math></div>"
    assert "x0=0" in clean_page(page(body=P[0] + formula + "".join(P[1:]))).text


def test_line_breaks_make_paragraphs_where_no_element_does() -> None:
    body = "<div>" + "<br><br>".join(PARAGRAPHS) + "</div>"
    assert clean_page(page(body=body)).text == STORY


def test_a_page_without_an_article_is_an_error() -> None:
    with pytest.raises(NoArticleFound):
        clean_page("<html><body><script>render()</script></body></html>")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<h2><a href='#pumps'>The pumps</a></h2>", "The pumps"),
        ("<p>Place: Galerie / Hof / Hauptstraße 37</p>", "Place: Galerie / Hof / Hauptstraße 37"),
        ("<p><img src='a'><b>Nobody was hurt.</b></p>", "Nobody was hurt."),
        ("<div class='tabs'>" + P[0] * 4 + "</div>", PARAGRAPHS[0]),
        ("<ul><li><a href='/x'>The school</a></li><li>A hall without beds</li></ul>", "The school"),
        (("<h3>Who has no roof can come at any hour of the day or of the night, the mayor said, and will"
         " be given a bed, soup, and blankets.</h3>"), "Who has no roof"),
    ],
)  # fmt: skip
def test_what_only_looks_like_furniture_stays(markup: str, text: str) -> None:
    assert text in clean_page(page(body=P[1] + markup + "".join(P[2:]))).text.split("\n\n", 1)[1]


def test_a_refrain_stays_and_a_region_shown_again_goes() -> None:
    refrain = clean_page(page(body=P[0] + P[1] + P[0] + P[2] + P[3])).text
    assert refrain.count(PARAGRAPHS[0]) == 2
    again = f"<div>{''.join(P)}</div><div class='print'>{''.join(P)}</div>"
    assert clean_page(page(body=again)).text == STORY


def test_comments_longer_than_the_story_are_not_the_story() -> None:
    said = "".join(
        f"<li><p>I was there, number {n}, and it was worse than they say.</p></li>"
        for n in range(90)
    )
    markup = page().replace("<article>", "<article class='paywall-container'>")
    assert (
        clean_page(markup.replace("</article>", f"</article><ol class='comments'>{said}</ol>")).text
        == STORY
    )


def test_a_standfirst_above_the_byline_costs_neither() -> None:
    head = '<meta name="author" content="Ada Person">'
    byline = "<p>By Ada Person</p><p>Monday, 3 June 2024, 12:30</p>"
    article = clean_page(page(head=head, body=P[0] + byline + "".join(P[1:])))
    assert article.text == STORY


def test_a_headline_said_again_in_the_story_begins_nothing() -> None:
    markup = page(body=P[0] + "<h2>Shelling hits market</h2>" + "".join(P[1:]))
    assert PARAGRAPHS[0] in clean_page(markup).text


def test_of_two_like_stories_the_one_below_the_headline_is_the_article() -> None:
    other = "".join(f"<p>{paragraph.replace('the', 'another')}</p>" for paragraph in PARAGRAPHS)
    markup = (
        "<html><head><title>Shelling hits market</title></head><body>"
        f"<div><div><div id='a'>{other}</div></div></div><h1>Shelling hits market</h1>"
        f"<div><div><div id='b'>{''.join(P)}</div></div></div></body></html>"
    )
    assert clean_page(markup).text == STORY


def test_the_body_that_a_page_declares_is_taken_where_another_story_was_found() -> None:
    other = "".join(f"<p>{paragraph.replace(' ', ' no ')}</p>" for paragraph in PARAGRAPHS)
    told = json.dumps({"@type": "NewsArticle", "articleBody": STORY})
    head = f'<script type="application/ld+json">{told}</script>'
    article = clean_page(page(head=head, body=other))
    assert (article.text, article.basis["text"]) == (STORY, "json-ld:articleBody")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_about_single_words(rule: Rule) -> None:
    # Marks are judged word by word, so that a pattern across a blank would match nothing.
    assert not re.search(r" |\\s|\\W", rule.marks)
