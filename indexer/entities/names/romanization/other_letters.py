"""Other letters: into what words is a name in them parted, before it is compared?

Articles are taken off, compounds (Abd al-Rahman, Izz al-Din) are one, and a word is given with
whatever it may be in the nominative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import combining, normalize

from indexer.entities.names.cyrillic import bases, is_cyrillic
from indexer.entities.names.romanization.given_names import groups_of
from indexer.entities.names.romanization.tables import ALEF, ARTICLE, CONSONANTS_ONLY


def in_other_letters(name: str) -> Sequence[Sequence[str]]:
    """The words of a name in Cyrillic, Arabic or Hebrew, in lower case, each with whatever it may
    be in the nominative; compounds in one. Nothing for a name in other letters.
    """
    if CONSONANTS_ONLY.search(name):
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
_ENDING_IN_FAITH = re.compile("(?:د[یي]ن(?:وفا?)?|الله+|דין)\\Z")


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
_CYRILLIC_PARTICLES = frozenset(
    "де да ди дю ван фон тер бен бин ибн ібн бар аг ульд абу умм".split()
)
_SERVANT = re.compile("Абд(?:ель|уль|аль|ул|эль)?")
_JOINED_SERVANT = re.compile(rf"\b({_SERVANT.pattern})-(?=[А-ЯЁІЇЄҐа-я])")


def _nominatives(word: str) -> Sequence[str]:
    """Alexandra is not the genitive of Alexander."""
    if groups_of(word.lower()):
        return (word.lower(),)
    found = [base.lower() for base in bases(word)]
    found += [_IN_OVSKY.sub(_otherwise, base) for base in found if _IN_OVSKY.search(base)]
    return tuple(dict.fromkeys(found))


_IN_OVSKY = re.compile("(?<=.{2})(?:овс|івс|ивс|евс|євс)(?=ь?к(?:ий|ая|а)\\Z)")
"""Where Ukrainian closes an o to an i (Васильківський), and Russian has it open; as either may
write the other's."""


def _otherwise(found: re.Match[str]) -> str:
    return "ивс" if found.group()[0] in "оеє" else "овс"


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
        yield ALEF.sub("أ", whole)
        joined = ""
    if joined:
        yield joined


def _in_maghreb(name: str, words: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words, the first of which may keep the l of its article: العربي is Larbi."""
    for at, word in enumerate(words):
        has_article = not at and name.startswith("ال") and not word.startswith("ال")
        yield (word, "ل" + word) if has_article else (word,)


_GOVERNING = frozenset(
    "عبد أبو ابو أبي بن ابن أم آل دي فان فون أغ اغ آغ ولد בן אבו בר דה די ואן פון".split()
)
_SAHARAN = frozenset("أغ اغ آغ ولد".split())
"""Son of: Bilal Ag Acherif, whose article is kept."""
_OF_FAITH = re.compile(
    r"(?<=[\u0621-\u06cc]{2}) ?ال(د[یي]ن(?:وفا?)?)(?![\u0621-\u06cc])"
    r"|(?<=[א-ת]{2})[ -]?א[א-ת]?-?(דין)(?![א-ת])"
)
"""What makes one name of two: Izz al-Din, and Alaudinov, who is called after one."""
_OF_GOD = re.compile(r"(?<=[\u0621-\u06cc]{2}) ?الل[هّ]+(?![\u0621-\u06cc])")
"""The same of Khair Allah, Abd Allah."""
_HEBREW_ARTICLE = re.compile(r"(?<![\w])א[א-ת]?-(?=[א-ת])")
_HEBREW_SERVANT = re.compile(r"(?<![\w])עבד (?:א[א-ת]?-)?(?=[א-ת])")
_QUOTES = re.compile("[’׳`´‘]")
_SHORTEST_WITH_ARTICLE = 4
