"""Verbs and adjectives: which words belong to one, though a dictionary has them as others?

A verb that is done once, and the one that is done again and again (*захопити*, *захоплювати*); the
participle, which reports use as a noun (*les élus*, *поранені*); and the superlative (*найважчі*).
Each is told by how words end; where that is not regular, pairs are listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from indexer.analysis.forms.dictionaries import Dictionary

_LEAST = 2  # letters before an ending
_LEAST_FORMS = 3  # stems of a verb whose own is short: *безить* is none, though *без* is a word
_LEAST_STEM = 4  # letters of one that may have fewer
_SELF = "ся"  # behind Russian and Ukrainian verbs of what one does to oneself


def _pairs(lines: str) -> tuple[tuple[str, str], ...]:
    """Endings, each before what it may become: `ить=ивать,ять`."""
    found = (one.partition("=") for one in lines.split())
    return tuple((own, other) for own, _, others in found for other in others.split(","))


PARTNERS: Mapping[str, Sequence[tuple[str, str]]] = {
    "ru": _pairs(
        """
        ить=ивать,ывать,ять жить=жать чить=чать шить=шать щить=щать ять=ивать ать=ывать,ивать
        пить=плять бить=блять вить=влять мить=млять тить=щать,чать дить=ждать,жать сить=шать
        зить=жать нуть=ать ереть=ирать жечь=жигать чь=гать сть=дать сти=сать йти=ходить
        нять=нимать орвать=рывать слать=сылать звать=зывать рвать=рывать брать=бирать чать=чинать
        еть=евать ыть=ывать вести=водить везти=возить нести=носить пить=пать дать=давать
        стать=ставать знать=знавать ойти=ходить кинуть=кидать двинуть=двигать
        осить=ашивать,асывать овить=авливать опить=апливать оить=аивать орить=аривать
        отать=атывать опать=апывать омать=амывать олоть=алывать оротить=орачивать
        """
    ),
    "uk": _pairs(
        """
        ити=ивати,увати,ювати,яти яти=ювати ати=увати пити=плювати,пляти бити=блювати,бляти
        вити=влювати,вляти мити=млювати,мляти тити=чувати,чати,щати стити=щати,щувати
        дити=джувати,джати зити=жувати,жати сити=шувати,шати йти=ходити йняти=ймати няти=німати
        ірвати=ривати мерти=мирати слати=силати звати=зивати огти=агати сти=дати
        вести=водити везти=возити нести=носити пити=пати дати=давати стати=ставати знати=знавати
        нути=ати ути=увати ійти=ходити кинути=кидати винути=вигати лягти=лягати
        """
    ),
    "pl": _pairs(
        """
        ac=ywac,iwac,ynac ic=iwac,iac,owac,ijac ucic=ucac elic=elac ycic=ytac olic=alac
        yc=ywac,ac rzec=ierac jac=jmowac ejsc=chodzic sc=dac iec=iekac oc=agac slac=sylac
        ebrac=bierac ezwac=zywac wiesc=wodzic niesc=nosic wiezc=wozic dac=dawac stac=stawac
        znac=znawac mknac=mykac tknac=tykac gnac=gac chnac=chac unac=uwac ynac=ywac inac=ijac
        apic=epowac scic=szczac dzic=dzac ozic=azac zic=zac osic=aszac sic=szac ocic=acac obic=abiac
        owic=awiac orzyc=arzac onczyc=anczac trzec=cierac
        """
    ),
}
"""By language: ends of infinitives of one verb that is done once, and again and again."""

_LISTED: Mapping[str, Sequence[tuple[str, str]]] = {
    "ru": _pairs(
        """
        вернуть=возвращать гибнуть=погибнуть делать=сделать писать=написать строить=построить
        взять=брать грабить=ограбить красть=украсть топить=потопить минировать=заминировать
        разрушить=рушить хоронить=похоронить ловить=поймать вербовать=завербовать тонуть=утонуть
        гнать=угнать жечь=сжечь бомбить=разбомбить мстить=отомстить обещать=пообещать
        сдать=сдавать встать=вставать узнать=узнавать сесть=садиться лечь=ложиться
        требовать=потребовать просить=попросить угрожать=пригрозить судить=осудить
        прятать=спрятать грузить=погрузить лечить=вылечить насиловать=изнасиловать
        мучить=замучить душить=задушить вешать=повесить рыть=вырыть платить=заплатить
        кормить=накормить травить=отравить калечить=покалечить тушить=потушить чинить=починить
        готовить=подготовить менять=обменять резать=зарезать рубить=срубить карать=покарать
        """
    ),
    "uk": _pairs(
        """
        повернути=повертати гинути=загинути нищити=знищити палити=спалити робити=зробити
        писати=написати будувати=збудувати брати=взяти красти=вкрасти руйнувати=зруйнувати
        мінувати=замінувати
        катувати=закатувати ховати=поховати ловити=спіймати грабувати=пограбувати
        тонути=потонути топити=потопити бомбити=розбомбити
        просити=попросити обіцяти=пообіцяти ранити=поранити вбити=убити
        вбивати=убивати здати=здавати встати=вставати узнати=узнавати сісти=сідати
        вантажити=завантажити лікувати=вилікувати гвалтувати=згвалтувати мучити=замучити
        вішати=повісити рити=вирити платити=заплатити годувати=нагодувати труїти=отруїти
        калічити=скалічити гасити=погасити готувати=підготувати міняти=обміняти ховати=сховати
        карати=покарати різати=зарізати
        """
    ),
    "pl": _pairs(
        """
        ginac=zginac niszczyc=zniszczyc atakowac=zaatakowac robic=zrobic pisac=napisac
        budowac=zbudowac brac=wziac krasc=ukrasc palic=spalic bombardowac=zbombardowac
        mordowac=zamordowac porwac=porywac grabic=ograbic aresztowac=zaaresztowac ranic=zranic
        topic=zatopic tonac=zatonac grozic=zagrozic bronic=obronic zadac=zazadac prosic=poprosic
        zdac=zdawac wstac=wstawac siasc=siadac otworzyc=otwierac
        lapac=zlapac grzebac=pogrzebac karac=ukarac
        chowac=schowac ladowac=zaladowac leczyc=wyleczyc wieszac=powiesic kopac=wykopac
        placic=zaplacic karmic=nakarmic truc=otruc gasic=zgasic meczyc=zameczyc gwalcic=zgwalcic
        okaleczac=okaleczyc tracic=stracic
        """
    ),
}
"""By language: such pairs whose infinitives differ otherwise."""

PAST: Mapping[str, Sequence[tuple[str, str]]] = {
    "uk": _pairs("езти=із ести=іс,ів огти=іг егти=іг ягти=іг екти=ік рости=ріс"),
    "fr": _pairs("ettre=it,irent prendre=prit,prirent oir=ut,urent oire=ut,urent"),
}
"""By language: the ends of an infinitive and of what a man did (or, in French, they did), where the
vowel between them changes.
"""

_ADJECTIVE: Mapping[str, str] = {
    "ru": "ый ий ая ое ые ого его ому ему ой ей ую ым им ых их ыми ими ом ем - а о ы",
    "uk": "ий ого ому им ім а ої ій у ою і их ими е о",
    "pl": "y a e ego emu ej ym ych ymi o",
    "es": "o a os as",
    "fr": "- e s es",
}
_PARTICIPLES: Mapping[str, Sequence[tuple[str, str]]] = {
    "ru": _pairs(
        """
        ить=енн,ен,ивш,ит ать=анн,ан,авш ять=янн,ян,ят,явш еть=енн,ен,ет тить=ченн,чен,щенн,щен
        дить=жденн,жден,женн,жен сить=шенн,шен зить=женн,жен стить=щенн,щен пить=пленн,плен
        бить=бленн,блен вить=вленн,влен мить=мленн,млен нуть=нут,нувш,ш ыть=ыт ереть=ерт
        сти=денн,ден,сенн,сен,тенн,тен чь=женн,жен
        """
    ),
    "uk": _pairs(
        """
        ити=ен,ит іти=ен тити=чен сити=шен зити=жен дити=джен стити=щен пити=плен бити=блен
        вити=влен мити=млен ати=ан увати=ован ювати=йован яти=ян,ят нути=нут,нен сти=ден,тен,сен
        рти=рт огти=ожен
        """
    ),
    "pl": _pairs(
        """
        ic=on,ion,it cic=con dzic=dzon sic=szon zic=zon scic=szczon yc=on,yt ac=an,et nac=niet
        jac=jet ec=an,et zec=zon sc=dzion,cion,sion
        """
    ),
    "es": _pairs("er=id ir=id ar=ad"),
    "fr": _pairs(
        """
        aitre=u ire=u,it,i cre=cu oir=u cevoir=cu evoir=u dre=du indre=int rir=ert aire=ait uire=uit
        ettre=is prendre=pris erir=is attre=attu courir=couru vivre=vecu enir=enu loir=lu oudre=ous
        crire=crit ompre=ompu uivre=uivi oire=u er=e ir=i
        """
    ),
}
"""By language: ends of infinitives, and of their participles before what adjectives end in."""
_PERSONS = {"pl": (("on", "eni"), ("ion", "ieni"), ("an", "ani"), ("t", "ci"), ("et", "eci"))}
"""What participles become where they speak of several persons."""

_COMPARED: Mapping[str, tuple[str, Sequence[tuple[str, str]]]] = {
    "ru": (
        "наи",
        _pairs("зкий=жайш кий=чайш гий=жайш хий=шайш ный=нейш лый=лейш рый=рейш вый=вейш тый=тейш"),
    ),
    "uk": (
        "най",
        _pairs(
            """
            жкий=жч зький=жч сокий=щ кий=ш окий=ш екий=ш гий=жч,ш ий=іш,ш ній=ніш
            """
        ),
    ),
    "pl": (
        "naj",
        _pairs(
            """
            ki=sz oki=sz eki=sz gi=zsz ny=niejsz y=sz,iejsz ry=rzejsz ly=lejsz dry=drzejsz
            ty=tsz,ciejsz
            """
        ),
    ),
    "es": ("", _pairs("o=isim e=isim ble=bilisim co=quisim go=guisim l=lisim")),
}
"""By language: what stands before a superlative, and the end of an adjective before it is compared
and after.
"""


_PRONOUNS = "(?:me|te|se|nos|os)?(?:lo|la|los|las|le|les)?"
_WITH_PRONOUNS = re.compile(f"(.+[aei]r){_PRONOUNS}")
_BEHIND = (
    *"me te se nos os lo la los las le les".split(),
    *(f"{one}{other}" for one in ("me", "te", "se", "nos") for other in ("lo", "la", "los", "las")),
)
_GERUNDS = _pairs("ar=ando er=iendo,yendo ir=iendo,yendo")


def without_pronouns(surface: str) -> str:
    """A Spanish infinitive without the pronouns that are written together with it."""
    found = _WITH_PRONOUNS.fullmatch(surface)
    return found[1] if found else surface


def with_pronouns(surface: str) -> Iterator[str]:
    """A Spanish infinitive, and its gerund, with pronouns behind them."""
    if surface.endswith(("ar", "er", "ir")):
        for one in (surface, *_other_ending(surface, _GERUNDS)):
            yield from (one + behind for behind in _BEHIND)


def partners(
    surface: str, language: str, known: Dictionary, stem: Callable[[str], str]
) -> Iterator[str]:
    """The stems of the verb that says the same of what is done again and again, or once."""
    found = set(_partners(surface, language))
    if surface.endswith(_SELF):
        found.update(f"{verb}{_SELF}" for verb in _partners(surface.removesuffix(_SELF), language))
    for verb in sorted(found):
        own = stem(verb)
        forms = known.forms(own)
        if len(forms) >= _LEAST_FORMS or len(own) >= _LEAST_STEM:
            yield from forms or (own,)


def _partners(surface: str, language: str) -> Iterator[str]:
    yield from _other_ending(surface, PARTNERS.get(language, ()), both_ways=True)
    for pair in _LISTED.get(language, ()):
        yield from pair if surface in pair else ()


def participles(surface: str, language: str, stem: Callable[[str], str]) -> Iterator[str]:
    """The stems that the participles of an infinitive may have."""
    endings = _endings(language)
    pairs = _PARTICIPLES.get(language, ())
    for participle in _other_ending(surface, pairs):
        yield from (stem(participle + ending) for ending in endings)
        for own, other in _PERSONS.get(language, ()):
            if participle.endswith(own):
                yield stem(participle.removesuffix(own) + other)


def compared(surface: str, language: str, stem: Callable[[str], str]) -> Iterator[str]:
    """The stems of an adjective's comparative and superlative, as far as they are regular."""
    before, pairs = _COMPARED.get(language, ("", ()))
    for compared in _other_ending(surface, pairs):
        for ending in _endings(language):
            yield stem(compared + ending)
            yield stem(before + compared + ending)


def _endings(language: str) -> Sequence[str]:
    return [one.strip("-") for one in _ADJECTIVE.get(language, "").split()]


def _other_ending(
    surface: str, pairs: Sequence[tuple[str, str]], *, both_ways: bool = False
) -> Iterator[str]:
    for pair in pairs:
        for own, other in (pair, pair[::-1]) if both_ways else (pair,):
            root = surface.removesuffix(own)
            if surface.endswith(own) and len(root) >= _LEAST:
                yield root + other
