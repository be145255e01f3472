"""Stemmer: what is the stem of a word? Told by its script, so that no language need be known.

Snowball stemmers of NLTK: English for Latin letters (Porter 2), Russian for Cyrillic, and the
Arabic light stemmer. A word in any other script, with a digit in it, or in the capitals of an
acronym, is its own stem; so is one that is nothing but an ending, because IED is not *i.e.*, and a
name that would be another one.
"""

from __future__ import annotations

from indexer.analysis.nltk_parts import ArabicStemmer, EnglishStemmer, RussianStemmer

_english, _russian, _arabic = EnglishStemmer(), RussianStemmer(), ArabicStemmer()

_ENDINGS = frozenset({"ied", "ies"})
_NAMES = frozenset("abbas andreas davos hamas laos lucas marcos nicolas".split())
"""Names that are another one without their *s*: Hamas is not Hama."""
_WHOLE = _ENDINGS | _NAMES


def stem_of(surface: str) -> str:
    """The stem of a folded word; never empty."""
    first = surface[:1]
    if first <= "\u024f":
        stems = surface.isalpha() and not surface.isupper() and surface not in _WHOLE
        stemmed = _english.stem(surface) if stems else surface
    elif "\u0400" <= first <= "\u052f":
        stemmed = _russian.stem(surface)
    elif "\u0600" <= first <= "\u06ff":
        stemmed = _arabic.stem(surface)
    else:
        return surface
    return str(stemmed) or surface
