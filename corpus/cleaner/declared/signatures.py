"""Signatures: which of the lines above a story say who wrote it, and in which words of theirs?

"By" and its like in many languages, a profession beside a name, an address of mail made of it, a
usual name above a date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from corpus.cleaner.declared.byline_names import begins_with_given_name, is_said, people
from corpus.cleaner.declared.byline_words import (
    AGENCIES,
    BIO,
    BY,
    CAPITALS,
    INITIALS,
    LEAD,
    NAME_REPORTS,
    PROFESSIONS,
    ROLE_ALONE,
    ROLE_THEN_NAME,
    SHOUTED,
)
from corpus.cleaner.declared.given_names import GIVEN_NAMES
from corpus.cleaner.same_words import SENTENCE_END

_BY = re.compile(rf"(?:\W*(?:{BY})\b\s*:?\s*|{LEAD})\S", re.IGNORECASE)
_LEAD = re.compile(LEAD, re.IGNORECASE)
_PART_ENDS = re.compile(r"\s*[|•·]\s*|\s[-–—]\s|,\s")
_IN_A_ROW = re.compile(  # "来源：晚报 作者：李晓岚"
    r"(?:^|[\s|｜])(?:作者|撰文|采写|采寫|文字|[记記]者)\s*[:：／/]\s*([^:：|｜]{2,40}?)(?=\s+\S{2,5}[:：]|\s*[|｜]|$)"
)
_SIGNED_BY_ROLE = re.compile(  # "이서연·박준호 기자", "记者 李晓岚"
    r"(?:[가-힣]{2,6}\s?=\s?|(?:글|취재)(?:\s?[·,]\s?사진)?\s)?[가-힣]{2,4}(?:\s?[·,・]\s?[가-힣]{2,4})*\s(?:선임|수석|객원|인턴)?(?:기자|특파원)(?:\s*=?\s*\S+@\S+)?"
    r"|[一-龥]{1,3}[\s　]?[一-龥ぁ-ん]{1,3}[\s　]?(?:記者|特派員|編集委員|論説委員)"
    r"|(?:本[报報社刊台]|新[华華]社|中新社|央视|特[约約])?(?:特派)?[记記]者[\s:：／/]+"
    r"(?:[一-龥]{2,4}(?:[\s、][一-龥]{2,4}){0,3}|[一-龥](?:[ \u3000][一-龥]){1,2})"
    r"(?:\s*(?:发自|發自)\S{2,10}|\s*(?:报道|報道|報導|摄|攝))?"
)
_FROM_WHERE = re.compile(
    r"^(?:글|취재)(?:\s?[·,]\s?사진)?\s|\s*(?:发自|發自)\S+$|\s*(?:报道|報道|報導|摄|攝)$"
)
_DATED = re.compile(r"[\s\u3000|｜]+(?:19|20)\d\d\s?[年./-].*$")
_NAME = r"(?P<name>[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){1,3})"
_NAME_THEN_ROLE = re.compile(
    rf"\W*{_NAME}\s*[,،|–—-]\s*"
    rf"(?:(?:[\w-]+\s){{0,2}}(?:{PROFESSIONS})(?!\w)|special (?:to|for) (?:the )?\w)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(CAPITALS)
_NAME_REPORTS = re.compile(NAME_REPORTS)
_ROLE_THEN_NAME = re.compile(ROLE_THEN_NAME)
_INITIALS = re.compile(INITIALS)
_PLACE_THEN_NAME = re.compile(  # "فلنة - سليم حداد"
    r"[\u0621-\u064a]{3,}(?:\s[\u0621-\u064a]{3,})?\s?[-–—/:]\s?"
    r"(?P<name>[\u0621-\u064a]{2,}(?:\s[\u0621-\u064a]{2,}){1,2})"
)
_ROLE_ALONE = re.compile(ROLE_ALONE, re.IGNORECASE)
_BIO = re.compile(BIO)
_SHOUTED = re.compile(SHOUTED)
_DASHED = re.compile(rf"\s*[—–-]\s*(?P<name>{CAPITALS})\W*")
_HONORIFIC = re.compile(r"\b(?:Dr|Prof|Professor)\.?\s(?=[A-ZÀ-Þ])")
_ROLE = re.compile(rf"\W*(?:\w+\s)?(?:{PROFESSIONS})(?!\w)", re.IGNORECASE)
_NAME_AND_MAIL = re.compile(
    rf"\W*{_NAME}\s*[,|/–—-]?\s*[<(\[]?(?:mailto:)?(?P<mail>[\w.+-]+)@[\w.-]+\w[>)\]]?"
)
_NAME_AND_PLACE = re.compile(  # of agencies in Turkey: "Elif DEMİR / VELNA, (DHA)"
    r"(?P<name>[A-ZÇĞİÖŞÜ][a-zçğıöşü]+(?:\s[A-ZÇĞİÖŞÜ][a-zçğıöşü]+)?\s[A-ZÇĞİÖŞÜ]{2,})\s*/\s*"
    r"[A-ZÇĞİÖŞÜ][\w ]+,?\s*(?:\(\w+\))?"
)
_PLACE_AND_NAME = re.compile(  # of papers in Japan: "【ヴェルナ＝山本太郎】"
    r"[【（(\[][^【】（）()＝=]{1,14}[＝=]\s?"
    r"(?P<name>[一-龥]{1,4}[ \u3000]?[一-龥ぁ-んァ-ヶー]{1,5})[】）)\]]"
)
_DATE_BEGUN = re.compile(
    r"(?=.*(?<!\d)(?:(?:19|20)\d\d|[0-2]?\d[:.][0-5]\d|\d\d?[./]\d\d?[./]\d\d)(?!\d))"
    r"\W*(?:[^\W\d]+[.,]?\s+(?:[–—|-]\s+)?){0,3}\d"
)
_NAME_AND_AGENCY = re.compile(
    rf"\W*{_NAME}\s*[,(/]?\s+\(?(?:avec|with|mit|con|com|и|та)\s+(?:l['’]|la )?(?:{AGENCIES})\b",
    re.IGNORECASE,
)
_SEAM = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=[a-zà-ÿа-яёіїєґ])(?=[A-ZÀ-ÞА-ЯЁІЇЄҐ])")
_DATED_LINE, _ROLE_LINE = 45, 70
_UP_TO = re.compile(r"\s*[|•·]\s*|\s[-–—]\s")
_MOST_OF_PLACE = 3  # words, which no name of a place beside who signs has
_AND = 3  # letters between two names
_SEAMS = 12  # in a line that are tried
MOST_SIGNING = 200  # characters of a line, or an element, that says who signed


def signing(line: str) -> str:
    """What a line between headline and story says of who signed, up to what is said then; "" where
    it says nothing of it: "5 March 2024, by Ann Ode | Karsk", "记者 李晓岚".
    """
    if len(line) > MOST_SIGNING or is_said(line):
        return ""
    if (labelled := _IN_A_ROW.search(line)) is not None:
        return labelled[1]
    if _BY.match(line):
        begun = _LEAD.match(line)
        start = begun.end() if begun else 0
        return line[:start] + _UP_TO.split(line[start:])[0]
    if _SIGNED_BY_ROLE.fullmatch(bare := _DATED.sub("", line).strip(" ()（）【】[]")):
        return _FROM_WHERE.sub("", bare)
    if beside := _by_what_stands_beside(line):
        return beside
    first, *rest = _UP_TO.split(line)
    dated_then = bool(rest) and any(map(str.isdigit, rest[0]))
    if dated_then and (begins_with_given_name(first) or _are_names(first)):
        return first  # "Jane Doe · May 2, 2024 · 4 min read"
    first, _, dated_by = line.partition(", ")
    if begins_with_given_name(first) and len(line) <= _ROLE_LINE and _DATE_BEGUN.match(dated_by):
        return first
    dated = False
    for part in _PART_ENDS.split(line):
        if dated and _BY.match(part):
            return part
        dated = dated or any(map(str.isdigit, part))
    return ""


def _by_what_stands_beside(line: str) -> str:
    """The name in a line that holds one and what only who signs has: a profession, an address of
    mail made of it, the place it reports from, a surname in capitals behind a usual given name.
    """
    if len(line) <= _ROLE_LINE and not SENTENCE_END.search(line):
        if named := _beside_a_role(line):
            return named
        shouted = line.rpartition(" ")[2].isupper() and not line.isupper()
        if (shouted and begins_with_given_name(line)) or _INITIALS.fullmatch(line.strip()):
            return line
    for form in (_NAME_AND_PLACE, _PLACE_AND_NAME):
        if beside := form.fullmatch(line.strip()):
            return beside["name"]
    mailed = _NAME_AND_MAIL.fullmatch(line.strip()) if "@" in line else None
    if mailed is not None:
        box = mailed["mail"].casefold()
        parts = re.findall(r"[^\W\d_]{3,}", mailed["name"].casefold())
        return mailed["name"] if any(part in box for part in parts) else ""
    return ""


def _beside_a_role(line: str) -> str:
    """The name in a line beside a profession, what it does, an agency or, in Arabic, a place."""
    if role := (_NAME_THEN_ROLE.match(line) or _NAME_REPORTS.match(line)):
        return role["name"]
    if role := _ROLE_THEN_NAME.fullmatch(line):
        return role["name"] or role["other"] or role["sent"]
    for other in (_NAME_AND_AGENCY.match(line), _PLACE_THEN_NAME.fullmatch(line.strip())):
        if other is not None and begins_with_given_name(other["name"]):
            return other["name"]
    return ""


def named_above(lines: Sequence[str]) -> list[str]:
    """A line that is a usual name and nothing else, above one that is a day or a profession; or
    right before one, where nothing but its look sets it apart.
    """
    glued = [
        (line[: seam.start()], line[seam.start() :])
        for line in lines
        if len(line) <= _ROLE_LINE
        for seam in islice(_SEAM.finditer(line), _SEAMS)
    ]
    placed = [
        (name, below)
        for line, below in pairwise(lines)
        if len(line) <= _DATED_LINE and (name := _before_a_place(line))
    ]
    return [
        line
        for line, below in (*pairwise(lines), *glued, *placed)
        if (
            (begins_with_given_name(line) or _are_names(line))
            and (
                (len(below) <= _DATED_LINE and _DATE_BEGUN.match(below))
                or (len(below) <= _ROLE_LINE and _ROLE.match(below))
            )
        )
        or (len(below) <= _ROLE_LINE and _CAPITALS.fullmatch(line) and _ROLE_ALONE.fullmatch(below))
    ][:1]


def _before_a_place(line: str) -> str:
    """The first part of a line whose other is one or two words with capitals: "Jane Doe, Karsk"."""
    name, _, place = line.partition(", ")
    words = place.split()
    return name if 0 < len(words) < _MOST_OF_PLACE and all(map(str.istitle, words)) else ""


_LABEL_ALONE = re.compile(
    r"\W*(?:author|by|written by|reporter|autor(?:in|a)?|von|auteur|par|por|autore|автори?|yazar|"
    r"المؤلف|الكاتب|بقلم|作者|記者|기자)\s?[:：]",
    re.IGNORECASE,
)


def labeled(lines: Sequence[str]) -> list[str]:
    """Labels that are all that a line says, as in a table, each with the line below it."""
    return [f"{label} {below}" for label, below in pairwise(lines) if _LABEL_ALONE.fullmatch(label)]


_REPORTING = re.compile(
    r"[^（()）。]{2,30}[电電讯訊]\s{0,3}[（(](?:[^（()）]{1,8})?[记記]者[\s:：]{0,3}([^（()）]{2,40})[）)]"
)
_AFTER_AGENCY = re.compile(rf"(?P<name>{CAPITALS})\s*\(?[Tt]heo\s.{{2,40}}")
"""Who signs in Vietnam, and whom that follows: "Thanh Hằng (Theo Reuters)"."""


def named_in_dateline(line: str) -> str:
    """The reporters whom the dateline of a story in Chinese names in brackets; "" without one."""
    found = _REPORTING.match(line)
    return found[1] if found else ""


def named_below(line: str) -> str:
    """Who signs a story in its last line: "박지훈 기자", "Anna LINDNER", "— Anna Lindner", "Anna
    Lindner is a reporter in Karsk."; "" where nobody does.
    """
    line = line.strip()
    for form in (_BIO.match(line), _AFTER_AGENCY.fullmatch(line)):
        if form:
            return form["name"]
    if len(line) > _DATED_LINE:
        return ""
    if _SIGNED_BY_ROLE.fullmatch(line.strip(" ()（）【】[]")):
        return line
    shouted = _SHOUTED.fullmatch(line)
    if shouted is not None and not line.isupper():
        return shouted["name"]
    dashed = _DASHED.fullmatch(line)
    return dashed["name"] if dashed and begins_with_given_name(dashed["name"]) else ""


def _are_names(line: str) -> bool:
    """Whether a line is several names, the first word a usual one, and nothing else but "and"."""
    line = _HONORIFIC.sub("", line)
    names = people([line]) if line.partition(" ")[0].casefold() in GIVEN_NAMES else ()
    said, told = (sum(map(str.isalpha, text)) for text in (line, "".join(names)))
    return len(names) > 1 and said - told <= _AND * len(names)


def says_by(line: str) -> bool:
    """Whether a line begins as bylines do."""
    return bool(_BY.match(line))


def signed_names(line: str) -> tuple[str, ...]:
    """The people that a line names as who wrote it; none where it does not say so."""
    return people([said]) if (said := signing(line)) else ()
