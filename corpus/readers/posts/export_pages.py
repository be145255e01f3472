"""Export pages: which posts are on the pages that Facebook and Instagram export for people to read?

The same posts as in their JSON, in boxes that are called alike since 2021: a heading that says who
did what, the post, and when it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import html

from corpus.article import RawDocument
from corpus.errors import InputError
from corpus.readers.posts.accounts import DID
from corpus.readers.posts.post import Post, documents_of_posts, text_of_markup, tree_of
from corpus.readers.source import Read

READER = "facebook/1"

_BOX, _HEADING, _POST, _WHEN = "_a6-g", "_a6-h", "_a6-p", "_a6-o"


def has_exported_posts(content: bytes) -> bool:
    """Whether a page is such an export."""
    return b"_a6-g" in content and b"_a6-p" in content and b"_a6-o" in content


def documents_of_export(page: RawDocument) -> Read:
    """One document a post on a page for which `has_exported_posts` holds.

    Raises:
        UnreadableInput: no parser makes anything of it.
    """
    yield from documents_of_posts(_posts(tree_of(page)), page, reader=READER)


def _posts(root: Any) -> Iterator[tuple[int, Post | InputError]]:
    is_instagram = b"instagram" in html.tostring(root)[:20_000].lower()
    for number, box in enumerate(_called(root, _BOX), start=1):
        heading, told, when = (
            next((text_of_markup(one) for one in _called(box, name)), "")
            for name in (_HEADING, _POST, _WHEN)
        )
        did = DID.match(heading)
        # A post of Instagram, and one of a picture alone, stands in the heading.
        text = told if told or did else heading
        links = (str(one) for one in box.xpath(".//img/@src | .//video/@src"))
        yield (
            number,
            Post(
                text=text,
                date=when.rpartition("\n")[2],
                outlet="Instagram" if is_instagram else "Facebook",
                author=did[1] if did else "",
                media=tuple(f"file: {link}" for link in links),
                more={"about": heading} if heading and heading != text else None,
                original=html.tostring(box, encoding="unicode", with_tail=False),
            ),
        )


def _called(element: Any, name: str) -> list[Any]:
    found: list[Any] = element.xpath(
        f'.//*[contains(concat(" ", normalize-space(@class), " "), " {name} ")]'
    )
    return found
