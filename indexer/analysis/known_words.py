"""Known words: which words of a text has the dictionary of a language, in whatever form?"""

from __future__ import annotations

from indexer.analysis.analyzer import analyzer
from indexer.analysis.forms.dictionaries import dictionary


def known_words(text: str, language: str) -> list[bool]:
    """Of each word of a text: has the dictionary of a language it? None of one without a list."""
    known = dictionary(language)
    return [analyzer().stem(one) in known for one in analyzer().surfaces(text)]
