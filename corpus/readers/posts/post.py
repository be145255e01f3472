"""Post: what is said of one message of a channel or account, and how does it become a document?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from lxml import etree, html

from corpus.article import RawDocument
from corpus.errors import InputError, InvalidRecord, NoArticleFound, UnreadableInput
from corpus.readers.records import ORIGINAL, Record, documents_of
from corpus.readers.source import Read, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message.

    Attributes:
        text: as its readers see it; empty where it has only media.
        date: when it was sent, as text with a zone where one is known.
        modified: when it was last edited.
        outlet: the channel, or the account's address.
        author: who is said to have written it.
        replies_to: address or number of the message that it answers.
        media: names or addresses of pictures, films and files, each with its kind.
        more: what else is said of it, by its name there.
        original: what was sent.
    """

    text: str
    date: str = ""
    modified: str = ""
    number: str = ""
    url: str = ""
    outlet: str = ""
    author: str = ""
    language: str = ""
    replies_to: str = ""
    media: tuple[str, ...] = ()
    more: Mapping[str, str] | None = None
    original: Any = None


def tree_of(page: RawDocument) -> Any:
    """A page of posts as a tree.

    Raises:
        UnreadableInput: no parser makes anything of it.
    """
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
        return html.document_fromstring(page.content, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableInput(f"the page is damaged ({error})", where=page.locator) from None


def documents_of_posts(
    posts: Iterable[tuple[int, Post | InputError]], source: Source | RawDocument, *, reader: str
) -> Read:
    """The document of each post that has a text; those that have none are told of together.

    Raises:
        NoArticleFound: no post has a text.
    """
    without: list[str] = []

    def records() -> Iterator[Record]:
        for number, post in posts:
            if isinstance(post, InputError):
                yield Record(number, post)
            elif post.text.strip():
                yield Record(number, values_of(post))
            else:
                without.append(post.number or str(number))

    yield from documents_of(records(), source, reader=reader)
    if without:
        one = len(without) == 1
        numbers = ", ".join(without[:_MOST_NUMBERS]) + (", ..." if without[_MOST_NUMBERS:] else "")
        yield NoArticleFound(
            f"{len(without):,} {'post has' if one else 'posts have'} no text, only media"
            f" ({numbers})",
            where=source.locator,
            advice="Write down what is said in them and add the text",
        )


def posts_of(
    records: Iterable[Record],
    read: Callable[[Mapping[str, Any]], Post | None],
    *,
    ahead: Callable[[Iterator[tuple[int, Post | InputError]]], Any] = iter,
) -> Iterator[tuple[int, Post | InputError]]:
    """The posts in records; one that is not as such exports have it costs itself.

    Args:
        read: makes a post of an object; None for what is none (a notice, somebody else's post).
        ahead: what is done with the posts before they are given.
    """

    def found() -> Iterator[tuple[int, Post | InputError]]:
        for record in records:
            value = record.value
            if isinstance(value, InputError):
                yield record.number, value
                continue
            try:
                post = read(value)
            except (AttributeError, TypeError, ValueError, LookupError, OverflowError) as error:
                told = f"the post is not as such exports have it ({type(error).__name__}: {error})"
                yield record.number, InvalidRecord(told, where=record.where)
                continue
            if post is not None:
                yield record.number, post

    yield from ahead(found())


def moment(seconds: Any) -> str:
    """A moment of the epoch as text; empty when there is none."""
    if seconds in (None, "", 0, "0"):
        return ""
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()


_BREAKS = {"br", "p", "div", "li", "blockquote", "h1", "h2", "h3", "ul", "ol", "pre"}
_MANY_BREAKS = re.compile(r"\n{3,}")
_MOST_NUMBERS = 20


def text_of_markup(element: Any) -> str:
    """The text of an element as it is shown, its paragraphs and lines kept."""
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if event == "start":
            if node.tag in _BREAKS:
                parts.append("\n")
            parts.append(node.text or "")
        else:
            if node.tag == "p":
                parts.append("\n\n")
            elif node.tag in _BREAKS and node.tag != "br":
                parts.append("\n")
            if node is not element:
                parts.append(node.tail or "")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip()


def text_of_html(markup: str) -> str:
    """The same for markup in a string."""
    if not markup.strip():
        return ""
    parser = html.HTMLParser(remove_comments=True)
    return text_of_markup(html.fragment_fromstring(markup, create_parent="div", parser=parser))


def joined(first: Post, second: Post) -> Post:
    """Two messages that were sent as one: an album, of which one has the text."""
    teller = first if first.text.strip() else second
    return replace(teller, media=first.media + second.media)


def values_of(post: Post) -> dict[str, Any]:
    """The record of a post."""
    values = {
        "id": post.number,
        "text": post.text,
        "date": post.date,
        "modified": post.modified,
        "url": post.url,
        "outlet": post.outlet,
        "bylines": post.author,
        "language": post.language,
        "replies_to": post.replies_to,
        "media": list(post.media),
        **(post.more or {}),
        ORIGINAL: post.original,
    }
    return {name: value for name, value in values.items() if value not in ("", None, [])}
