"""Parts of names: does a place stand inside the name of a body or a street (*Banco de Bogotá*, *rue
de Moscou*, מכבי חיפה), of a national team or a currency (*долларов США*)? What such names begin
with tells, right before the place. And is what a town is called somebody or something else there
(*M. Limon*, *Amazon.com*)?
"""

from __future__ import annotations

import re

_OF = r"(?:de(?: la| las| los)? |du |des |d['’]|del )?"
_CLUBS = (
    "FC|SC|SV|VfB|VfL|AS|AC|CF|CD|FK|NK|KS|Bayern|Bayer|Borussia|Eintracht|Hertha|Dynamo|Dinamo"
    "|Real|Atlético|Deportivo|Olympique|Stade|Racing|Legia|Lech|Wisła|Pogoń|Górnik|Polonia|Jagiellonia|Spartak|Szachtar"
)
_LONGEST = 30  # characters of what stands before
_BEFORE = {
    "fr": rf"(?i:université|banque|club|institut|académie|musée|lycée|rue|avenue|boulevard|bd|quai"
    rf"|faubourg|radio|traité|accords|équipe|sélection) {_OF}|(?:{_CLUBS}) {_OF}",
    "es": rf"(?i:universidad|banco|club|instituto|museo|calle|avenida|radio|acuerdos|selección"
    rf"|dólares) {_OF}|(?:{_CLUBS}) {_OF}",
    "de": rf"(?:Universität|Uni|Hochschule|Bank|Radio|Institut|Nationalmannschaft von|{_CLUBS}) ",
    "pl": rf"(?:Uniwersytet\w*|Politechni\w+|Bank\w*|Radi\w+|ul\.|(?i:ulic[aęy]|reprezentacj\w+"
    rf"|dolar\w*)|{_CLUBS}) ",
    "ru": "(?:Динамо|Спартак|Зенит|Шахт[её]р|Локомотив|Металлист|Радио|Эх[оау]|Голос\\w?"
    '|Банк|ул\\.) [«"]?'
    "|(?i:сборн(?:ая|ой|ую)|доллар\\w*|долл\\.) ",
    "uk": '(?:Динамо|Шахтар|Металіст|Карпати|Зоря|Радіо|Голос\\w?|Банк|вул\\.) [«"]?'
    "|(?i:збірн(?:а|ої|ій|у|ою)|долар\\w*|дол\\.) ",
    "ar": "(?:[وف]?[بلك]?(?:جامعة|بنك|مصرف|نادي|إذاعة|جريدة|صحيفة|شارع|معهد|متحف|كأس|كأس ملك|أمم"
    r"|أبطال|بطولة|فريق|مشروع|ملعب|منتخب|دينامو|ريال|وزارة (?!ال)\w+)|للمنتخب)"
    ' (?:["«“] ?)?',
    "he": '(?:אוניברסיטת|בנק|מכבי|הפועל|בית"ר|רחוב|רדיו|מוזיאון) ',
    "fa": "(?:دانشگاه|بانک|پرسپولیس|استقلال|باشگاه|خیابان|رادیو|روزنامه) ",
}
_PATTERNS = {
    language: re.compile(rf"(?<!\w)(?:{before})\Z") for language, before in _BEFORE.items()
}


def is_part_of_name(text: str, start: int, language: str) -> bool:
    """Does a longer name begin right before a place that begins here?"""
    pattern = _PATTERNS.get(language)
    return pattern is not None and pattern.search(text, max(0, start - _LONGEST), start) is not None


def is_called_otherwise(text: str, start: int, end: int, language: str) -> bool:
    """Is what a town is called somebody behind an initial or a title (*M. Limon*), a site, or, in
    Turkish, whoever did something or the games of a year (*1988 Seul Olimpiyatları*)?
    """
    return (
        _ABBREVIATED.search(text, max(0, start - _LONGEST), start) is not None
        or _SITE.match(text, end) is not None
        or (
            language == "tr"
            and (
                _YEAR.search(text, max(0, start - _LONGEST), start) is not None
                or _BY.match(text, end) is not None
            )
        )
    )


_ABBREVIATED = re.compile(r"(?<!\w)(?!(?:St|Ft|Mt|Bad)\b)[A-ZÀ-ÖØ-ÞА-ЯІЇЄ][\w]{0,2} ?\. ?\Z")
_SITE = re.compile(r" ?\. ?(?:com|org|net)\b")
_YEAR = re.compile(r"(?<!\d)[12]\d{3} \Z")
_BY = re.compile(" tarafından")
