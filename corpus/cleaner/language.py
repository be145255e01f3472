"""Which language is a text written in?

Script first, then letters that only one language of a script uses, then its commonest short words.
Small, offline and explainable; measured against py3langid in `docs/decisions/0011-language.md`.
"""

from __future__ import annotations

import re
from collections import Counter

from corpus.cleaner.language_words import TELLING, WORDS

UNKNOWN = "und"
_SAMPLE = 6000
_LEAST_LETTERS = 12

_SCRIPTS = (
    ("latin", re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
    ("cyrillic", re.compile("[\u0400-\u052f]")),
    ("arabic", re.compile("[\u0620-\u06ff\u0750-\u077f]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("am", re.compile("[\u1200-\u137f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("pa", re.compile("[\u0a00-\u0a7f]")),
    ("gu", re.compile("[\u0a80-\u0aff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("te", re.compile("[\u0c00-\u0c7f]")),
    ("kn", re.compile("[\u0c80-\u0cff]")),
    ("ml", re.compile("[\u0d00-\u0d7f]")),
    ("si", re.compile("[\u0d80-\u0dff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("lo", re.compile("[\u0e80-\u0eff]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("kana", re.compile("[\u3040-\u30ff]")),
    ("han", re.compile("[\u3400-\u9fff]")),
)

_LISTS = {
    script: {code: frozenset(words.split()) for code, words in languages.items()}
    for script, languages in WORDS.items()
}
_TOKEN = re.compile(r"[^\W\d_]+")


def detect(text: str) -> str:
    """The ISO 639-1 code of a text's language; `und` when it has too few letters to tell.

    Args:
        text: a few words or more; only its beginning counts.
    """
    sample = text[:_SAMPLE]
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    letters = sum(counts.values())
    if letters < _LEAST_LETTERS and not counts["han"] + counts["kana"] + counts["ko"] >= 4:
        return UNKNOWN
    if counts["kana"] * 10 > counts["han"] + counts["kana"] and counts["kana"] > 1:
        return "ja"
    script = max(counts, key=lambda name: counts[name])
    if script == "han":
        return "zh"
    if script not in _LISTS:
        return script
    return _by_words(sample.casefold(), script)


def _by_words(text: str, script: str) -> str:
    tokens = Counter(_TOKEN.findall(text))
    scores = {
        code: float(sum(tokens[word] for word in words)) for code, words in _LISTS[script].items()
    }
    total = sum(tokens.values())
    for code, letters in TELLING[script]:
        seen = sum(text.count(letter) for letter in letters)
        weight = 0.5 if script == "latin" else 1.0
        scores[code] = scores.get(code, 0.0) + weight * min(seen, total)
    best = max(scores, key=lambda code: scores[code])
    if scores[best] == 0 or (total >= 30 and scores[best] < 0.04 * total):
        return UNKNOWN
    return best
