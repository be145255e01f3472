"""Other stories: which of a page's JSON-LD nodes are of an article that it does not show?

Templates, endless pages and lists of what others read declare articles as a page declares its own.
A headline may be another one than the shown one of the same story (search engines get their own),
so what settles it is whether its words stand in the story: of 144 real pages with a headline in
JSON-LD 143 have at least 60 of 100 of them there, and the last one those of its `name`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from corpus.cleaner.declared.structured import (
    Declared,
    article_of,
    is_an_article,
    text_of,
    texts_of,
    types_of,
)
from corpus.cleaner.same_words import WIDE, words_of
from corpus.cleaner.tree.blocks import Block

_LEAST_TOLD = 400  # characters of a story whose words tell which headlines are of it
_MOST_TOLD = 20_000
_STEM = 5  # letters that forms of one word share
_SMALL = 3  # letters of words that any two headlines may have
_TELLING = 2  # words or pairs of signs, without which a headline says nothing
_SHARED = 0.5
_SHARED_ELSEWHERE = 0.75  # the same where its address is another story's
_MOST_NODES = 200
_PAGES = frozenset(("webpage", "collectionpage", "itempage", "website"))


def without_other_stories(
    declared: Declared, seed: Block, *, title: str, addresses: Sequence[str | None]
) -> Declared:
    """What a page declares, without what it declares of stories that are not on it.

    Args:
        seed: the block where the story is.
        title: the page's headline.
        addresses: those of the page, as it declares them and as it was collected.
    """
    described = (*declared.meta.get("og:title", ()), *declared.meta.get("og:description", ()))
    said = _said(" ".join((title, *described)))
    paths = {path for address in addresses if address and (path := _path(address))}
    declared = _without_front_pages(declared, said, paths)
    articles = [node for node in declared.nodes[:_MOST_NODES] if is_an_article(node)]
    if not articles:
        return declared
    if declared.article and not any(_is_other(node, said, paths, _SHARED) for node in articles):
        return declared
    told = 0
    for run in seed.runs():
        told += len(run.text)
        if told < _MOST_TOLD:
            said |= _said(run.text)
    least = _SHARED if told >= _LEAST_TOLD else 0.0
    others = [node for node in articles if _is_other(node, said, paths, least)]
    nodes = tuple(node for node in declared.nodes if all(node is not other for other in others))
    article = declared.article
    if not article or any(article is other for other in others):
        own = [node for node in nodes if is_an_article(node) and _share(node, said) >= _SHARED]
        article = article_of(nodes, title=title) or article_of(tuple(own[:_MOST_NODES]), title="")
    return replace(declared, nodes=nodes, article=article)


def _without_front_pages(declared: Declared, said: set[str], paths: set[str]) -> Declared:
    """What a page declares, without what templates declare on every page: the site's front page,
    with the date of its making.
    """
    fronts = [node for node in declared.nodes[:_MOST_NODES] if _is_front_page(node, said, paths)]
    if not fronts:
        return declared
    nodes = tuple(node for node in declared.nodes if all(node is not front for front in fronts))
    article = declared.article
    if any(article is front for front in fronts):
        article = {}
    return replace(declared, nodes=nodes, article=article)


def _is_front_page(node: Mapping[str, Any], said: set[str], paths: set[str]) -> bool:
    """Whether a node is of a page, none of an article, whose address is a site's alone, and the
    page that declares it has another, or another name.
    """
    if not _PAGES & set(types_of(node)) or is_an_article(node):
        return False
    own = [*_addresses(node), *(text for text in texts_of(node.get("@id")) if "://" in text)]
    if not own or any(map(_path, own)):
        return False
    return bool(paths) if _share(node, said) < 0 else _share(node, said) < _SHARED


def _is_other(node: Mapping[str, Any], said: set[str], paths: set[str], least: float) -> bool:
    """Whether hardly any word of what a node is called stands in the story and its headlines.

    Args:
        least: the share of words that would do where its address does not say another story.
    """
    share = _share(node, said)
    if share < least:
        return share >= 0 or (not text_of(node.get("headline")) and _is_elsewhere(node, paths))
    return 0 <= share < _SHARED_ELSEWHERE and _is_elsewhere(node, paths)


def _share(node: Mapping[str, Any], said: set[str]) -> float:
    """The share of a node's words that is said, of the one of its names with the most; -1 where it
    has no name that tells anything.
    """
    names = (_said(text_of(node.get(name))) for name in ("headline", "alternativeHeadline", "name"))
    shares = [len(words & said) / len(words) for words in names if len(words) >= _TELLING]
    return max(shares, default=-1.0)


def _is_elsewhere(node: Mapping[str, Any], paths: set[str]) -> bool:
    """Whether all addresses of a node are of other pages of a site: no section, no front page."""
    if not paths:
        return False
    own = {path for address in _addresses(node) if (path := _path(address))}
    return bool(own) and not any(
        mine.startswith(path) or path.startswith(mine) or _last(mine) == _last(path)
        for mine in own
        for path in paths
    )


def _addresses(node: Mapping[str, Any]) -> Iterator[str]:
    for name in ("url", "mainEntityOfPage"):
        value = node.get(name)
        if isinstance(value, Mapping):
            value = value.get("@id") or value.get("url")
        yield from (text for text in texts_of(value) if "://" in text)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.strip("/").casefold()
    except ValueError:
        return ""


def _last(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _said(text: str) -> set[str]:
    """The beginnings of a text's longer words; pairs of signs where words stand without spaces."""
    found: set[str] = set()
    for word in words_of(text):
        if WIDE.search(word):
            found.update(word[place : place + 2] for place in range(len(word) - 1))
        elif len(word) > _SMALL:
            found.add(word[:_STEM])
    return found
