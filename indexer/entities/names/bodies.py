"""Bodies by their parts: which ministry, whose army, which brigade does a name mean, in whatever
language?

What every state has is called by a word of the language and the name of the country, or what its
people are called (das ukrainische Verteidigungsministerium, Минобороны Украины). A unit is known by
its number and what it is one of. And a listed body stands in Cyrillic in any case. All are compared
by the stems of their words, so that no list needs their cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from indexer.entities import lexicon
from indexer.entities.lexicon.tables import kept
from indexer.entities.names.spelling import plain
from indexer.entities.types import EntityKind

Stems = tuple[str, ...]

_OFFICES: Mapping[str, str] = {
    "Ministry of Defense": (
        "ministry of defense|ministry of defence|defense ministry|defence ministry"
        "|министерство обороны|минобороны|міністерство оборони|міноборони"
        "|verteidigungsministerium|verteidigungsministeriums|ministère de la défense"
        "|ministerio de defensa|savunma bakanlığı|milli savunma bakanlığı|ministerstwo obrony"
        "|ministerstwo obrony narodowej|وزارة الدفاع|משרד הביטחון|משרד ההגנה|وزارت دفاع"
    ),
    "Ministry of Foreign Affairs": (
        "ministry of foreign affairs|foreign ministry|министерство иностранных дел|мид"
        "|міністерство закордонних справ|мзс|außenministerium|außenministeriums"
        "|ministère des affaires étrangères|ministerio de exteriores"
        "|ministerio de asuntos exteriores|ministerio de relaciones exteriores"
        "|dışişleri bakanlığı|ministerstwo spraw zagranicznych|msz|وزارة الخارجية|משרד החוץ"
        "|وزارت خارجه|وزارت امور خارجه"
    ),
    "Ministry of Health": (
        "ministry of health|health ministry|министерство здравоохранения|минздрав"
        "|міністерство охорони здоров'я|моз|gesundheitsministerium|gesundheitsministeriums"
        "|ministère de la santé|ministerio de salud|ministerio de sanidad|sağlık bakanlığı"
        "|ministerstwo zdrowia|وزارة الصحة|משרד הבריאות|وزارت بهداشت"
    ),
    "Ministry of Internal Affairs": (
        "ministry of internal affairs|ministry of the interior|interior ministry"
        "|министерство внутренних дел|мвд|міністерство внутрішніх справ|мвс|innenministerium"
        "|innenministeriums|ministère de l'intérieur|ministerio del interior"
        "|içişleri bakanlığı|ministerstwo spraw wewnętrznych|وزارة الداخلية|משרד הפנים"
        "|وزارت کشور"
    ),
    "General Staff": (
        "general staff|генеральный штаб|генштаб|генеральний штаб|generalstab|generalstabs"
        "|état-major|état-major général|estado mayor|estado mayor general|genelkurmay"
        "|genelkurmay başkanlığı|sztab generalny|هيئة الأركان|هيئة الأركان العامة|המטה הכללי"
    ),
}
"""What every state has one of → its names, in all languages."""

_OF = frozenset("of the de la du d l del des der von in w של של ה".split())
_OTHERWISE: Mapping[str, str] = {
    # What people are called in other letters than their country begins with.
    "турецк": "Turkey", "turc": "Turkey", "turec": "Turkey", "rosyjsk": "Russia",
    "russ": "Russia", "rus": "Russia", "ruso": "Russia", "росс": "Russia", "рос": "Russia",
    "рф": "Russia", "franz": "France", "франц": "France", "chines": "China", "chin": "China",
    "кита": "China", "армян": "Armenia",
    "liban": "Lebanon", "libanes": "Lebanon", "سور": "Syria", "روس": "Russia",
    "ترك": "Turkey", "syr": "Syria", "sir": "Syria", "رוסי": "Russia", "irak": "Iraq",
    "иран": "Iran", "iran": "Iran", "мал": "Mali", "mal": "Mali",
}  # fmt: skip
_SHARED = 4  # letters that a people and its country must share

_UNITS: Mapping[str, str] = {
    "brigade": "brigade brigada бригада brygada tugay لواء اللواء חטיבה",
    "battalion": "battalion bataillon batallón батальон батальйон batalion tabur كتيبة الكتيبة"
    " גדוד",
    "regiment": "regiment régiment regimiento полк pułk alay فوج الفوج",
    "division": "division división дивизия дивізія dywizja tümen فرقة الفرقة אוגדה",
    "corps": "corps korps cuerpo корпус korpus kolordu فيلق الفيلق",
}
_QUALIFIED: Mapping[str, str] = {
    "mechanized": "mechanized mechanised mechanisierte mécanisée mecanizada механизированная"
    " механізована zmechanizowana mekanize الميكانيكي",
    "assault": "assault sturm штурмовая штурмова szturmowa saldırı asalto assaut dassaut",
    "airborne": "airborne luftlande десантно-штурмовая десантно-штурмова десантная aéroportée"
    " aerotransportada powietrznodesantowa",
    "tank": "tank panzer танковая танкова pancerna blindée",
    "motorized": "motorized motorised мотострелковая мотопіхотна motorisierte motorisée",
    "marine": "marine marines морской морської пехоты піхоти",
    "artillery": "artillery артиллерийская артилерійська artillerie artillería",
    "mountain": "mountain горная горно гірсько gebirgs",
    "territorial": "territorial territoriale територіальної территориальной",
}
_UNTOLD = (
    "separate окрема отдельная отдельный окремий guards гвардейская independent selbstständige d de"
    " samodzielna e ème eme th st nd rd я й ья тя ша га ма та ая ї ой ю у го му ого ому"
    " а ª º er ère inci üncü uncu ıncı nci ncü"
).split()
"""What stands in the name of a unit beside its number and tells no kind; endings of numbers."""
_ENDING = re.compile(
    "(?:ими|ыми|ого|его|ому|ему|ою|ею|ами|ями|ах|ях|ам|ям|ом|ем|ов|ев|еи|ои|оі|ии|ыи|ая|яя|ое|ее"
    "|ые|ие|их|ых|им|ым|ую|юю|ію|ія|ів|[аеиоуыэюяьіє])\\Z"
)
"""As `plain` has it, which makes и of й and і of ї."""
_FLEETING = re.compile("(?<=[бвгджзклмнпрстфхцчшщ])[ое](?=к\\Z)")
_CYRILLIC = re.compile(r"[а-яіїєґ]")
_SHORTEST_STEM = 3  # letters that are left of a word without its ending


class Body(NamedTuple):
    """A body found among words: the words that it takes up, from and to, and its label."""

    first: int
    last: int
    label: str


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word (as `plain` makes it) without the ending of its case in Cyrillic."""
    if not _CYRILLIC.match(word):
        return word
    bare = _FLEETING.sub("", _ENDING.sub("", word))
    return bare if len(bare) >= _SHORTEST_STEM else word


def body_label(key: str) -> str | None:
    """The label of the body that a plain spelling means by its parts; None for none."""
    words = key.split()
    if len(words) < 2:
        return None
    stems = tuple(map(stem, words))
    listed = _listed().get(stems)
    if listed is not None:
        return listed
    found = next(offices(words, stems), None)
    return found.label if found and found.first == 0 and found.last == len(words) else None


def bodies_among(words: Sequence[str]) -> Iterator[Body]:
    """The bodies that stand among the words of a text (as `plain` makes them); never overlapping,
    and listed ones only in Cyrillic, where they have cases.
    """
    stems = tuple(map(stem, words))
    end = 0
    for found in sorted(
        (*_listed_among(stems), *offices(words, stems)), key=lambda one: (one.first, -one.last)
    ):
        if found.first >= end:
            yield found
            end = found.last


def _listed_among(stems: Stems) -> Iterator[Body]:
    firsts = _by_first()
    for at, first in enumerate(stems):
        for names in firsts.get(first, ()):
            if stems[at : at + len(names)] == names:
                yield Body(at, at + len(names), _listed()[names])
                break


def offices(words: Sequence[str], stems: Stems) -> Iterator[Body]:
    """What every state has, where the words beside it say whose it is."""
    heads = _heads()
    for at, first in enumerate(stems):
        for names, office in heads.get(first, ()):
            inside = owner(words[at + 1]) if len(names) > 1 and at + 1 < len(words) else None
            if inside and (first, *stems[at + 2 : at + 1 + len(names)]) == names:
                yield Body(at, at + 1 + len(names), f"{office} of {inside}")
                break
            if stems[at : at + len(names)] != names:
                continue
            end = at + len(names)
            behind = next((n for n in range(end, len(words)) if words[n] not in _OF), len(words))
            if behind - end <= _MOST_BETWEEN and behind < len(words):
                whose = owner(words[behind])
                if whose:
                    yield Body(at, behind + 1, f"{office} of {whose}")
                    break
            if at and (whose := owner(words[at - 1])):
                yield Body(at - 1, end, f"{office} of {whose}")
                break


_MOST_BETWEEN = 2


@lru_cache(maxsize=1 << 14)
def owner(word: str) -> str | None:
    """The country that a word (plain) names, in any language and case, or whose people."""
    if len(word) < 2 or word in _OF:
        return None
    countries = _countries()
    if word in countries:
        return countries[word]
    bare = word.removeprefix("ال").removeprefix("ה") if len(word) > _SHARED else word
    shared = {
        country for name, country in _by_beginning().get(bare[:_SHARED], ()) if _is_of(bare, name)
    }
    if len(shared) == 1:
        return shared.pop()
    found = {country for start, country in _otherwise(bare[:1]) if _is_people(bare, start)}
    return found.pop() if len(found) == 1 else None


@cache
def _otherwise(letter: str) -> list[tuple[str, str]]:
    """What people are called otherwise than their country, by the first letter."""
    return [one for one in _OTHERWISE.items() if one[0].startswith(letter)]


def _is_of(word: str, country: str) -> bool:
    """Is a word a case of a country's name, or its adjective: what differs is an ending?"""
    same = 0
    for mine, theirs in zip(word, country, strict=False):
        if mine != theirs:
            break
        same += 1
    least = max(_SHARED, len(country) - _LONGEST_ENDING)
    return same >= least and len(word) - same <= _LONGEST_ADJECTIVE


_LONGEST_ENDING, _LONGEST_ADJECTIVE, _LONGEST_TOLD = 2, 8, 3


def _is_people(word: str, beginning: str) -> bool:
    rest = word.removeprefix(beginning)
    if rest == word:
        return False
    is_told = len(beginning) > _SHARED and len(rest) <= _LONGEST_TOLD
    return is_told or _ADJECTIVE.fullmatch(rest) is not None


_ADJECTIVE = re.compile(
    "(?:i?s?che[nrsm]?|ca?|o|e|a|os|se|is(?:ch)?e?[nrms]?|ijsk\\w*|yjsk\\w*|sk\\w*|[ео]?йск\\w*|"
    "ийськ\\w*|ійськ\\w*|ск\\w*|к\\w*|ая|ое|ого|ія|ію|ії|і|ية|ي|יה|י|ית)?"
)


@kept
def _countries() -> dict[str, str]:
    """Plain name of one word, in any language → label."""
    found: dict[str, str] = {}
    for sort, place in lexicon.places():
        if sort == "country":
            for name in map(plain, (place.label, *place.others)):
                if " " not in name and len(name) > 1:
                    found.setdefault(name, place.label)
    ours = {one.label: one.others for one in lexicon.known_names() if one.kind is EntityKind.PLACE}
    labels = {place.label for sort, place in lexicon.places() if sort == "country"}
    for label in (*labels, "Gaza", "Palestine"):
        for name in map(plain, (label, *ours.get(label, ()))):
            if " " not in name:
                found.setdefault(name, label)
    return {name: label for name, label in found.items() if label not in _DOUBTFUL}


_DOUBTFUL = frozenset(["United States", "Georgia"])  # whose bodies have names of their own


@cache
def _by_beginning() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for name, label in _countries().items():
        bare = name.removeprefix("ال") if len(name) > _SHARED else name
        if len(bare) >= _SHARED:
            found.setdefault(bare[:_SHARED], []).append((bare, label))
    return found


@cache
def _heads() -> dict[str, list[tuple[Stems, str]]]:
    """First stem → (stems of a name of an office, the office), the longest first."""
    found: dict[str, list[tuple[Stems, str]]] = {}
    for office, names in _OFFICES.items():
        for name in names.split("|"):
            stems = tuple(map(stem, plain(name).split()))
            found.setdefault(stems[0], []).append((stems, office))
    for heads in found.values():
        heads.sort(key=lambda one: -len(one[0]))
    return found


@cache
def _listed() -> dict[Stems, str]:
    """Stems of the words of listed bodies in Cyrillic → label; of one word only long ones."""
    found: dict[Stems, str] = {}
    for known in lexicon.known_names():
        if known.kind is EntityKind.ORG:
            for name in known.others:
                key = plain(name)
                is_long = " " in key or (len(key) > _LONG and not name.isupper())
                if _CYRILLIC.match(key) and is_long:
                    found.setdefault(tuple(map(stem, key.split())), known.label)
    return found


_LONG = 5  # letters


@cache
def _by_first() -> dict[str, list[Stems]]:
    found: dict[str, list[Stems]] = {}
    for names in _listed():
        found.setdefault(names[0], []).append(names)
    for several in found.values():
        several.sort(key=len, reverse=True)
    return found


class Unit(NamedTuple):
    """A unit of an army: its number, what it is one of, and which kind; "" for none told."""

    number: str
    sort: str
    qualified: str


def unit_of(key: str) -> Unit | None:
    """The unit that a plain spelling names by its number; None for no unit."""
    words = _COMPOUND.sub(r"\1 ", key).split()
    numbers = [match.group(1) for word in words if (match := _NUMBER.fullmatch(word))]
    told = [number for word in words if (number := _ordinals().get(stem(word)))]
    sorts = {sort for word in words if (sort := _unit_words().get(stem(word)))}
    if len(numbers) + len(told) != 1 or len(sorts) != 1:
        return None
    qualified = {one for word in words if (one := _qualifiers().get(stem(word)))}
    if not all(map(is_of_unit, words)) or (told and not qualified):
        return None  # a second division plays football
    return Unit((numbers + told)[0], sorts.pop(), " ".join(sorted(qualified)))


def is_of_unit(word: str) -> bool:
    """May a word (plain) be of the name of a unit?"""
    bare = stem(word)
    return (
        bare in _unit_words()
        or bare in _qualifiers()
        or bare in _untold()
        or bare in _ordinals()
        or _NUMBER.fullmatch(word) is not None
        or _COMPOUND.match(word) is not None
    )


_COMPOUND = re.compile(
    r"\b(sturm|panzer|luftlande|gebirgs|artillerie)"
    r"(?=(?:brigaden?|bataillone?|regimente?s?|divisionen?|korps)\b)"
)
"""German ones in two parts."""


def may_number_unit(word: str) -> bool:
    """Is it a number in words, as units have one: third, третья?"""
    return stem(word) in _ordinals()


@cache
def _ordinals() -> dict[str, str]:
    return {
        stem(plain(word)): str(number)
        for number, words in enumerate(_ORDINALS, start=1)
        for word in words.split()
    }


_ORDINALS = (
    "first erste première premier primera pierwsza birinci первая первый перша перший الأول الأولى",
    "second zweite deuxième segunda druga ikinci вторая второй друга другий الثاني الثانية",
    "third dritte troisième tercera trzecia üçüncü третья третий третя третій الثالث الثالثة",
    "fourth vierte quatrième cuarta czwarta dördüncü четвертая четвёртая четверта الرابع الرابعة",
    "fifth fünfte cinquième quinta piąta beşinci пятая пятый п'ята п'ятий الخامس الخامسة",
)
"""Those that units are called by in words."""


def is_sort_of_unit(word: str) -> bool:
    """Is it what units are: a brigade, a regiment?"""
    return stem(word) in _unit_words()


_NUMBER = re.compile(r"(\d{1,3})(?:st|nd|rd|th|e|eme|er|ere|a|o)?")


@cache
def _unit_words() -> dict[str, str]:
    return {stem(plain(word)): sort for sort, words in _UNITS.items() for word in words.split()}


@cache
def _qualifiers() -> dict[str, str]:
    return {stem(plain(word)): one for one, words in _QUALIFIED.items() for word in words.split()}


@cache
def _untold() -> frozenset[str]:
    return frozenset(stem(plain(word)) for word in _UNTOLD)
