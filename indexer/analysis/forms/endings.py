"""Endings: what is written together with a word, and which endings may change places?

Everything here is folded, as surfaces are: no accents, one letter for the forms of alef and ya.
`ATTACHED` are letters before and behind whole words; `PARADIGMS` are sets of endings that the forms
of one noun, adjective or verb have, for words that no dictionary knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_LEAST = 3  # letters of a word without what is written together with it
SHORT = 2  # letters of words that only `Attached.short` may stand before: Hebrew has many


@dataclass(frozen=True)
class Attached:
    """What a language writes together with its words.

    Attributes:
        before: what may stand before a word.
        behind: what may stand behind it.
        changes: how the end of a word changes where something follows: what it is, what it becomes.
        parted: is it parted from the word by an apostrophe?
        unchanged: may it stand at a word whose end does not change? Not at Turkish infinitives.
        short: what may stand before a word of `SHORT` letters, where nothing stands behind it.
    """

    before: Sequence[str]
    behind: re.Pattern[str]
    changes: Sequence[tuple[str, str]] = ()
    parted: bool = False
    unchanged: bool = True
    short: Sequence[str] = ()

    def beginnings(self, base: str) -> Iterator[tuple[str, bool]]:
        """What words with this base begin with; and whether something must follow."""
        changed = [
            base.removesuffix(end) + other for end, other in self.changes if base.endswith(end)
        ]
        for before in self.before:
            if self.unchanged and len(base) >= _LEAST:
                yield before + base, False
            for one in changed:
                if len(one) >= _LEAST:
                    yield before + one, True

    def may_follow(self, rest: str, something: bool) -> bool:
        """May this stand behind a word? Where something must follow, nothing may not."""
        return not (something and not rest) and self.behind.fullmatch(rest) is not None

    def bases(self, surface: str) -> Iterator[str]:
        """The words that this one may be, without what is written together with it."""
        if len(surface) == SHORT + 1 and surface[0] in self.short[:1]:  # the article alone
            yield surface[1:]
        for before in self.before:
            if not surface.startswith(before):
                continue
            rest = surface[len(before) :]
            for end in range(_LEAST, len(rest) + 1):
                if self.behind.fullmatch(rest[end:]) is None:
                    continue
                base = rest[:end]
                if base != surface:
                    yield base
                if end < len(rest):
                    for own, other in self.changes:
                        if base.endswith(other):
                            yield base.removesuffix(other) + own


def _either(endings: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(endings.split())})?")


_ARABIC = Attached(
    (
        "",
        *"و ف ب ل ك ال وال فال بال كال لل ولل فلل وبال فبال وكال وب ول وك فب فل".split(),
    ),
    _either(
        "ه ها هم هن هما ك كم كن نا ي ا ين ون ان ات ته تها تهم تنا تكم تي تين تان اته اتها اتهم اتنا"
        " يه يين يون يات ت وا وه"
    ),
    (("ه", "ت"), ("ه", ""), ("ي", "ا"), ("ء", "")),
)
_HEBREW = Attached(
    (
        "",
        *(
            "ו ה ב ל מ כ ש וה וב ול ומ וכ וש שה שב של שמ שכ כש כשה מה בה לה ושה וכש וכשה שבה לכש מש"
        ).split(),
    ),
    _either(
        "ים ות ה ת י ית יות יים ו יו יה יהם יהן הם הן ם ן נו ינו ך יך כם יכם תו תה תי תם תנו"
        " ותיו ותיה ותיהם"
    ),
    (("ה", "ת"), ("ה", ""), ("ת", ""), ("ית", "י")),
    short=tuple("ה ו ב ל מ כ ש וה וב ול ומ שה מה".split()),
)
_PERSIAN = Attached(
    ("",),
    _either(
        "ها هاي هايي هايش هايشان هايم هايمان هايت هايتان ان اني انش انشان انم انمان انت انتان ي"
        " يي اي ات م ت ش مان تان شان يان گان گاني گانش گانشان يش يشان"
    ),
    (("ه", ""),),
)
# Turkish nouns that lose the vowel of their last syllable before one: şehir, şehrin.
_DROPPED = tuple(
    (noun, stem)
    for noun, _, stem in (
        pair.partition("=")
        for pair in (
            "sehir=sehr ogul=ogl burun=burn agiz=agz gogus=gogs fikir=fikr isim=ism resim=resm"
            " akil=akl sekil=sekl vakit=vakt nehir=nehr emir=emr omuz=omz beyin=beyn boyun=boyn"
            " karin=karn alin=aln sabir=sabr nesil=nesl izin=izn hukum=hukm metin=metn kesif=kesf"
            " zulum=zulm zehir=zehr gonul=gonl hapis=haps cebir=cebr asil=asl kisim=kism"
            " kayip=kayb kayit=kayd"
        ).split()
    )
)
_TURKISH = Attached(
    ("",),
    re.compile(
        "(?:l[ae]r)?(?:i?mi?z|umuz|i?niz|unuz|[iu][mn]|s?[iu]|l[ae]ri)?"
        "(?:n?[dt][ae]n?|[yn]?[aeiu]|n?[iu]n|y?l[ae])?(?:ki(?:l[ae]r)?)?"
    ),
    (("k", "g"), ("t", "d"), ("p", "b"), ("nk", "ng"), *_DROPPED),
)
_TURKISH_VERB = Attached(
    ("",),
    re.compile(
        "(?:[dt][iu]|m[iu]s(?:t[iu])?|[iu]?yor(?:du)?|y?[ae]c[ae][kg]|y?[ae]n|[aeiu]?r"
        "|[dt][iu][kg]|m[ae]k|m[ae]|m[ae]d[iu]|[iu]l[dt][iu]|[iu]n[dt][iu]|s[ae])"
        "(?:l[ae]r(?:in|i)?|[iu]?m|n|k|[iu]?n[iu]z|[iu]z|t[ae]|d[ae]n?|i|u|in|un)?"
    ),
    (("mek", ""), ("mak", ""), ("etmek", "ed"), ("gitmek", "gid"), ("tatmak", "tad")),
    unchanged=False,
)
_APOSTROPHE = Attached(("",), re.compile("(?:'[a-z]+)?"), parted=True)

ATTACHED: Mapping[str, Sequence[Attached]] = {
    "ar": (_ARABIC,),
    "he": (_HEBREW,),
    "fa": (_PERSIAN,),
    "tr": (_TURKISH, _TURKISH_VERB, _APOSTROPHE),
    "pl": (_APOSTROPHE,),
}
"""By language: what it writes together with words."""


def _paradigms(lines: str) -> tuple[tuple[str, ...], ...]:
    """One a line; `-` stands for no ending."""
    return tuple(
        tuple("" if ending == "-" else ending for ending in line.split())
        for line in lines.splitlines()
        if line.strip()
    )


PARADIGMS: Mapping[str, Sequence[Sequence[str]]] = {
    "uk": _paradigms(
        """
        ий ого ому им ім а ої ій у ою і их ими е
        ій ього ьому ім я ьої ю ьою і іх іми є
        - а у ові ом ем єм і и ів ам ами ах е
        ів ова ову ові овом овим
        ів ева еву еві евом
        їв єва єву єві євом
        іль оля олю олем олі
        інь оня оню онем оні
        а и у і ою о ам ами ах
        я і ю єю ею ь ям ями ях
        ія ії ію ією ій іям іями іях
        ь я ю ем єм еві і ів ям ями ях
        й я ю єм єві ї їв ям ями ях
        о а у ові ом і
        ець ця цю цем цеві ці ців цям цями цях
        ок ка ку ком кові ки ків кам ками ках
        к ка ку ком кові ці ки ків
        га гу гою зі ги
        ка ку кою ці ки
        ха ху хою сі хи
        """
    ),
    "ru": _paradigms(
        """
        ец ца цу цем цом це цы цев цам цами цах
        ок ка ку ком ке ки ков кам ками ках
        ек ька ьку ьком ьке
        ел ла лу лом ле
        ь я ю ем е и ей ям ями ях
        """
    ),
    "pl": _paradigms(
        """
        ki kiego kiemu kim ka kiej cy kich kimi kie
        ny nego nemu nym na nej ni nych nymi ne
        - a u owi em iem ie e y i om ami ach ow
        - ia iu iem iowi
        a y e o ie i om ami ach
        ka ki ke ka ko ce
        ga gi ge go dze
        ra ry re ro rze
        ia ii ie io
        ec ca cu cem cowi cy cow
        ek ka ku kiem kowi ki kow
        iec ca cu cem cowi cy cow
        r ra ru rem rowi rze
        t ta tu tem towi cie
        d da du dem dowi dzie
        """
    ),
    "es": _paradigms(
        """
        o a os as
        - a es as
        ar a an o aba aban aron ando ado ada ados adas ara aran
        er ir e en io ia ian ieron iendo ido ida idos idas
        """
    ),
    "fr": _paradigms(
        """
        - e s es
        ien ienne iens iennes
        eur euse eurs euses rice rices
        if ive ifs ives
        er e es ent ez ons ait aient ant a erent ee ees era eront
        """
    ),
}
"""By language: endings that forms of one word have."""

SURNAMES: Mapping[str, Sequence[Sequence[str]]] = {
    "ru": _paradigms(
        """
        ов ова ову овым ове овы овых овой овыми
        ев ева еву евым еве евы евых евой евыми
        ин ина ину иным ине ины иных иной иными
        ын ына ыну ыным ыне ыны ыных ыной ыными
        """
    ),
    "uk": _paradigms(
        """
        ов ова ову овим ові ових овою овой
        ев ева еву евим еві евих евою евой
        єв єва єву євим єві євих євою
        ін іна іну іним іні іних іною
        їн їна їну їним їні
        ин ина ину ином ині иних иною
        """
    ),
}
"""By language: endings that forms of one surname have, whatever words they are besides; for words
that are typed with a capital.
"""

SURE: Mapping[str, Sequence[Sequence[str]]] = {
    "uk": _paradigms(
        """
        - ів
        ень ня ню нем ні нів ням нями нях
        га ги гу гою зі
        ха хи ху хою сі
        ка ки ку кою ці
        """
    ),
    "es": _paradigms("z ces"),
}
"""By language: endings that forms of one word have though a dictionary gives one of them to another
word, in Ukrainian that of the possessive (брат, братів).
"""

IRREGULAR: Mapping[str, Sequence[Sequence[str]]] = {
    "uk": _paradigms(
        """
        бій бою боєві боєм бої боїв боям боями боях
        промінь променя променю променем промені променів
        переліт перельоту перельотом перельоти перельотів
        приліт прильоту прильотом прильоти прильотів
        село села сіл селам селами селах
        слово слова слів словам словами словах
        озеро озера озер озерам озерами озерах
        колесо колеса коліс колесам колесами колесах
        школа школи шкіл школам школами школах
        нога ноги ніг ногам ногами ногах
        гора гори гір горам горами горах
        голова голови голів головам головами головах
        сльоза сльози сліз сльозам сльозами сльозах
        сирота сироти сиріт сиротам сиротами сиротах
        бігти біг бігла бігли
        четверо чотирьох чотирьом чотирма
        пятеро пятьох пятьом пятьма
        шестеро шістьох шістьом шістьма
        семеро сімох сімом сьома
        восьмеро вісьмох вісьмом вісьма
        десятеро десятьох десятьом десятьма
        """
    ),
    "ru": _paradigms("двое двоих двоим двоими\nтрое троих троим троими"),
    "pl": _paradigms(
        """
        ksiadz ksieza ksiezy ksiezom ksiezmi
        rok lata lat latach
        """
    ),
    "de": _paradigms("fangen gefangen gefangene gefangenen gefangener"),
    "fr": _paradigms("mourir mort morte morts mortes"),
    "ar": _paradigms(
        """
        هجوم هجمات هجومات
        جسر جسور
        سد سدود
        نفق انفاق
        مدفع مدافع
        قاتل قتله
        بحر بحار
        امراه نساء
        غنيمه غنايم
        ناشط نشطاء
        فيلم افلام
        عقيد عقداء
        """
    ),
    "es": _paradigms(
        """
        voz voces
        luz luces
        vez veces
        paz paces
        decir dicho dicha dichos dichas
        poner puesto puesta puestos puestas
        imponer impuesto impuesta impuestos impuestas
        exponer expuesto expuesta expuestos expuestas
        morir muerto muerta muertos muertas
        hacer hecho hecha hechos hechas
        ver visto vista vistos vistas
        volver vuelto vuelta vueltos vueltas
        devolver devuelto devuelta devueltos devueltas
        escribir escrito escrita escritos escritas
        abrir abierto abierta abiertos abiertas
        cubrir cubierto cubierta cubiertos cubiertas
        descubrir descubierto descubierta descubiertos descubiertas
        romper roto rota rotos rotas
        """
    ),
}
"""By language: words whose forms its dictionary has under another one, or not at all."""

PAST: Mapping[str, Sequence[tuple[str, str]]] = {
    "uk": (
        ("езти", "із"),
        ("ести", "іс"),
        ("ести", "ів"),
        ("огти", "іг"),
        ("егти", "іг"),
        ("ягти", "іг"),
        ("екти", "ік"),
        ("рости", "ріс"),
    ),
}
"""By language: the ends of an infinitive and of what a man did, where the vowel between them
changes.
"""

OF_ACRONYMS: Mapping[str, Sequence[Sequence[str]]] = {
    "ru": _paradigms("- а у ом е ы ов ам ами ах"),
    "uk": _paradigms("- а у ом і и ів ам ами ах"),
}
"""By language: endings of acronyms that are spoken as words."""

PARTNERS: Mapping[str, Sequence[tuple[str, str]]] = {
    "ru": (
        ("ить", "ивать"),
        ("ить", "ывать"),
        ("ять", "ивать"),
        ("ать", "ывать"),
        ("ать", "ивать"),
    ),
    "uk": (("ити", "ивати"), ("яти", "ювати"), ("ати", "увати"), ("ити", "ювати")),
    "pl": (("ac", "ywac"), ("ac", "iwac"), ("ic", "iwac")),
}
"""By language: infinitives of one verb that is done once, and again and again."""
