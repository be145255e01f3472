"""Languages: how are days, months and years spoken of in languages that have forms of their own?

Each row says what stands around the number of a day, its month and its year, and which words tell
that a month or a number alone is meant as such. A month whose name is a word as well (*Ocak* is a
hearth, *במאי* a film director) needs what only a date has. English, French, Russian, Ukrainian and
Arabic are read by the package itself, in texts of every language that has no row here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from corpus import months
from corpus.cleaner.dates.calendars import days_of_other_calendars

_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?!\d)(?![.,]\d)"
_NUMBER = r"[0-3]?\d"
_END = r"(?![^\W\d_])"


@dataclass(frozen=True, slots=True)
class _Words:
    """Attributes:
    forms: of its months, in `corpus.months`.
    mark: what the number of a day may have at its end.
    before_month: between a day and its month; empty where the month comes first.
    before_year: between a month and its year.
    to: between two days or months.
    cue: what stands before a month that is named without a day or a year.
    behind: the same, of what stands behind it.
    year: what stands before the number of a year.
    year_behind: what stands behind it.
    year_first: between a year and its month, where years come first.
    unsure: months that are words as well.
    """

    forms: tuple[str, ...]
    mark: str = ""
    before_month: str = r"\s"
    before_year: str = r"\s"
    to: str = "-"
    cue: str = ""
    behind: str = ""
    year: str = ""
    year_behind: str = ""
    year_first: str = ""
    unsure: frozenset[str] = frozenset()


_WORDS = {
    "de": _Words(
        ("de", "de-other"),
        mark=r"\.",
        before_month=r"\s?",
        to="bis(?: zum)?|und",
        cue=r"[Ii]m|[Ss]eit|[Aa]nfang|[Mm]itte|[Ee]nde|[Bb]is|[Aa]b|[Vv]on|letzten|vergangenen|"
        "kommenden|diesem|diesen",
        year=r"[Jj]ahre?|[Ss]eit|[Aa]nfang|[Mm]itte|[Ee]nde|[Bb]is|[Aa]b|Frühjahr|Frühling|Sommer|"
        "Herbst|Winter",
    ),
    "es": _Words(
        ("es", "es-other"),
        before_month=r"\s(?:de\s)?",
        before_year=r"\s(?:del?\s)?",
        to="y|al?|hasta el",
        cue=r"[Ee]n|[Dd]esde|[Hh]asta|[Dd]urante|(?:principios|finales|mediados|mes) de|"
        "pasado|próximo",
        year=r"[Ee]n|[Dd]esde|[Hh]asta|[Aa]ño|(?:primavera|verano|otoño|invierno|principios|finales|"
        "mediados) de",
    ),
    "it": _Words(
        ("it",),
        mark="°?",
        before_year=r"\s(?:del\s)?",
        to="e|al|all['’]",
        cue=r"[Aa]|[Ii]n|[Nn]el|[Dd]al?|[Ff]ino a|inizio|metà|fine|mese di|scorso|prossimo",
        year=r"[Nn]el|[Dd]al|[Ff]ino al|[Aa]nno|(?:primavera|estate|autunno|inverno) del",
    ),
    "pt": _Words(
        ("pt",),
        mark="º?",
        before_month=r"\s(?:de\s)?",
        before_year=r"\s(?:de\s)?",
        to="e|a|até",
        cue=r"[Ee]m|[Dd]esde|[Aa]té|[Dd]urante|(?:início|final|fim|meados|mês) de|"
        "passado|próximo",
        year=r"[Ee]m|[Dd]esde|[Aa]té|[Aa]no de|(?:primavera|verão|outono|inverno|início|final) de",
    ),
    "nl": _Words(
        ("nl",),
        to="en|tot",
        cue=r"[Ii]n|[Ss]inds|[Bb]egin|[Ee]ind|[Hh]alf|[Tt]ot|[Vv]anaf|afgelopen",
        year=r"[Ii]n|[Ss]inds|[Jj]aar|[Bb]egin|[Ee]ind|[Tt]ot|"
        "(?:lente|zomer|herfst|winter) van",
    ),
    "pl": _Words(
        ("pl-of", "pl-in"),
        to="i|do|a|oraz",
        cue=r"[Ww]e?|[Oo]d|[Dd]o|początku|końcu|koniec|połowie|[Mm]iędzy",
        year=r"[Ww]|[Oo]d|[Dd]o|rok|wiosną|latem|jesienią|zimą",
        year_behind=r"\s(?:roku|r\.)",
    ),
    "tr": _Words(
        ("tr",),
        to="ve|ile|ila",
        behind=r"(?:['’](?:[td][ae]n?|[nı]ın|a|e)|\sayı\w*|\s(?:başında|sonunda|ortasında))",
        year_behind=r"(?:['’][td][ae]n?|\s(?:yıl|sene)\w*)",
    ),
    "he": _Words(
        ("he", "he-in", "he-other"),
        before_month=r"\s(?:ל|ב)?",
        to="עד|עד ה-?|ו-?|ל-?",
        cue=r"מאז|עד|תחילת|בתחילת|סוף|בסוף|אמצע|באמצע|חודש|בחודש",
        year=r"שנת|בשנת|משנת|מאז|עד",
        unsure=frozenset(("במאי",)),
    ),
    "fa": _Words(
        ("fa", "fa-other"),
        to="و|تا",
        cue=r"ماه|در",
        year=r"سال",
        unsure=frozenset(("می", "مه")),
    ),
    "hu": _Words(
        ("hu",),
        mark=r"\.",
        before_month="",
        to="és",
        behind=r"(?:b[ae]n|t[óő]l|ig|\s(?:óta|elején|végén|közepén))",
        year_behind=r"-(?:b[ae]n|t[óő]l|ig|[eo]s)",
        year_first=r"\.?\s",
    ),
    "ka": _Words(
        ("ka", "ka-of"),
        to="და",
        year_behind=r"\sწ(?:ელს|ლის|\.)",
        year_first=r"\sწ(?:ლის|\.)\s",
    ),
    "cs": _Words(
        ("cs-of", "cs", "cs-in"),
        mark=r"\.",
        before_month=r"\s?",
        to="až|a|do",
        cue=r"[Vv]e?|[Oo]d|[Dd]o|[Kk]oncem|[Zz]ačátkem|[Pp]očátkem|polovině|konce|začátku|konci",
        year=r"roce|roku|rok|[Jj]aře|létě|[Nn]a podzim|zimě",
    ),
    "sk": _Words(
        ("sk-of", "sk", "sk-in"),
        mark=r"\.",
        before_month=r"\s?",
        to="až|a|do",
        cue=r"[Vv]o?|[Oo]d|[Dd]o|[Kk]oncom|[Zz]ačiatkom|polovici|konca|začiatku|konci",
        year=r"roku|rok|[Jj]ar|lete|jeseni|zime",
    ),
    "sv": _Words(
        ("sv",),
        to="och|till",
        cue=r"[Ii]|[Ss]edan|[Uu]nder|[Ff]rån|[Tt]ill|början av|slutet av|mitten av|förra|nästa",
        year=r"[Ss]edan|[Åå]r|[Uu]nder|[Vv]åren|[Ss]ommaren|[Hh]östen|[Vv]intern",
    ),
    "no": _Words(
        ("no",),
        mark=r"\.",
        to="og|til",
        cue=r"[Ii]|[Ss]iden|[Uu]nder|[Ff]ra|[Tt]il|begynnelsen av|slutten av|midten av|"
        "forrige|neste",
        year=r"[Ii]|[Ss]iden|[Åå]r|[Vv]åren|[Ss]ommeren|[Hh]østen|[Vv]interen",
    ),
    "da": _Words(
        ("da",),
        mark=r"\.",
        to="og|til",
        cue=r"[Ii]|[Ss]iden|[Uu]nder|[Ff]ra|[Tt]il|begyndelsen af|slutningen af|midten af|"
        "sidste|næste",
        year=r"[Ii]|[Ss]iden|[Åå]r|[Ff]oråret|[Ss]ommeren|[Ee]fteråret|[Vv]interen",
    ),
    "fi": _Words(
        ("fi-of", "fi-in"),
        mark=r"\.",
        to="ja",
        year=r"[Vv]uonna|[Vv]uodesta|[Vv]uoteen|[Vv]uoden|keväällä|kesällä|syksyllä|talvella",
    ),
    "ro": _Words(
        ("ro",),
        to="și|până la|la",
        cue=r"[ÎîI]n|[Dd]in|luna|lunii|începutul lui|sfârșitul lui|mijlocul lui",
        year=r"[ÎîI]n|[Dd]in|anul|anului|primăvara|vara|toamna|iarna|"
        "(?:primăvara|vara|toamna|iarna) lui",
    ),
    "bg": _Words(
        ("bg",),
        to="и|до|-",
        cue=r"[Пп]рез|[Оо]т|[Дд]о|края на|началото на|средата на|месец",
        year=r"[Пп]рез|[Оо]т|[Дд]о|година|пролетта на|лятото на|есента на|зимата на",
        year_behind=r"\sг(?:\.|одина)",
    ),
    "el": _Words(
        ("el-text", "el-in"),
        mark="(?:ης?)?",
        before_year=r"\s(?:του\s)?",
        to="και|έως|ως|με",
        cue=r"[Ττ]ον|[Αα]πό τον|[Μμ]έχρι τον|τέλη|αρχές|μέσα",
        year=r"[Ττ]ο|έτος|έτους|άνοιξη του|καλοκαίρι του|φθινόπωρο του|χειμώνα του",
    ),
    "id": _Words(
        ("id-text", "ms-text"),
        to="dan|hingga|sampai",
        cue=r"[Pp]ada|[Ss]ejak|bulan|awal|akhir|pertengahan|hingga|sampai",
        year=r"[Tt]ahun|[Pp]ada|[Ss]ejak|awal|akhir|hingga",
    ),
    "vi": _Words(
        ("vi",),
        before_year=r"\s(?:năm\s)?",
        to="và|đến",
        cue=r"[Tt]rong|[Vv]ào|[Tt]ừ|đầu|cuối|giữa",
        year=r"[Nn]ăm",
    ),
    "hi": _Words(("hi", "hi-other"), to="और|से", year_behind=r"\s(?:में|से|तक)"),
    "ur": _Words(("ur",), to="اور|سے", year_behind=r"(?:ء|\s(?:میں|سے|تک))"),
    "bn": _Words(("bn",), to="ও|এবং", year_behind=r"\s(?:সালে|সালের|সাল)"),
    "be": _Words(
        ("be-of", "be-in"),
        to="і|да",
        cue=r"[УуЎў]|[Зз]|[Дд]а|пачатку|канцы|сярэдзіне",
        year_behind=r"\s(?:годзе|годам|года|г\.)",
    ),
    "az": _Words(
        ("az", "az-in", "az-of"),
        to="və|ilə",
        behind=r"(?:[ıiuü]nda|[dt][ae])",
        year_behind=r"-c[iıuü]\sil\w*",
        year_first=r"-c[iıuü]\sil(?:in)?\s",
    ),
    "hy": _Words(
        ("hy-of", "hy-in"), before_month="", to="և|ու", year_first=r"\s?(?:թվականի|թ\.?)\s"
    ),
    "lt": _Words(("lt-of", "lt-in"), before_month="", to="ir|iki", year_first=r"\sm(?:etų|\.)\s"),
    "sw": _Words(
        ("sw-text",),
        to="na|hadi",
        cue=r"[Mm]wezi(?: wa)?|[Tt]angu|mwanzoni mwa|mwishoni mwa",
        year=r"[Mm]waka(?: wa)?|[Tt]angu",
    ),
    "hr": _Words(
        ("sr-latin", "sr-latin-of", "sr-latin-in", "bs-other", "hr-of", "hr", "hr-in"),
        mark=r"\.",
        to="i|do",
        cue=r"[Uu]|[Oo]d|[Dd]o|[Kk]rajem|[Pp]očetkom|[Ss]redinom",
        year=r"godine|[Oo]d|proljeće|ljeto|jesen|zimu",
        year_behind=r"\.?\sgodine",
    ),
    "sr": _Words(
        ("sr-latin", "sr-latin-of", "sr-latin-in", "sr", "sr-of", "sr-in"),
        mark=r"\.",
        to="и|до|i|do",
        cue=r"[Уу]|[Оо]д|[Дд]о|[Кк]рајем|[Пп]очетком|[Сс]редином|[Uu]|[Oo]d|[Dd]o|[Kk]rajem|"
        "[Pp]očetkom|[Ss]redinom",
        year=r"године|[Оо]д|godine|[Oo]d",
        year_behind=r"\.?\s(?:године|godine)",
    ),
}
_WORDS |= {
    "ms": _WORDS["id"],
    "bs": _WORDS["hr"],
    "sl": replace(_WORDS["hr"], forms=("sl-of", "sl-in"), cue=r"[Vv]|[Oo]d|[Dd]o|konec|začetek"),
}
"""Languages that are told for one another, or share their months."""
_IN_ONE_WORD = {"he": "he-in", "fi": "fi-in", "hy": "hy-in"}
"""Forms of months that say "in" themselves."""
_OTHER_CALENDARS = frozenset("fa ps th am ti".split())
_WIDE = frozenset("zh ja ko".split())
_WIDE_DAY = re.compile(
    r"(?:(?P<year>(?:1[89]|20)\d\d)\s?[年년]\s?|(?P<last>去年|昨年|작년|지난해)\s?|"
    r"(?P<this>今年|올해)\s?|(?P<next>明年|来年|내년)\s?)?"
    r"(?<!\d)(?P<month>1[0-2]|0?[1-9])\s?[月월](?![間间])"
    rf"(?:\s?(?P<day>{_NUMBER})\s?[日号號일](?:\s?[至到~-]\s?(?P<to>{_NUMBER})\s?[日号號일])?)?"
)
_WIDE_YEAR = re.compile(r"(?<![\d,.])(?P<year>(?:1[89]|20)\d\d)\s?[年년](?!\s?[\d間间])")

OwnMention = tuple[int, int, str, str]
"""From where to where a date stands, its ISO form (of one without a year `--05-03`), and which year
it says that it means: `last`, `this`, `next`, or none."""


def has_own_forms(language: str) -> bool:
    """Whether texts of a language are read by forms of their own."""
    return language in _WORDS or language in _WIDE or language in _OTHER_CALENDARS


class Taken:
    """The places of a text where a date was read, so that none is read twice."""

    def __init__(self, size: int) -> None:
        self._signs = bytearray(size)

    def take(self, start: int, end: int) -> bool:
        """Whether nothing was read in a place; from now on something is."""
        free = not any(self._signs[start:end])
        self._signs[start:end] = b"\1" * (end - start)
        return free


def own_mentions(text: str, language: str, taken: Taken) -> Iterator[OwnMention]:
    """Days, months and years in a text of a language, in forms of its own; the fullest first."""
    for match, found in _matches(text, language):
        if taken.take(*match.span()):
            yield from ((*match.span(), iso, said) for iso, said in found)


def _matches(text: str, language: str) -> Iterator[tuple[re.Match[str], Iterable[tuple[str, str]]]]:
    """What looks like a date, and each day, month or year that it names, with what it says of the
    year.
    """
    if language in _OTHER_CALENDARS:
        for match, day in days_of_other_calendars(text):
            yield match, [(day.isoformat(), "")]
    if language in _WIDE:
        yield from ((match, _of_wide(match)) for match in _WIDE_DAY.finditer(text))
        yield from ((match, [(match["year"], "")]) for match in _WIDE_YEAR.finditer(text))
    if language in _WORDS:
        forms, numbers = _forms(language)
        for form in forms:
            yield from ((match, _isos(match, numbers)) for match in form.finditer(text))


def _isos(match: re.Match[str], numbers: dict[str, int]) -> Iterator[tuple[str, str]]:
    parts = match.groupdict()
    year = parts.get("year")
    if not parts.get("month"):
        yield str(year), ""
        return
    days = [day for day in (parts.get("first"), parts.get("last")) if day]
    for name in filter(None, (parts.get("other"), parts["month"])):
        whole = f"{year or '-'}-{numbers[name]:02}"
        yield from ((iso, "") for iso in [f"{whole}-{int(day):02}" for day in days] or [whole])


def _of_wide(match: re.Match[str]) -> list[tuple[str, str]]:
    parts = match.groupdict()
    said = next((which for which in ("last", "this", "next") if parts[which]), "")
    month = f"{parts['year'] or '-'}-{int(match['month']):02}"
    days = [day for day in (parts["day"], parts["to"]) if day]
    return [(iso, said) for iso in [f"{month}-{int(day):02}" for day in days] or [month]]


@cache
def _forms(language: str) -> tuple[tuple[re.Pattern[str], ...], dict[str, int]]:
    """What finds dates in texts of a language, the fullest first; and its months."""
    words = _WORDS[language]
    numbers = months.numbers(*words.forms)
    month = rf"(?P<month>{_one_of(numbers)})"
    sure = rf"(?P<month>{_one_of(name for name in numbers if name not in words.unsure)})"
    to = rf"(?:\s?[-–—]\s?|\s(?:{words.to})\s?)"
    other = rf"(?:(?P<other>{_one_of(numbers)}){to})?"
    before = r"(?<![\d.,:/])(?<!\d[-–])"
    days = rf"{before}(?:(?P<first>{_NUMBER})(?:{words.mark})?{to})?(?P<last>{_NUMBER}){words.mark}"
    year_first = rf"(?<![\d.,]){_YEAR}{words.year_first}" if words.year_first else None
    if words.before_month:
        day = rf"{days}{words.before_month}"
        found = [rf"{day}{month}{_END}{words.before_year}{_YEAR}", rf"{day}{sure}{_END}"]
        if year_first:
            found.insert(0, rf"{year_first}{day.removeprefix(before)}{month}{_END}")
    else:
        day = rf"{month}\s(?:(?P<first>{_NUMBER})\.?{to})?(?P<last>{_NUMBER})(?!\d|[:%]|[.,]\d)"
        found = [rf"{year_first}{day}", rf"\b{day}"]
    if year_first:
        found.append(rf"{year_first}{month}(?:{words.behind or _END}|(?:i|a)?{_END})")
    else:
        found.append(rf"\b{other}{month}{_END}{words.before_year}{_YEAR}")
    if words.cue:
        found.append(rf"\b(?:{words.cue})\s{other}{sure}{_END}(?!\s{_NUMBER}\b)")
    if language in _IN_ONE_WORD:
        own = months.numbers(_IN_ONE_WORD[language])
        lone = _one_of(name for name in own if name not in words.unsure)
        found.append(rf"\b(?P<month>{lone}){_END}(?!\s{_NUMBER}\b)")
    if words.behind:
        found.append(rf"\b{sure}{words.behind}{_END}")
    if words.year:  # not "en 2000 aldeas"
        found.append(rf"\b(?:{words.year})\s{_YEAR}(?!(?<=00)\s[^\W\d_])")
    if words.year_behind:
        found.append(rf"(?<![\d.,]){_YEAR}{words.year_behind}{_END}")
    return tuple(map(re.compile, found)), numbers


def _one_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))
