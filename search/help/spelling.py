"""Did you mean: which better query may have been meant? Asked only when one finds next to nothing.

A name of several words that lacks its quotation marks gets them.
A word of which no article has a form gives way to what articles call the place that it names, in
whichever language, or to the nearest word of the corpus itself, so that a suggestion always finds
something.
"""

from __future__ import annotations

from itertools import takewhile

from indexer.analysis.forms.dictionaries import dictionary
from indexer.entities.lexicon import ordinary_words
from indexer.entities.names.cyrillic import bases
from indexer.entities.names.known import known_label, place_spellings
from indexer.entities.names.romanization.spelled import beginnings, is_romanized, spell
from indexer.entities.names.romanization.tables import bones
from indexer.entities.names.spelling import plain
from indexer.entities.types import EntityKind
from indexer.schema import ID_FACETS
from search.help.named import BEHIND_APOSTROPHE, names_among
from search.language.lexer import Token, TokenKind, tokens
from search.language.query import Term
from search.request import COUNTED, kind_of
from search.serving.open_index import OpenIndex

FEW = 3
"""Hits up to which a better spelling is looked for."""
_SHORT = 5  # letters up to which a word may differ by one letter only
_NAME_WORDS = 6  # in the longest name that is looked for without its quotation marks
_IN_OTHER_LETTERS = ("ar", "fa", "he", "ru", "uk")
_MOST_SPELLED = 5  # words of a question that are sought in other letters: each takes milliseconds
_MOST_BEGINNING = 4000  # words in Latin letters that are compared, of each first letter
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
    tokens_typed = _plain_words(text)
    are_few = len(tokens_typed) <= _MOST_SPELLED
    for token in reversed(tokens_typed):
        typed = text[token.position : token.end]
        if index.engine.forms(typed):
            continue
        if place := _place_in_articles(typed, index):
            better = better[: token.position] + place + better[token.end :]
            continue
        words = index.analyzer.tokens(typed)
        for word in reversed(words):
            known = _better(word.surface, index)
            if not known and are_few and len(words) == 1:
                known = _without_ending(typed, index) or _in_latin_letters(typed, index)
            if known:
                start, end = token.position + word.start, token.position + word.end
                if text[start].isupper() and not text[start:end].isupper():
                    known = known[0].upper() + known[1:]
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
    if _is_named(typed, index):
        return ""
    label = known_label(EntityKind.PLACE, key, is_town=False)
    if label is None:
        return ""
    for name in (label, *(one.title() for one in sorted(place_spellings(label)))):
        if _stand_in_articles(name, index):
            return name if len(index.analyzer.surfaces(name)) == 1 else f'"{name}"'
    return ""


def _is_named(typed: str, index: OpenIndex) -> bool:
    """Is it told of as a name already?"""
    return any(names_among((Term(typed.strip('"')),), index))


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


def _without_ending(typed: str, index: OpenIndex) -> str:
    """A name without what an apostrophe parts from it; empty where no article has that either."""
    bare = BEHIND_APOSTROPHE.sub("", typed)
    if bare == typed or not _stand_in_articles(bare, index) or _is_named(typed, index):
        return ""
    return bare


def _in_latin_letters(typed: str, index: OpenIndex) -> str:
    """The word of most articles in Latin letters that one in others may be a name for, in any of
    its cases; empty for what a dictionary has, as a word for a thing is translated, not spelled.
    """
    (surface,) = index.analyzer.surfaces(typed)
    if not is_romanized(surface) or _stand_in_articles(surface, index) or _is_named(typed, index):
        return ""
    stem = index.analyzer.stem(surface)
    if any(stem in dictionary(language) for language in _IN_OTHER_LETTERS):
        return ""
    sources = bases(surface)
    wanted = set(map(bones, sources))
    found = [
        one
        for first in sorted({letter for source in sources for letter in beginnings(source)})
        for one in index.engine.words(first, limit=_MOST_BEGINNING)
        if bones(one.word) in wanted and any(spell([each], [one.word]) for each in sources)
    ]
    return min(found, key=lambda one: (-one.articles, one.word)).word if found else ""
