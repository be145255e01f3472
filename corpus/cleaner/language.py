"""Language: which language is a text written in?

Told from the text by py3langid (a naive Bayes model over byte sequences, after Lui and Baldwin,
*langid.py*, ACL 2012), among the languages that news is written in. It reads its model from its own
package: nothing is fetched. Why this one: `docs/decisions/0011-language.md`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import islice
from typing import Any

import numpy
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from corpus.cleaner.same_words import WIDE

UNKNOWN = "und"
_SAMPLE = 3000  # characters: more changes no answer, and costs time
_LEAST_LETTERS = 12
_SHORT = 100
_LIKELIEST = 4
_LEAST_WIDE = 4  # in scripts that write a word with one or two signs
_DEEPEST = 6  # letters (bytes) of the longest sequences that the model knows
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
    letters = sum(1 for _ in islice(_LETTER.finditer(sample), _LEAST_LETTERS))
    if letters < _LEAST_LETTERS and len(WIDE.findall(sample)) < _LEAST_WIDE:
        return UNKNOWN
    code: str = _identifier().classify(sample)[0]
    return code


def told(text: str, declared: str) -> str:
    """The language of a text that comes with a declaration, which may be wrong.

    A sentence or two tell too little: of 1,430 sentences of reports in eleven languages, 77 were
    told wrongly or not at all, and 72 of those were declared as one of the four likeliest; of wrong
    declarations, in another language of Latin letters, one of twenty was. So up to `_SHORT` letters
    such a declaration holds.

    Args:
        declared: a code, `en` or `en-US`; may be empty.
    """
    found = detect(text)
    code = declared.strip().lower().replace("_", "-").partition("-")[0]
    if not code or code == found or len(_LETTER.findall(text[:_SAMPLE])) > _SHORT:
        return found
    likeliest = [each for each, _ in _identifier().rank(text[:_SAMPLE])[:_LIKELIEST]]
    return code if code in likeliest else found


class _Identifier(LanguageIdentifier):  # type: ignore[misc]  # it declares no types
    """One that goes through a text all at once, rather than letter by letter: a tenth of the time.

    Which state its automaton is in depends on the last few letters alone (the longest sequences
    that it knows have so many), so all places of a text can be asked together: each begins so many
    letters before.
    """

    __slots__ = ("_found", "_moves", "_rows")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._moves = numpy.frombuffer(self.tk_nextmove, dtype=f"u{self.tk_nextmove.itemsize}")
        self._rows = numpy.array(self._rowbase, dtype=numpy.int64)
        self._found = numpy.array(self.tk_output, dtype=numpy.int64)

    def _raw_score(self, text: bytes) -> Any:
        """How likely each language is; as the letter by letter walk says it, to the last bit."""
        letters = numpy.frombuffer(bytes(_DEEPEST - 1) + text, dtype=numpy.uint8)
        letters = letters.astype(numpy.int64)
        states = self._moves.take(letters[: len(text)])
        for before in range(1, _DEEPEST):
            places = self._rows.take(states)
            places += letters[before : before + len(text)]
            states = self._moves.take(places)
        found = self._found.take(states)
        visits = Counter(found[found >= 0].tolist())
        return self._sparse_score(visits, self.nb_ptc) if visits else super()._raw_score(b"")


@cache
def _identifier() -> LanguageIdentifier:
    identifier = _Identifier.from_model_file(MODEL_FILE)
    known = set(identifier.labels)
    identifier.set_languages([code for code in _LANGUAGES.split() if code in known])
    # The columns that were chosen lie one after the other; a text asks for a few hundred rows.
    identifier.nb_ptc = numpy.ascontiguousarray(identifier.nb_ptc)
    return identifier
