"""German verbs in two parts: which two words of a sentence are the verb *zurückziehen* (*zogen sich
zurück*)?

Only those whose first part is nothing else. Where a form of some verbs stood in 8,800 sentences of
news, Wikipedia and old papers, and *zurück*, *fest*, *ab* or the like up to ten words behind it, 60
of 66 such words closed a clause, as the second part of a verb does; of prepositions and articles
(*an*, *auf*, *ein*, *mit*) 62 of 140 did. So those are left out: *griffen an* is not found.
"""

from __future__ import annotations

from indexer.analysis.forms.dictionaries import dictionary
from indexer.analysis.types import Analyzer

FARTHEST = 8  # words between the two
_FIRST = (
    "zurück zusammen fest frei nieder los weiter fort heraus hinaus herauf herein hinein hervor"
    " entgegen ab"
).split()
_LEAST = 5  # letters of a verb


def parted_verb(word: str, analyzer: Analyzer) -> tuple[str, str] | None:
    """The verb and the word that stands apart from it, of an infinitive; None where none does."""
    typed = word.lower()
    first = next(filter(typed.startswith, _FIRST), "")
    verb = typed.removeprefix(first)
    if not first or len(verb) < _LEAST or not verb.endswith("n"):
        return None
    known = dictionary("de")
    is_verb = all(analyzer.stem(one) in known for one in analyzer.surfaces(f"{verb} {typed}"))
    return (verb, first) if is_verb else None
