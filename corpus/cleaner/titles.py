"""What is the headline?

The most visible words that the page's own declarations confirm: an `<h1>` that agrees with
`og:title`, JSON-LD or `<title>` is the headline as readers saw it, without the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup

from corpus.cleaner.structured import Declared, Value
from corpus.cleaner.words import WIDE, words_of

_SEPARATOR = re.compile(r"\s+(?:[|»«·•:/\\>]+|[-–—]{1,2}|::)\s+|\s*\|\s*|:\s+(?=\S+$)")
_JOINT = re.compile(r"\s+[|»«·•/\\>–—-]+\s+|\s*\|\s*|:\s+")
_SHOWN_WORDS = 3
_MAX_TITLE = 400
_SITE_WORDS = 4
_MAX_HEADINGS = 60
_KICKER_WORDS = 3
_SPACED = re.compile(r" ([:,;.!?…)\]»”’](?:\s|$))")  # a mark that belongs to the word before it
_KICKER_ENDS = ("|", "»", "•", "·", "/", "–", "—")
_BEGUN, _BEGUN_SHARE = 0.8, 0.6  # a claim that begins with the heading and is little longer
_CONFIRMED = 0.75  # share of words two forms of one headline have in common


def read_title(
    soup: BeautifulSoup, declared: Declared, lines: Sequence[str], *, outlet: str
) -> Value | None:
    """The headline and its basis; None when the page has no words for one.

    Args:
        lines: the short lines of the page's text; one of them may be the headline.
        outlet: the site's name, taken off where a title ends or begins with it.
    """
    claims = _claims(soup, declared)
    headings = _headings(declared)
    cleaned = [Value(strip_site(claim.text, outlet, headings), claim.basis) for claim in claims]
    confirmed = _confirmed(headings, cleaned)
    if confirmed is not None:
        return _without_kicker(confirmed, cleaned)
    if cleaned:
        return _shown_part(claims, lines) or cleaned[0]
    return Value(headings[0].text, headings[0].basis) if headings else None


def _shown_part(claims: list[Value], lines: Sequence[str]) -> Value | None:
    """The part of a title, between separators, that stands as a line of its own on the page."""
    shown = {words_of(line): line for line in reversed(lines)}
    for claim in claims:
        cuts = [0, *(cut for m in _JOINT.finditer(claim.text) for cut in m.span()), len(claim.text)]
        parts = [
            claim.text[start:end].strip()
            for start in cuts[::2]
            for end in cuts[1::2]
            if end > start
        ]
        for part in sorted(parts, key=len, reverse=True):
            words = words_of(part)
            if len(words) >= _SHOWN_WORDS and words in shown:
                return Value(part, f"{claim.basis}+text")
    return None


def strip_site(title: str, outlet: str, headings: list[Value]) -> str:
    """Takes the site's name, section and slogan off a title.

    Args:
        outlet: the site's name as it is known so far; may be empty.
        headings: a title that begins with a heading of the page ends with it.
    """
    for heading in headings:
        rest = title[len(heading.text) :]
        if title.startswith(heading.text) and _SEPARATOR.match(rest):
            return heading.text
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    site = words_of(outlet)
    for position in (len(parts) - 1, 0):
        if site and words_of(parts[position]) == site:
            return _cut(title, parts, position)
    last = len(words_of(parts[-1]))
    rest_words = sum(len(words_of(part)) for part in parts[:-1])
    joint = title[: title.rindex(parts[-1])].rstrip()[-1:]
    times = 1 if joint in "|»·•" else 2
    if 0 < last <= _SITE_WORDS and rest_words >= times * last and not _is_clause(joint, parts[-1]):
        return strip_site(_cut(title, parts, len(parts) - 1), outlet, headings)
    return title


def _cut(title: str, parts: list[str], position: int) -> str:
    if position == 0:
        return title[title.index(parts[1], len(parts[0])) :].strip()
    return title[: title.rindex(parts[-1])].rstrip(" |»«·•:/\\>-–—\t")


def _is_clause(joint: str, last: str) -> bool:
    """Whether the last part goes on with the sentence: after a colon; small after a dash."""
    return joint == ":" or (joint in "-–—" and (last[:1].islower() or last[:1].isdigit()))


def site_in_title(soup: BeautifulSoup, headline: str) -> str:
    """What a page's `<title>` says beside the headline, if that can be a site's name; else ""."""
    if soup.title is None or not headline:
        return ""
    title = _tidy(soup.title.get_text(" "))
    before, found, after = title.partition(headline)
    if not found or bool(before.strip()) == bool(after.strip()):
        return ""
    name = (before or after).strip()
    site = (name.rstrip if before.strip() else name.lstrip)(" |»«·•:/\\>-–—")
    return site if site != name and 0 < len(words_of(site)) <= _SITE_WORDS else ""


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
        if kicker.endswith(_KICKER_ENDS) or (twice and len(said) - len(words) <= _KICKER_WORDS):
            return Value(claim.text, heading.basis)
    return heading


def _claims(soup: BeautifulSoup, declared: Declared) -> list[Value]:
    found = [
        declared.first("json-ld:headline"),
        declared.first("meta:og:title"),
        declared.first("meta:twitter:title"),
        declared.first("meta:title", "meta:dc.title", "meta:dcterms.title", "meta:headline"),
        _microdata(declared),
    ]
    if soup.title is not None:
        found.append(Value(" ".join(soup.title.get_text(" ").split()), "title"))
    told = [value for value in found if value is not None and 0 < len(value.text) <= _MAX_TITLE]
    return sorted(told, key=lambda value: value.text.endswith(("…", "...")))  # cut off: last resort


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
        texts = (_SPACED.sub(r"\1", _tidy(tag.get_text(" "))), _tidy(tag.get_text()))
        found += [(tag.name, text) for text in dict.fromkeys(texts) if 2 <= len(text) <= _MAX_TITLE]
    found.sort(key=lambda pair: pair[0])
    return [Value(text, name) for name, text in found]


def _tidy(text: str) -> str:
    return " ".join(text.split()).rstrip("¶").rstrip()


def _confirmed(headings: list[Value], claims: list[Value]) -> Value | None:
    best: Value | None = None
    best_rank = (_CONFIRMED, True)
    for heading in headings:
        words = set(words_of(heading.text))
        for claim in claims:
            said = set(words_of(claim.text))
            if not said or (len(words) < 2 and not WIDE.search(heading.text)):
                continue
            likeness = len(words & said) / len(words | said)
            if _begins(claim.text, heading.text):
                likeness = max(likeness, _BEGUN)
            rank = (likeness, heading.text in claim.text)
            if rank > best_rank:
                best, best_rank = Value(heading.text, f"{heading.basis}+{claim.basis}"), rank
    return best


def _begins(claim: str, heading: str) -> bool:
    """Whether a claim is the heading and something in brackets or after a mark."""
    rest = claim.removeprefix(heading)
    return rest != claim and len(heading) >= _BEGUN_SHARE * len(claim) and not rest[:1].isalnum()
