"""Consistency: does an article agree with itself? What its clear mentions say about its doubtful
ones.

A word that is the surname of a person named in full is that person wherever it is capitalized,
and one name has one kind in one article (one sense per discourse: Gale, Church and Yarowsky 1992).
A word that stands like a place is one, what is called after a person is not that
person (`namesakes.py`), and two persons are not one (`extents.py`).
One module, because all of it is asked of the same mentions, in one order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from indexer.entities import lexicon
from indexer.entities.names.known import known_bearers, known_kind, known_label
from indexer.entities.names.spelling import plain, skeleton
from indexer.entities.tagging.extents import with_persons_apart
from indexer.entities.tagging.namesakes import called_after_persons, only_with_article, told
from indexer.entities.tagging.tokens import Token
from indexer.entities.tagging.word_lists import shipped_lists
from indexer.entities.types import EntityKind, Mention

# Which names stand where only places stand? A lone word that the article puts `in` or `near`, calls
# a town, lists with places or says to lie in one.

_CUE_WINDOW = 30  # characters
_TOWN = re.compile(
    r"\b(?:city|towns?|villages?|settlement|district|kibbutz|camp|air ?base|airfield|airport) of"
    r" (?:the )?$"
)
_LOCATION = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|around|outside|into|(?:city|towns?|villages?|settlement|district|kibbutz"
    r"|camp|capture|north|south|east|west|outskirts|residents) of|captured|seized|reached|entered"
    r"|County)"
    r" (?:the )?$"
)
_A_TOWN = re.compile(
    r",? (?:is )?an? (?:[a-z-]+ ){0,2}(?:town|village|city|district|suburb|port|island)\b"
    r"| (?:island|township|village|peninsula)\b"
)
# What lists of towns know is one on less: where people live, what troops take, what is held.
_LIVED_IN = re.compile(
    r"\b(?i:residents?|inhabitants|villagers|citizens|civilians|people|families|mayor|streets"
    r"|suburbs?|outskirts|siege|battle|fall|(?:re)?capture|liberation|evacuation|occupation"
    r"|shelling|bombing|bombardment|countryside|parts|half|much) of $"
    r"|\b[a-z]+ from $"
)
_REACHED = re.compile(
    r"\b(?:(?:re)?captur(?:ed?|ing)|seiz(?:ed?|ing)|(?:enter|reach|shell|bomb|bombard|storm|attack"
    r"|surround|abandon|pound|approach)(?:ed|ing|es|s)?|(?:besieg|liberat|occup[iy]|encircl"
    r"|evacuat)(?:e|ed|es|ing)?|(?:re)?t(?:ook|aken?|aking)|over(?:ran|run|running)"
    r"|fled|flee|fleeing|left|leaving|hit|hitting|struck|striking|control(?:led|s|ling)?) $"
)
_IS_HELD = re.compile(
    r" (?:residents|refugees|airport|airbase|airfield|hospital|prison|district|region|province"
    r"|governorate|oblast|countryside|front|axis|sector|pocket|garrison)\b"
    r"| (?:ha[sd]|have|was|is|remain(?:s|ed)?|came) (?:been |again |now |still |largely )?"
    r"(?:under (?:attack|siege|fire|shelling|bombardment|occupation|control|curfew|the control)"
    r"|besieged|shelled|bombed|bombarded|(?:re)?captured|retaken|liberated|evacuated|occupied"
    r"|encircled|surrounded|overrun|flooded)\b"
    r"| (?:fell|falls) (?:to|into)\b| ha[sd] (?:already |now )?fallen\b"
)
# What is stormed or looted, and what war goes on in, is no person, on any list or on none.
_STORMED = re.compile(
    r"\b(?:storm(?:ed|ing|s)?|overr[au]n(?:ning)?|shell(?:ed|ing)|raz(?:ed|ing)|loot(?:ed|ing)"
    r"|pillag(?:ed|ing)|bombarded|encircled|retook|retaken|besieged"
    r"|(?:rebels|fighters|troops|forces|army|militants|insurgents|separatists|soldiers|junta)"
    r" (?:still |now )?(?:held|hold|took|captured|seized|entered)) $"
)
_WAR_IN = re.compile(
    r"\b(?i:fighting|clashes|massacres?|battles?|raids?|explosions?|blasts?|shelling|gunfire"
    r"|killings?|atrocities|airstrikes?|strikes?|curfew|checkpoints?|siege|looting)"
    r" (?:in|at|near|around|outside|on|of) $|\bmassacred (?:in|at|near) $"
)
_KIBBUTZ = re.compile(r"\b(?:[Kk]ibbutz|[Mm]oshav|villages?|hamlets?|towns?|communit(?:y|ies)) $")
_IS_KIBBUTZ = re.compile(r"(?:Kibbutz|Moshav) ")
_AT_THE = re.compile(r"\b(?:at|in|near|on|to|from) the $")
_IS_SITE = re.compile(
    r" (?:[a-z]+ )?(?:festival|market|checkpoint|junction|roundabout|crossing|camp|quarter"
    r"|neighbou?rhood|refinery|dam)\b"
)
# What hills, valleys and villages of Arabic and Hebrew names begin with, and nobody.
_GROUND = frozenset(
    "Jebel Jabal Djebel Wadi Oued Kfar Kafr Beit Bayt Deir Dayr Khirbet Nahal Tall".split()
)
_FACTION = re.compile(r"\b(?:wing|faction|supporters|followers|loyalists) of $|\bloyal to $")
_ITEM = re.compile(r"(?: ?,| and|, and|,? or) \Z")
_IN = re.compile(r",? (?:also )?in (?:the )?(?:[a-z]+ (?:of )?)?")
_TAKEN = re.compile(r"\b(?:capture|fall|outskirts|residents|towns?|villages?|city) of $")
_LIST = re.compile(r"(?: ?,| and|, and) ")
_OWNS = re.compile(r" ?['’] ?s\b")  # in Maria's kitchen
_LONGEST_TOWN = 3  # words
_SURE_OF_PERSON = 0.9
_SPEAKS = re.compile(r",? (?:said|says|told|added|wrote|who)\b")


def standing_as_places(
    text: str, mentions: Sequence[Mention], surnames: Container[str]
) -> frozenset[str]:
    """Names tagged as persons or bodies that stand where places stand, and never where persons
    do.

    Args:
        surnames: of persons whom the article names in full; these are no places.
    """
    cued: set[str] = set()
    human: set[str] = set()
    sure = Counter(
        one.text
        for one in mentions
        if one.kind is EntityKind.PERSON and one.confidence > _SURE_OF_PERSON
    )
    heads = _heads(text, mentions)
    for number, mention in enumerate(mentions):
        if mention.text in surnames:
            continue
        if _is_placed(text, mention, heads[number]):
            cued.add(mention.text)
        if mention.kind is EntityKind.PERSON:
            if mention.honorific or _speaks(text, mention):
                human.add(mention.text)
            elif (
                _stands_as_place(text, mention)
                or _is_listed_town(text, mention)
                or (not sure[mention.text] and _listed_with_place(text, mentions, number))
                or _lies_in(text, mentions, number)
            ):
                cued.add(mention.text)
        elif mention.kind is EntityKind.ORG and (
            _is_taken(text, mention) or _is_listed_town(text, mention)
        ):
            cued.add(mention.text)
        elif mention.kind is EntityKind.PLACE and _is_called_town(text, mention):
            cued.add(mention.text)  # and where the model takes it for a person
    return frozenset(cued - human)


def _heads(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Of each mention the first of the list, `A, B and C`, in which it stands."""
    heads: list[Mention] = []
    for number, mention in enumerate(mentions):
        behind = mentions[number - 1].end if number else mention.start
        is_item = _ITEM.fullmatch(text, behind, mention.start) is not None
        if is_item and text.startswith(",", behind) and "d" not in text[behind : mention.start]:
            # In Kyiv, Kulish spoke: that is a list only where it goes on to an `and`.
            following = mentions[number + 1] if number + 1 < len(mentions) else None
            is_item = following is not None and (
                _ITEM.fullmatch(text, mention.end, following.start) is not None
            )
        heads.append(heads[-1] if is_item else mention)
    return heads


def _is_placed(text: str, mention: Mention, head: Mention) -> bool:
    """Does it stand where war is reported to go on, itself or the first of its list, and is no
    name that one knows otherwise: clashes in A, B and C?
    """
    if mention.honorific or mention.kind not in {EntityKind.PERSON, EntityKind.ORG}:
        return False
    before = text[max(0, mention.start - _CUE_WINDOW) : mention.start]
    first = text[max(0, head.start - _CUE_WINDOW) : head.start]
    is_list = head is not mention and head.kind is EntityKind.PLACE
    return (
        _STORMED.search(before) is not None
        or _WAR_IN.search(first) is not None
        or _KIBBUTZ.search(before) is not None
        or _IS_KIBBUTZ.match(mention.text) is not None
        or (_AT_THE.search(before) is not None and _IS_SITE.match(text, mention.end) is not None)
        or (mention.kind is EntityKind.PERSON and mention.text.split()[0] in _GROUND)
        or (is_list and _LIVED_IN.search(first) is not None)
    ) and _may_be_town(mention.text)


@lru_cache(maxsize=10_000)
def _may_be_town(name: str) -> bool:
    """May it be a town that no list has: nothing known, no acronym, and nobody's full name?"""
    words = name.split()
    if name.isupper() or len(words) > _LONGEST_TOWN or known_kind(plain(name)) is not None:
        return False
    lists = shipped_lists()
    if words[0].lower() in lists.given or known_bearers(skeleton(words[-1])):
        return False
    if not _BODIES.isdisjoint(words) or not _FACILITIES.isdisjoint(words):
        return False
    return not all(word.lower() in lists.written for word in words)


def _speaks(text: str, mention: Mention) -> bool:
    """Does it stand like one who says something, and not like `the mayor of Izium said`?"""
    before = text[max(0, mention.start - _CUE_WINDOW) : mention.start]
    return _SPEAKS.match(text, mention.end) is not None and not _LIVED_IN.search(before)


def _stands_as_place(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - _CUE_WINDOW) : mention.start]
    lone = (
        " " not in mention.text
        and _LOCATION.search(before) is not None
        and _OWNS.match(text, mention.end) is None
    )
    return lone or _is_called_town(text, mention)


def _is_called_town(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - _CUE_WINDOW) : mention.start]
    return _TOWN.search(before) is not None or _A_TOWN.match(text, mention.end) is not None


def _lies_in(text: str, mentions: Sequence[Mention], number: int) -> bool:
    """Is it a lone word as in `Ramree in Rakhine State`, and nobody's whom one knows?"""
    mention = mentions[number]
    return (
        number + 1 < len(mentions)
        and mentions[number + 1].kind is EntityKind.PLACE
        and " " not in mention.text
        and _IN.fullmatch(text, mention.end, mentions[number + 1].start) is not None
        and not known_bearers(skeleton(mention.text))
    )


def _is_taken(text: str, mention: Mention) -> bool:
    """Is it a lone word as in `the capture of Minova`, and no body that one knows?"""
    before = text[max(0, mention.start - _CUE_WINDOW) : mention.start]
    return (
        mention.text.isalpha()
        and not mention.text.isupper()
        and _TAKEN.search(before) is not None
        and known_kind(plain(mention.text)) is None
    )


def _is_listed_town(text: str, mention: Mention) -> bool:
    """Is it what a list of towns has and none of persons' names, and stands as those do of which
    war is reported?
    """
    before = text[max(0, mention.start - _CUE_WINDOW) : mention.start]
    return (
        _LIVED_IN.search(before) is not None
        or _REACHED.search(before) is not None
        or _IS_HELD.match(text, mention.end) is not None
    ) and _names_a_town(mention.text)


@lru_cache(maxsize=10_000)
def _names_a_town(name: str) -> bool:
    """Do lists of places have it, and those of given names and surnames none of its words?"""
    key = plain(name)
    if name.isupper() or known_kind(key) not in {None, EntityKind.PLACE}:
        return False
    lists = shipped_lists()
    of_persons = any(word in lists.given or word in lists.surnames for word in name.lower().split())
    return not of_persons and known_label(EntityKind.PLACE, key) is not None


def _listed_with_place(text: str, mentions: Sequence[Mention], number: int) -> bool:
    """Is a name one of a list, `A, B and C`, whose next item is a place, and nobody in full?"""
    first, several, _ = mentions[number].text.partition(" ")
    if several and first.lower() in shipped_lists().given:
        return False
    pairs = [(number - 1, number)] if number else []
    pairs += [(number, number + 1)] if number + 1 < len(mentions) else []
    return any(
        _LIST.fullmatch(text, mentions[one].end, mentions[other].start) is not None
        and EntityKind.PLACE in (mentions[one].kind, mentions[other].kind)
        for one, other in pairs
    )


_RULE = "same-name"
_SHORTEST_SURNAME = 3
_SURE = 0.6
_SURE_OF_ACRONYM = 0.7
_SURE_OF_FOLLOWED = 0.8
_ACRONYM = re.compile(r"[A-Z]{3,6}")
_CONTRACTION = re.compile(r"\w+['’](?:ve|re|ll|m|d|t)")
_DEGREE = re.compile(r"(?:Bachelor|Master|Doctor)s? of ")
_ARABIC_ARTICLE = re.compile(r"^[ae]l-(?=[A-Z])")
_COUNTY = re.compile(r"County [A-Z]")
_COUNTRY = re.compile(
    r"(?:(?:Islamic|Arab|Federal) )?(?:Republic|Kingdom|Sultanate) of [A-Z][\w’-]+"
)
_CAPITAL = re.compile(r" [A-Z]")
_COMMON_NOUN = re.compile(r"[A-Z][a-z]+-[a-z]+s")
# Days, months, and what stands before the credit of a picture.
_NO_NAMES = frozenset(
    """Image Photo Photograph Video File Map Source Credit Monday Tuesday Wednesday Thursday
    Friday Saturday Sunday January February March April May June July August September October
    November December Dept Asst Attachment Enclosure Ibid Memorandum""".split()
)
# Whatever the president flies in; the model takes them for persons.
_AIRCRAFT = frozenset(["Air Force One", "Air Force Two", "Marine One", "Marine Two"])
_FACILITIES = frozenset("Airport Bridge Dam Highway Square Street Airfield Crossing".split())
# Of these nobody is called, as John Street and Kenneth Dam are.
_SITES = frozenset(
    "Airfield Airport Avenue Barracks Base Boulevard Cemetery Highway Stadium".split()
)
# What ends in these is no person, and what ends in the latter is no body either.
_BODIES = frozenset(
    """Agency Association College Commission Committee Company Corp Corporation Council Foundation
    Govt Group Hospital Inc Institute Library Ltd Ministry Museum Party University""".split()
)
# Eastern European companies are named so: Energoatom, Ukrenergo, Naftogaz, Rosneft, Privatbank.
_COMPANY = re.compile(
    r"[A-Z][a-z]{2,}(?:atom|avia|bank|energo|export|gaz|invest|neft|nafta|prom|stroy|tele[ck]om|trans)"
)
_PRODUCTS = frozenset("Linux OS Windows Phone App Telescope".split())
# What ends in these is none of the three kinds.
_DOCUMENTS = frozenset(
    "Accord Accords Act Agreement Amendment Constitution Protocol Treaty".split()
)

# No place ends in these, whatever it begins with: the Black Sea Grain Initiative.
_NO_PLACES = frozenset("Crisis Deal Initiative Offensive Plan Process Talks War".split())


def agree(
    text: str, sentences: Sequence[Sequence[Token]], mentions: list[Mention]
) -> list[Mention]:
    """The mentions of an article, completed and corrected by each other.

    Args:
        sentences: the article's tokens.
        mentions: what a model found, in order.
    """
    mentions = [one for one in with_persons_apart(text, mentions) if one.text not in _AIRCRAFT]
    mentions = told(text, mentions)
    called = called_after_persons(text, mentions)
    surnames = _surnames([one for one in mentions if one.text not in called])
    places = standing_as_places(text, mentions, surnames)
    mentions = [_follower(text, one) for one in mentions]
    things = (only_with_article(text, mentions) | called) - surnames.keys()
    corrected = [
        _corrected(mention, surnames, places)
        if mention.text not in things or mention.kind not in {EntityKind.PERSON, EntityKind.ORG}
        else replace(mention, kind=EntityKind.EVENT, rule=_RULE)
        for mention in _one_kind(mentions)
        if not _is_no_name(text, mention, surnames)
    ]
    added = _missed(text, sentences, corrected, surnames, _acronyms(corrected))
    return sorted((*corrected, *added), key=lambda mention: mention.start)


def _follower(text: str, mention: Mention) -> Mention:
    """The mention; a body nobody knows that has followers is whom they follow: the wing of al-Hilu,
    men loyal to Mangush.
    """
    is_one = (
        mention.kind is EntityKind.ORG
        and " " not in mention.text
        and not mention.text.isupper()
        and known_kind(plain(mention.text)) is None
        and not _names_a_town(mention.text)
    )
    if not is_one or mention.confidence >= _SURE_OF_FOLLOWED:
        return mention
    before = text[max(0, mention.start - _CUE_WINDOW) : mention.start]
    if _FACTION.search(before) is None:
        return mention
    return replace(mention, kind=EntityKind.PERSON, rule=_RULE)


def _is_no_name(text: str, mention: Mention, surnames: dict[str, float]) -> bool:
    person = mention.kind is EntityKind.PERSON and mention.text not in surnames
    if person and mention.text.lower() in lexicon.honorifics():
        return _CAPITAL.match(text, mention.end) is not None  # the Lord Mayor
    if _CONTRACTION.fullmatch(mention.text) or _DEGREE.match(mention.text):
        return True
    return mention.text in _NO_NAMES or _COMMON_NOUN.fullmatch(mention.text) is not None


def _surnames(mentions: list[Mention]) -> dict[str, float]:
    """Last word of a person's full name → how sure the model was of that person."""
    known: dict[str, float] = {}
    for mention in mentions:
        words = mention.text.split()
        if mention.kind is EntityKind.PERSON and len(words) > 1 and mention.confidence >= _SURE:
            last = words[-1]
            for surname in (last, _ARABIC_ARTICLE.sub("", last)):
                if _is_surname(surname):
                    known[surname] = max(known.get(surname, 0.0), mention.confidence)
    return known


def _is_surname(word: str) -> bool:
    bare = _ARABIC_ARTICLE.sub("", word)
    return len(bare) >= _SHORTEST_SURNAME and bare[0].isupper() and bare not in _no_surnames()


@cache
def _no_surnames() -> frozenset[str]:
    """Words that name a people, a country, a body or a product even where a person is named so."""
    return (
        lexicon.peoples()
        | _BODIES
        | _PRODUCTS
        | frozenset(
            place.label for sort, place in lexicon.places() if sort in {"country", "continent"}
        )
    )


def _one_kind(mentions: list[Mention]) -> list[Mention]:
    """Gives each text that was found as several kinds the kind that the model was surest of."""
    weights: dict[str, dict[EntityKind, float]] = defaultdict(dict)
    for mention in mentions:
        kinds = weights[mention.text]
        kinds[mention.kind] = kinds.get(mention.kind, 0.0) + mention.confidence
    return [
        mention
        if len(weights[mention.text]) == 1
        else replace(mention, kind=_heaviest(weights[mention.text]))
        for mention in mentions
    ]


def _heaviest(weights: dict[EntityKind, float]) -> EntityKind:
    return max(weights, key=lambda kind: weights[kind])


def _corrected(mention: Mention, surnames: dict[str, float], places: frozenset[str]) -> Mention:
    _, space, last = mention.text.rpartition(" ")
    if space and (last in _DOCUMENTS or (mention.kind is EntityKind.PLACE and last in _NO_PLACES)):
        return replace(mention, kind=EntityKind.EVENT, rule=_RULE)
    if last in _PRODUCTS and mention.kind in {EntityKind.PERSON, EntityKind.ORG}:
        return replace(mention, kind=EntityKind.EVENT, rule=_RULE)
    if mention.text in places and mention.kind in {EntityKind.PERSON, EntityKind.ORG}:
        return replace(mention, kind=EntityKind.PLACE, rule=_RULE)
    if mention.kind is EntityKind.PERSON:
        if space and last in _BODIES:
            return replace(mention, kind=EntityKind.ORG, rule=_RULE)
        if not (space or mention.honorific or last in surnames) and _COMPANY.fullmatch(last):
            return replace(mention, kind=EntityKind.ORG, rule=_RULE)
        if space and last in _SITES:
            return replace(mention, kind=EntityKind.PLACE, rule=_RULE)
        return mention
    if mention.kind is EntityKind.ORG and (
        last in _FACILITIES or _COUNTY.match(mention.text) or _COUNTRY.fullmatch(mention.text)
    ):
        return replace(mention, kind=EntityKind.PLACE)
    if mention.confidence < surnames.get(mention.text, 0.0):
        return replace(mention, kind=EntityKind.PERSON, rule=_RULE)
    return mention


def _acronyms(mentions: Iterable[Mention]) -> dict[str, float]:
    """Acronym of a body → how sure the model was of it once."""
    known: dict[str, float] = {}
    for one in mentions:
        if one.kind is EntityKind.ORG and _ACRONYM.fullmatch(one.text):
            known[one.text] = max(known.get(one.text, 0.0), one.confidence)
    return {name: sure for name, sure in known.items() if sure >= _SURE_OF_ACRONYM}


def _missed(
    text: str,
    sentences: Sequence[Sequence[Token]],
    mentions: list[Mention],
    surnames: dict[str, float],
    acronyms: dict[str, float],
) -> list[Mention]:
    """Surnames and acronyms of bodies that stand alone in no mention."""
    sure = {**acronyms, **surnames}
    if not sure:
        return []
    covered = {at for mention in mentions for at in range(mention.start, mention.end)}
    return [
        Mention(
            start,
            end,
            EntityKind.PERSON if word in surnames else EntityKind.ORG,
            text[start:end],
            sure[word],
            _RULE,
        )
        for sentence in sentences
        for start, end, word in sentence
        if word in sure and start not in covered
    ]
