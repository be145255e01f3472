"""Titles: what is the headline?

The most visible words that the page's own declarations confirm: an `<h1>` that agrees with
`og:title`, JSON-LD or `<title>` is the headline as readers saw it, without the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from corpus.cleaner.body.furniture import attributes_of, marks_of
from corpus.cleaner.declared.structured import Declared, Value
from corpus.cleaner.declared.title_parts import (
    SEPARATOR,
    is_of_any_page,
    parts_of,
    plain,
    strip_site,
)
from corpus.cleaner.same_words import WIDE, words_of
from corpus.cleaner.tree.markup import first_called

_SHOWN_WORDS = 3
_MAX_TITLE = 400
_SITE_WORDS = 4
_MAX_HEADINGS = 60
_KICKER_WORDS = 3
_NEAR = 60  # elements and texts between two headings
_SPACED = re.compile(r" ([:,;.!?…)\]»”’](?:\s|$))")  # a mark that belongs to the word before it
_KICKER = re.compile(  # as pages call it
    r"(?:^| )(?:\w+-)*(?:kicker|eyebrow|overline|topline|supertitle|surtitle|pretitle|pre-title|"
    r"dachzeile|spitzmarke|rubri[ck]|rubrique|antetitulo|volanta|catenaccio|occhiello|label|badge|"
    r"category|section)(?:-\w+)?(?= |$)"
)
_KICKER_ENDS = ("|", "»", "•", "·", "/", "–", "—", " :")
_SET_OFF = (":", " -", " –", " —", " |")  # between a kicker and the headline in a title
_MARK = re.compile(r":\s|\s[–—-]\s")
_COUNT = re.compile(r"\s*\(\d{1,4}\)")
_BUTTON_WORDS = 2
_BEGUN, _BEGUN_SHARE = 0.8, 0.6  # a claim that begins with the heading and is little longer
_CONFIRMED = 0.75  # share of words two forms of one headline have in common
_CUT_OFF = ("…", "...")
_LEAST_CUT = 15  # characters of a claim that was cut off which name one heading
_ONLY_WORDS = 4  # of the only `<h1>`, which is then the headline though nothing else says so
_TELLING = 4  # letters of a word that two titles of one story share


def read_title(
    soup: BeautifulSoup, declared: Declared, lines: Sequence[str], *, outlet: str
) -> Value | None:
    """The headline and its basis; None when the page has no words for one.

    Args:
        lines: the short lines of the page's text; one of them may be the headline.
        outlet: the site's name, taken off where a title ends or begins with it.
    """
    claims = _telling(_claims(soup, declared), outlet)
    headings = _telling(_headings(declared), outlet)
    shown = [heading.text for heading in headings]
    cleaned = [replace(claim, text=strip_site(claim.text, outlet, shown)) for claim in claims]
    confirmed = _confirmed(headings, cleaned)
    if confirmed is not None:
        confirmed = _without_kicker(_without_tail(confirmed, cleaned, claims), cleaned)
        return _with_mark(confirmed, cleaned)
    if cleaned:
        leading = {words_of(plain(tag.get_text(" "))) for tag in _leading(declared.headings)}
        only = _only_heading(headings, cleaned, leading)
        return _shown_part(claims, lines, outlet) or only or cleaned[0]
    return headings[0] if headings else None


def _telling(values: list[Value], outlet: str) -> list[Value]:
    """Without what any page of the site may say; as they are when nothing is left."""
    return [value for value in values if not is_of_any_page(value.text, outlet)]


def _shown_part(claims: list[Value], lines: Sequence[str], outlet: str) -> Value | None:
    """The part of a title, between separators, that stands as a line of its own on the page."""
    shown = {words_of(line) for line in lines}
    for claim in claims:
        for part in parts_of(claim.text):
            words = words_of(part)
            if len(words) >= _SHOWN_WORDS and words in shown and not is_of_any_page(part, outlet):
                return Value(part, f"{claim.basis}+text")
    return None


def _only_heading(
    headings: list[Value], claims: list[Value], leading: set[tuple[str, ...]]
) -> Value | None:
    """The page's only `<h1>`, when what the page declares is another headline of the story.

    Args:
        leading: the words of headings that stand right above another of their rank: a section's.
    """  # fmt: skip
    only = {words_of(heading.text): heading for heading in headings if heading.basis == "h1"}
    if len(only) > 1:
        only = {words: only[words] for words in only if words not in leading}
    said = {word for claim in claims for word in words_of(claim.text) if len(word) >= _TELLING}
    for words, heading in only.items() if len(only) == 1 else ():
        alike = said & set(words) or _are_short(claims)
        if len(words) >= _ONLY_WORDS and alike and not _holds(words, claims):
            return heading
    return None


def _leading(headings: Sequence[Tag]) -> Iterator[Tag]:
    """The `<h1>` elements between which and another of them nothing is said."""
    for tag in (tag for tag in headings[:_MAX_HEADINGS] if tag.name == "h1"):
        inside = {id(element) for element in tag.descendants}
        for element in islice(tag.next_elements, _NEAR):
            if (
                isinstance(element, NavigableString)
                and id(element) not in inside
                and element.strip()
            ):
                if element.find_parent("h1") is not None:
                    yield tag
                break


def _are_short(claims: list[Value]) -> bool:
    """Whether a page declares no more than a `<title>` of two words: a site's name as often."""
    words = max(len(words_of(claim.text)) for claim in claims)
    wide = any(WIDE.search(claim.text) for claim in claims)
    return words < _SHOWN_WORDS and not wide and all(claim.basis == "title" for claim in claims)


def _with_mark(heading: Value, claims: list[Value]) -> Value:
    """The headline with the mark that a declaration sets where the page sets an element:
    "Siege <b>Water is back</b>", which is "Siege: Water is back".
    """
    glued = heading.text.split()
    for claim in claims:
        if claim.text.split() != glued and _MARK.sub(" ", claim.text).split() == glued:
            return replace(heading, text=claim.text)
    return heading


def _without_tail(heading: Value, claims: list[Value], whole: list[Value]) -> Value:
    """The headline without what no declaration has at its end: a count in brackets, a button's word
    or two, as "Share".

    Args:
        whole: the claims with the site's name, and what may only look like one.
    """
    said = words_of(heading.text)
    for claim in claims:
        if not heading.text.startswith(claim.text):
            continue
        if _COUNT.fullmatch(heading.text, len(claim.text)):
            return replace(heading, text=claim.text)
        words = words_of(claim.text)
        button = 0 < len(said) - len(words) <= _BUTTON_WORDS and len(words) >= _SHOWN_WORDS
        twice = sum(words_of(other.text) == words for other in claims) > 1
        if button and twice and not any(words_of(other.text) == said for other in whole):
            return replace(heading, text=claim.text)
    return heading


def _holds(words: tuple[str, ...], claims: list[Value]) -> bool:
    """Whether a heading begins with a claim: what follows in it is a subtitle."""
    starts = (words_of(claim.text) for claim in claims)
    return any(len(start) >= _SHOWN_WORDS and words[: len(start)] == start for start in starts)


def site_in_title(soup: BeautifulSoup, headline: str) -> str:
    """What a page's `<title>` says beside the headline, if that can be a site's name; else ""."""
    named = first_called(soup, "title")
    if named is None or not headline:
        return ""
    title = plain(named.get_text(" "))
    before, found, after = title.partition(headline)
    if not found or bool(before.strip()) == bool(after.strip()):
        return ""
    name = (before or after).strip()
    site = (name.rstrip if before.strip() else name.lstrip)(" |»«·•:/\\>-–—")
    parts = SEPARATOR.split(site)  # "… | by Jane Doe | Some Site"
    outer = parts[0 if before.strip() else -1].strip()
    return outer if site != name and 0 < len(words_of(outer)) <= _SITE_WORDS else ""


def _without_kicker(heading: Value, claims: list[Value]) -> Value:
    """The headline without the section that an `<h1>` begins with: "Local News | Bridge closed".

    What is left is what the page declares, set off by a mark, or declared twice.
    """
    said = words_of(heading.text)
    for claim in claims:
        words = words_of(claim.text)
        if not words or words == said or said[-len(words) :] != words:
            continue
        kicker = heading.text[: heading.text.rfind(claim.text)].rstrip()
        twice = sum(words_of(other.text) == words for other in claims) > 1
        apart = any(
            other.text.startswith(kicker) and other.text[len(kicker) :].startswith(_SET_OFF)
            for other in claims
        )
        if (
            kicker.endswith(_KICKER_ENDS)
            or apart
            or (twice and len(said) - len(words) <= _KICKER_WORDS)
        ):
            return Value(claim.text, heading.basis)
    return heading


def _claims(soup: BeautifulSoup, declared: Declared) -> list[Value]:
    found = [
        declared.first("json-ld:headline"),
        declared.first("meta:og:title"),
        declared.first("meta:twitter:title"),
        declared.first(
            "meta:title",
            "meta:dc.title",
            "meta:dcterms.title",
            "meta:headline",
            "meta:parsely-title",
            "meta:sailthru.title",
        ),
        _microdata(declared),
    ]
    if (named := first_called(soup, "title")) is not None:
        found.append(Value(plain(named.get_text(" ")), "title"))
    told = [replace(value, text=plain(value.text)) for value in found if value is not None]
    told = [value for value in told if 0 < len(value.text) <= _MAX_TITLE]
    return sorted(told, key=lambda value: value.text.endswith(_CUT_OFF))  # a last resort


def _microdata(declared: Declared) -> Value | None:
    for tag in declared.items.get("headline", ())[:1]:
        text = " ".join(str(tag.attrs.get("content") or tag.get_text(" ")).split())
        if text:
            return Value(text, "microdata:headline")
    return None


def _headings(declared: Declared) -> list[Value]:
    """Headings, each with spaces between its elements, then as they stand."""
    found = []
    for tag in declared.headings[:_MAX_HEADINGS]:
        said = dict.fromkeys((_below_kicker(tag), tag.get_text(" ")))
        texts = (*(_SPACED.sub(r"\1", plain(text)) for text in said), plain(tag.get_text()))
        rank = "h1" if tag.name == "p" else tag.name  # the title of a text that Word made a page of
        found += [(rank, text) for text in dict.fromkeys(texts) if 2 <= len(text) <= _MAX_TITLE]
    found.sort(key=lambda pair: pair[0])
    return [Value(text, name) for name, text in found]


def _below_kicker(heading: Tag) -> str:
    """What a heading says, without a first element that is called what stands above headlines."""
    whole = heading.get_text(" ")
    told = (one for one in heading.contents if isinstance(one, Tag) or str(one).strip())
    first = next(told, None)
    if not isinstance(first, Tag) or not first.attrs:
        return whole
    if not _KICKER.search(marks_of(attributes_of(first))):
        return whole
    rest = whole.strip().removeprefix(first.get_text(" ").strip())
    return rest if len(words_of(rest)) >= _SHOWN_WORDS else whole


def _confirmed(headings: list[Value], claims: list[Value]) -> Value | None:
    best: Value | None = None
    best_rank = (_CONFIRMED, True)
    for heading in headings:
        for claim in claims:
            rank = (_likeness(heading, claim.text), heading.text in claim.text)
            if rank > best_rank:
                best, best_rank = Value(heading.text, f"{heading.basis}+{claim.basis}"), rank
    return best or next((claim for claim in claims if _is_end_of_one(claim.text, headings)), None)


def _is_end_of_one(claim: str, headings: list[Value]) -> bool:
    """Whether an `<h1>` says something, a kicker or a department, and then the claim."""
    said = words_of(claim)
    shown = (words_of(heading.text) for heading in headings if heading.basis == "h1")
    return len(said) >= _ONLY_WORDS and any(words[-len(said) :] == said for words in shown)


def _likeness(heading: Value, claim: str) -> float:
    """How far a heading and a claim are the same headline, from 0 to 1."""
    words, said = words_of(heading.text), words_of(claim)
    if not said or (len(words) < 2 and not WIDE.search(heading.text)):
        return float(bool(words) and words == said and heading.basis == "h1")
    likeness = len(set(words) & set(said)) / len({*words, *said})
    if _begins(claim, heading.text) or _is_cut_off(claim, heading.text):
        return max(likeness, _BEGUN)
    return likeness


def _begins(claim: str, heading: str) -> bool:
    """Whether a claim is the heading and something in brackets or after a mark."""
    rest = claim.removeprefix(heading)
    return rest != claim and len(heading) >= _BEGUN_SHARE * len(claim) and not rest[:1].isalnum()


def _is_cut_off(claim: str, heading: str) -> bool:
    """Whether a claim is the beginning of the heading and three dots."""
    stem = claim.rstrip("….")
    return claim.endswith(_CUT_OFF) and len(stem) >= _LEAST_CUT and heading.startswith(stem)
