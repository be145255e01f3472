"""Endings: which endings may change places, as one word has them in its forms?

Everything here is folded, as surfaces are: no accents, one letter for the forms of alef and ya.
`PARADIGMS` are sets of endings that the forms of one noun, adjective or verb have, for words that
no dictionary knows; the others say of which words, and where, more is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


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
        ano ana anos anas
        ino ina inos inas
        eno ena enos enas
        ico ica icos icas
        eco eca ecos ecas
        io ia ios ias
        oso osa osos osas
        ivo iva ivos ivas
        ado ada ados adas
        ido ida idos idas
        es esa eses esas
        ol ola oles olas
        or ora ores oras
        an ana anes anas
        """
    ),
    "fr": _paradigms(
        """
        ais aise aises
        ois oise oises
        ain aine ains aines
        and ande ands andes
        ant ante ants antes
        ent ente ents entes
        on onne ons onnes
        el elle els elles
        al ale aux ales
        eux euse euses
        ard arde ards ardes
        in ine ins ines
        ol ole ols oles
        ien ienne iens iennes
        eur euse eurs euses rice rices
        if ive ifs ives
        """
    ),
}
"""By language: endings that forms of one word have."""

OF_INFINITIVES: Mapping[str, Sequence[tuple[str, Sequence[str]]]] = {
    language: [(ends[0], ends[1:]) for ends in _paradigms(lines)]
    for language, lines in {
        "es": """
            ar a an o aba aban aron ando ado ada ados adas ara aran
            er e en io ia ian ieron iendo ido ida idos idas
            ir e en io ia ian ieron iendo ido ida idos idas
            """,
        "fr": "er e es ent ez ons ait aient ant a erent ee ees era eront",
    }.items()
}
"""By language: the end of an infinitive, and of its forms. From one form to the other they would
make one word of two nouns: *puerto*, *puerta*.
"""

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
        - у ом і ам ами ах ів ові
        ень ня ню нем ні нів ням нями нях
        га ги гу гою зі
        ха хи ху хою сі
        ка ки ку кою ці
        """
    ),
    "es": _paradigms("z ces"),
    "pl": _paradigms("- ow om ami ach"),
    "de": _paradigms(
        """
        er erin erinnen
        ist istin istinnen
        ent entin entinnen
        ant antin antinnen
        at atin atinnen
        or orin orinnen
        zt ztin ztinnen
        ose osin osinnen
        ese esin esinnen
        sse ssin ssinnen
        rde rdin rdinnen
        are arin arinnen
        rke rkin rkinnen
        """
    ),
}
"""By language: endings that forms of one word have though a dictionary gives one of them to another
word, in Ukrainian that of the possessive (брат, братів).
"""

OF_BASES: Mapping[str, Sequence[tuple[str, Sequence[str]]]] = {
    language: [(ends[0], ends[1:]) for ends in _paradigms(lines)]
    for language, lines in {
        "pl": "a -",
        "uk": """
            а и і у ою ам ами ах -
            о а у ом і ам ами ах ів -
            ь я ю ем еві і ів ям ями ях
            ець ця цю цем цеві ці ців цям цями цях
            єць йця йцю йцем йцеві йці йців йцям йцями йцях
            літ льоту льотом льоти льотів льоті льотам льотах
            итися ився илася илися илося иться яться ячись
            атися ався алася алися алося ається аються
            уватися увався увалася увалися увалося ується уються
            ітися івся ілася ілися іється іються
            нутися нувся нулася нулися неться нуться
            """,
    }.items()
}
"""By language: the end of a noun or verb as dictionaries have it, and those of its forms, whatever
words these are besides. From a form to another they would make one word of two: *міст*, *місто*.
"""

IRREGULAR: Mapping[str, Sequence[Sequence[str]]] = {
    "uk": _paradigms(
        """
        дитина дитини дитині дитину дитиною діти дітей дітям дітьми дітях
        око ока оку оком очі очей очам очима очах вічі
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
        іти йти ішов йшов ішла йшла ішло йшло ішли йшли іде йде ідуть йдуть
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
        most mostu mostem moscie
        list listu listem liscie
        test testu testem tescie
        cud cudu cudem cudzie
        but buta butem bucie
        kult kultu kultem kulcie
        pobyt pobytu pobytem pobycie
        postulat postulatu postulatem postulacie
        swit switu switem swicie
        czat czatu czatem czacie
        dyplomata dyplomaty dyplomate dyplomacie
        demokrata demokraty demokrate demokracie
        """
    ),
    "de": _paradigms("fangen gefangen gefangene gefangenen gefangener"),
    "fr": _paradigms(
        """
        mettre mise mises
        prendre prise prises
        mourir mort morte morts mortes mourut moururent
        vivre vecu vecue vecut vecurent
        lire lu lue lus lues
        naitre ne nee nes nees naquit
        boire bu bue but burent
        asseoir assis assise assises
        """
    ),
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
        بنت بنات
        اخت اخوات
        سنه سنوات سنين
        """
    ),
    "he": _paradigms(
        """
        בן בני בנים
        בת בנות
        אב אבי אבות
        אח אחי אחים
        אם אמהות
        יד ידי ידיים
        יום ימי ימים
        איש אנשי אנשים
        אישה נשים נשי
        עיר ערי ערים
        בית בתי בתים
        הר הרי הרים
        עץ עצי עצים
        גג גגות
        קו קווי קווים
        תא תאי תאים
        שר שרי שרים
        צו צווי צווים
        חג חגי חגים
        רב רבני רבנים
        כף כפות
        לב לבבות
        גז גזים
        דם דמי דמים
        """
    ),
    "es": _paradigms(
        """
        voz voces
        luz luces
        ir va van voy vamos iba iban fue fueron fui fuimos ido yendo
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

OF_ACRONYMS: Mapping[str, Sequence[Sequence[str]]] = {
    "ru": _paradigms("- а у ом е ы ов ам ами ах"),
    "uk": _paradigms("- а у ом і и ів ам ами ах"),
}
"""By language: endings of acronyms that are spoken as words."""
