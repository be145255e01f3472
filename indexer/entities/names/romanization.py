"""Romanization: may a word in Latin letters stand for a word in Cyrillic, Arabic or Hebrew letters?

Spellings are made, not listed. Each language that romanizes has a table of what it writes for a
letter (Duden 2020 and the press for German, French and Polish usage, TDK for Turkish, BGN/PCGN and
the press for English); one language must explain the whole name. Two Latin spellings are kin
when some Cyrillic name explains both (Selenskyj, Zelenskyy). Letters that stand for sounds only
roughly, as those without vowels do, are compared with everything that the press writes for them.
One module, because spelling, comparing and the given names that prove a romanization share tables.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, combinations
from typing import TypeAlias
from unicodedata import combining, normalize

from indexer.entities import lexicon
from indexer.entities.names.cyrillic import bases, is_cyrillic
from indexer.entities.names.spelling import plain

Table: TypeAlias = dict[str, tuple[str, ...]]
"""One letter or two → what may be written for them; the empty string for nothing."""

Both: TypeAlias = dict[tuple[str, str], list[tuple[str, str]]]
"""The first letters of two spellings → what two languages may write for one letter."""

CYRILLIC, ARABIC, PROVED = "cyrillic", "arabic", "arabic, proved"
_OWN = "cyrillic-own"
_VOWELLESS = "vowelless"
_ROMANIZING = {
    CYRILLIC: tuple(f"cyrillic-{language}" for language in ("en", "de", "fr", "pl", "tr", "es")),
    ARABIC: tuple(f"arabic-{language}" for language in ("en", "fr", "de")),
    # In these, names are one that others part (Hatib, Khatib): only where more is known.
    PROVED: tuple(f"arabic-{language}" for language in ("en", "fr", "de", "tr", "es", "pl")),
}
_ALL = (*_ROMANIZING[CYRILLIC], _OWN)
_ANY = frozenset(_ALL)
_SHORTEST = 4  # letters of a surname that is compared with another in Latin letters
_SHORT_VOWEL = ("ou", "a", "e", "i", "o", "u", "y", "")
_VOWELS = frozenset("aeiouy")
_CONSONANTS_ONLY = re.compile(r"[\u0621-\u06cc\u05d0-\u05ea]")
ARABIC_KEYS = str.maketrans("یىک", "ييك")
"""Letters of Persian keyboards, and as Egypt writes → those of Arabic ones."""
ARTICLE = "\u0640"
"""Stands in a compound (Abd al-Rahman) where its second word has an article, however written."""
_SUN_ARTICLE = tuple(
    (
        "|al|el|ul|ol|oul|il|l|as|es|us|ar|er|ur|an|en|un|ad|ed|ud|at|et|ut|az|ez|uz|ash|esh|ush"
        "|a|e|u|ou|r|s|n|d|t|z"
    ).split("|")
)

# Letters that are the same in every script and romanization; what is left of a word are its bones.
_BONES = str.maketrans(
    {
        "л": "l", "р": "r", "м": "m", "н": "n", "т": "t", "д": "t", "d": "t",
        "ل": "l", "ر": "r", "م": "m", "ن": "n", "ت": "t", "ط": "t", "د": "t", "ث": "t", "ض": "t",
        "ל": "l", "ר": "r", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ת": "t", "ט": "t", "ד": "t",
    }
)  # fmt: skip
_HISSED = re.compile(r"[tdдтدتטתד](?=[szcjсшчцжщسشצסשצז]|dsch)|[dд](?=h)|(?<=d)ж")
_NO_BONE = re.compile(r"[^lrmnt]")
_TWICE = re.compile(r"(.)\1+")
_COMPOUND = re.compile("^abd[aeiou]*l?|^(?:عبد|עבד)\u0640?ل?")


@lru_cache(maxsize=1 << 17)
def bones(word: str) -> str:
    """The letters of a word that no romanization changes: its liquids, nasals and dentals. Words
    that may stand for each other have the same; most others have not.
    """
    letters = _COMPOUND.sub("t-", _TWICE.sub(r"\1", word.lower()))
    return _TWICE.sub(r"\1", _NO_BONE.sub("", _HISSED.sub("", letters).translate(_BONES)))


@cache
def _table(language: str) -> Table:
    tables = lexicon.romanizations()
    return _read(tables[language.partition("-")[0]]) | _read(tables[language])


def _read(text: str) -> Table:
    pairs = (pair.partition("=") for pair in text.split())
    return {
        letters: tuple(sorted(latin.split("|"), key=len, reverse=True))
        for letters, _, latin in pairs
    }


@cache
def _at_the_end() -> Table:
    return _read(lexicon.romanizations()[_VOWELLESS])


@cache
def _inside() -> Table:
    with_vowels = {
        letters: tuple(dict.fromkeys(one + vowel for one in latin for vowel in _SHORT_VOWEL))
        for letters, latin in _at_the_end().items()
    }
    return with_vowels | {ARTICLE: _SUN_ARTICLE}


def spell(source: Sequence[str], latin: Sequence[str]) -> bool:
    """May these words in Latin letters (as `plain` makes them) be those in other letters, one for
    one, as one language romanizes them?

    >>> spell(["денис", "пушилин"], ["denis", "puschilin"])
    True
    """
    if len(source) != len(latin):
        return False
    pairs = list(zip(source, latin, strict=True))
    for one, other in pairs:
        if not _may_stand_for(other, one):
            return False
    if all(map(_is_without_vowels, source)):
        return all(_spells(one, other, _OWN) for one, other in pairs)
    return any(
        all(_spells(one, other, language) for one, other in pairs)
        for at, language in enumerate(_ALL)
        if all(_has_letters_of(one, other, at) for one, other in pairs)
    )


def _may_stand_for(latin: str, source: str) -> bool:
    """Can `_spells` be true, as far as first letters and skeletons tell? One name is compared with
    hundreds, of which most are told apart by these.
    """
    if latin[:1] not in beginnings(source):
        return False
    known = skeletons(source)
    if known is not None:
        return skeleton(latin) in known
    may, must = letters_written(source)
    letters = letters_of(latin)
    return not letters & ~may and not must & ~letters


@lru_cache(maxsize=1 << 17)
def letters_of(latin: str) -> int:
    """Which letters a word has, a bit each, from a to z. Most words that have the same bones are
    told apart by these, long before they are gone through letter by letter.
    """
    return sum(1 << ord(letter) - _A for letter in set(latin) if "a" <= letter <= "z")


_A = ord("a")
_EVERY_LETTER, _NO_LETTER = -1, 0


@lru_cache(maxsize=1 << 17)
def letters_written(source: str) -> tuple[int, int]:
    """Which letters words in Latin letters may have that stand for one in other letters, in
    whatever language, and which they must.
    """
    if _is_without_vowels(source):
        return _EVERY_LETTER, _NO_LETTER
    return _letters_by(_letters_of_tables(_ALL), source)


def _has_letters_of(source: str, latin: str, language: int) -> bool:
    """The same asked of two words in one language, by its place among all."""
    may, must = _letters_in_each(source)[language]
    letters = letters_of(latin)
    return not letters & ~may and not must & ~letters


@lru_cache(maxsize=1 << 16)
def _letters_in_each(source: str) -> list[tuple[int, int]]:
    if _is_without_vowels(source):
        return [(_EVERY_LETTER, _NO_LETTER)] * len(_ALL)
    return [_letters_by(_letters_of_tables((language,)), source) for language in _ALL]


def _letters_by(table: dict[str, tuple[int, int]], source: str) -> tuple[int, int]:
    word = _single(source)
    may = letters_of("h") if word[:1] in _SILENT else _NO_LETTER
    must = [_NO_LETTER, *(_EVERY_LETTER for _ in word)]
    for at in range(len(word)):
        for end in range(at + 1, min(at + 2, len(word)) + 1):
            found = table.get(word[at:end])
            if found is not None:
                may |= found[0]
                must[end] &= must[at] | found[1]
    return may, must[-1]


@cache
def _letters_of_tables(languages: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """Letters → those of all that any of some languages writes for them: any of it has these, all
    of it those.
    """
    found: dict[str, tuple[int, int]] = {}
    for source, latin in chain.from_iterable(_table(language).items() for language in languages):
        may, must = found.get(source, (_NO_LETTER, _EVERY_LETTER))
        for one in map(letters_of, latin):
            may, must = may | one, must & one
        found[source] = may, must
    return found


@lru_cache(maxsize=1 << 16)
def _spells(source: str, latin: str, language: str) -> bool:
    letters, wanted = _single(source), _single(latin)
    if _is_without_vowels(source):
        return _spells_without_vowels(letters, wanted)
    if letters[0:1] in _SILENT and _ARMENIAN.search(wanted):
        wanted = _SILENT_H.sub("", wanted)
    table = _table(language)
    ahead: dict[int, set[int]] = {0: {0}}
    for at in range(len(letters)):
        for begin in ahead.pop(at, ()):
            for end in range(at + 1, min(at + 2, len(letters)) + 1):
                for written in table.get(letters[at:end], ()):
                    if wanted.startswith(written, begin) and (written or begin):
                        ahead.setdefault(end, set()).add(begin + len(written))
    return len(wanted) in ahead.get(len(letters), ())


def _spells_without_vowels(letters: str, wanted: str) -> bool:
    """The same where short vowels are not written: any may follow any letter but the last."""
    table = _by_first_letter()
    ahead: list[set[int]] = [{0}, *(set() for _ in letters)]
    behind = _behind_vowels(wanted)
    for at in range(len(letters)):
        for end in range(at + 1, min(at + 2, len(letters)) + 1):
            written = table.get(letters[at:end])
            is_last, is_article = end == len(letters), letters[at:end] == ARTICLE
            if written is None or (is_last and is_article):
                continue
            for begin in ahead[at]:
                next_letter = wanted[begin : begin + 1]
                for one in (*written.get(next_letter, ()), *written.get("", ())):
                    if not wanted.startswith(one, begin):
                        continue
                    reached = begin + len(one)
                    if is_last or is_article:
                        ahead[end].add(reached)
                    else:
                        ahead[end].update(behind[reached])
            if at == 0:
                ahead[end].discard(0)  # something is written for the first letter
    return len(wanted) in ahead[len(letters)]


@lru_cache(maxsize=1 << 15)
def _behind_vowels(wanted: str) -> list[tuple[int, ...]]:
    """By each place in a word where it goes on, behind a short vowel or without one."""
    return [
        (at, at + 1, at + 2)
        if wanted.startswith("ou", at)
        else (at, at + 1)
        if wanted[at : at + 1] in _VOWELS
        else (at,)
        for at in range(len(wanted) + 1)
    ]


@cache
def _by_first_letter() -> dict[str, dict[str, list[str]]]:
    """Letters without vowels → first letter → what may be written for them."""
    found: dict[str, dict[str, list[str]]] = {}
    for letters, latin in (*_at_the_end().items(), (ARTICLE, _SUN_ARTICLE)):
        for one in latin:
            found.setdefault(letters, {}).setdefault(one[:1], []).append(one)
    return found


_SILENT = frozenset("аоеэ")
_SILENT_H = re.compile("\\Ah|(?<=[vw])h|h(?=n)")
_ARMENIAN = re.compile("[iyj]an\\Z")
"""Whose h Russian leaves out at the beginning: Арутюнян, Harutyunyan."""


def _tables(language: str, *, is_without_vowels: bool) -> tuple[Table, Table]:
    """For the letters of a word, and for its last."""
    if is_without_vowels:
        return _inside(), _at_the_end()
    return _table(language), _table(language)


def _single(word: str) -> str:
    return _TWICE.sub(r"\1", word)


def is_romanized(key: str) -> bool:
    """Has a name (plain spelling) a letter for which others are written in Latin? Marks and letters
    of other kinds (Jaʿār, Łódź) are spelled by nobody in another way.
    """
    return _ROMANIZED.search(key) is not None


_ROMANIZED = re.compile(r"[\u0400-\u04ff\u0590-\u06ff]")


def town_bones(key: str) -> str:
    """The bones of the name of a place (plain spelling), without its article."""
    return bones("".join(without_article(key)))


def without_article(key: str) -> list[str]:
    """The words of the name of a place (plain spelling), without its article.

    >>> spell(without_article("ель обеид"), without_article("el obeid"))
    True
    """
    return _ARTICLES.sub("", key).split()


_ARTICLES = re.compile(
    r"\A(?:(?:a[dlnrstz]|e[dlrs]|ash|esh) (?=\w{3})|[аэе](?:ль|[длнрстзш]) (?=\w{3})|ال(?=\w{3}))"
)


def kin(one: Sequence[str], other: Sequence[str], letters: str = CYRILLIC) -> bool:
    """Is there a name in other `letters` of which both may be spellings, each as one language has
    it?

    >>> kin(["wolodymyr", "selenskyj"], ["volodymyr", "zelensky"])
    True
    """
    if len(one) != len(other):
        return False
    pairs = list(zip(one, other, strict=True))
    if not all(_may_be_kin(mine, theirs, letters) for mine, theirs in pairs):
        return False
    return any(
        all(_kin(mine, theirs, first, second) for mine, theirs in pairs)
        for first in _ROMANIZING[letters]
        for second in _ROMANIZING[letters]
    )


@lru_cache(maxsize=1 << 16)
def _kin(one: str, other: str, first: str, second: str) -> bool:
    return _meet(one, other, _both(first, second), is_arabic=first in _ROMANIZING[PROVED])


@lru_cache(maxsize=1 << 16)
def _may_be_kin(one: str, other: str, letters: str) -> bool:
    """Can `_kin` be true in some two languages? Told at once of most names, letter by letter, with
    what any of them writes.
    """
    if letters_of(one) & ~letters_akin(other, letters):
        return False
    if letters_of(other) & ~letters_akin(one, letters):
        return False
    return _meet(one, other, _both_of_any(letters), is_arabic=letters != CYRILLIC)


@lru_cache(maxsize=1 << 17)
def letters_akin(word: str, letters: str) -> int:
    """Which letters (see `letters_of`) words may have that are kin to one."""
    table, longer = _letters_of_both(letters)
    found = table.get("", _NO_LETTER)
    if letters != CYRILLIC:
        word = _AIN.sub("i", word)
        found |= letters_of("aei")  # short vowels, which are passed over
    word = _single(word)
    for at in range(len(word)):
        found |= table.get(word[at], _NO_LETTER)
        for more, akin in longer.get(word[at : at + 2], ()):
            if word.startswith(more, at):
                found |= akin
    return found


@cache
def _letters_of_both(letters: str) -> tuple[dict[str, int], dict[str, list[tuple[str, int]]]]:
    """What one language writes, one letter or nothing → the letters of all that any may write for
    the same; and the two that more of them begin with → each of these, and the same of it.
    """
    found: dict[str, int] = {}
    for pairs in _both_of_any(letters).values():
        for one, other in pairs:
            found[one] = found.get(one, _NO_LETTER) | letters_of(other)
            found[other] = found.get(other, _NO_LETTER) | letters_of(one)
    longer: dict[str, list[tuple[str, int]]] = {}
    for one, akin in found.items():
        if len(one) > 1:
            longer.setdefault(one[:2], []).append((one, akin))
    return found, longer


@cache
def _both_of_any(letters: str) -> Both:
    """What any two languages may write for one letter, by the first letters of both."""
    found: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
    for first in _ROMANIZING[letters]:
        for second in _ROMANIZING[letters]:
            for begin, pairs in _both(first, second).items():
                found.setdefault(begin, {}).update(dict.fromkeys(pairs))
    return {begin: list(pairs) for begin, pairs in found.items()}


def _meet(one: str, other: str, both: Both, *, is_arabic: bool) -> bool:
    """Can two words be gone through together, a letter that both are made of at a time?"""
    if is_arabic:
        one, other = (_AIN.sub("i", word) for word in (one, other))
    one, other = _single(one), _single(other)
    start = (0, 0)
    seen, ahead = {start}, [start]
    while ahead:
        left, right = ahead.pop()
        if left == len(one) and right == len(other):
            return True
        mine_next, theirs_next = one[left : left + 1], other[right : right + 1]
        steps = [
            (left + len(mine), right + len(theirs))
            for letters in {(mine_next, theirs_next), (mine_next, ""), ("", theirs_next)}
            for mine, theirs in both.get(letters, ())
            if one.startswith(mine, left) and other.startswith(theirs, right)
        ]
        if is_arabic:
            steps += _short_vowels(one, other, left, right)
        ahead += [step for step in steps if step not in seen]
        seen.update(steps)
    return False


def _short_vowels(one: str, other: str, left: int, right: int) -> list[tuple[int, int]]:
    """Steps over short vowels, which Arabic leaves to the reader: any in a closed syllable (Haftar,
    Hifter), and an a that only one of two spellings has (Dagalo, Daglo).
    """
    mine, theirs = _CLOSED.match(one, left), _CLOSED.match(other, right)
    steps = [(left + 1, right + 1)] if mine and theirs else []
    inside = left and right and left < len(one) - 1 and right < len(other) - 1
    if inside and one[left] in "ae":
        steps.append((left + 1, right))
    if inside and other[right] in "ae":
        steps.append((left, right + 1))
    return steps


_AIN = re.compile(r"(?<=[^aeiou])(?:ee|ea|ie)\Z")
"""What is made of a long i before ʿayn, which closes a name: Saree, Sarea, Rabie."""
_CLOSED = re.compile(r"[aei](?=[^aeiouy]{2})(?!(?:sh|kh|gh|dh|th|ch|ph)[aeiouy])")


@cache
def _both(first: str, second: str) -> Both:
    """What two languages may write for one and the same letter, by the first letters of both."""
    mine, theirs = _table(first), _table(second)
    pairs = dict.fromkeys(
        (a, b)
        for letters, latin in mine.items()
        for a in latin
        for b in theirs.get(letters, ())
        if a or b
    )
    found: Both = {}
    for a, b in pairs:
        found.setdefault((a[:1], b[:1]), []).append((a, b))
    return found


def languages_of(source: str, latin: str) -> frozenset[str]:
    """The languages in which one word in Latin letters may stand for one in other letters."""
    if not _may_stand_for(latin, source):
        return frozenset()
    if _is_without_vowels(source):  # what any language writes is one
        return _ANY if _spells(source, latin, _OWN) else frozenset()
    return frozenset(one for one in _ALL if _spells(source, latin, one))


_CLASSES = str.maketrans("dqgzxpfv", "tkkssbbb")
_NO_CLASS = re.compile(r"[^lrmntkscjb]")
_MOST_SKELETONS = 256  # of one word: of more, comparing letters is as fast


@lru_cache(maxsize=1 << 17)
def skeleton(latin: str) -> str:
    """The consonants of a word in Latin letters, as far as no romanization confuses them, without
    what repeats one: lips are b, dentals t, what is spoken in the throat k, what hisses s.
    """
    return _TWICE.sub(r"\1", _NO_CLASS.sub("", latin.translate(_CLASSES)))


@lru_cache(maxsize=1 << 16)
def skeletons(source: str) -> frozenset[str] | None:
    """Those of all words in Latin letters that may stand for one whose vowels are not written; None
    of other words, and where there are too many.
    """
    if not _is_without_vowels(source):
        return None
    letters = _single(source)
    ahead: list[set[str]] = [{""}, *(set() for _ in letters)]
    for at in range(len(letters)):
        for end in range(at + 1, min(at + 2, len(letters)) + 1):
            written = _skeletons_of(letters[at:end], is_last=end == len(letters))
            ahead[end].update(_joined(one, other) for one in ahead[at] for other in written)
        if len(ahead[at + 1]) > _MOST_SKELETONS:
            return None
    return frozenset(ahead[len(letters)])


@cache
def _skeletons_of(letters: str, *, is_last: bool) -> frozenset[str]:
    table = _tables(_OWN, is_without_vowels=True)[is_last]
    return frozenset(map(skeleton, table.get(letters, ())))


def _joined(one: str, other: str) -> str:
    return one + other[1:] if one[-1:] == other[:1] else one + other


@lru_cache(maxsize=1 << 16)
def beginnings(source: str) -> frozenset[str]:
    """The first letters that words in Latin letters have which may stand for one in other letters:
    no other word need be compared.
    """
    return _begins_with(_single(source)[:2])


@cache
def _begins_with(letters: str) -> frozenset[str]:
    """The same for two letters that a word begins with."""
    found = _first_letters(letters, _ALL[-1:] if _is_without_vowels(letters) else _ALL)
    return frozenset(found | {"h"} if letters[:1] in _SILENT else found)


@lru_cache(maxsize=1 << 15)
def given_names(latin: str) -> frozenset[int]:
    """The given names, by number of their group in the lexicon, that a word in Latin letters may
    be; none for names that need no romanization.
    """
    return frozenset(
        number
        for name, number in _by_bones().get((latin[:1], bones(latin)), ())
        if _may_stand_for(latin, name)
        and any(_spells(name, latin, one) for one in _languages(name))
    )


@cache
def _by_bones() -> dict[tuple[str, str], list[tuple[str, int]]]:
    """The given names by the first letter that may be written for theirs, and by their bones."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for number, names in enumerate(lexicon.romanized_given_names()):
        for name in names:
            for first in _first_letters(_single(name), _languages(name)):
                found.setdefault((first, bones(name)), []).append((name, number))
    return found


def _first_letters(letters: str, languages: Iterable[str]) -> set[str]:
    """What some languages may write first for a word without doubled letters; the letter it begins
    with is never left out.
    """
    is_without_vowels = _is_without_vowels(letters)
    return {
        written[0]
        for language in languages
        for table in _tables(language, is_without_vowels=is_without_vowels)
        for size in (1, 2)
        for written in table.get(letters[:size], ())
        if written
    }


def _languages(name: str) -> tuple[str, ...]:
    """Those whose tables differ for it: what any language writes is one, where vowels are left
    out.
    """
    languages = _ROMANIZING[CYRILLIC]
    return languages[:1] if _is_without_vowels(name) else languages


def _is_without_vowels(name: str) -> bool:
    return _CONSONANTS_ONLY.search(name) is not None


@lru_cache(maxsize=1 << 15)
def same_given_name(one: str, other: str) -> str:
    """The letters of the one given name that two words in Latin letters are, as far as they must
    have been romanized; else nothing.
    """
    shared = given_names(one) & given_names(other)
    if not shared:
        return ""
    if any(number < _slavic() for number in shared):
        return CYRILLIC
    if len(given_names(one) | given_names(other)) == 1:
        return ARABIC  # Tariq and Tarek can be no other
    bare = [_ABD.sub("abd", word) for word in (one, other)]
    return ARABIC if kin(bare[:1], bare[1:], ARABIC) else ""


_ABD = re.compile("^abd[aeou]?l?")


def needs_no_romanization(given: str, surnames: str) -> bool:
    """Is a given name (plain) borne in this spelling where nothing is romanized, and does no
    surname behind it end as Slavic ones do?
    """
    return given in _WESTERN and _SLAVIC.search(surnames) is None


def own_spelling(key: str) -> str:
    """The surname of a full name (plain), as far as it is a spelling of its own: Karl Maier is not
    Karl Meier, while names that are romanized are compared by their skeletons.
    """
    given, _, rest = key.partition(" ")
    if not needs_no_romanization(given, rest):
        return ""
    surname = rest.rpartition(" ")[2]
    for two, one in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        surname = surname.replace(two, one)
    return re.sub(r"(.)\1+", r"\1", surname)


def is_one_romanized(one: Sequence[str], other: Sequence[str]) -> bool:
    """Are two names (as `words` parts them) one, each romanized in its way? The given name must be
    one of those that are romanized, and the same.
    """
    letters = same_given_name(one[0], other[0])
    if not letters or min(len(one[-1]), len(other[-1])) < _SHORTEST:
        return False
    if one[0] == other[0] and needs_no_romanization(one[0], f"{one[-1]} {other[-1]}"):
        return False  # Karl Meier and Karl Maier
    return kin(_servants_alike(one[-1:]), _servants_alike(other[-1:]), letters)


def _servants_alike(surname: Sequence[str]) -> list[str]:
    """Abdul Jalil is Abdel Jalil, by surname too."""
    return [_ABD_OF.sub("abd", word) for word in surname]


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
    is_given = same_given_name(one[0], other[0]) == ARABIC
    return is_given and kin(one[-1:], other[-1:], PROVED)


_WESTERN = frozenset(
    "adam albert alexander anna anton daniel david edward eduard elena eva felix herman hermann"
    " ilona julia karl konrad leo leon maria marina mark martin maxim nicole nina"
    " olga paul peter robert"
    " roman sara simon stefan sofia thomas valentin vera victor victoria viktor vladimir".split()
)
"""Given names that others bear in the same spelling: the surname must show its romanization."""
_SLAVIC = re.compile(
    r"(?:[oei][vw]a?|[iy]n|[szc]k(?:[iy]+j?|a|a[iyj]a)|ko|[ijy]?uk|ouk|i[ct][hz]|itsch|ych|[ijy]an)\b"
)


@lru_cache(maxsize=1 << 15)
def is_slavic_given_name(word: str) -> bool:
    """Is a word (as `plain` makes it) a Slavic given name, in the nominative?"""
    return word in _plain_given_names() or any(number < _slavic() for number in given_names(word))


@cache
def _plain_given_names() -> frozenset[str]:
    return frozenset(plain(name) for names in _slavic_groups() for name in names)


@cache
def _slavic() -> int:
    return len(_slavic_groups())


@cache
def _slavic_groups() -> tuple[tuple[str, ...], ...]:
    groups = lexicon.romanized_given_names()
    return tuple(names for names in groups if not _CONSONANTS_ONLY.search(names[0]))


@cache
def groups_of(name: str) -> frozenset[int]:
    """The given names, by number of their group, that a word in other letters is."""
    return _numbers().get(_ALEF.sub("أ", name.translate(ARABIC_KEYS)), frozenset())


@cache
def _numbers() -> dict[str, frozenset[int]]:
    """Given name, as keyboards and hands that write alef differently agree on it → its groups."""
    return _numbered(
        [_ALEF.sub("أ", name.translate(ARABIC_KEYS)) for name in names]
        for names in lexicon.romanized_given_names()
    )


def in_other_letters(name: str) -> Sequence[Sequence[str]]:
    """The words of a name in Cyrillic, Arabic or Hebrew, in lower case, each with whatever it may
    be in the nominative; compounds in one. Nothing for a name in other letters.
    """
    if _CONSONANTS_ONLY.search(name):
        return list(_in_maghreb(name, list(_compounds(name))))
    if is_cyrillic(name):
        return [_nominatives(word) for word in _in_cyrillic(name)]
    return ()


@lru_cache(maxsize=1 << 16)
def in_one_part(word: str) -> str | None:
    """What `in_other_letters` makes of a word wherever it stands in a name, if its letters have no
    vowels and nothing beside it can make another of it; else None.
    """
    if _WITHOUT_MARKS.fullmatch(word) is None or _ENDING_IN_FAITH.search(word):
        return None
    if word == "עבד" or word in _GOVERNING or word.removeprefix("ال") in _GOVERNING:
        return None
    (found,) = _compounds(word)
    return found


_WITHOUT_MARKS = re.compile("[\u0621-\u063a\u0641-\u064a\u067e-\u06d3]+|[א-ת]+")
_ENDING_IN_FAITH = re.compile("(?:د[یي]ن|الله+|דין)\\Z")


def _in_cyrillic(name: str) -> Iterator[str]:
    """The words of a name; an Arabic one without articles, its servant and whose he is in one."""
    joined = ""
    name = _CYRILLIC_ARTICLE.sub("", _CYRILLIC_OF_FAITH.sub("алдин", name))
    name = _HYPHEN.sub(" ", _JOINED_SERVANT.sub(r"\1 ", name))
    for at, word in enumerate(name.split()):
        if _SERVANT.fullmatch(word) or (at and word.lower() in _CYRILLIC_PARTICLES):
            joined += word.lower()
            continue
        yield joined + word.lower() if joined else word
        joined = ""
    if joined:
        yield joined


_CYRILLIC_OF_FAITH = re.compile("(?<=[а-яёіїєґ]{2})(?:[ -][аеэуАЕЭ][дл]ь?-Д[иі]н|[аэеуиі]дд[иі]н)")
_HYPHEN = re.compile("(?<=[а-яёіїєґ])-(?=[А-ЯЁІЇЄҐ])")
"""Between two names (Тер-Тадевосян), which Latin letters part as well."""
_CYRILLIC_ARTICLE = re.compile("(?<![\\w])[аэАЭ][лднрстзш]ь?-(?=[А-ЯЁІЇЄҐ])")
_CYRILLIC_PARTICLES = frozenset("де да ди дю ван фон тер бен бин ибн бар аг ульд".split())
_SERVANT = re.compile("Абд(?:ель|уль|аль|ул|эль)?")
_JOINED_SERVANT = re.compile(rf"\b({_SERVANT.pattern})-(?=[А-ЯЁІЇЄҐа-я])")


def _nominatives(word: str) -> Sequence[str]:
    """Alexandra is not the genitive of Alexander."""
    if groups_of(word.lower()):
        return (word.lower(),)
    return tuple(base.lower() for base in bases(word))


def _compounds(name: str) -> Iterator[str]:
    bare = "".join(one for one in normalize("NFC", name) if not combining(one) and one != ARTICLE)
    bare = _OF_FAITH.sub(ARTICLE + r"\1\2", bare.replace("\u200c", ""))
    bare = _OF_GOD.sub(ARTICLE + "له", bare)
    joined = ""
    bare = _HEBREW_ARTICLE.sub("", _HEBREW_SERVANT.sub("עבד" + ARTICLE, bare))
    for word in _QUOTES.sub("'", bare).replace("-", " ").split():
        is_article = word.startswith("ال") and len(word) > _SHORTEST_WITH_ARTICLE
        plainly = word[2:] if is_article else word
        if joined == "عبد" or (joined in _SAHARAN and is_article):
            plainly = ARTICLE + plainly
        if plainly in _GOVERNING:
            joined += plainly
            continue
        whole = joined + plainly
        for beginning in ("عبدال", "عبد"):
            if whole.startswith(beginning) and len(whole) > len(beginning) + 1:
                whole = "عبد" + ARTICLE + whole.removeprefix(beginning).removeprefix(ARTICLE)
                break
        yield _ALEF.sub("أ", whole)
        joined = ""
    if joined:
        yield joined


def _in_maghreb(name: str, words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words, the first of which may keep the l of its article: العربي is Larbi."""
    for at, word in enumerate(words):
        has_article = not at and name.startswith("ال") and not word.startswith("ال")
        yield (word, "ل" + word) if has_article else (word,)


_INITIAL = re.compile(r"([а-яёіїєґ])(?:\.|\Z)")
_GOVERNING = frozenset(
    "عبد أبو ابو أبي بن ابن أم آل دي فان فون أغ اغ آغ ولد בן אבו בר דה די ואן פון".split()
)
_SAHARAN = frozenset("أغ اغ آغ ولد".split())
"""Son of: Bilal Ag Acherif, whose article is kept."""
_OF_FAITH = re.compile(
    r"(?<=[\u0621-\u06cc]{2}) ?ال(د[یي]ن)(?![\u0621-\u06cc])"
    r"|(?<=[א-ת]{2})[ -]?א[א-ת]?-?(דין)(?![א-ת])"
)
"""What makes one name of two: Izz al-Din."""
_OF_GOD = re.compile(r"(?<=[\u0621-\u06cc]{2}) ?الل[هّ]+(?![\u0621-\u06cc])")
"""The same of Khair Allah, Abd Allah."""
_HEBREW_ARTICLE = re.compile(r"(?<![\w])א[א-ת]?-(?=[א-ת])")
_HEBREW_SERVANT = re.compile(r"(?<![\w])עבד (?:א[א-ת]?-)?(?=[א-ת])")
_ALEF = re.compile("^[اإ]")  # bare at the beginning it may be any vowel
_QUOTES = re.compile("[’׳`´‘]")
_SHORTEST_WITH_ARTICLE = 4


def fits(source: Sequence[Sequence[str]], latin: Sequence[str]) -> bool:
    """May a name in Latin letters (as `person_names.words` parts it) be one that `in_other_letters`
    parted? Its given name and surname must fit, in one language; the given name may be its form
    in the language next to it (Володимир, Vladimir).
    """
    if len(source) < 2 or len(latin) < 2:
        return False
    if may_be_korean(source) and len(latin) == _KOREAN_WORDS:
        return all(
            any(_spells(base, theirs, _KOREAN_TABLE) for base in mine)
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
        return latin[0][:1] in _first_letters(letter, _languages(letter))
    if any(is_same_given_name(base, latin[0]) for base in source[0]):
        return True
    return any(not languages_of(base, latin[0]).isdisjoint(in_which) for base in source[0])


def is_same_given_name(source: str, latin: str) -> bool:
    """Do lists have a word in other letters as the given name that one in Latin letters is?"""
    return not (
        given_names(latin).isdisjoint(groups_of(source))
        and western_names(latin).isdisjoint(western_names_of(source))
    )


def western_names(latin: str) -> frozenset[int]:
    """The given names of the West, by number, that a word in Latin letters is."""
    return _western_in_latin().get(latin, frozenset())


def western_names_of(source: str) -> frozenset[int]:
    """The same of a word in other letters."""
    return _western_in_others().get(_ALEF.sub("أ", source.translate(ARABIC_KEYS)), frozenset())


@cache
def _western_in_latin() -> dict[str, frozenset[int]]:
    return _numbered(latin for latin, _ in lexicon.western_given_names())


@cache
def _western_in_others() -> dict[str, frozenset[int]]:
    return _numbered(
        [_ALEF.sub("أ", name.translate(ARABIC_KEYS)) for name in names]
        for _, names in lexicon.western_given_names()
    )


def _numbered(rows: Iterable[Iterable[str]]) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, names in enumerate(rows):
        for name in names:
            found[name] = found.get(name, frozenset()) | {number}
    return found


def may_be_korean(source: Sequence[Sequence[str]]) -> bool:
    """Are these three words, the last of which is a surname of Korea?"""
    return len(source) == _KOREAN_WORDS and source[-1][0] in _KOREAN


_KOREAN = frozenset("ким пак пэк чхве чон чо кан юн ли ри хан хван квон син сон нам".split())
"""Surnames of Korea, behind two syllables as `surname_last` orders them."""
_KOREAN_WORDS = 3
_KOREAN_TABLE = "cyrillic-korean"
