"""Gazetteer: which known names stand in a text? For the languages that no model speaks.

A name is found only as it is listed, longest first; names of persons in Cyrillic also in the other
cases. In Arabic and Hebrew script a one-letter conjunction or preposition may be attached to its
front and is left out of the mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from indexer.entities import lexicon
from indexer.entities.names.attached import ARABIC_ATTACHED
from indexer.entities.names.cyrillic import declined_persons, declined_places
from indexer.entities.names.known import names_in
from indexer.entities.types import EntityKind, Mention

LISTED = "gazetteer"
"""The rule of what stands in the list."""
_CONFIDENCE = 0.9
_PERSIAN_CODE = "fa"
_SMALLEST_CITY = 100  # thousands of inhabitants: below it, too many towns are common words
# Common nouns that are also the name of a town.
_COMMON = frozenset(
    "المدينة حصار السلام الوحدة النصر الشرق الغربية الشرقية الجديدة город Мир Победа".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*\.?", re.UNICODE)
_ATTACHED = re.compile(
    rf"{ARABIC_ATTACHED}(?=[\u0600-\u06ff]{{3}})"
    r"|(?:ו(?:כש|ש)?[בלמהכש]?|(?:כש|ש)[בלמהכ]?|[בלמהכ])"
    r"(?=[א-ת](?:['׳’]|[א-ת][א-ת'׳’ -]))"
)
_ELIDED = re.compile(r"(?:[dDlL]|[Jj]usqu|[Qq]u)['’](?=[^\W\d_])")  # French: d'Alep, l'armée
_DOUBLED = "וו"  # Hebrew, behind a prefix: בוורשה is ורשה
_PERSIAN = str.maketrans("يىك", "ییک")
_HEBREW_CODE = "he"
_GERESH = str.maketrans("׳’", "''")
_JOINED = "\u200c"  # a Persian half space, also left out or a blank
_QUOTES = ("»", "”", '"', "'")
_SUFFIX = re.compile(r"['’][a-zçğışöü]{1,6}\Z")  # Turkish: İstanbul'da
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


class GazetteerTagger:
    """A `Tagger` that knows a list of names and nothing else. Pure, language by script."""

    version = LISTED

    def __init__(self, names: dict[str, tuple[EntityKind, str]]) -> None:
        self._names = names
        self._longest: dict[str, int] = {}
        for name in names:
            words = [name] if name.isalpha() else _WORD.findall(name)
            if words:
                self._longest[words[0]] = max(self._longest.get(words[0], 1), len(words))

    def tag(self, text: str, *, language: str, title: str = "") -> list[Mention]:
        """The listed names in `text`, longest first, never overlapping."""
        del title
        written = text
        if language == _PERSIAN_CODE:
            text = text.translate(_PERSIAN)
        elif language == _HEBREW_CODE:
            text = text.translate(_GERESH)
        words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
        mentions: list[Mention] = []
        index = 0
        while index < len(words):
            found = self._at(text, words, index)
            if found is None:
                index += 1
                continue
            mention, used = found
            if written is not text:
                mention = replace(mention, text=written[mention.start : mention.end])
            mentions.append(mention)
            index += used
        return mentions

    def _at(
        self, text: str, words: list[tuple[int, int]], index: int
    ) -> tuple[Mention, int] | None:
        start, end = words[index]
        for begin in self._beginnings(text, start, end):
            longest = self._longest.get(text[begin:end].rstrip("."))
            longest = longest or self._longest.get(text[begin:end])
            longest = longest or self._longest.get(_SUFFIX.sub("", text[begin:end]))
            for count in range(min(longest or 0, len(words) - index), 0, -1):
                stop = words[index + count - 1][1]
                suffix = _SUFFIX.search(text, begin, stop)
                bare = suffix.start() if suffix else stop
                quoted = stop + 1 if text[stop : stop + 1] in _QUOTES else stop
                for finish in (quoted, stop, stop - 1 if text[stop - 1] == "." else bare):
                    entry = self._names.get(text[begin:finish])
                    if entry is not None:
                        surface = text[begin:finish]
                        return Mention(begin, finish, entry[0], surface, _CONFIDENCE, LISTED), count
        return None

    @staticmethod
    def _beginnings(text: str, start: int, end: int) -> list[int]:
        attached = _ATTACHED.match(text, start, end + 1)
        if attached is None:
            elided = _ELIDED.match(text, start, end)
            return [start] if elided is None else [start, elided.end()]
        behind = attached.end()
        doubled = [behind + 1] if text.startswith(_DOUBLED, behind) else []
        return [start, *range(start + 1, behind + 1), *doubled]


@cache
def foreign_gazetteer() -> GazetteerTagger:
    """Known names for a text that is not English: every script, but Latin names of places only
    where the place is large.
    """
    return GazetteerTagger(_foreign_names())


@cache
def gazetteer_of(language: str) -> GazetteerTagger:
    """`foreign_gazetteer`, and what else great places and known people are called in one language;
    in Polish in every case, in Persian with either letter for ye and kaf.
    """
    others = {form: (one.kind, one.label) for one, form in names_in(language)}
    if not others:
        return foreign_gazetteer()
    names = {**_foreign_names(), **others}
    if language == _PERSIAN_CODE:
        names = {name.translate(_PERSIAN): entry for name, entry in names.items()}
        names |= {
            name.replace(_JOINED, apart): entry
            for name, entry in names.items()
            if _JOINED in name
            for apart in ("", " ")
        }
    return GazetteerTagger(names)


def with_small_article(known: lexicon.KnownName) -> Iterator[str]:
    """All names of one, those of bodies in several words with a small Arabic article as well
    (*al-Qaeda in the Islamic Maghreb*).
    """
    for name in (known.label, *known.others):
        yield name
        if known.kind is EntityKind.ORG and " " in name and name.startswith(_WITH_ARTICLE):
            yield name[0].lower() + name[1:]


_WITH_ARTICLE = ("Al-", "El-")


@cache
def _foreign_names() -> dict[str, tuple[EntityKind, str]]:
    names: dict[str, tuple[EntityKind, str]] = {}
    for sort, place in sorted(lexicon.places(), key=lambda one: one[1].weight):
        if sort == "city" and place.weight < _SMALLEST_CITY:
            continue
        for name in (place.label, *place.others):
            if len(name) > 2 and name not in _COMMON:
                names[name] = (EntityKind.PLACE, place.label)
    for known in lexicon.known_names():
        for name in with_small_article(known):
            if len(name) > 2 or not _LATIN.match(name):
                names[name] = (known.kind, known.label)
    for form, label in declined_persons().items():
        names.setdefault(form, (EntityKind.PERSON, label))
    for form, label in declined_places().items():
        names.setdefault(form, (EntityKind.PLACE, label))
    return names
