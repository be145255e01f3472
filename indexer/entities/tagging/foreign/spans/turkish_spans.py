"""Turkish spans: where in a row of words that a model found as one name do a person, the office
before them, a body and the town that something happens in begin and end?
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.entities.names.known import place_called
from indexer.entities.names.spelling import plain
from indexer.entities.tagging.foreign.given_names import is_given_name, is_romanized_given_name
from indexer.entities.tagging.foreign.listed_places import is_own_place, is_sure_place, may_be_town
from indexer.entities.tagging.tokens import Token
from indexer.entities.tagging.word_lists import shipped_lists


def behind_title(words: Sequence[str], kind: str) -> int:
    """Where a person begins in a span of words that a title stands in (Ankara Valisi Vasip Şahin);
    0 where none does. A rank stands before persons alone.
    """
    for at in range(len(words) - 2, -1, -1):
        is_rank = kind == "PER" and words[at] in _RANKS
        behind = [one for one in words[at + 1 :] if one[0] not in "'’"]
        if is_rank or (words[at] in _OFFICES and (kind == "PER" or len(behind) > 1)):
            return at + 1
    return 0


def town_behind(words: Sequence[Token]) -> int:
    """Where in a body the place begins that something happens in, behind a noun that something owns
    (Kurtuluş Ordusu Kobani'de); 0 where none does.
    """
    at = len(words) - 2
    if at < 2 or words[-1][2][0] not in "'’" or OWNED.search(words[at - 1][2]) is None:
        return 0
    return at if _WHERE.match(words[-1][2][1:]) else 0


OWNED = re.compile("[^aeıioöuü]s[ıiuü]\\Z|[ıiuü]\\Z")
_OFFICES = frozenset(
    """Valisi Başkanı Bakanı Başbakanı Cumhurbaşkanı Müdürü Kaymakamı Milletvekili Komutanı Sözcüsü
    Büyükelçisi Kralı Kraliçesi İmparatoru Yardımcısı Danışmanı Temsilcisi Başsavcısı""".split()
)
_RANKS = frozenset(
    """Er Pilot Doktor Gazeteci Asteğmen Teğmen Üsteğmen Yüzbaşı Binbaşı Yarbay Albay Tuğgeneral
    Tümgeneral Korgeneral Orgeneral General Amiral Mareşal Onbaşı Çavuş Başçavuş Astsubay Komutan
    Başkan Bakan Savcı Avukat Profesör Polis Muhtar""".split()
)


def turkish_parts(words: Sequence[Token]) -> Iterator[tuple[Sequence[Token], str]]:
    """What a Turkish person is, found together with what stands beside it: a suffix behind an
    apostrophe ends a name, and a place behind a person is a name of its own.
    """
    begin = 0
    for at in range(len(words) + 1):
        is_suffix = at < len(words) and words[at][2][0] in "'’"
        if (at == len(words) or is_suffix) and at > begin:
            part = words[begin:at]
            suffix = words[at][2][1:] if is_suffix else ""
            if _ends_in_place(part, suffix):
                yield part[:-1], "PER"
                yield part[-1:], "LOC"
            else:
                yield part, "PER"
        if is_suffix:
            begin = at + 1


def begins_with_person(words: Sequence[Token]) -> bool:
    """Is what was found as a place or a body a person and the town where something happens to
    them (Fethi Başağa Sirte'de)?
    """
    if len(words) < _LEAST_WITH_TOWN or words[-1][2][0] not in "'’":
        return False
    first, town, suffix = words[0][2], words[-2][2], words[-1][2][1:]
    is_given = is_given_name(first) or is_romanized_given_name(first)
    return is_given and _WHERE.match(suffix) is not None and is_turkish_town(town)


def is_turkish_town(name: str) -> bool:
    """Does some list have a town of this name?"""
    return is_sure_place(name, "tr") or place_called(plain(name)) is not None


_LEAST_WITH_TOWN = 4  # words: given name, surname, town, and its suffix
_IN = re.compile(r"[dt][ae]n?(?:ki\w*)?\Z")
_TITLES_BEHIND = frozenset("Ağa Bey Efendi Han Hanım Hatun Hoca Paşa Sultan".split())
_WHERE = re.compile(r"(?:[dt][ae]n?|y?[ae])(?:ki\w*)?\Z")


def _ends_in_place(part: Sequence[Token], suffix: str) -> bool:
    """Does a place stand behind a person? Behind a full name, or a surname and the Turkish name of
    the place: Jack London is whole.
    """
    last = part[-1][2]
    if len(part) < 2 or last in _TITLES_BEHIND:
        return False
    if is_sure_place(last, "tr"):
        return len(part) > 2 or (_WHERE.match(suffix) is not None and is_own_place(last, "tr"))
    if len(part) < _LEAST_WITH_TOWN - 1:
        return False
    if is_given_name(part[0][2]) or is_romanized_given_name(part[0][2]):
        if _IN.match(suffix) is None and plain(last) in shipped_lists().surnames:
            return False  # one goes to towns, and writes to persons
        return _WHERE.match(suffix) is not None and is_turkish_town(last)
    return _IN.match(suffix) is not None and may_be_town(last, "tr")


def before_office(words: Sequence[str]) -> int:
    """Where a body ends before the office of somebody (Savunma Bakanlığı Sözcüsü Zeki); 0 where
    none stands behind a noun that something owns.
    """
    return next(
        (
            at
            for at in range(2, len(words))
            if words[at] in _OFFICES and OWNED.search(words[at - 1]) is not None
        ),
        0,
    )
