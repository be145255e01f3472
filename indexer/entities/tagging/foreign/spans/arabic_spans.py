"""Arabic spans: where does a name begin and end that a model found in part, or together with a word
beside it? What kin words, titles, directions and the rest of the article tell.

Arabic has no capitals: a model cuts *معاوية* from *بن أبي سفيان*, and takes a verb behind a name
for its end. A club and a national team are called with their noun (*نادي ريال مدريد*).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.entities.names.attached import ARABIC_ATTACHED
from indexer.entities.tagging.foreign.given_names import is_given_name
from indexer.entities.types import EntityKind, Mention

_WORD = r"[\u0621-\u064a\u0670-\u06d3]+"
_BEFORE = re.compile(rf"({_WORD}) \Z")
_BEHIND = re.compile(rf" ({_WORD})")
_WINDOW = 24  # characters before a name in which a word of it stands
_SON = re.compile(r"(?:بن|ابن|بنت) |عبد ال")
_OPEN = re.compile(r"(?:\A|.* )(?:بن|ابن|بنت|أبو|أبي|ابو|ابي|أبا|ابا|عبد|آل)\Z")
"""A name that ends so goes on with the next word."""
_SON_BEHIND = re.compile(rf"(?: (?:بن|ابن|ولد|آل) {_WORD})+")
_SERVANT = re.compile(r"(?:\A|.* )(?:\w+ الدين|عبد ال\w+|أبو \w+|أبي \w+)\Z")
_ORIGIN = re.compile(
    r" (ال(?!إسلامي|اسلامي|مسيحي|يهودي|وطني|خارجي|داخلي|سياسي|حالي|ماضي|تالي)\w{2,}ي)(?!\w)"
)
_DIRECTION = re.compile(r" (?:الشمالية|الجنوبية|الشرقية|الغربية|الوسطى|العظمى|الاستوائية)(?!\w)")
_PARTS = re.compile(
    r"(?<!\w)[وفبلك]?(?:أراضي|اراضي|حدود|جبال|موانئ|سواحل|مناطق|أطراف|ضواحي|أجزاء|مدن|قرى|أحياء"
    r"|محافظات|ولايات|جهات|جهة|أقاليم|منطقة|ضفة|جبهة|واجهة|بوابة) \Z"
)
"""Nouns to which a direction belongs that stands behind the place (*حدود إيران الجنوبية*)."""
_TITLES = (
    "الملكة?|الأميرة?|السلطانة?|الخليفة|الشيخة?|اللورد|الإمبراطورة?|الرئيسة?|الدكتورة?|السيدة?"
    "|الشاه|القائد|العقيد|العميد|اللواء|الفريق|الجنرال|النقيب|المقدم|الرائد|القديسة?|الإمام"
    "|الوزيرة?|الصحفية?|الصحافية?|المخرجة?|الفنانة?|اللاعبة?|المدرب|الشاعرة?|الكاتبة?|الأستاذة?"
    "|المهندس|القاضي|المحامية?|السفيرة?|النائبة?|الأب|البابا"
)
_TITLE = re.compile(rf"(?:(?:{_TITLES}) )+(?=\w)")
_ENDS_IN_TITLE = re.compile(rf"(?<!\w)[وفبلك]?(?:{_TITLES}) \Z")
_DEFINITE = re.compile(r"(?<!\w)(?:[وفبك]?ال|لل)\w+ \Z")
_NO_END = re.compile(
    r"(?: (?:كانت?|كانوا|يكون|تكون|كرم|رضي|صلى|عليه|الذي|التي|الذين|الملقب|المعروف|المدعو|البالغ"
    r"|المولود|المتوفى|حول|أن|إن|قد|لم|لن|لا|ما|هو|هي|من|في|على|إلى|عن|مع|بين|بعد|قبل|عند|منذ"
    r"|حتى|حيث|خلال|ضد|قال|قالت|يقول|تقول|أكد|أعلن|صرح|أضاف|ذكر|أوضح|يرون|خلفه|برنامجا))+\Z"
)
_NO_SURNAMES = frozenset(
    """كان كانت كانوا الله الدين الحكم الثاني الثالث الأول الرابع الخارجي الداخلي خلفه برنامجا
    محمد رسول إسلامية إسلامي اليوم العالم""".split()
)
"""Words that are nobody where they stand alone, whoever is called so."""
_TITLE_ALONE = re.compile(_TITLES)
_LATIN = re.compile(r"[A-Za-z]")
_AND = "و"
_TEAM = re.compile(r"(?<!\w)[وفبل]?((?:منتخب|نادي) )\Z")
_MEMBERS = re.compile(
    r"(?<!\w)[وفبلك]?((?:رابطة|نقابة|اتحاد|هيئة|شبكة|جمعية|مجلس|لجنة|لجان|منظمة|تجمع|مؤسسة|جبهة"
    r"|حركة|حزب|جيش|تنسيقية|منتدى|ائتلاف|تحالف|كتائب|لواء|قوات)"
    r"(?: (?:أطباء|علماء|صحفيي|صحافيي|إعلاميي|محامي|معلمي|مهندسي|عمال|مزارعي|شباب|نساء|قبائل"
    r"|ثوار|تحرير|إنقاذ|أحرار|أبناء|شيوخ|تجار|طلبة|طلاب|كتاب|مصارف|بنوك|شعب|إغاثة|قضاة|أنصار"
    r"|حراس|استقلال|نقابات|كنائس|مقاومي|شهداء|مجاهدي|فرسان)){1,2} )\Z"
)
"""What begins a body of those who are of a place (*نقابة صحفيي السودان*, *جيش تحرير كوسوفو*)."""
_IS_TEAM = re.compile(r"(?:منتخب|نادي) ")


def arabic_spans(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions of a model, in order, as far as their names go."""
    end, before = 0, None
    for number, one in enumerate(mentions):
        if one.start < end:
            continue
        following = mentions[number + 1].start if number + 1 < len(mentions) else len(text)
        whole = one
        if one.kind is EntityKind.PERSON:
            whole = _person(text, _without_and(text, one, before), end)
        elif one.kind is EntityKind.PLACE and one.end < following:
            whole = _with_direction(text, one)
        end, before = whole.end, whole
        yield whole


def _without_and(text: str, one: Mention, before: Mention | None) -> Mention:
    """A person in full without the *and* that is written together with a name behind another one
    (*كاراديتش وملاديتش*), unless it is the beginning of a given name (*وليد*).
    """
    given, _, rest = one.text.partition(" ")
    if (
        before is None
        or before.kind is not EntityKind.PERSON
        or text[before.end : one.start] != " "
        or not (rest and given.startswith(_AND) and len(given) > _SHORTEST)
        or is_given_name(given)
    ):
        return one
    return replace(one, start=one.start + 1, text=one.text[1:])


def _person(text: str, one: Mention, least: int) -> Mention:
    """A person with the words that belong to the name, and without those that do not."""
    start, end = one.start, one.end
    title = _TITLE.match(text, start, end)
    if title is not None:
        start = title.end()
    if _SON.match(text, start, end):
        before = _BEFORE.search(text, max(least, start - _WINDOW), start)
        if before is not None and (
            is_given_name(before.group(1))
            or (
                not before.group(1).startswith("ال")
                and _ENDS_IN_TITLE.search(text, max(0, before.start() - _WINDOW), before.start())
            )
        ):
            start = before.start(1)
    rest = _NO_END.search(text, start, end)
    if rest is not None and rest.start() > start:
        end = rest.start()
    else:
        son = _SON_BEHIND.match(text, end)
        if son is not None:
            end = son.end()
        if _OPEN.match(text[start:end]):
            behind = _BEHIND.match(text, end)
            end = behind.end() if behind else end
        if _SERVANT.match(text[start:end]):
            origin = _ORIGIN.match(text, end)
            end = origin.end() if origin else end
    return replace(one, start=start, end=end, text=text[start:end])


def _with_direction(text: str, one: Mention) -> Mention:
    """A place with the direction behind it, where that is no part of another noun."""
    found = _DIRECTION.match(text, one.end)
    if found is None or _PARTS.search(text, max(0, one.start - _WINDOW), one.start):
        return one
    return replace(one, end=found.end(), text=text[one.start : found.end()])


def with_lone_names(
    text: str, mentions: Sequence[Mention], surnames: Sequence[Mention]
) -> list[Mention]:
    """The mentions in order, parts of one name as one; with surnames of persons among them that
    stand alone, and other names wherever they stand again.
    """
    lone = (one for one in surnames if is_arabic_surname(text, one))
    found = list(joined(text, _in_order((*mentions, *lone))))
    return _in_order((*found, *again(text, found)))


def _in_order(mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda one: one.start)


def is_arabic_surname(text: str, one: Mention) -> bool:
    """May a lone word be the surname of somebody named in full elsewhere: no word that such names
    end in, no title, and no adjective behind a noun (*السيف الدمشقي*)?
    """
    if " " in one.text:
        return True
    if one.text in _NO_SURNAMES or _TITLE_ALONE.fullmatch(one.text) or _LATIN.match(one.text):
        return False
    if not one.text.startswith("ال"):
        return True
    before = max(0, one.start - _WINDOW)
    return (
        _ENDS_IN_TITLE.search(text, before, one.start) is not None
        or _DEFINITE.search(text, before, one.start) is None
    )


def joined(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions in order; parts of one name, with nothing between them but a blank, as one: of a
    person, and of a team (*نادي ريال مدريد*).
    """
    waiting: Mention | None = None
    for mention in mentions:
        one = _team(text, mention, waiting.end if waiting else 0)
        if waiting is not None and _goes_on(text, waiting, one):
            waiting = replace(waiting, end=one.end, text=text[waiting.start : one.end])
            continue
        if waiting is not None:
            yield waiting
        waiting = one
    if waiting is not None:
        yield waiting


def _team(text: str, one: Mention, least: int) -> Mention:
    before = _TEAM.search(text, max(least, one.start - _WINDOW), one.start)
    if before is None and one.kind is EntityKind.PLACE:
        before = _MEMBERS.search(text, max(least, one.start - _WINDOW), one.start)
    if before is None:
        return one
    start = before.start(1)
    return replace(one, kind=EntityKind.ORG, start=start, text=text[start : one.end])


def _goes_on(text: str, one: Mention, behind: Mention) -> bool:
    if text[one.end : behind.start] != " ":
        return False
    if one.kind is EntityKind.ORG:
        return behind.kind is EntityKind.PLACE and _IS_TEAM.match(one.text) is not None
    return (
        one.kind is EntityKind.PERSON
        and behind.kind is EntityKind.PERSON
        and not behind.text.startswith(_AND)
        and bool(_LATIN.match(one.text)) == bool(_LATIN.match(behind.text))
    )


def again(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Where a word stands again that is a name in this article: one that the model was sure of
    once, and that it found at least every other time.
    """
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    taken: set[int] = set()
    for one in mentions:
        taken.update(range(one.start, one.end))
        if " " not in one.text and len(one.text) >= _SHORTEST:
            found[one.text].append(one)
    sure = {name for name, ones in found.items() if max(one.confidence for one in ones) >= _SURE}
    left = [
        (word.start() + len(word.group()) - len(name), name)
        for word in _WORDS.finditer(text)
        if word.start() not in taken
        if (name := _among(word.group(), sure))
    ]
    missed = Counter(name for _, name in left)
    for start, name in left:
        if missed[name] <= len(found[name]):
            end = start + len(name)
            yield Mention(start, end, found[name][0].kind, name, _AGAIN, _RULE)


def _among(word: str, names: set[str]) -> str:
    """The name that a word is, with or without what is attached; else nothing."""
    if word in names:
        return word
    bare = _ATTACHED.sub("", word)
    return bare if bare in names else ""


_WORDS = re.compile(_WORD)
_ATTACHED = re.compile(rf"\A{ARABIC_ATTACHED}(?=\w{{3}})")
_SHORTEST = 3  # letters of such a name
_SURE, _AGAIN = 0.9, 0.7
_RULE = "model"
