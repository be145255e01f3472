"""Folding: when are two spellings one word? A word is folded before it is compared with anything.

Case goes (full Unicode case folding), typographic apostrophes become `'`, ligatures and wide forms
become plain letters, accents go where they are a matter of spelling (Latin, Greek, Arabic, Hebrew)
and stay where they make another letter (Cyrillic й and ї, the vowel signs of Indic scripts).
Letters that people write one for the other become one: ё and е, ґ and г, the forms of alef, ya and
kaf of Arabic and Persian keyboards, and their digits and ours. An apostrophe between Cyrillic
letters goes, as do geresh and gershayim after Hebrew ones, because many leave them out. The English
possessive goes too.
"""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = "'\u2019\u2018\u02bc\u02bb\u2032\uff07\u00b4`"
"""Characters that are typed for an apostrophe inside a word."""

_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
    | {"\u0640": ""}  # the Arabic tatweel only stretches a word
    | {"\u0671": "\u0627"}  # alef wasla, as alef; other alefs are an alef with a mark
    | dict.fromkeys("\u0649\u06cc\u06d0\u06d2", "\u064a")  # alef maqsura, Persian ye, Urdu's: ya
    | {"\u06a9": "\u0643", "\u06aa": "\u0643"}  # Persian kaf
    | dict.fromkeys("\u0629\u06c1\u06be\u06c3\u06d5", "\u0647")  # ta marbuta, hehs of Persian, Urdu
    | {"\u0491": "\u0433"}  # Ukrainian ґ, for which г was the only letter for decades
    | dict.fromkeys(APOSTROPHES, "'")
    | {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0) for digit in range(10)}
)
HEBREW = "\u05d0-\u05ea"
GERSHAYIM = '"\u05f4\u201c-\u201f'
"""Between two Hebrew letters they make an acronym: no quotation mark, and no end of a word."""
GERESH = "\u05f3"
_UNSPOKEN = re.compile(
    rf"(?<=[\u0400-\u052f])'(?=[\u0400-\u052f])|(?<=[{HEBREW}])['{GERESH}{GERSHAYIM}]+"
)
"""Signs inside a word that are often left out: Ukrainian apostrophes, Hebrew geresh, gershayim."""
_ACUTE, _GRAVE, _DIAERESIS = "\u0301", "\u0300", "\u0308"


def fold(word: str) -> str:
    """The folded form of one word of `indexer.analysis.tokenizer`: what is indexed and compared.

    Folding again changes nothing.
    """
    if word.isascii():
        folded = word.lower()
    else:
        decomposed = unicodedata.normalize("NFD", _compatible(word).casefold())
        plain = unicodedata.normalize("NFC", _without_accents(decomposed).translate(_PLAIN))
        folded = _UNSPOKEN.sub("", plain)
    return _bare(folded) if "'" in folded or "." in folded else folded


def _compatible(word: str) -> str:
    """Ligatures and wide or styled letters as plain letters; a fraction or a sign stays itself."""
    plain = (unicodedata.normalize("NFKD", character) for character in word)
    return "".join(
        new if all(one.isalpha() or one.isdecimal() or unicodedata.combining(one) for one in new)
        else old
        for old, new in zip(word, plain, strict=True)
    )  # fmt: skip


def _without_accents(decomposed: str) -> str:
    kept: list[str] = []
    base = ""
    for character in decomposed:
        if not unicodedata.combining(character):
            base = character
        elif not _is_letter_making(character, base):
            continue
        kept.append(character)
    return "".join(kept)


def _is_letter_making(mark: str, base: str) -> bool:
    if base < "\u0400" or "\u0590" <= base < "\u0780" or "\u1e00" <= base < "\u2000":
        return False  # Latin, Greek, Hebrew, Arabic, Syriac
    if "\u0400" <= base < "\u0530":  # Cyrillic: ё is е, and an acute only marks the stress
        return mark not in (_ACUTE, _GRAVE) and not (mark == _DIAERESIS and base == "е")
    return True


def _bare(folded: str) -> str:
    """Without the dots of an acronym, a possessive 's and apostrophes at the ends."""
    word = folded.replace(".", "").strip("'")
    while word.endswith("'s") and len(word) > 2:
        word = word[:-2].rstrip("'")
    return word
