"""Language: which language is a text written in?

Told from the text by py3langid (a naive Bayes model over byte sequences, after Lui and Baldwin,
*langid.py*, ACL 2012), among the languages that news is written in. It reads its model from its own
package: nothing is fetched. Why this one: `docs/decisions/0011-language.md`.
"""

from __future__ import annotations

import re
from functools import cache

import numpy
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus.cleaner.same_words import WIDE

UNKNOWN = "und"
_SAMPLE = 3000  # characters: more changes no answer, and costs time
_LEAST_LETTERS = 12
_LEAST_WIDE = 4  # in scripts that write a word with one or two signs
_LETTER = re.compile(r"[^\W\d_]")
_LANGUAGES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id "
    "is it ja ka kk km kn ko ku ky lo lt lv mk ml mn mr ms my ne nl no pa pl ps pt ro ru rw si sk "
    "sl so sq sr sv sw ta te tg th ti tk tl tr ug uk ur uz vi zh zu"
)


def detect(text: str) -> str:
    """The ISO 639-1 code of a text's language; `und` when it has too few letters to tell.

    Args:
        text: a few words or more; only its beginning counts.
    """
    sample = text[:_SAMPLE]
    if len(_LETTER.findall(sample)) < _LEAST_LETTERS and len(WIDE.findall(sample)) < _LEAST_WIDE:
        return UNKNOWN
    code: str = _identifier().classify(sample)[0]
    return code


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = set(identifier.labels)
    identifier.set_languages([code for code in _LANGUAGES.split() if code in known])
    # The columns that were chosen lie one after the other; a text asks for a few hundred rows.
    identifier.nb_ptc = numpy.ascontiguousarray(identifier.nb_ptc)
    return identifier
