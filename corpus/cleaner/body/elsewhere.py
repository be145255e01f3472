"""Elsewhere: where is the story of a page that shows none, or hardly any?

In `<noscript>`, in the data that its scripts would show, in what JSON-LD declares, in the page's
description of itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from urllib.parse import urlsplit

from bs4 import Tag

from corpus.article import Article
from corpus.cleaner.body.assembly import assemble
from corpus.cleaner.body.teasers import drop_cards
from corpus.cleaner.declared.app_data import story_in
from corpus.cleaner.declared.metadata import Metadata
from corpus.cleaner.declared.structured import Declared, text_of
from corpus.cleaner.same_words import WIDE, words_of
from corpus.cleaner.tree.blocks import Block
from corpus.cleaner.tree.lines import join_lines
from corpus.cleaner.tree.markup import Page, first_called, parse
from corpus.cleaner.tree.outlining import outline
from corpus.dates import PartialDate

_NOSCRIPT = re.compile(r"</?noscript\b[^>]{0,200}>", re.IGNORECASE)
_END = re.compile(r"</(?:body|html)\s*>\s*(?:</html\s*>\s*)?\Z", re.IGNORECASE)
_SHELL = 200  # characters of prose; fewer, and the page may be one that scripts fill
_TEASER = 800  # the same where there is data, of which a page may show the beginning
_MOST_SHELL = 2_000_000  # characters of markup that are worth a second reading
_FALLBACK_SHARE = 0.5  # a JSON-LD body twice as long as what was found means scripts show the text
_FALLBACK_LEAST = 400
_FALLBACK_TOLD = 0.2  # of the JSON-LD body's phrases; fewer, and another story was found
_PHRASE = 4  # words
_TELLING = 8  # words of a description that tells something
_LINKED, _MOST_LINKS = 0.8, 30  # lines that are links, on a page that is no list
_ABOUT_A_SITE = re.compile(
    r"you can (?:view|contact)|(?:log|sign) (?:in|up)\b|enable javascript|(?:latest|breaking) news|"
    r"the latest|all the news|последние новости|останні новини|aktuelle nachrichten|"
    r"toute l['’]actualité|últimas noticias|ultime notizie|آخر الأخبار",
    re.IGNORECASE,
)


def outlined(page: Page) -> Block:
    """The outline of a page's body, its lines joined, its lists of teasers dropped."""
    root = first_called(page.soup, "body") or page.soup.find(True)
    top = outline(root) if isinstance(root, Tag) else Block("body", None)
    join_lines(top)
    drop_cards(top)
    return top


def shown_otherwise(markup: str, page: Page, top: Block) -> tuple[Page, Block, str]:
    """The page as browsers show it that run no scripts, or as its scripts would show it, where it
    tells a story only so; and which of them it is.
    """
    if top.prose >= (_TEASER if page.data else _SHELL):
        return page, top, "blocks"
    named = first_called(page.soup, "title")
    title = named.get_text() if named else ""
    story = story_in(page.data, title=title) if page.data else None
    if story is not None and (
        story.size > top.prose
        if top.prose < _SHELL
        else story.is_titled and story.size > 2 * top.prose
    ):
        headline = escape(str(story.node.get("headline", "")))
        told = f"<main><article><h1>{headline}</h1>{story.markup}</article></main>"
        end = next((found.start() for found in _END.finditer(markup)), len(markup))
        drawn = parse(f"{markup[:end]}\n{told}")
        if story.node and not page.json_ld:
            drawn = replace(drawn, json_ld=(json.dumps(story.node),), is_told_by_data=True)
        return drawn, outlined(drawn), "app-data"
    if top.prose >= _SHELL:
        return page, top, "blocks"
    plain = _NOSCRIPT.sub(" ", markup) if len(markup) <= _MOST_SHELL else markup
    if len(plain) != len(markup):
        bare = parse(plain)
        outline_of_bare = outlined(bare)
        if outline_of_bare.prose >= _FALLBACK_LEAST:
            return bare, outline_of_bare, "noscript"
    return page, top, "blocks"


def declared_instead(declared: Declared, text: str) -> str:
    """The body that JSON-LD declares, where what was found is much less, or another story."""
    body = _declared_body(declared)
    if len(body) > _FALLBACK_LEAST and (
        len(text) < _FALLBACK_SHARE * len(body) or _share_told(body, text) < _FALLBACK_TOLD
    ):
        return body
    return ""


def is_only_described(top: Block, text: str, metadata: Metadata, declared: Declared) -> bool:
    """Whether a page shows no sentence, as a post in an app does, and its description has some."""
    described = metadata.description
    if top.prose or len(text) >= len(described):
        return False
    links = sum(run.link_density > _LINKED for run in top.everything())
    front = metadata.url is not None and urlsplit(metadata.url).path in ("", "/")
    sentence = len(words_of(described)) >= _TELLING or bool(WIDE.search(described))
    return (
        sentence
        and links <= _MOST_LINKS
        and not front
        and bool(declared.first("meta:og:description", "meta:twitter:description"))
        and not _ABOUT_A_SITE.search(described)
    )


def of_app_data(article: Article) -> Article:
    """The article, where what was declared was not meant for others but in the data of an app."""

    def said(basis: str) -> str:
        return basis.replace("json-ld:", "app-data:")

    def dated(date: PartialDate | None) -> PartialDate | None:
        return replace(date, basis=said(date.basis)) if date else None

    return replace(
        article,
        published=dated(article.published),
        modified=dated(article.modified),
        basis={name: said(place) for name, place in article.basis.items()},
    )


def _share_told(declared: str, found: str) -> float:
    """How much of the body that a page declares is in what was found."""
    said, told = _phrases(declared), _phrases(found)
    return len(said & told) / len(said) if said else 1.0


def _phrases(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return set(zip(*(words[start:] for start in range(_PHRASE)), strict=False))


def _declared_body(declared: Declared) -> str:
    body = declared.article.get("articleBody")
    if not isinstance(body, str):
        return ""
    if "<p" in body or "<br" in body:
        return assemble(outline(parse(body).soup))
    lines = [" ".join(line.split()) for line in body.splitlines()]
    return "\n\n".join(line for line in lines if line) or text_of(body)
