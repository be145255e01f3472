"""Byline names: which names of people does a byline hold?

Not "Staff", not an agency, not a date. One file, since each rule is about what others leave of a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from corpus.cleaner.declared.byline_words import (
    AGENCIES,
    COUNTRIES,
    FROM_WHERE,
    LEAD,
    NOBODY,
    NOBODY_AT_ALL,
    OTHER_WORK,
    PARTICLES,
    PICTURES,
    PLACES,
    RANK,
    ROLES,
    WHEN,
)
from corpus.cleaner.declared.given_names import GIVEN_NAMES
from corpus.cleaner.same_words import WIDE

_LEAD = re.compile(rf"{LEAD}|{FROM_WHERE}", re.IGNORECASE)
_AMHARIC_BY = re.compile(  # what is written together with the name, unless that begins so
    r"^\W*በ(?!ቀለ|ላይ|ረከት|የነ|ዛብህ|ኃይሉ|ሀይሉ|ለጠ|ላቸው|እውቀቱ|ፍቃዱ|ድሉ|ርሄ|ያን|ቃሉ|ሪሁን|ትረ|ጋሻው|ጸሎት|አምላክ|ሻዳ|ኩረ)"
    r"(?=[\u1200-\u135a]{2,}\s[\u1200-\u135a]{2,})"
)
_LABEL = re.compile(r"^\W*(?:texto?|words|story|bild|текст|tekst)\s*:\s*", re.IGNORECASE)
_RANK = re.compile(RANK)
_OTHER_WORK = re.compile(OTHER_WORK, re.IGNORECASE)
_PICTURES = re.compile(PICTURES, re.IGNORECASE)
_SPLIT = re.compile(
    r"\s*(?:[;|/•·،；、]|\s\((?:avec|with|mit|con|com|con la colaboración de)\s|,?\sas told to\s|,\s+(?:and|und|et|y|и|та|و|with|mit|avec|con)\s+|,|"
    r"\s(?:and|und|et|y|e|и|та|і|&|with|mit|avec|im gespräch mit|och|og|és|ve|و|și|şi|và|και|oraz)\s)\s*",
    re.IGNORECASE,
)
_ARABIC_AND = re.compile(r"\s+و(?=[\u0621-\u064a]{3})")
_HEBREW_AND = re.compile(r"\s+ו(?=[א-ת]{2,} [א-ת])")
_ARABIC_NAMES_IN_WAW = re.compile("^(?:ليد|ائل|سام|سيم|جدي|فاء|ديع|حيد|لاء|داد|هيب)$")
_CUT = re.compile(
    r"\s*(?:[|•·(\[<]|\s[-–—]\s|@|\bfor\s|\bin\s+[A-Z]|\bat\s|\bis (?:an?|the)\s|https?:|www\.|\d|"
    r"[\w.+-]+@|\s(?:april|may|june|august)\.?\s+\d).*$",
    re.IGNORECASE | re.DOTALL,
)
_CUT_WORDS = re.compile(rf"^(?:{ROLES}|{AGENCIES}|{WHEN})$", re.IGNORECASE)
_PLACES = re.compile(PLACES, re.IGNORECASE)
_NOBODY = re.compile(rf"\b(?:{ROLES}|{AGENCIES}|{WHEN}|{NOBODY})\b|{NOBODY_AT_ALL}", re.IGNORECASE)
_PART_OF_NAME = r"\w.'’ʼ\-\u0900-\u0df4\u0e30-\u0e4e"  # with vowels that stand on letters of India
_NAME = re.compile(rf"[^\W\d_][{_PART_OF_NAME}]*(?:\s+[{_PART_OF_NAME}\"“”]+){{0,4}}")
_DIRECTIONS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_OF = re.compile(r"De (\S+) (?=[^\W\d_])")
_DUTCH = re.compile(r"\W*door\s", re.IGNORECASE)
PAPERS = re.compile(
    r"\b(?:weekly|daily|blog|review|reports?|insider|digest|voice|mail|express|star|sun|world|today|globe|mirror|"
    r"standard|beacon|ledger|dispatch\w*|record|register|argus|examiner|inquirer|bugle|echo|sentinel|pioneer|"
    r"nation|life|food|coffee|travel|tech|war|peace|foreign|free|new|old|the|my|our|house|home|garden|studio|"
    r"valley|coast|city|town|county|village|bay|river|lake|port|islands?|hills|mountains?|region|district|border|frontier|"
    r"gulf|strait|shore|harbou?r|bridge|street|square|north|south|east|west|"
    r"zeitung|blatt|kurier|anzeiger|bote|welt|leben|frau|herr|mama|papa|вестник|журнал|жизнь|мир)\b",
    re.IGNORECASE,
)
"""Words of sites that are called as no person is, though they declare themselves one."""
_RUN = re.compile(r"[^\W\d_]+")
_HAN_NAME = re.compile(
    "[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,3}[ \u3000][\u4e00-\u9fff\u3040-\u30ff]{1,4}"
)
_MAIL = re.compile(r"<?[\w.+-]+@[\w.-]+\w>?")
_PART = r"[A-Z\u00c0-\u024f\u0400-\u042f][^\W\d_]+"
_NICKNAMED = re.compile(rf"(\W*{_PART}) \({_PART}(?: {_PART}){{0,2}}\)(?= {_PART})")
_SURNAME_FIRST = re.compile(
    rf"\s*({_PART}(?:[-'’]{_PART})?), "
    rf"({_PART}(?: [A-Z]\.)?(?: (?:de|van|von|der|den|da|di|du|la|le)){{0,2}})\s*"
)
_ROLE_FIRST = re.compile(  # in languages that put what a person is before the name
    r"^\W*(?:(?:наш|собственный|специальный|спеціальний|власний|военный|воєнний|шеф-|главный|головний|старший)\s*)*"
    r"(?:корреспондент|кореспондент|журналист|журналіст|обозреватель|оглядач|редактор|репортер|спецкор|автор)"
    r"(?:ка|к[аи]|ы|и)?\s*:?\s+(?:[«\"][^»\"]{2,40}[»\"]\s+)?(?=[А-ЯЁІЇЄҐ])"
    r"|^\W*(?:(?:unser|unsere|die|der)\s+)?(?:\w+-?)?(?:reporter|redakteur|korrespondent|journalist|autor|volontär)(?:in)?\s*:?"
    r"\s+(?=[A-ZÄÖÜ][a-zäöüß])"
    r"|^\W*(?:مراسل(?:ة|نا|تنا)?|الصحفي(?:ة)?|الصحافي(?:ة)?|الكاتب(?:ة)?|المحرر(?:ة)?|موفد(?:نا)?)\s*:?\s+(?:(?:الجزيرة|الوكالة|القناة|الصحيفة)\s+)?"
    r"(?:(?:في|من|لدى|إلى)\s+\S+(?:\s\S+)?\s*[-–—:،]\s*)?"
    r"|^\W*(?:本[报報社刊网網台]|新华社|新華社|中新社|央视|中央社|特约|特約|驻\S{2,4}|駐\S{2,4})*(?:特派)?(?:[记記]者|[编編][辑輯]|撰文|作者|責任編輯|通讯员|通訊員|特派員|記者)\s*[:：／/]?\s*"
    r"|^\W*[가-힣A-Z]{2,6}\s*=\s*",
    re.IGNORECASE,
)
_ROLE_LAST = re.compile(
    r"(?<=[가-힣])\s*(?:(?:선임|수석|객원|인턴)?기자|특파원|논설위원|편집위원|앵커|칼럼니스트|PD)(?=\s|$|[,/·|])"
    r"|(?<=[\u4e00-\u9fff])\s*(?:[记記]者|特派員|編集委員|論説委員)(?=\s|$|[,/·|])"
    r"|(?<=[\u4e00-\u9fff])\s*[／/]\s*[\u4e00-\u9fff]{2,6}(?:報導|报道|電|讯)$"
)
_OTHERS_TOO = re.compile(
    r"(?<=\S)\s+(?=(?:fotos?|photos?|pictures?|fotograf[íi]as?|zdjęcia|fotoğraf(?:lar)?|bild(?:er)?|video|фото|світлини|перевод|переклад|редактор)\s*:|"
    r"(?:edited|photograph(?:s|ed|y)?|photos|translated|illustrat(?:ed|ions?)|video|graphics|produced|"
    r"fact.checked|reviewed)\s+by\b|"
    r"(?:illustration(?:en|s)?|fotos?|photos?|bilder|grafik(?:en)?|übersetzung|traduction)\s+(?:von|par|por|di)\b)",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?P<owner>[^\W\d_]\S+(?:\s+[^\W\d_]\S*){1,2})['’]s?\b")
_KOREAN_NAME = re.compile(  # begins with one of the usual surnames
    "(?:[김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕]"
    "|남궁|황보|제갈|선우|독고|사공) ?[가-힣]{1,3}"
)
_CHINESE = (
    "李王张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧"
    "蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾夏韦付方白邹孟熊秦邱江尹"
    "薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_CHINESE_ROW = re.compile(rf"[{_CHINESE}][一-龥]{{1,2}}(?:[ \u3000]+[{_CHINESE}][一-龥]{{1,2}})+")
"""Usual surnames: "佐藤 花子" is one person, "李晓岚 王启明" are two."""
_OUTLET_THEN_NAME = re.compile(  # "海峡网李明远"; "新华社马尼拉" is where, not who
    r"[一-龥]{1,8}(?:[网網报報社台]|在线|新闻|频道|校园|客户端|周刊)"
    r"(?!马尼拉|马德里|马拉维|马其顿|石家庄|石河子|张家[口界]|秦皇岛|马鞍山|金沙萨|莫斯科|黎巴嫩|戴维营|"
    r"白俄罗|胡志明|夏威夷|田纳西|高加索|林肯|金三角|[一-龥]{2}[省市县區区州岛站台部网社组])"
    rf"([{_CHINESE}][一-龥]{{2}})"
)
_SPACED_OUT = re.compile(  # "王 立 新"
    r"(?<![一-龥])[一-龥][ \u3000][一-龥][ \u3000][一-龥](?![ \u3000]?[一-龥])"
)
_WRAPPED = re.compile(r"\s*[(（【\[]([^()（）【】\[\]]+)[)）】\]]\s*")
_RETIRED = re.compile(r"\s*\((?:ret|retd|retired)\.?\)", re.IGNORECASE)
_NO_ABBREVIATION = 5  # letters of a word before a full stop that ends a sentence
_NAMES_IN_A_ROW = re.compile(r"[\u4e00-\u9fff]{2,3}(?:[ \u3000]+[\u4e00-\u9fff]{2,3})+")
_SMALL_WORDS = frozenset(
    "the of a an to in on at for with from time this that his her their no all far near how why what when where who".split()
)
_NAME_IN_SMALL = 3
_SMALLEST = 1  # letters of a small word that may be part of a name in any language
_SAYS = re.compile(r"\b(?:had|has|was|were|is|are|have|will|said|fell|began|could|would)\b")
_SITE_PARTS = re.compile(r"\s[|–—-]\s|[|:]")
_CASUAL_WORDS = 2
_OWN_WORDS = 3  # of a site that is called as its author
_MAX_NAMES = 12
_MOSTLY_UPPER = 0.7  # of the letters: "JOHN McROE"


def people(texts: Iterable[str], *, outlet: str = "", casual: bool = False) -> tuple[str, ...]:
    """The names of people in byline texts, each once; what is no name is left out.

    Args:
        outlet: "Telegraph View" is nobody at the Telegraph.
        casual: a usual given name is a name alone, and with a surname in small letters.
    """  # fmt: skip
    # Here, as the tree is BeautifulSoup's: who asks what agencies are needs none.
    from corpus.cleaner.tree.markup import fragment_text  # noqa: PLC0415

    own = _OWNER.match(outlet) is not None or _is_own_site(outlet)  # "Jane Doe's Blog" is hers
    site = set() if own else {word for word in _words(outlet) if len(word) > 3}
    address = "" if own else _letters(outlet)
    names: dict[str, str] = {}
    for text in map(_turned, (_DIRECTIONS.sub("", text) for text in texts)):
        plain = fragment_text(text)
        for name in _casual_names(plain) if casual else _candidates(plain):
            if (
                (casual or _is_name(name))
                and not (_words(name) & site)
                and _letters(name) not in address
            ):
                names.setdefault(_cased(name).casefold(), _cased(name))
    return tuple(names.values())[:_MAX_NAMES]


def _casual_names(line: str) -> tuple[str, ...]:
    """The parts of a byline, where each is a given name, or one and a surname in small letters."""
    parts = _SPLIT.split(_LEAD.sub("", _CUT.sub("", line)).strip(" .,:;"))
    return tuple(map(str.title, parts)) if all(map(_is_casual, parts)) else ()


def _is_casual(text: str) -> bool:
    words = text.split()
    if not words or len(words) > _CASUAL_WORDS or words[0].casefold() not in GIVEN_NAMES:
        return False
    rest = words[1:]
    return all(
        word.isalpha() and word.islower() and len(word) > 2 and not _NOBODY.search(word)
        and word not in PARTICLES | _SMALL_WORDS
        for word in rest
    )  # fmt: skip


def _is_own_site(outlet: str) -> bool:
    """Whether a site, or a part of its name, is called as a person is: "Code | Anna Lindner"."""
    parts = (part.split() for part in _SITE_PARTS.split(outlet))
    return any(
        1 < len(words) <= _OWN_WORDS and words[0].casefold() in GIVEN_NAMES for words in parts
    )


def begins_with_given_name(text: str) -> bool:
    """Whether a text is two or three words, the first of which is a usual given name."""
    words = text.split()
    return 1 < len(words) <= _OWN_WORDS and words[0].casefold() in GIVEN_NAMES and _is_name(text)


def is_own_site(name: str, outlet: str) -> bool:
    """Whether a site is called as the person is who signs it: "Jane Doe", by Jane Doe."""
    words = name.split()
    return (
        name.casefold() == outlet.casefold()
        and 1 < len(words) <= _OWN_WORDS
        and _is_name(name)
        and not PAPERS.search(name)
    )


def is_said(line: str) -> bool:
    """Whether a line is a sentence: "By nightfall the town had fallen." signs nothing."""
    return bool(_SAYS.search(line)) and line.rstrip().endswith((".", "!", "?"))


def _turned(text: str) -> str:
    """A byline with mail addresses out, names in JSON as a list, "Smith, John" the other way."""
    if text.lstrip().startswith(("[{", "{")):
        with suppress(ValueError, RecursionError):
            listed = json.loads(text)
            listed = listed if isinstance(listed, list) else [listed]
            names = [one.get("name") for one in listed if isinstance(one, dict)]
            text = "; ".join(name for name in names if isinstance(name, str))
    if "@" in text and _MAIL.search(text):
        rest = _MAIL.sub(" ", text).strip()
        text = rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest
    if ";" in text and all(map(_SURNAME_FIRST.fullmatch, text.split(";"))):
        return "; ".join(map(_turned, text.split(";")))
    text = _SPACED_OUT.sub(lambda name: re.sub(r"\s", "", name[0]), text)
    wrapped = _WRAPPED.fullmatch(text)
    text = wrapped[1] if wrapped else text
    text = _RETIRED.sub("", text) if "(" in text else text
    turned = _SURNAME_FIRST.fullmatch(text)
    if turned and turned[2].casefold() not in COUNTRIES and not _NOBODY.search(text):
        text = f"{turned[2]} {turned[1]}"
    return text


def _candidates(line: str) -> Iterator[str]:
    """The parts of a byline that may be names, without what stands around the name."""
    if _PICTURES.search(line):
        return
    line = _begun(line)
    line = _AMHARIC_BY.sub("", _LEAD.sub("", _without_roles(_OTHERS_TOO.split(line)[0])))
    role = _ROLE_FIRST.match(line)
    bare_line = _ROLE_LAST.sub(" ", _ROLE_FIRST.sub("", line)).strip()
    if bare_line != line.strip():
        line = bare_line
        if role and _NAMES_IN_A_ROW.fullmatch(line):
            line = "、".join(line.split())
    if _CHINESE_ROW.fullmatch(line.strip()):
        line = "、".join(line.split())
    for number, part in enumerate(_parts(line)):
        if _OTHER_WORK.search(part):
            continue
        said = _LEAD.sub("", _LABEL.sub("", part))
        name = _within(said)
        if not _is_name(name) and (rank := _RANK.match(said)):  # "Staff" alone is nobody
            name = _within(said[rank.end() :])
        if number and name.islower():
            continue  # "Иван Петров, специальный …": what a person is
        yield name


def _within(part: str) -> str:
    """What of a part of a byline may be a name."""
    bare = _bare(part).strip(" .,:;-–—\"')")
    return _once(_without_tail(_without_role(bare)))


def _begun(line: str) -> str:
    """A byline whose first word would be read otherwise without what follows it, made plain."""
    if (of := _OF.match(line)) and of[1].casefold() in GIVEN_NAMES:
        return line[of.start(1) :]  # Romanian and Spanish; "De Wit" is a surname
    if _DUTCH.match(line):
        return line.replace(" en ", " & ")
    after_outlet = _OUTLET_THEN_NAME.fullmatch(line.strip())
    return after_outlet[1] if after_outlet else line


def _bare(part: str) -> str:
    """A part of a byline up to what is no name; a nickname after the first word is one."""
    begun = _NICKNAMED.match(part)
    end = begun.end() if begun else 0
    return part[:end] + _CUT.sub("", part[end:])


def _parts(line: str) -> Iterator[str]:
    for part in _SPLIT.split(line):
        pieces = _ARABIC_AND.split(part) if "و" in part else _HEBREW_AND.split(part)
        apart = len(pieces) == 2 and all(len(piece.split()) > 1 for piece in pieces)
        if apart and not _ARABIC_NAMES_IN_WAW.match(pieces[1].split()[0]):
            yield from pieces
        else:
            yield part


def _without_roles(line: str) -> str:
    return re.sub(
        r",\s*(?:the\s+)?[\w\s]{0,40}\b(?:correspondent|editor|reporter|writer|columnist)\b[^,;]*",
        "",
        line,
    )


def _without_role(name: str) -> str:
    """The name without a role, an agency or a date that follows it without a comma."""
    words = name.split()
    end = next(
        (i for i, word in enumerate(words) if _CUT_WORDS.match(word.strip(".:"))), len(words)
    )
    if 1 < end < len(words):
        words = words[:end]
        while len(words) > 2 and words[-1].casefold() in ("and", "the", "und", "&"):
            words.pop()
    return " ".join(words)


def _without_tail(name: str) -> str:
    """The name without lower-case words after it: "Aleš Vávra před"."""
    words = name.split()
    if not words or not words[0][:1].isupper():
        return name
    words = words[
        : next((i for i, word in enumerate(words) if i and _is_no_part(word)), len(words))
    ]
    while words[-1][:1].islower() and words[-1].split("-")[0] not in PARTICLES:
        words.pop()
    return " ".join(words)


def _is_no_part(word: str) -> bool:
    """Whether a small word stands in no name: "Anna Lindner berichtet aus Karsk"."""
    return (
        len(word) > _SMALLEST and word.islower() and word.split("-", maxsplit=1)[0] not in PARTICLES
    )


def _once(name: str) -> str:
    """A name that stands twice, as the text of a picture and of a link, once."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half > 1 and words[:half] == words[half:] else name


def _words(text: str) -> set[str]:
    return set(text.casefold().split())


def _letters(text: str) -> str:
    """The letters of a text alone: "Harbor Weekly" signs for harborweekly.example."""
    return "".join(filter(str.isalpha, text.casefold()))


def _is_name(text: str) -> bool:
    text = _NICKNAMED.sub(r"\1", text)  # "Robert (Bob) Woodward"
    if _HAN_NAME.fullmatch(text) or _KOREAN_NAME.fullmatch(text):
        return not _NOBODY.search(text)
    words = text.split()
    if words and len(words[-1]) == 1 and WIDE.match(words[-1]):
        return False
    if any(word.endswith(".") and len(word) > _NO_ABBREVIATION for word in words[:-1]):
        return False  # "sirens. Then"
    if text.islower() and (len(words) > _NAME_IN_SMALL or _SMALL_WORDS & set(words)):
        return False  # "by the time help came"
    if _PLACES.fullmatch(text):
        return False
    if max((len(word) for word in words), default=0) < 3 or len(words[0]) < 2:
        return False
    if not 2 <= len(words) <= 5 or len(text) > 60 or not _NAME.fullmatch(text):
        return False
    if not _is_upper(text) and any(w.isupper() and len(w) > 2 and "." not in w for w in words[:-1]):
        return False  # an acronym among words: "ACLU Speech"; "Jean DUPONT" is none
    if words[-1].isupper() and 2 < len(words[-1]) < 4 and not _is_upper(text):
        return False
    return not _NOBODY.search(text) and (
        text[0].isupper() or not text[0].isascii() or text.islower()
    )


def _is_upper(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(str.isupper, letters)) >= _MOSTLY_UPPER * len(letters)


def _cased(name: str) -> str:
    """A name, or a surname, in capitals as it is usually written."""
    if name.islower():
        return _RUN.sub(lambda run: run[0].capitalize(), name)
    words = name.split()
    start = 0 if _is_upper(name) else len(words) - 1
    kept = words[:start]
    return " ".join([*kept, *(_small(word) for word in words[start:])])


def _small(word: str) -> str:
    """A word in capitals with its first one only; what follows a small letter as well: "McROE"."""
    if "." in word or len(word) < 2:
        return word
    if word.isupper():
        return _RUN.sub(lambda run: run[0][0] + run[0][1:].replace("İ", "i").lower(), word)
    kept = len(word)
    while kept > 1 and word[kept - 1].isupper() and word[kept - 2].isupper():
        kept -= 1
    return word[:kept] + word[kept:].lower()
