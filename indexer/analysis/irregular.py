"""Irregular words of English: which stems have the forms of one word that its own does not tell?

*Knife* is *knives*, *flee* is *fled*: endings do not say so, so that lists do (`irregular.txt`,
`forms/irregular_verbs.txt`). A word that is made of a listed one (*gunman*, *overthrow*) has its
forms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from indexer.analysis.analyzer import analyzer

_ALONE, _VERB, _SECOND, _ONE_WAY = "=", "+", "-", ">"
_BEFORE_VERBS = ("fore", "mis", "out", "over", "re", "un", "under", "up", "with")
_LEAST = 3  # letters before a noun that is the second part of a compound: `omen` is none


@lru_cache(maxsize=1 << 12)
def irregular(surface: str) -> tuple[str, ...]:
    """The stems of the other forms of an irregular word; none of any other."""
    stem = analyzer().stem
    own = stem(surface)
    found = dict.fromkeys(map(stem, _forms(surface)))
    return tuple(one for one in found if one != own)


def _forms(surface: str) -> Iterator[str]:
    listed = _listed()
    own = analyzer().stem(surface)
    if own in listed.words:
        yield from listed.words[own]
        return
    for before in _BEFORE_VERBS:
        if surface.startswith(before):
            rest = analyzer().stem(surface.removeprefix(before))
            yield from (before + one for one in listed.verbs.get(rest, ()))
    for end, others in listed.ends.items():
        if surface.endswith(end) and len(surface) >= len(end) + _LEAST:
            yield from (surface.removesuffix(end) + one for one in others)
            return


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the file says.

    Attributes:
        words: by a stem of any word, its forms.
        verbs: those of verbs.
        ends: by a form of a noun that is the second part of compounds, its forms; the longest
            first, as a *policewoman* is no man.
    """

    words: Mapping[str, tuple[str, ...]]
    verbs: Mapping[str, tuple[str, ...]]
    ends: Mapping[str, tuple[str, ...]]


@cache
def _listed() -> _Listed:
    stem = analyzer().stem
    words: dict[str, tuple[str, ...]] = {}
    verbs: dict[str, tuple[str, ...]] = {}
    ends: dict[str, tuple[str, ...]] = {}
    folder = files(__package__)
    lists = (folder / "irregular.txt", folder / "forms" / "irregular_verbs.txt")
    texts = (one.read_text(encoding="utf-8") for one in lists)
    for line in (line for text in texts for line in text.splitlines()):
        if line.startswith("#"):
            continue
        both, _, one_way = line.strip(f"{_ALONE}{_VERB}{_SECOND} ").partition(_ONE_WAY)
        finding = tuple(both.split())
        all_forms = (*finding, *one_way.split())
        for form in finding:
            if line[0] != _SECOND:
                words[stem(form)] = all_forms
            if line[0] == _VERB:
                verbs[stem(form)] = all_forms
            elif line[0] != _ALONE:
                ends[form] = all_forms
    longest_first = sorted(ends.items(), key=lambda one: -len(one[0]))
    return _Listed(words, verbs, dict(longest_first))
