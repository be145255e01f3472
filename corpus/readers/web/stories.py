"""Stories: does a page hold several documents: pages put together, posts, articles side by side?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from corpus.article import RawDocument
from corpus.errors import InputError
from corpus.readers.posts.export_pages import documents_of_export, has_exported_posts
from corpus.readers.posts.telegram import documents_on_page, has_posts
from corpus.readers.press.databases import stories_on_page
from corpus.readers.records import Record, documents_of
from corpus.readers.source import Read

READER = "stories/1"

_NEXT_PAGE = re.compile(rb"</html\s*>\s*(?=<!doctype\s+html|<html\b)", re.IGNORECASE)
_ARTICLE = re.compile(rb"<article\b", re.IGNORECASE)
_ONE_STORY = re.compile(
    rb"article:published_time|og:type[\"']?\s+content=[\"']?article|content=[\"']?article[\"']?\s+property="
    rb"[\"']?og:type|\"@type\"\s*:\s*\[?\s*\"\w*(?:Article|BlogPosting|Report)\"",
    re.IGNORECASE,
)
"""What a page says that is one story; other articles on it are teasers, or follow without end."""

_LEAST_TEXT = 300  # characters of paragraphs; a teaser has fewer
_LEAST_PARAGRAPHS = 2


def documents_in(page: RawDocument) -> Read:
    """The documents of one page: itself, or each of those that it holds."""
    if not page.media_type.startswith("text/html"):
        yield page
        return
    ends = [found.end() for found in _NEXT_PAGE.finditer(page.content)]
    if ends:
        pages = zip([0, *ends], [*ends, len(page.content)], strict=True)
        for number, (start, end) in enumerate(pages, start=1):
            part = page.content[start:end]
            locator = f"{page.locator}!{number}"
            yield from _documents(replace(page, content=part, locator=locator, url=None))
    else:
        yield from _documents(page)


def _documents(page: RawDocument) -> Read:
    try:
        if has_posts(page.content):
            yield from documents_on_page(page)
            return
        if has_exported_posts(page.content):
            yield from documents_of_export(page)
            return
    except InputError as error:
        yield error
        return
    if told := stories_on_page(page):
        yield from told
        return
    stories = list(_stories(page))
    if stories:
        yield from documents_of(stories, page, reader=READER)
    else:
        yield page


def _stories(page: RawDocument) -> Iterator[Record]:
    """Articles side by side, where each has a headline and paragraphs of its own; else nothing."""
    if len(_ARTICLE.findall(page.content)) < 2 or _ONE_STORY.search(page.content):
        return
    charset = page.media_type.partition("charset=")[2] or None
    try:
        parser = html.HTMLParser(encoding=charset)
        root: Any = html.document_fromstring(page.content, parser=parser)
    except (etree.LxmlError, ValueError, LookupError):
        return  # the cleaner's parser makes something of every page
    articles = [
        one for one in root.iter("article") if next(one.iterancestors("article"), None) is None
    ]
    if len(articles) < 2 or not all(map(_is_story, articles)):
        return
    site = next(iter(root.xpath('//meta[@property="og:site_name"]/@content')), "")
    for number, article in enumerate(articles, start=1):
        links = article.xpath(".//*[self::h1 or self::h2 or self::h3]//a/@href")
        said = {
            "html": etree.tostring(article, encoding="unicode", method="html", with_tail=False),
            "title": " ".join("".join(_headings(article)[0].itertext()).split()),
            "date": next(iter(article.xpath(".//time/@datetime")), ""),
            "url": urljoin(page.url or "", links[0]) if links else "",
            "outlet": site,
            "language": root.get("lang") or "",
        }
        yield Record(number, {name: value for name, value in said.items() if value})


def _headings(article: Any) -> list[Any]:
    found: list[Any] = article.xpath(".//*[self::h1 or self::h2 or self::h3]")
    return found


def _is_story(article: Any) -> bool:
    texts = [" ".join("".join(one.itertext()).split()) for one in article.iter("p")]
    told = [text for text in texts if text]
    return (
        bool(_headings(article))
        and len(told) >= _LEAST_PARAGRAPHS
        and sum(map(len, told)) >= _LEAST_TEXT
    )
