"""Bylines: who signed the article? People only: not "Staff", not an agency, not a date.

Agencies that are named there are credited, which is another question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, takewhile
from typing import Any

from bs4 import Tag

from corpus.cleaner.body.furniture import attributes_of, is_elsewhere, marks_of
from corpus.cleaner.declared.agencies import agencies_in
from corpus.cleaner.declared.byline_names import (
    PAPERS,
    begins_with_given_name,
    is_own_site,
    people,
)
from corpus.cleaner.declared.signatures import (
    MOST_SIGNING,
    labeled,
    named_above,
    named_below,
    named_in_dateline,
    says_by,
    signing,
)
from corpus.cleaner.declared.structured import (
    Declared,
    is_commenter,
    is_profile_link,
    text_of,
    texts_of,
    types_of,
)
from corpus.cleaner.same_words import WIDE
from corpus.cleaner.tree.markup import first_called

_CREDITS = re.compile(  # with a colon where it is a label, as boxes of other stories have them
    r"\W{0,3}(?:(?:(?:additional\s+)?reporting|writing|written|compiled) by\s|"
    r"(?:подготовил[аи]?|записал[аи]?|написал[аи]?|підготу(?:вав|вала|вали)|oprac\.|"
    r"נכתב על ידי|(?:автор(?:ка|ы|и)?|текст|tekst|autor(?:a|in|ka)?|auteur|szerző|yazan|إعداد|"
    r"بقلم|تحرير)(?=\s*:)))",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(r"(?<=[^\s:])\s+(?=[^\W\d_]+\s?:)")  # "Autor: A. Person Tags: …"
_OF_OTHERS = re.compile(r"(?:^| |-)(?:comment|comments|commenter|related|reply|teaser)(?= |-|$)")
_PICTURED = re.compile(
    r"\b(?:photo|foto|bild|image|credit|illustration|video|licen[cs]e|domain|cc by|фото|صورة)|©",
    re.IGNORECASE,
)
_SEVERAL = 2
_BESIDE = 40  # parents of the first author of a page, up to the page itself
_MAX_ELEMENTS = 16
_MAX_PARENTS = 12
_MAX_NAMES = 12
_MAX_PARTS = 24


@dataclass(frozen=True, slots=True)
class Signed:
    """Where a page may say who signed.

    Attributes:
        lines: what stands between headline and story.
        declared: a place, and what is declared there, the most trusted first.
        persons: what those of its authors are called that it declares to be persons.
        bodies: what the organizations among its authors are called.
        elements: elements that may name an author, the most telling first, none of them elsewhere
            before one that is not.
        above: what stands right above the headline; asked where nothing else says who signed.
    """

    lines: tuple[str, ...]
    declared: tuple[tuple[str, list[str]], ...]
    persons: tuple[str, ...]
    bodies: tuple[str, ...]
    elements: tuple[Tag, ...]
    above: tuple[str, ...] = ()


def signed(declared: Declared, lines: Sequence[str], above: Sequence[str] = ()) -> Signed:
    """Everything that names an author, asked for once a page.

    Args:
        lines: what stands between headline and story.
        above: what stands right above the headline.
    """
    listed = _authors(declared)
    persons, bodies = _called(listed, "person"), _called(listed, "organization")
    elements = [tag for tag in declared.signed[:_MAX_ELEMENTS] if not _is_of_others(tag)]
    elements.sort(key=is_elsewhere)
    sources = tuple(_sources(declared))
    return Signed(tuple(lines), sources, persons, bodies, tuple(elements), tuple(above))


def _called(authors: Sequence[Any], kind: str) -> tuple[str, ...]:
    """What those of a page's authors are called that it declares to be of a kind."""
    return tuple(
        name
        for author in authors[:_MAX_NAMES]
        if isinstance(author, Mapping) and kind in set(types_of(author))
        for name in texts_of(author.get("name"))
    )


def read_bylines(
    found: Signed, *, outlet: str, foot: Iterable[str] = ()
) -> tuple[tuple[str, ...], str]:
    """The people who signed, in order, and where that was read.

    What is shown between headline and story counts more than what is declared where it names the
    same people and others. Where nobody is named in full, a first name alone will do.

    Args:
        outlet: the site's name; nobody is called that, but for who declares to be a person.
        foot: the last lines of the story, asked for where nothing else says who signed.
    """
    outlet = "" if any(is_own_site(name, outlet) for name in found.persons) else outlet
    names, basis = _named_by(found, outlet=outlet)
    if not names:
        names, basis = _named_in_foot(foot, outlet), "byline:foot"
    if not names:
        reporting = map(named_in_dateline, found.lines)
        names = people(
            (one for said in filter(None, reporting) for one in said.split()), outlet=outlet
        )
        basis = "byline:text"
    if not names:
        names, basis = people(filter(None, map(signing, found.above)), outlet=outlet), "byline:text"
    if not names:
        names, basis = _named_by(found, outlet=outlet, casual=True)
    return names, basis if names else ""


def _named_by(found: Signed, *, outlet: str, casual: bool = False) -> tuple[tuple[str, ...], str]:
    """Who signed, as the page says above its story, declares, or names in elements.

    Args:
        casual: first names alone, and surnames in small letters, are names too.
    """
    named = partial(people, outlet=outlet, casual=casual)
    lines = (*labeled(found.lines), *found.lines)
    above = [said for line in lines if (said := signing(line))] or named_above(found.lines)
    shown = named(above[:1])
    for basis, texts in found.declared:
        if names := named(texts):
            more = len(shown) > len(names) and {*map(str.casefold, names)} <= {
                *map(str.casefold, shown)
            }
            return (shown, "byline:text") if more else (names, basis)
    said = " ".join(found.lines)
    for tag in found.elements:
        for names in (_linked(tag, said, outlet), _apart(tag, said, outlet)):
            if len(names) > 1 and len(names) >= len(shown):
                return names, "byline:element"
    if shown:
        return shown, "byline:text"
    return _named_in_elements(found, said, outlet=outlet, casual=casual), "byline:element"


def _named_in_elements(found: Signed, said: str, *, outlet: str, casual: bool) -> tuple[str, ...]:
    """Who the first of the elements names that names anybody.

    Args:
        said: what stands between headline and story.
    """  # fmt: skip
    for tag in found.elements:
        text = _text(tag)
        shown = text in said
        if len(text) > MOST_SIGNING or _is_postal(tag, text) or (casual and not shown):
            continue
        names = people([text], outlet=outlet, casual=casual)
        if (
            not names
            and len(apart := _apart(tag, said, outlet)) == 1
            and (_is_byline(tag) or begins_with_given_name(apart[0]) or WIDE.search(apart[0]))
        ):
            return apart
        if names and (shown or not is_profile_link(tag)):
            same = [other for other in found.elements if other.parent is tag.parent]
            beside = [
                _text(other)
                for other in same
                if other.attrs.get("rel") or (is_profile_link(other) and _text(other) in said)
            ]
            first = names[0]
            alone = next((t for t in map(_text, found.elements) if first.startswith(f"{t} ")), "")
            alone_names = people([alone], outlet=outlet)  # "Jane Doe Games Editor", "Jane Doe"
            return alone_names or people([text, *beside], outlet=outlet, casual=casual)
    return ()


def _named_in_foot(foot: Iterable[str], outlet: str) -> tuple[str, ...]:
    foot = list(foot)
    credited = [line for line in foot if _CREDITS.match(line)]
    if not credited:
        return people(islice(filter(None, map(named_below, foot)), 1), outlet=outlet)
    first = [_OTHER_LABEL.split(line.strip("()"), maxsplit=1)[0] for line in credited]
    return people((part for line in first for part in line.split(";")), outlet=outlet)


def read_agencies(found: Signed) -> tuple[str, ...]:
    """The agencies that what stands above a story, or a page's data, says it is from."""
    declaring = (text for _, texts in found.declared for text in texts)
    above = (line for line in found.lines if says_by(line))
    bylines = (*found.bodies, *declaring, *map(_text, found.elements), *above)
    return agencies_in(text="\n".join(found.lines), bylines=bylines)


def _is_postal(tag: Tag, text: str) -> bool:
    """Whether an `<address>` that is not called a byline holds numbers, as those of streets do."""
    return tag.name == "address" and not tag.attrs.get("class") and any(map(str.isdigit, text))


def _is_byline(tag: Tag) -> bool:
    """Whether an element is called a byline, and not only an author's."""
    return any("byline" in value.lower() for value in attributes_of(tag).values())


def _linked(tag: Tag, said: str, outlet: str) -> tuple[str, ...]:
    """The people that an element beside the headline names in links, when all its links do."""
    links = [_text(link) for link in tag.find_all("a", limit=_MAX_NAMES)]
    if len(_text(tag)) > MOST_SIGNING or not links or any(link not in said for link in links):
        return ()
    names = people(links, outlet=outlet)
    return names if len(names) == len(links) else ()


def _apart(tag: Tag, said: str, outlet: str) -> tuple[str, ...]:
    """The people that an element beside the headline names in parts of their own, one each; a paper
    beside who is linked is none of them.

    "Jane" and "Doe" in two parts are one person; what stands between the parts may be roles.
    """
    if len(_text(tag)) > MOST_SIGNING or _PICTURED.search(_text(tag)):
        return ()
    parts = [" ".join(part.split()) for part in tag.stripped_strings]
    if not 1 < len(parts) <= _MAX_PARTS or any(part not in said for part in parts):
        return ()
    linked = {_text(link) for link in tag.find_all("a", limit=_MAX_NAMES)}
    found = [
        people([part], outlet=outlet)
        for part in parts
        if not linked or part in linked or not PAPERS.search(part)
    ]
    return tuple(dict.fromkeys(names[0] for names in found if len(names) == 1))


def _named(tag: Tag) -> str:
    """What a microdata item calls itself: its `name`, else all it says."""
    inner = None if tag.attrs.get("content") else tag.select_one('[itemprop~="name"]')
    source = tag if inner is None else inner
    return " ".join(str(source.attrs.get("content") or source.get_text(" ")).split())


def _own(tags: Sequence[Tag]) -> Sequence[Tag]:
    """The first of items that name authors, and those beside it: further ones, each apart with a
    headline of its own, are of teasers.
    """
    if len(tags) < _SEVERAL:
        return tags
    around = {id(parent) for parent in islice(tags[0].parents, _BESIDE)}
    kept = [tags[0]]
    for tag in tags[1:_MAX_ELEMENTS]:
        apart = takewhile(
            lambda parent: id(parent) not in around, islice(tag.parents, _MAX_PARENTS)
        )
        if not any(first_called(parent, "h2", "h3", "h4") for parent in apart):
            kept.append(tag)
    return kept


def _text(tag: Tag) -> str:
    return " ".join(str(tag.attrs.get("content") or tag.get_text(" ")).split())


def _is_of_others(tag: Tag) -> bool:
    """Whether an element stands in comments or among other stories."""
    for count, parent in enumerate((tag, *tag.parents)):
        if count > _MAX_PARENTS or parent.name in ("article", "main", "body"):
            return False
        if _OF_OTHERS.search(marks_of(attributes_of(parent))):
            return True
    return False


def _names_in(author: Any, declared: Declared) -> list[str]:
    """What a JSON-LD author is called; one that is only referred to is looked up."""
    if isinstance(author, Mapping):
        if "name" not in author and "@id" in author:
            nodes = (node for node in declared.nodes if node.get("@id") == author["@id"])
            author = next((node for node in nodes if "name" in node), author)
        if "organization" in set(types_of(author)):
            return []
        if "name" not in author and "familyName" in author:
            return [f"{text_of(author.get('givenName'))} {text_of(author['familyName'])}".strip()]
        return texts_of(author.get("name"))
    return [text_of(author)]


def _authors(declared: Declared) -> list[Any]:
    authors = declared.article.get("author") or declared.article.get("creator")
    if isinstance(authors, Mapping) and "@list" in authors:
        authors = authors["@list"]
    return authors if isinstance(authors, list) else [authors]


def _sources(declared: Declared) -> Iterator[tuple[str, list[str]]]:
    listed = _authors(declared)
    persons = [name for author in listed[:_MAX_NAMES] for name in _names_in(author, declared)]
    yield "json-ld:author", [person for person in persons if person]
    yield (
        "microdata:author",
        [
            _named(tag)
            for tag in _own(declared.items.get("author", ()))[:_MAX_NAMES]
            if not is_commenter(tag) and not _is_of_others(tag)
        ],
    )
    for name in (
        "citation_author", "author", "article:author", "parsely-author", "sailthru.author",
        "dc.creator", "dcterms.creator", "byl", "byline", "dc.contributor", "dcsext.author",
        "article:author_name", "og:author", "og:article:author", "cxenseparse:author", "authors",
        "author_name", "shareaholic:article_author_name", "article_author", "article.author",
        "twitter:creator",
    ):  # fmt: skip
        values = [value for value in declared.meta.get(name, ()) if "://" not in value]
        if values and not (name == "twitter:creator" and values[0].startswith("@")):
            yield f"meta:{name}", values
