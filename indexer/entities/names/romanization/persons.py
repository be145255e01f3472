"""Persons: are two full names one person's, as far as romanization goes?

The given name must be the same one of those that are romanized, the surname be kin or fit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from indexer.entities.names.romanization.given_names import (
    is_borne_in_the_east,
    is_same_given_name,
    needs_no_romanization,
    same_given_name,
    western_names,
)
from indexer.entities.names.romanization.kin import kin
from indexer.entities.names.romanization.spelled import languages_of, spells
from indexer.entities.names.romanization.tables import ARABIC, PROVED, first_letters, languages_for

_SHORTEST = 4  # letters of a surname that is compared with another in Latin letters


def is_one_romanized(one: Sequence[str], other: Sequence[str]) -> bool:
    """Are two names (as `words` parts them) one, each romanized in its way? The given name must be
    one of those that are romanized, and the same.
    """
    letters = same_given_name(one[0], other[0])
    if not letters or min(len(one[-1]), len(other[-1])) < _SHORTEST:
        return False
    if one[0] == other[0] and needs_no_romanization(one[0], f"{one[-1]} {other[-1]}"):
        return False  # Karl Meier and Karl Maier
    mine, theirs = (_armenian_alike(_servants_alike(name[-1:])) for name in (one, other))
    return kin(mine, theirs, letters)


def _servants_alike(surname: Sequence[str]) -> list[str]:
    """Abdul Jalil is Abdel Jalil, by surname too."""
    return [_ABD_OF.sub("abd", word) for word in surname]


def _armenian_alike(surname: Sequence[str]) -> list[str]:
    """Sarkisian is Sargsyan, as Russian and as Armenian write it."""
    return [_ARMENIAN_SOUNDS.sub("ks", word) for word in surname]


_ARMENIAN_SOUNDS = re.compile("(?:gu?|ki|ky)ss?(?=[iyj]+an\\Z)")
_ABD_OF = re.compile("^abd(?:[aeou]|ou)?l?(?=.{3})")


def are_one_of_both(names: Iterable[Sequence[str]]) -> bool:
    """Are several names (as `words` parts them) one, when a name in other letters fits each? Then
    Turkish, Spanish and Polish spellings of Arabic count, which alone would make one of two
    surnames.
    """
    return all(_is_one_of_both(one, other) for one, other in combinations(names, 2))


def are_one_in_arabic(names: Iterable[Sequence[str]]) -> bool:
    """The same of Arabic names, as their given names show."""
    names = list(names)
    return are_one_of_both(names) and all(
        same_given_name(one[0], other[0]) == ARABIC for one, other in combinations(names, 2)
    )


def _is_one_of_both(one: Sequence[str], other: Sequence[str]) -> bool:
    if is_one_romanized(one, other):
        return True
    if is_borne_in_the_east(one[-1]) and is_borne_in_the_east(other[-1]):
        is_given = one[0] == other[0] or not western_names(one[0]).isdisjoint(
            western_names(other[0])
        )
        return is_given and kin(one[-1:], other[-1:])  # Davit and David Kezerashvili
    if one[0] == other[0] and needs_no_romanization(one[0], f"{one[-1]} {other[-1]}"):
        return False
    is_given = same_given_name(one[0], other[0]) == ARABIC
    return is_given and kin(one[-1:], other[-1:], PROVED)


_INITIAL = re.compile(r"([а-яёіїєґ])(?:\.|\Z)")


def fits(source: Sequence[Sequence[str]], latin: Sequence[str]) -> bool:
    """May a name in Latin letters (as `person_names.words` parts it) be one that `in_other_letters`
    parted? Its given name and surname must fit, in one language; the given name may be its form
    in the language next to it (Володимир, Vladimir).
    """
    if len(source) < 2 or len(latin) < 2:
        return False
    if may_be_korean(source) and len(latin) == _KOREAN_WORDS:
        return all(
            any(spells(base, theirs, _KOREAN_TABLE) for base in mine)
            for mine, theirs in zip(source, latin, strict=True)
        )
    in_which = {one for base in source[-1] for one in languages_of(base, latin[-1])}
    return bool(in_which) and given_name_fits(source, latin, in_which)


def given_name_fits(
    source: Sequence[Sequence[str]], latin: Sequence[str], in_which: Collection[str]
) -> bool:
    """The same of two names whose surnames fit.

    Args:
        in_which: the languages in which these do.
    """
    initial = _INITIAL.match(source[0][0])
    if initial is not None:
        letter = initial.group(1).lower()
        return latin[0][:1] in first_letters(letter, languages_for(letter))
    if any(is_same_given_name(base, latin[0]) for base in source[0]):
        return True
    return any(not languages_of(base, latin[0]).isdisjoint(in_which) for base in source[0])


def may_be_korean(source: Sequence[Sequence[str]]) -> bool:
    """Are these three words, the last of which is a surname of Korea?"""
    return len(source) == _KOREAN_WORDS and source[-1][0] in _KOREAN


_KOREAN = frozenset("ким пак пэк чхве чон чо кан юн ли ри хан хван квон син сон нам".split())
"""Surnames of Korea, behind two syllables as `surname_last` orders them."""
_KOREAN_WORDS = 3
_KOREAN_TABLE = "cyrillic-korean"
