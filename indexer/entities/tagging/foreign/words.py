"""Words of other languages: where are the words and sentences in which a model seeks names, and
which of their letters are one?

Finer than the words that are searched for, as in English: `l'` and `d'` are words of their own in
French, and what stands behind the apostrophe of a Turkish name. Russian and Ukrainian are read by
one model, so that their letters are made one; Arabic and Persian likewise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from indexer.entities import lexicon
from indexer.entities.tagging.tokens import Token

_LETTER = r"(?:[^\W\d_][\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]*)"
_WORD = (
    rf"{_LETTER}(?:\.{_LETTER})+\.?(?!\w)"  # А.С., z.B.
    rf"|{_LETTER}\.(?=\s?[A-ZА-ЯЁІЇЄҐÀ-Þ])"  # the initial in a name
    r"|[\u0590-\u05ff]+(?:[’'\"״׳][\u0590-\u05ff]+)*['׳]?"  # צה"ל
    rf"|{_LETTER}+(?:[’'ʼ]{_LETTER}+)*"
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\w\s]|_"
)
_TOKEN = re.compile(_WORD)
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)
_SUFFIX = re.compile(r"['’](?=\w)")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_SENTENCE_END = frozenset(".!?…؟۔")
_STOP = "."
_CLOSING = frozenset("\"'”’)]»“")
# A full stop behind these ends no sentence.
_ABBREVIATIONS = frozenset(
    """ dr prof hr fr st nr abt gen bzw ca usw mr mme mm av dr. sn bkz yüzb org alb г гг им ул тыс
    млн млрд руб св проф акад д ст р рр м вул тис грн пл оз """.split()
)

_ARABIC_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640\u200c]")
_HEBREW_MARKS = re.compile(r"[\u0591-\u05c7]")
_SLAVIC = str.maketrans(
    {
        "ё": "е", "ы": "и", "э": "е", "ъ": None, "ь": None, "і": "и", "ї": "и", "є": "е", "ґ": "г",
        "й": "и", "'": None, "’": None, "ʼ": None,
    }
)  # fmt: skip
_ARABIC = str.maketrans("أإآٱىیکةؤئ", "ااااييكهوي")
SLAVIC = frozenset(["ru", "uk", "be", "bg"])
ARABIC = frozenset(["ar", "fa"])
WITHOUT_CAPITALS = frozenset(["ar", "fa", "he"])


def sentences(text: str, language: str) -> Iterator[list[Token]]:
    """The tokens of `text`, sentence by sentence; none reaches over a line break."""
    sentence: list[Token] = []
    previous_end = 0
    ended = False
    for start, end, token in _tokens(text, language):
        broken = "\n" in text[previous_end:start]
        if sentence and (broken or (ended and token not in _CLOSING and not token[0].islower())):
            yield sentence
            sentence = []
            ended = False
        if ended and token not in _CLOSING:
            ended = False
        if token in _SENTENCE_END:
            before = sentence[-1][2].lower() if sentence else ""
            ended = not (token == _STOP and (before in _ABBREVIATIONS or before.isdecimal()))
        sentence.append((start, end, token))
        previous_end = end
    if sentence:
        yield sentence


def _tokens(text: str, language: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        token, start, end = match.group(), match.start(), match.end()
        if language == "fr":
            elided = _ELIDED.match(token)
            if elided is not None:
                yield start, start + elided.end(), token[: elided.end()]
                yield start + elided.end(), end, token[elided.end() :]
                continue
        elif language == "tr":
            suffix = _SUFFIX.search(token)
            if suffix is not None:
                yield start, start + suffix.start(), token[: suffix.start()]
                yield start + suffix.start(), end, token[suffix.start() :]
                continue
        yield start, end, token


@lru_cache(maxsize=1 << 17)
def folded(word: str, language: str) -> str:
    """The word in lower case, with letters made one that the languages of a model write
    differently.
    """
    if language in ARABIC:
        return _ARABIC_MARKS.sub("", word).translate(_ARABIC).lower()
    if language in SLAVIC and _CYRILLIC.search(word):
        lower = word.lower()
        if language == "uk":
            lower = lexicon.ukrainian_words().get(lower, lower)
        return lower.translate(_SLAVIC)
    if language == "he":
        return _HEBREW_MARKS.sub("", word)
    if language == "tr":
        return word.replace("İ", "i").replace("I", "ı").lower()
    return word.lower()
