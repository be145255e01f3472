"""Asked: in which language is a question, told by its letters and its words?"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from indexer.analysis.forms.dictionaries import LATIN
from indexer.analysis.known_words import known_words
from search.help.translation.listed import ENGLISH, is_listed
from search.language.query import And, Near, Not, Or, Phrase, Query, Term

_LISTED, _SIGN = 2, 2
"""What a word counts that our list has in a language, or that has a letter which tells it, against
one that its dictionary has."""
_SCRIPTS = (
    ("\u0400", "\u052f", ("ru", "uk")),
    ("\u0590", "\u05ff", ("he",)),
    ("\u0600", "\u06ff", ("ar", "fa")),
)
_SIGNS = {
    "ar": "أإةىكي", "de": "äöüß", "es": "áíñóúü", "fa": "پچژگکی", "fr": "àâçéèêëîïôùûœ",
    "pl": "ąćęłńóśźż", "ru": "ёъыэ", "tr": "çğıöşü", "uk": "ґєії",
}  # fmt: skip
"""Letters that not all languages of a script have."""
_LATIN = (ENGLISH, *sorted(LATIN))
ASKED_LANGUAGES = (*_LATIN, *(code for *_, codes in _SCRIPTS for code in codes))
"""The codes of languages that a question may be in."""


def may_be_asked_in(question: Query) -> tuple[str, ...]:
    """The languages that a question may be in, the likeliest first; English before others.

    It is that of which most words are known, if one of them is known for sure: that a dictionary
    has a word in the letters of English says little. Letters tell where none is, and exclude: what
    has an *і* is not Russian. Of a question whose words are all English others are not asked.
    """
    words = [word for word in _words(question) if word]
    if all(ENGLISH in _by_letters(word) and sum(_known(word, ENGLISH)) for word in words):
        return (ENGLISH,)
    found: dict[str, list[tuple[int, int]]] = {}
    for word in words:
        for language in _of_script(word):
            found.setdefault(language, []).append(_known(word, language))
    excluded = {one for word in words for one in _of_script(word) if one not in _by_letters(word)}
    found = {
        language: known for language, known in found.items() if language not in excluded
    } or found
    scores = {
        language: sum(map(sum, known))
        for language, known in found.items()
        if any(sure for sure, _ in known)
    }
    scores = scores or dict.fromkeys(found, 0)
    return tuple(sorted(scores, key=lambda one: (-scores[one], ASKED_LANGUAGES.index(one))))


def _words(query: Query) -> Iterator[str]:
    match query:
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _words(clause)
        case Not(clause):
            yield from _words(clause)
        case Term(word):
            yield word
        case Phrase(words) | Near(words):
            yield from words


def _of_script(word: str) -> Collection[str]:
    return next((codes for first, last, codes in _SCRIPTS if first <= word[0] <= last), _LATIN)


def _by_letters(word: str) -> Collection[str]:
    """Of scripts but Latin, whose signs many languages share, those whose own letters it has."""
    codes = _of_script(word)
    own = [code for code in codes if _has_sign(word, code)]
    return codes if codes is _LATIN or not own else own


def _has_sign(word: str, language: str) -> bool:
    return not set(word.lower()).isdisjoint(_SIGNS.get(language, ()))


def _known(word: str, language: str) -> tuple[int, int]:
    """How much tells that a word is of a language: for sure, and by a dictionary."""
    sure = _LISTED * is_listed(word, language)
    sure += _SIGN * _has_sign(word, language)
    return sure, known_words(word, language) == [True]
