"""Called bodies: where is a body told by what it is called, in languages that no model reads?

With capitals (Spanish, Polish) by the noun that it begins with (*Ejército de Liberación Nacional*,
*Armia Krajowa*), in Spanish also by an article before capitals alone (*las FARC*). Without them
(Hebrew, Persian) by lists: what a state has, and bodies of the world. Lists are ours.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from indexer.entities.tagging.foreign.given_names import is_given_in
from indexer.entities.tagging.gazetteer import LISTED
from indexer.entities.types import EntityKind, Mention

_CONFIDENCE = 0.8
_CAPITAL = r"[A-ZÁÉÍÓÚÑÜĄĆĘŁŃÓŚŹŻ][\w'’-]*\w"
_SPANISH = (
    "Ministerio|Secretaría|Ejército|Fuerzas? (?:Aéreas?|Armadas?|Democráticas?)|Guardia|Policía"
    "|Tribunal|Corte|Parlamento|Consejo|Comité|Comisión|Partido|Frente|Legión|Movimiento"
    "|Organización|Cruz Roja|Media Luna Roja|Asamblea|Congreso|Liga|Banco|Agencia|Fundación"
    "|Observatorio|Estado Mayor|Unión(?! Soviética)|Universidad|Instituto|Autoridad|Alianza"
    "|Brigadas?|Compañía|Federación|Confederación|Sindicato"
)
_SPANISH_OF = r"(?:del |de (?:las? |los )?|para (?:las? |los |el )?|contra (?:la |el )?)"
_POLISH = (
    r"Ministerst\w+|Armi(?:a|i|ę|ą)|Rad(?:a|y|ę|ą|zie)|Parlamen\w+|Trybuna\w+|Wojsk\w*|Gwardi\w+"
    r"|Policj\w+|Parti\w+|Organizacj\w+|Komitet\w*|Komisj\w+|Lig(?:a|i|ę|ą|dze)|Agencj\w+"
    r"|Bank(?:u|iem|owi)?|Fundacj\w+|Korpus\w*|Legion\w*|Sił\w* Zbrojn\w+|Straż\w*|Urz[ąę]d\w*"
    r"|Czerwon\w+ Krzyż\w*|Uni(?:a|i|ę|ą)|Zgromadzeni\w+|Ruch\w*|Uniwersytet\w*|Akademi\w+"
    r"|Sztab\w*|Dywizjon\w*|Brygad\w+|Związ\w+(?! Radziecki)"
)
_POLISH_OF = "(?:do spraw |ds\\. |na rzecz |dla |przeciwko )"
_HEBREW_OF_STATES = (
    "(?:ה(?:ביטחון|הגנה|חוץ|פנים|בריאות|אוצר|חינוך|משפטים|תחבורה|אנרגיה|כלכלה|רווחה|תרבות"
    "|מודיעין|תקשורת|חקלאות|קליטה|תיירות)|ראש הממשלה)"
)
_HEBREW = (
    rf"משרד {_HEBREW_OF_STATES}|חיל ה(?:ים|אוויר|רפואה|שריון|הנדסה|תותחנים|קשר|רגלים|מודיעין)"
    "|פיקוד ה(?:עורף|צפון|דרום|מרכז)|(?:צבא|חזית|תנועת) ה[א-ת]+ ה[א-ת]+|משמרות המהפכה"
    "|משמר הגבול|משטרת ישראל|צבא ההגנה לישראל|מגן דוד אדום|ליגת הערב|מועצת הביטחון"
    "|רופאים ללא גבולות|אמנסטי(?: אינטרנשיונל)?|בית הדין (?:הפלילי הבינלאומי|הבינלאומי לצדק"
    "|הבינלאומי)|בית המשפט העליון|קרן המטבע הבינלאומית|ארגון הבריאות העולמי|ארגון המדינות"
    ' האמריקניות|יוניצ"ף|יוניס"ף|אונר"א|אונסק"ו|מד"א|מג"ב|סנט"קום'
)
_HEBREW_WITH_ARTICLE = (
    "צלב האדום|סהר האדום|ליגה הערבית|פרלמנט האירופי|איחוד האירופי|איחוד האפרי(?:קני|קאי)"
    "|נציבות האירופית|בנק העולמי|מוסד לביטוח לאומי|רשות הפלסטינית|סוכנות היהודית|עצרת הכללית"
    "|פנטגון|קונגרס|סנאט"
)
_PERSIAN = (
    "وزارت (?:دفاع|امور خارجه|خارجه|کشور|بهداشت|اطلاعات|دارایی|نفت|نیرو|دادگستری|ارشاد|علوم)"
    "|شورای امنیت(?: سازمان ملل| ملی)?|مجمع عمومی سازمان ملل|پارلمان اروپا|کمیسیون اروپا"
    "|اتحادیه (?:اروپا|عرب|آفریقا)|دیوان (?:کیفری بین.?المللی|بین.?المللی دادگستری|عالی)"
    "|صلیب سرخ(?: جهانی)?|هلال احمر|(?:سازمان )?عفو بین.?الملل|دیده?.?بان حقوق بشر"
    "|سپاه (?:پاسداران(?: انقلاب اسلامی)?|قدس)|سازمان (?:بهداشت جهانی|مجاهدین خلق|انرژی اتمی)"
    "|پزشکان بدون مرز|بانک جهانی|صندوق بین.?المللی پول|یونیسف|یونسکو|پنتاگون|نیروی (?:دریایی"
    "|هوایی|زمینی)|ارتش آزادی.?بخش [آ-ی]+|جبهه (?:النصره|مقاومت ملی|آزادی.?بخش ملی|خلق)"
    "|مجلس (?:شورای اسلامی|خبرگان)|شورای نگهبان"
)
# Each begins with a letter, so that a text is passed over at once where no such letter stands.
_CALLED: Mapping[str, re.Pattern[str]] = {
    "es": re.compile(
        rf"(?:{_SPANISH})(?: {_SPANISH_OF}?{_CAPITAL})+|Cruz Roja|Media Luna Roja|Estado Mayor"
    ),
    "pl": re.compile(rf"(?:{_POLISH})(?: {_POLISH_OF}?{_CAPITAL})+"),
    "he": re.compile(rf"(?:{_HEBREW}|{_HEBREW_WITH_ARTICLE})(?![א-ת])"),
    "fa": re.compile(rf"(?:{_PERSIAN})(?![\w\u200c])"),
}
_BEFORE: Mapping[str, re.Pattern[str]] = {
    "es": re.compile(r"(?<![\w-])\Z"),
    "pl": re.compile(r"(?<![\w-])\Z"),
    "he": re.compile(r"(?<![א-ת])ו?ש?[בלמכ]?(?P<article>ה?)\Z"),
    "fa": re.compile(r"(?<![\w\u200c])\Z"),
}
"""What may stand before one: nothing, or what is attached to it."""
_LONGEST = 5  # letters before one, with one that must not be there
_ACRONYM = re.compile(r"[A-Z]{3,7}(?![\w-])")
_ARTICLE = re.compile(r"(?<!\w)(?:[Ll]as?|[Ll]os|[Ee]l|del|al|[Gg]rupo|agencia) \Z")
_LONGEST_ARTICLE = 9  # characters
_NO_BODIES = frozenset("ADN ARN VIH SIDA GPS PIB IVA OVNI USA URSS EEUU RDA RFA TNT COVID".split())
"""Spanish capitals that are things, or countries."""


def called_bodies(text: str, language: str) -> Iterator[Mention]:
    """The bodies in a text of a language that has a list."""
    pattern = _CALLED.get(language)
    for found in pattern.finditer(text) if pattern else ():
        start, end = found.span()
        before = _BEFORE[language].search(text, max(0, start - _LONGEST), start)
        if before is None:
            continue
        start -= len(before.groupdict().get("article", ""))
        end = _before_person(text, start, end, language)
        if " " in text[start:end] or language in _BY_LISTS:
            yield _body(text, start, end)
    for found in _ACRONYM.finditer(text) if language == _SPANISH_ALONE else ():
        start, end = found.span()
        is_named = _ARTICLE.search(text, max(0, start - _LONGEST_ARTICLE), start) is not None
        if is_named and found.group() not in _NO_BODIES:
            yield _body(text, start, end)


_SPANISH_ALONE = "es"


def _body(text: str, start: int, end: int) -> Mention:
    return Mention(start, end, EntityKind.ORG, text[start:end], _CONFIDENCE, LISTED)


def _before_person(text: str, start: int, end: int, language: str) -> int:
    """Where a body ends behind which somebody is named: Ministerstwa Obrony Hanna Wójtowicz."""
    if language in _BY_LISTS:
        return end
    words = list(_WORD.finditer(text, start, end))
    given = (
        before.end()
        for before, word in itertools.pairwise(words)
        if text[before.end() : word.start()] == " " and is_given_in(word.group(), language)
    )
    return next(given, end)


_BY_LISTS = frozenset(["he", "fa"])
_WORD = re.compile(r"\S+")
