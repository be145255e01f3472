"""Plain: what of a pasted text is no story, and what do its first lines say of it?

People paste what they see: promos stand between the paragraphs, sometimes with the next sentence
glued to their end; the headline, who wrote it and when stand above it, or the day in its dateline.

In one file because what one rule takes out of the lines the next one must not see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.article import Removed
from corpus.cleaner.body.ends import EDITED
from corpus.cleaner.body.phrases import PROMO, RELATED_LABEL
from corpus.cleaner.dates.datelines import dateline, labelled_parts
from corpus.cleaner.dates.reading import dates_at, full_dates, parse_date
from corpus.cleaner.declared.byline_names import people
from corpus.cleaner.declared.signatures import signed_names
from corpus.cleaner.same_words import SENTENCE_END
from corpus.dates import PartialDate

_MARK = re.compile(r"\s*[:：|»>]\s*")
_GLUE = re.compile(
    r"(?<=[^\W\d_A-ZА-ЯЁІЇЄҐ]{3})(?=[A-ZА-ЯЁІЇЄҐ])|(?<=[?!…»”\"')\]])(?=[A-ZА-ЯЁІЇЄҐ])"
)
_SENTENCE = re.compile(  # how a sentence goes on that a title does not: in small letters
    r"[^\W\d_]+(?:['’][a-z]+)?,?\s+(?:[^\W\d_A-ZА-ЯЁІЇЄҐ]|\d|[A-Z][^\s]*\s+(?:said|told|says)\b)"
)
_LABEL_WITHIN = re.compile(  # "… said. READ MORE: …"
    r"(?<=[.!?…”\"»)])\s+(?=[^\W\d_a-zа-яёіїєґ]{3,}(?:\s[^\W\d_a-zа-яёіїєґ]+){0,2}\s?:\s)"
)
_PROMO_LINE, _PROMO_SHORT = 300, 120
_LISTED = 4  # headlines below a label
_TITLE = 150
_CLOSING = " \"'”’»›>)]"
_STOP = re.compile(r"[a-zа-яёіїєґ]{3}[.!?…]\s")
_ABOVE = 3  # lines under a title that may say who wrote it, and when
_LINE = 80
_DAY = len("2022-03-04")
_OPENING = 90
_YEAR = 4  # letters of what stands beside a date and belongs to it: року, года, г.


@dataclass(slots=True)
class Pasted:
    """A pasted text in its parts; the lines that told of it are among what was removed."""

    text: str
    title: str = ""
    bylines: tuple[str, ...] = ()
    published: PartialDate | None = None
    modified: PartialDate | None = None
    removed: list[Removed] = field(default_factory=list)


def read_pasted(text: str, *, titled: bool, month_first: bool | None) -> Pasted:
    """The story in a text whose paragraphs and lines are even.

    Args:
        titled: whether its title is known; else its first line may be it.
    """
    found = Pasted("")
    lines = list(_without_promos(text, found.removed))
    lines = _without_buttons(lines, found.removed)
    if not titled:
        lines = _dated(lines, found, month_first)
        found.title, lines = _titled(lines)
    if titled or found.title:
        lines = _signed(lines, found, month_first)
    found.text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    if found.published is None:
        opening = found.text.lstrip("[(")[:_OPENING].split("\n")[0]
        date = dateline(opening, month_first)
        found.published = PartialDate(date.iso, "text:dateline") if date else None
    return found


_BUTTON = (
    r"(?:share|tweet|e-?mail|print|save|copy link|facebook|twitter|x|whatsapp|telegram|"
    r"linkedin|pinterest|reddit|viber|comments?|listen|like|teilen|drucken|kommentare?|"
    r"merken|mailen|vorlesen|partager|imprimer|commenter|commentaires|compartir|imprimir|"
    r"comentarios|condividi|stampa|commenti|поделиться|печать|распечатать|комментарии|"
    r"поділитися|поділитись|друк|коментарі|مشاركة|شارك|طباعة|تعليق|paylaş|yazdır|yorumlar?|"
    r"udostępnij|drukuj|komentarze|שתפו|שיתוף|הדפסה|分享|打印|共有|공유|인쇄)"
)
_BUTTONS = re.compile(rf"\W*{_BUTTON}(?:[\s|·•,/]+(?:\d+\s)?{_BUTTON})*\W*", re.IGNORECASE)
_SEVERAL = 2


def _without_buttons(lines: list[str], removed: list[Removed]) -> list[str]:
    """The lines without rows of what a page offers to do with it: "Share", "Tweet", "Print"."""
    kept: list[str] = []
    row: list[str] = []
    for line in [*lines, None]:
        if line is not None and _BUTTONS.fullmatch(line):
            row.append(line)
            continue
        if row and (len(row) >= _SEVERAL or len(row[0].split()) >= _SEVERAL):
            removed.extend(Removed("tools", one) for one in row)
        else:
            kept += row
        row = []
        if line is not None:
            kept.append(line)
    last = next((index for index in range(len(kept) - 1, 0, -1) if kept[index]), 0)
    if last and EDITED.fullmatch(kept[last]):
        removed.append(Removed("byline", kept.pop(last)))
    return kept


_HEADERS = {
    name: key
    for key, names in {
        "title": "title headline titel überschrift titre título titolo заголовок العنوان tytuł",
        "bylines": "author authors byline by autor autorin auteur autore автор الكاتب yazar",
        "date": "date published datum veröffentlicht fecha data дата التاريخ tarih",
        "outlet": "source publication publisher outlet newspaper quelle fuente fonte источник "
        "джерело المصدر kaynak źródło",
        "url": "url link address permalink",
        "language": "language lang sprache",
        "section": "section category rubrik rubrique sección",
        "subject": "subject betreff objet asunto oggetto тема الموضوع",
        "from": "from von de от من da",
        "to": "to cc sent an à para кому gesendet envoyé إلى",
    }.items()
    for name in names.split()
}
_FORWARDED = re.compile(r"\A-{3,20} ?[^-\n]{4,40}-{3,20}[ \t]{0,9}\n\n?")
_HEADER = re.compile(r"\s{0,9}([^\W\d_]{1,14})\s{0,3}:\s{0,9}(\S.*)")
_MOST_HEADERS, _LEAST_HEADERS = 12, 2


def headers_above(text: str, *, titled: bool = False) -> tuple[dict[str, str], str]:
    """What lines of a key and a value say above a text, and the text below: "Title: …".

    Each line above the first blank one is such, one of them the title, all with known keys.

    Args:
        titled: whether its title is known, so that none is looked for.
    """
    if titled:
        return {}, text
    whole = text.lstrip("\ufeff\r\n ").replace("\r\n", "\n")
    block, found, rest = _FORWARDED.sub("", whole).partition("\n\n")
    lines = block.split("\n")
    said = [_HEADER.match(line) for line in lines]
    if not found or not rest.strip() or not _LEAST_HEADERS <= len(lines) <= _MOST_HEADERS:
        return {}, text
    keys = [_HEADERS.get(one[1].casefold(), "") if one else "" for one in said]
    told = {key: one[2].strip() for key, one in zip(keys, said, strict=True) if one}
    if not all(keys) or len({*keys}) < len(keys) - keys.count("to"):
        return {}, text
    if "subject" in told and "from" in told:  # a letter that was sent on
        told = {"title": told.pop("subject"), "bylines": told.pop("from")} | told
    told.pop("to", None)
    if "title" not in told or "subject" in told or "from" in told:
        return {}, text
    return told, rest


_REFERENCES = re.compile(
    r"\n(?:References|Links|Visible links)\s{0,3}:?[ \t]{0,9}\n"
    r"(?=(?:\s{0,9}Visible links:?\s{0,9}\n)?\s{0,9}1\. \S{1,40}:)"
)
_NUMBERED = re.compile(r"\[\d{1,4}\](?=\S)")


def undumped(text: str) -> str:
    """What a text browser (lynx, links, w3m) showed of a page, without the numbers of its links and
    the list of them at the end; any other text as it is.
    """
    found = _REFERENCES.search(text)
    if found is None or not _NUMBERED.search(text, 0, found.start()):
        return text
    return _NUMBERED.sub("", text[: found.start()])


_ADDRESS_LINE = re.compile(
    r"(?:(?:source|url|link|from)\s*:\s*)?(?P<url>https?://\S+)", re.IGNORECASE
)


def address_above(body: str) -> tuple[str, str]:
    """The address that is all that the first line of a pasted text says, and the text below it."""
    first, _, rest = body.partition("\n")
    found = _ADDRESS_LINE.fullmatch(first)
    rest = rest.lstrip("\n")
    return (found["url"], rest) if found and rest else ("", body)


_SUBTITLES = re.compile(
    r"\ufeff?\s*(?:WEBVTT\b|(?:\d{1,6}[ \t]*\r?\n)?(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3}[ \t]+-->)"
)
_CUE = re.compile(
    r"^(?:\d{1,6}[ \t]*\r?\n)?(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3}[ \t]+-->.*$", re.MULTILINE
)
_SCRIPT = re.compile(r"\ufeff?\s*\[Script Info\]")
_DIALOGUE = re.compile(r"^Dialogue:(?:[^,\n]*,){9}([^\n]*)", re.MULTILINE)
_STYLE = re.compile(r"<[^<>\n]{1,80}>|\{\\[^{}\n]{1,80}\}")
_BESIDE = re.compile(r"\n[ \t\r]*\n.*", re.DOTALL)  # behind what is shown: notes, names of cues
_SPOKEN = 500  # characters, after which a sentence ends a paragraph


def spoken(text: str) -> str:
    """What subtitles (SubRip, WebVTT, SSA) say, without times and styles, and once what is shown
    twice running; any other text as it is.
    """
    if _SCRIPT.match(text):
        cues = [
            found[1].replace("\\N", "\n").replace("\\n", "\n") for found in _DIALOGUE.finditer(text)
        ]
    elif _SUBTITLES.match(text):
        cues = _CUE.split(text)[1:]
    else:
        return text
    said: list[str] = []
    for cue in cues:
        shown = _BESIDE.sub("", cue.strip("\r\n")).splitlines()
        for line in (" ".join(_STYLE.sub("", one).split()) for one in shown):
            if line and line not in said[-2:]:
                said.append(line)
    paragraphs = [""]
    for line in said:
        paragraphs[-1] = f"{paragraphs[-1]} {line}".strip()
        if len(paragraphs[-1]) > _SPOKEN and SENTENCE_END.search(line):
            paragraphs.append("")
    return "\n\n".join(filter(None, paragraphs))


def _without_promos(text: str, removed: list[Removed]) -> Iterator[str]:
    listed = 0  # headlines that may still follow a label that stands alone
    for whole in _without_read_out(text.split("\n"), removed):
        line, within = _before_a_label(whole)
        if within:
            promo, rest = _promo(within)
            removed.append(Removed("promo", promo))
            yield f"{line} {rest}".strip()
            continue
        promo, rest = _promo(line)
        if promo:
            removed.append(Removed("promo", promo))
            listed = _LISTED * _is_bare_label(promo)
            if rest:
                yield rest
        elif listed and line and len(line) <= _PROMO_SHORT and not SENTENCE_END.search(line):
            removed.append(Removed("promo", line))
            listed -= 1
        else:
            listed = 0 if line else listed
            yield line


_LIST_BEGINS = re.compile(r"\s*list of \d{1,2} items?\s*", re.IGNORECASE)
_LIST_ENDS = re.compile(r"\s*end of list\s*", re.IGNORECASE)
_MOST_READ_OUT = 60  # lines of such a list


def _without_read_out(lines: list[str], removed: list[Removed]) -> Iterator[str]:
    """The lines without lists of other stories as pages have them read out, and copied with them:
    "list of 3 items", "list 1 of 3", a headline, …, "end of list".
    """
    index = 0
    while index < len(lines):
        end = index
        if _LIST_BEGINS.fullmatch(lines[index]):
            near = range(index, min(len(lines), index + _MOST_READ_OUT))
            end = next((at + 1 for at in near if _LIST_ENDS.fullmatch(lines[at])), index)
        if end > index:
            removed += [Removed("promo", line) for line in lines[index:end] if line]
            index = end
            continue
        yield lines[index]
        index += 1


def _before_a_label(line: str) -> tuple[str, str]:
    """A line up to a label in capitals behind one of its sentences, and what begins there: pages
    that are copied without their paragraphs have promos in the middle; else the line, and nothing.
    """
    for found in _LABEL_WITHIN.finditer(line):
        label = RELATED_LABEL.match(line, found.end())
        if label is not None and label[0].strip().isupper() and _promo(line[found.end() :])[0]:
            return line[: found.start()].rstrip(), line[found.end() :]
    return line, ""


def _is_bare_label(promo: str) -> bool:
    """Whether a label of other stories is all that its line says: what it leads to stands below."""
    label = RELATED_LABEL.match(promo)
    return label is not None and not promo[label.end() :].strip(_CLOSING + ":|>→")


def _promo(line: str) -> tuple[str, str]:
    """The promo that a line begins with, and the sentence glued to its end; else nothing."""
    label = RELATED_LABEL.match(line)
    if label is not None and _is_label(line, label):
        start = _MARK.match(line, label.end())
        for glue in _GLUE.finditer(line, start.end() if start else label.end()):
            if _SENTENCE.match(line, glue.end()) and SENTENCE_END.search(line):
                return line[: glue.start()].strip(), line[glue.end() :].strip()
        if len(line) <= _PROMO_LINE and (not line.endswith(".") or line.count(". ") == 0):
            return line.strip(), ""
        return "", ""
    if len(line) <= _PROMO_SHORT and PROMO.match(line):
        return line.strip(), ""
    return "", ""


def _is_label(line: str, label: re.Match[str]) -> bool:
    """Whether a label is set off from what it leads to, or is all there is."""
    said = label[0].strip()
    if said.endswith((":", "|")) or _MARK.match(line, label.end()):
        return True
    return said.isupper() or not line[label.end() :].strip(" .…!→>»")


def _dated(lines: list[str], found: Pasted, month_first: bool | None) -> list[str]:
    """The lines without one above title and story that is a date and nothing else."""
    first, rest = (lines[0], "\n".join(lines[1:]).lstrip("\n").split("\n")) if lines else ("", [])
    if not any(rest) or len(first) > _LINE:
        return lines
    for (start, end), date in dates_at(first, basis="text:line", month_first=month_first):
        beside = f"{first[:start]} {first[end:]}"
        if len(re.findall(r"\w", beside)) <= _YEAR:
            found.published = date
            found.removed.append(Removed("byline", first))
            return rest
    return lines


def _titled(lines: list[str]) -> tuple[str, list[str]]:
    """The first line, where it can be a title and a story follows; and the others."""
    first = lines[0] if lines else ""
    rest = lines[1:]
    told = any(SENTENCE_END.search(line) and len(line) > _LINE // 2 for line in rest)
    apart = bool(rest) and not rest[0]
    end = first.rstrip(_CLOSING)
    long = len(first) > _TITLE and (not apart or _STOP.search(first) is not None)
    sentence = end.endswith((".", "。", "۔")) and not end.endswith(("..", " U.S.", " U.N."))
    if not told or long or sentence or not any(map(str.isalnum, first)):
        return "", lines
    if not apart and (first.endswith((":", ",", ";")) or dateline(first[:_OPENING], None)):
        return "", lines
    return first, rest


def _signed(lines: list[str], found: Pasted, month_first: bool | None) -> list[str]:
    """The lines without those above the story that say who wrote it, and when.

    Where no story would be left, nothing stands above one, and all lines stay.
    """
    kept, told = list(lines), Pasted("")
    seen = 0
    for line in lines:
        if not line:
            kept.remove(line)
            continue
        if _ASIDE.fullmatch(line):
            told.removed.append(Removed("byline", line))
            kept.remove(line)
            continue
        if told.bylines and told.published is None and _ROLE.fullmatch(line):
            told.removed.append(Removed("byline", line))
            kept.remove(line)
            continue
        seen += 1
        if seen == 1 and SENTENCE_END.search(line) and _is_signed_below(lines, line):
            kept.insert(kept.index(line) + 1, "")  # what sums the story up, above who wrote it
            continue
        if seen > _ABOVE or len(line) > _LINE or SENTENCE_END.search(line):
            break
        names = signed_names(line) if not told.bylines else ()
        dated = told.published is not None or _is_dated_below(lines, line, month_first)
        if not names and not told.bylines and dated:
            names = _names_alone(line) or _names_alone(_PLACE_BEHIND.sub("", line))
        date, changed = _days_in(line, month_first)
        if not names and (
            (date is None or told.published is not None)
            and (changed is None or told.modified is not None)
        ):
            break
        told.bylines = told.bylines or names
        told.published = told.published or date
        told.modified = told.modified or changed
        told.removed.append(Removed("byline", line))
        kept.remove(line)
    if not any(kept):
        return lines
    found.bylines, found.published = told.bylines, told.published or found.published
    found.modified = told.modified
    found.removed += told.removed
    return kept


def _days_in(line: str, month_first: bool | None) -> tuple[PartialDate | None, PartialDate | None]:
    """The days that a line says a story was published, and changed."""
    days: dict[bool, PartialDate] = {}
    for part, changed in labelled_parts(line):
        for day in full_dates(part, basis="text:line", month_first=month_first):
            days.setdefault(changed, day)
        if changed not in days and any(map(str.isalpha, part)):
            other = parse_date(part, basis="text:line", month_first=month_first)
            if other is not None and len(other.iso) >= _DAY:  # of another calendar
                days[changed] = other
    return days.get(False), days.get(True)


def _names_alone(line: str) -> tuple[str, ...]:
    """The people in a line that holds their names and nothing else."""
    names = people([line])
    said = re.sub(r"\W+(?:and|und|et|y|та|і|и|و)\W+|\W+", "", line.casefold())
    return names if said == re.sub(r"\W+", "", "".join(names).casefold()) else ()


_PLACE_BEHIND = re.compile(r"(?:,|\s(?:in|à|aus|en|в|у))\s[^\W\d_a-zа-яёіїєґ][\w .'’-]{2,30}$")
"""Where somebody writes from: "BO DAHL, KYIV", "Ann Ray in Kyiv"."""
_ASIDE = re.compile(
    r"(?:reading time:? )?\d{1,3}[- ]min(?:ute)?s?\.?(?: read)?|(?:lesezeit|lesedauer):? \d.{0,12}|"
    r"temps de lecture.{0,14}|\d{1,2} хв\.?|время чтения.{0,14}|час читання.{0,14}",
    re.IGNORECASE,
)
"""A line of a page that tells of neither who nor when."""
_ROLE = re.compile(
    r"(?:[\w ,&'’-]{0,40}\b)?(?:correspondent|editor|analyst|columnist|writer|reporter(?:in)?|"
    r"korrespondent(?:in)?|redakteur(?:in)?|"
    r"journaliste|correspondant(?:e)?|corresponsal|корреспондент(?:ка)?|кореспондент(?:ка)?|журналист(?:ка)?)\b.{0,40}",
    re.IGNORECASE,
)
"""What somebody is, in a line between the name and the day."""


def _is_signed_below(lines: list[str], line: str) -> bool:
    """Whether the next line says who wrote the story."""
    place = next(index for index, other in enumerate(lines) if other is line)
    below = next(filter(None, lines[place + 1 :]), "")
    return len(below) <= _LINE and _BY.match(below) is not None and bool(signed_names(below))


_BY = re.compile(r"(?:by|von|par|por|автор|текст)\b", re.IGNORECASE)
_PLACE_FIRST = re.compile(r"[^\W\d_][\w .'’]{1,24}\s[-–—|]\s")  # "Kiev - 14 May 2024"


def _is_dated_below(lines: list[str], line: str, month_first: bool | None) -> bool:
    """Whether the next line begins with a date: who wrote a story stands above when."""
    place = next(index for index, other in enumerate(lines) if other is line)
    following = (one for one in lines[place + 1 :] if one and not _ROLE.fullmatch(one))
    below = next((one for one in following if not _ASIDE.fullmatch(one)), "")
    found = dates_at(below, basis="text:line", month_first=month_first)
    place_first = _PLACE_FIRST.match(below)
    begins = _YEAR + (place_first.end() if place_first else 0)
    return len(below) <= _LINE and bool(found) and found[0][0][0] <= begins
