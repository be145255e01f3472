"""Names of persons: could two names be one person's? Pure comparisons of the parts of a name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TypeAlias

from indexer.entities.names import ethiopian, korean
from indexer.entities.names.romanization.given_names import given_names, is_slavic_given_name
from indexer.entities.names.romanization.kin import kin
from indexer.entities.names.romanization.other_letters import in_other_letters
from indexer.entities.names.romanization.persons import fits, is_one_romanized
from indexer.entities.names.romanization.spelled import spell
from indexer.entities.names.romanization.tables import bones
from indexer.entities.names.spelling import plain, skeleton

Parts: TypeAlias = tuple[str, ...]
"""Words of a name as skeletons, given names first; particles joined to the word they govern."""

_SHORTEST_CUT = 3  # letters of a given name that is cut short: Win for Winthrop
_INITIALS = re.compile(r"(?<=\b[^\W\d_]\.)(?=[^\W\d_]\.)")
_ARABIC_ARTICLE = re.compile(
    r"\b(?:[AaEeUu]l|[Aa][dnrstz]|[Aa](?:sh|s?ch|sz)|e(?:[dnrstzş]|sh|s?ch|sz))-(?=\w{2})"
    r"|(?<=\s)(?:al|el|ul)\s(?=\w)"
)
_SUFFIXES = frozenset(
    """
    jr sr ii iii iv junior senior
    """.split()
)
_PARTICLES = frozenset(
    """
    bin ibn bint abu abou ebu umm abd abdel abdul van von der den ter de del da di
    """.split()
)

_NICKNAMES = (
    "william bill billy will wm willy", "robert bob bobby rob robby", "richard dick rick rich",
    "james jim jimmy jas", "john jack johnny jno", "joseph joe joey", "thomas tom tommy thos",
    "michael mike mickey", "edward ed ted eddie ned", "edwin ed", "edmund ed",
    "charles charlie chuck chip chas", "anthony tony", "antony tony", "david dave",
    "stephen steve", "steven steve", "lawrence larry", "laurence larry", "gerald jerry",
    "jerome jerry", "harold hal harry", "henry harry hank", "francis frank", "franklin frank",
    "nicholas nick", "andrew andy drew", "jeffrey jeff", "geoffrey jeff", "elizabeth liz beth",
    "margaret maggie peggy", "katherine kate kathy", "deborah debbie", "susan sue",
    "leonard len", "theodore ted", "chester chet", "frederick freddy freddie fritz",
    "alfred fred", "albert bert", "herbert bert herb", "hubert bert", "arthur art",
    "raymond ray", "ronald ron", "donald don", "kenneth ken kenny", "clifford cliff",
    "eugene gene", "george geo", "louis lou", "lewis lew", "martin marty", "matthew matt",
    "maurice maury", "melvin mel", "mortimer mort", "patrick pat paddy", "peter pete",
    "philip phil", "phillip phil", "ralph rafe", "randolph randy", "roger rog", "rudolph rudy",
    "samuel sam", "sidney sid", "stanley stan", "walter walt", "warren ren", "winthrop win",
    "alexander alex alec sandy", "barbara barb", "benjamin ben", "daniel dan danny",
    "douglas doug", "ernest ernie", "llewellyn tommy", "jonathan jon", "joshua josh",
    "gregory greg", "timothy tim", "vincent vince", "zachary zach", "judith judy",
    "patricia pat", "rebecca becky", "virginia ginny",
    "vladimir volodymyr", "alexander oleksandr aleksandr", "alexei oleksiy", "sergei serhiy",
    "nikolai mykola", "dmitry dmytro", "andrei andriy", "yevgeny yevhen", "konstantin kostiantyn",
    "pavel pavlo", "yelena olena elena", "anna hanna", "igor ihor", "grigory hryhoriy",
    "pyotr petro",
)  # fmt: skip
"""Those that are not cut short: that Fred is Frederick needs no list."""


@lru_cache(maxsize=1 << 18)
def parts(name: str) -> Parts:
    """The parts of a person's name; generation suffixes left out.

    >>> parts("Abdel Fattah al-Sisi")
    ('abdal fata', 'sisi')
    """
    return tuple(skeleton(word) for word in _governed(name))


@lru_cache(maxsize=1 << 17)
def words(name: str) -> Parts:
    """The parts of a person's name as they are spelled, without spaces.

    >>> words("Zelensky Volodymyr Oleksandrovych")
    ('volodymyr', 'oleksandrovych', 'zelensky')
    """
    return tuple(word.replace(" ", "") for word in _governed(name))


def _governed(name: str) -> list[str]:
    """The words of a name, each with the particles before it; the surname last."""
    joined: list[str] = []
    governed = ""
    for word in ethiopian.in_one_word(plain(_apart(_OF_FAITH.sub("aldin", name)))).split():
        if word in _SUFFIXES:
            continue
        governed = f"{governed} {word}".strip()
        if word not in _PARTICLES:
            joined.append(governed)
            governed = ""
    if governed:
        joined.append(governed)
    if len(joined) > _LEAST_WITH_TITLE and joined[0] in _BURMESE_TITLES:
        del joined[0]
    first = _begins_with_surname(joined) or _is_east_asian(name)
    return [*joined[1:], joined[0]] if first else joined


_OF_FAITH = re.compile(
    r"(?<=\w\w)(?:[ -](?:[aeu][dl]|ul)[ -]d(?:i|ee|ie)ne?|(?:ou|[aeiu])dd(?:i|ee)ne?"
    r"|[aeu]ld(?:i|ee)ne?)(?!\w)",
    re.IGNORECASE,
)
"""What makes one name of two, however written: Izz al-Din, İzzeddin, Sirajuddin, Nureldin."""


def surname_last(name: str) -> str:
    """The name, its words as written, in the order of the West."""
    written = name.split()
    first = [*written[1:], *written[:1]]
    is_first = _begins_with_surname([plain(one) for one in written]) or _is_east_asian(name)
    return " ".join(first if is_first else written)


def _is_east_asian(name: str) -> bool:
    """Is it a name as Korea and China order it, the surname before two syllables: Chung Il-kwon,
    Chiang Kai-shek; parted by spaces, where the surname is one of Korea?
    """
    if _HYPHENED.fullmatch(name):
        return True
    syllables = plain(name).split()
    if korean.is_surname_first(syllables):
        return True
    return (
        len(syllables) == _LEAST_WITH_TITLE + 1
        and syllables[0] in KOREAN_SURNAMES
        and all(_SYLLABLE.fullmatch(one) for one in syllables)
    )


_HYPHENED = re.compile(
    r"[A-Z][a-zŏŭ]+ (?!(?:A[lnrstdz]|El|Ash|Abd)-)[A-Z][a-zŏŭ’']{1,5}-[a-zŏŭ’']{2,6}"
)
_SYLLABLE = re.compile("[^aeiouyаеиоуыэюяіє]{0,3}[aeiouyаеиоуыэюяіє]{1,3}[^aeiouyаеиоуыэюяіє]{0,2}"
                       "|[\u0621-\u064a]{2,5}")  # fmt: skip
KOREAN_SURNAMES = frozenset(
    """
    kim pak park paik paek baek choe choi chong chung jeong jung cho jo kang yun yoon yu yoo ri rhee
    yi han hwang kwon shin sin pyon song nam suh seo ким пак пэк чхве чон чо кан юн ли ри хан хван
    квон син сон нам كيم بارك بايك تشوي تشونغ
    """.split()
)
_BURMESE_TITLES = frozenset(["u", "daw"])
_LEAST_WITH_TITLE = 2  # words of a name that a title stands before: U Nu is whole


def _begins_with_surname(joined: Sequence[str]) -> bool:
    """Is it a Slavic name as officials write it, the surname first: a patronymic last, or a given
    name last and a surname before it?
    """
    if len(joined) > 2 and _PATRONYMIC.search(joined[-1]):
        return not _PATRONYMIC.search(joined[1]) and not is_slavic_given_name(joined[0])
    return (
        len(joined) == 2
        and _SLAVIC_SURNAME.search(joined[0]) is not None
        and is_slavic_given_name(joined[1])
        and not is_slavic_given_name(joined[0])
    )


# As `plain` makes them.
_PATRONYMIC = re.compile(
    r"(?:[оеі]вич|[іое]вна|инична|ильич|[oei][vw]i?y?t?s?c[hz]|[oei][vw]na)(?:а|у|ем|ом|ы|е)?$"
)
_SLAVIC_SURNAME = re.compile(
    r"(?:[ое]в|ин|ін|ии|ко|ук|юк|[аеия]к|ец|ець|ян|[ое]ва|ина|іна|ая|ська|ого|ому|енка"
    r"|[oe][vw]a?|[cst]k[iy]+j?|enko|[iy]uk|chuk|ska|skaya)$"
)


def is_patronymic(word: str) -> bool:
    """Is a word (as `plain` makes it) a father's name as Russians and Ukrainians form it?"""
    return _PATRONYMIC.search(word) is not None


def is_slavic_surname(word: str) -> bool:
    """Does a word (as `plain` makes it) end as Slavic surnames do, and is no given name?"""
    return ends_as_slavic(word) and not is_slavic_given_name(word)


@lru_cache(maxsize=1 << 15)
def ends_as_slavic(word: str) -> bool:
    """The same, given names among them."""
    return _SLAVIC_SURNAME.search(word) is not None


def _apart(name: str) -> str:
    """Initials parted (J.F. → J. F.), Arabic articles dropped (but not the Al of Al Gore)."""
    return _ARABIC_ARTICLE.sub("", _INITIALS.sub(" ", name))


def same_given_name(one: str, other: str) -> bool:
    """Are these the same given name, in full, cut short (as an initial), or as a nickname?"""
    if one == other:
        return True  # Jo is Jo, though two letters are too few to be a name cut short
    short, full = sorted((one, other), key=len)
    if full.startswith(short) and (len(short) >= _SHORTEST_CUT or len(short) == 1):
        # Daniel is not Daniela, and Sami, which is a name itself, not Samir.
        return full[len(short) :] != "a" and not _are_two(short, full)
    return bool(_groups().get(one, frozenset()) & _groups().get(other, frozenset()))


def same_given_names(names: Collection[str]) -> dict[str, list[str]]:
    """Of each of some given names all of them that are the same, see `same_given_name`: asked of
    those alone that begin with the same letter or are in one group of nicknames.
    """
    having: dict[str | int, list[str]] = defaultdict(list)
    for one in names:
        for shared in _shared_by_same(one):
            having[shared].append(one)
    return {
        one: [
            other
            for other in dict.fromkeys(
                other for shared in _shared_by_same(one) for other in having[shared]
            )
            if same_given_name(one, other)
        ]
        for one in names
    }


def _shared_by_same(name: str) -> tuple[str | int, ...]:
    return name[:1], *_groups().get(name, ())


def shortens(short: Parts, full: Parts) -> bool:
    """Is `short` a way to name `full` once it was named: a surname, a first name, fewer names?

    Every part of `short` must stand in `full`, in order, in full or as an initial; and the
    surname must be there, unless `short` is one word that begins `full` (Xi, Oprah).
    """
    if not short or len(short) > len(full):
        return False
    surnames = (full[-1], full[-1].split(" ")[-1])
    if len(short) == 1:
        return len(full) > 1 and (short[0] in (full[0], *surnames) or _one_surname(short, full))
    if short[-1] not in surnames and not _one_surname(short, full):
        return False
    remaining = iter(full[:-1])
    return all(
        any(_same_or_initial(part, candidate) for candidate in remaining) for part in short[:-1]
    )


def _one_surname(one: Parts, other: Parts) -> bool:
    return run_together(one[-1]) == run_together(other[-1])


def run_together(surname: str) -> str:
    """A surname (as a skeleton) without its spaces: De Gaulle and DeGaulle are one."""
    return surname.replace(" ", "").replace("e", "a").replace("o", "u")


def conflict(one: Parts, other: Parts) -> bool:
    """Do the given names tell two bearers of one surname apart? False when one has none."""
    if len(one) < 2 or len(other) < 2 or not _one_surname(one, other):
        return False
    return not same_given_name(one[0], other[0])


def middles_agree(one: Parts, other: Parts) -> bool:
    """Do the names between first and last agree as far as both have them? Initials count."""
    return all(
        _same_or_initial(mine, theirs) for mine, theirs in zip(one[1:-1], other[1:-1], strict=False)
    )


def _same_or_initial(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


@lru_cache(maxsize=1 << 14)
def _are_two(short: str, full: str) -> bool:
    """Are both given names that are romanized, and none in common?"""
    if len(short) == 1:
        return False
    mine, theirs = given_names(short), given_names(full)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_NICKNAMES):
        for word in line.split():
            groups.setdefault(skeleton(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


# Whose name may one be that somebody types? A full name by all its words, a surname by itself.

_SHORTEST_SURNAME = 4  # letters


def begins_small(typed: str) -> bool:
    """Does a name begin with a small letter, behind its Arabic article?

    >>> begins_small("al-Burhan"), begins_small("burhan")
    (False, True)
    """
    return _SMALL_ARTICLE.sub("", typed)[:1].islower()


_SMALL_ARTICLE = re.compile(
    r"(?:[aeu]l|a[dnrstz]|e[dnrstzş]|[ae]?sh|[ae]s?ch|[ae]sz|[аэе][лднрстзш]ь?)-(?=\w)"
)


def is_double_surname(typed: str) -> bool:
    """Is it one surname of two, joined by a hyphen: Kosiniak-Kamysz?"""
    return " " not in typed and len(_halves(typed)) == _HALVES


def _halves(word: str) -> list[str]:
    halves = word.split("-")
    return [one for one in halves if len(one) >= _SHORTEST_HALF and not one[0].islower()]


def is_by_child(typed: str) -> bool:
    """Is it what somebody is called by a child, in letters with two words for it: Абу Шабаб?"""
    return _BY_CHILD.fullmatch(typed) is not None


_BY_CHILD = re.compile(r"(?:[Аа]бу|[أا]بو|אבו) [^\W\d_]{3,}")
_HALVES, _SHORTEST_HALF = 2, 3  # parts; letters


def surname_bones(name: str) -> frozenset[str]:
    """The bones of the surname of a name, in all that it may be in the nominative."""
    source = in_other_letters(surname_last(name))
    return frozenset(map(bones, source[-1] if source else words(name)[-1:]))


def may_be(typed: str, name: str) -> bool:
    """May a name in full be the one typed, or bear the surname typed, in another spelling?

    >>> may_be("Selenskyj", "Володимир Зеленський"), may_be("Kissinger", "Gerda Kiesinger")
    (True, False)
    """
    if is_double_surname(typed):
        given, _, surname = name.rpartition(" ")
        halves = _halves(surname) if given else []
        return len(halves) == _HALVES and all(
            may_be(one, f"{given} {half}") for one, half in zip(_halves(typed), halves, strict=True)
        )
    source, other = (in_other_letters(surname_last(one)) for one in (typed, name))
    if bool(source) != bool(other):
        latin = words(name if source else typed)
        if len(latin) > 1 and len(source or other) > 1:
            return fits(source or other, latin)
        return _bears(source or other, latin)
    mine, theirs = words(typed), words(name)
    if source or not mine or len(theirs) < 2:
        return False
    if len(mine) > 1:
        return is_one_romanized(mine, theirs)
    long_enough = min(len(mine[0]), len(theirs[-1])) >= _SHORTEST_SURNAME
    return long_enough and bool(given_names(theirs[0])) and kin(mine, theirs[-1:])


def _bears(source: Sequence[Sequence[str]], latin: Parts) -> bool:
    """Is one of two names, the one in Latin letters, by its surname that of the other?"""
    if not latin or len(latin[-1]) < _SHORTEST_SURNAME:
        return False
    return any(spell([base], latin[-1:]) for base in source[-1])
