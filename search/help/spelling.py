"""Did you mean: which better query may have been meant? Asked only when one finds next to nothing.

A name of several words that lacks its quotation marks gets them.
A word of which no article has a form gives way to what articles call the place that it names, in
whichever language, or to the nearest word of the corpus itself, so that a suggestion always finds
something.
"""

from __future__ import annotations

from itertools import takewhile

from indexer.entities.lexicon import ordinary_words
from indexer.entities.names.known import known_label, place_spellings
from indexer.entities.names.spelling import plain
from indexer.entities.types import EntityKind
from indexer.schema import ID_FACETS
from search.language.lexer import Token, TokenKind, tokens
from search.language.query import Term
from search.request import COUNTED, kind_of
from search.serving.open_index import OpenIndex

FEW = 3
"""Hits up to which a better spelling is looked for."""
_SHORT = 5  # letters up to which a word may differ by one letter only
_NAME_WORDS = 6  # in the longest name that is looked for without its quotation marks
_LEAST = 4  # shorter words have too many neighbors to guess from


def did_you_mean(text: str, total: int, index: OpenIndex) -> str:
    """The query text with unknown words replaced; empty when there is nothing better to say.

    Args:
        text: a query text that parses.
        total: how many articles it found.
    """
    if total > FEW:
        return ""
    if quoted := _name_in_quotes(text, index):
        return quoted
    better = text
    for token in reversed(_plain_words(text)):
        typed = text[token.position : token.end]
        if index.engine.forms(typed):
            continue
        if place := _place_in_articles(typed, index):
            better = better[: token.position] + place + better[token.end :]
            continue
        for word in reversed(index.analyzer.tokens(typed)):
            known = _better(word.surface, index)
            if known:
                start, end = token.position + word.start, token.position + word.end
                better = better[:start] + known + better[end:]
    return better if better != text else ""


def _name_in_quotes(text: str, index: OpenIndex) -> str:
    """`person:Vladimir Putin` is a name and a word; with quotation marks it is the name of one."""
    pieces = list(tokens(text))
    for place, field in enumerate(pieces):
        facet = field.text.casefold()
        if field.kind is not TokenKind.FIELD or facet not in COUNTED:
            continue
        words = list(takewhile(lambda one: one.kind is TokenKind.WORD, pieces[place + 1 :]))
        for count in range(min(len(words), _NAME_WORDS), 1, -1):
            start, end = words[0].position, words[count - 1].end
            if _is_known(facet, text[start:end], index):
                return f'{text[:start]}"{text[start:end]}"{text[end:]}'
    return ""


def _is_known(facet: str, name: str, index: OpenIndex) -> bool:
    if facet in ID_FACETS:
        return bool(index.directory.resolve(name, kind=kind_of(facet)))
    return bool(index.values_of(facet, name))


def _plain_words(text: str) -> list[Token]:
    """Words and phrases that are looked for in texts: no names, dates, beginnings, neighbors."""
    words: list[Token] = []
    field = ""
    for token in tokens(text):
        if token.kind is TokenKind.FIELD:
            field = token.text.casefold()
            continue
        looked_for = token.kind in (TokenKind.WORD, TokenKind.QUOTED)
        if looked_for and field in ("", "title", "text", "exact") and token.text[-1:] != "*":
            words.append(token)
        field = ""
    return [token for token in words if "~" not in token.text or token.kind is TokenKind.QUOTED]


def _place_in_articles(typed: str, index: OpenIndex) -> str:
    """What articles call a place that no article calls as typed, in whatever language that is;
    empty where they have the word, or it names no place.
    """
    key = plain(typed.strip('"'))
    if len(key) < _LEAST or key in ordinary_words("en") or _stand_in_articles(key, index):
        return ""
    if index.directory.resolve(key):
        return ""  # told of as a name
    label = known_label(EntityKind.PLACE, key, is_town=False)
    if label is None:
        return ""
    for name in (label, *(one.title() for one in sorted(place_spellings(label)))):
        if _stand_in_articles(name, index):
            return name if len(index.analyzer.surfaces(name)) == 1 else f'"{name}"'
    return ""


def _stand_in_articles(name: str, index: OpenIndex) -> bool:
    surfaces = index.analyzer.surfaces(name)
    return bool(surfaces) and all(index.engine.expand(Term(one, exact=True)) for one in surfaces)


def _better(surface: str, index: OpenIndex) -> str:
    if len(surface) < _LEAST or surface.isdigit() or index.analyzer.is_stop_word(surface):
        return ""
    if index.engine.expand(Term(surface, exact=True)):
        return ""  # it stands in articles as it is: none is nearer, and this is told at once
    distance = 1 if len(surface) <= _SHORT else 2
    near = index.engine.similar_words(surface, distance=distance, limit=10)
    stem = index.analyzer.stem(surface)
    if not near or any(index.analyzer.stem(one.word) == stem for one in near):
        return ""
    return near[0].word
