"""Ethiopian names: which two words are one name? *Gebre Michael*, *Gebre-Michael*, *Ghebremikael*.

A servant, a gift or a plant of a saint is one given name, written together or apart; whoever has it
as the father's name is one, however it is written.
"""

from __future__ import annotations

import re

_FIRST = (
    ("gebre", "gh?[ae]b[aei]?r[ae]"),
    ("wolde", "w[eo]ld[ae]"),
    ("haile", "ha[iy]l[ae]"),
    ("tekle", "te[ck]l[ae]"),
    ("habte", "habt[ae]"),
    ("tesfa", "tesf[ae]"),
    ("fikre", "fi[ck]r[ae]"),
)
_LAST = (
    ("michael", "mi(?:ch|k|kh)a[ei]l"),
    ("mariam", "mar[iy]y?am"),
    ("selassie", "s[ei]ll?ass?ie?"),
    ("giorgis", "g[iy]y?orgis"),
    ("kristos", "(?:ch|k)r[ei]stos"),
    ("medhin", "med[eh]{1,2}in"),
    ("tsadik", "t?sadi[kq]"),
    ("egziabher", "egz[hi]{1,2}abh?i?er"),
    ("hiwot", "h[iy]wot"),
    ("meskel", "mes[kq]el"),
    ("yesus", "[iy]y?esus"),
    ("yohannes", "y?ohann[ei]s"),
)
"""Each word, and how else it is written (plain spellings)."""
_BEGINS = re.compile("|".join(rf"\b{spelled}" for _, spelled in _FIRST))
_BOTH = re.compile(
    rf"\b({'|'.join(spelled for _, spelled in _FIRST)}) ?"
    rf"({'|'.join(spelled for _, spelled in _LAST)})\b"
)


def in_one_word(key: str) -> str:
    """A name (plain spelling) with such words in one and in one spelling. *Haile Selassie* alone is
    a name in full.

    >>> in_one_word("debretsion ghebre mikael"), in_one_word("haile selassie")
    ('debretsion gebremichael', 'haile selassie')
    """
    return _BOTH.sub(_joined, key) if _BEGINS.search(key) else key


def _joined(found: re.Match[str]) -> str:
    if found.end() - found.start() == len(found.string):
        return found.group()
    first = next(one for one, spelled in _FIRST if re.fullmatch(spelled, found[1]))
    return first + next(one for one, spelled in _LAST if re.fullmatch(spelled, found[2]))
