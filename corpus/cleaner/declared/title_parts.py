"""Title parts: which are the headline, and which the site, its section, its slogan?"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from corpus.cleaner.same_words import WIDE, words_of

_MARKS = "|｜»«·•~‹›>@●■▪◆★"
SEPARATOR = re.compile(
    rf"\s+(?:[{_MARKS}:/\\]+|[-–—―]{{1,3}})\s+|\s*[|｜]\s*|:\s+(?=\S+$)|"
    rf"(?<={WIDE.pattern})\s?[-–—_]+\s?(?={WIDE.pattern})"
)
_JOINT = re.compile(rf"\s+[{_MARKS}/\\–—-]+\s+|\s*[|｜]\s*|:\s+")
_TIGHT = re.compile(r"\s*[—–―]\s*")
TRIMMED = f" {_MARKS}:/\\-–—―_\t"
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens, spaces of no width
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE)
_SITE_WORDS = 4
_SECTION_WORDS = 3
_RUBRIC_WORDS, _HEADLINE_WORDS = 2, 3
_LEAST_LEFT = 3  # words of what is left after a part went that no site's name was found in
_SAID_OF_ANY = frozenset(
    "home homepage index document1 document2 untitled untitleddocument notitle news article "
    "startseite accueil inicio "
    "главная новости الرئيسية головна новини nachrichten actualités noticias "
    "print printversion printerfriendly printthispage druckversion druckansicht versionimprimable "
    "versiónparaimprimir версиядляпечати версіядлядруку نسخةللطباعة".split()
)
"""Titles that say nothing of a page, as their letters."""
_SECTIONS = frozenset(
    "news world politics opinion europe africa asia americas international national local business "
    "analysis middle east war conflict society latest top stories story новости мир политика "
    "общество новини світ політика суспільство أخبار العالم سياسة nachrichten politik ausland "
    "welt actualités actualité monde politique noticias mundo política internacional "
    "新闻 国际 国内 时政 军事 社会 ニュース 国際 政治 経済 뉴스 국제 정치 사회 경제 북한 "
    "세계".split()
)
_ENCLOSED = re.compile(r"\s*[(\[（【]([^()\[\]（）【】]{2,60})[)\]）】]$")
_COLONS = ("：", ": ", " :")


def plain(text: str) -> str:
    """A title as readers see it: one space between words, nothing escaped twice."""
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    return " ".join(_INVISIBLE.sub("", text).split()).rstrip("¶").rstrip()


def is_of_any_page(text: str, outlet: str) -> bool:
    """Whether a title is the site's name, or "Home"."""
    said = _letters(text)
    return said in _SAID_OF_ANY or (bool(outlet) and said in _names_of(outlet))


def strip_site(title: str, outlet: str, headings: Sequence[str]) -> str:
    """Takes the site's name, section and slogan off a title.

    Args:
        outlet: the site's name as it is known so far, or its host; may be empty.
        headings: a title that begins with a heading of the page ends with it.
    """
    title = _once(title)
    for heading in headings:
        if title.startswith(heading) and SEPARATOR.match(title, len(heading)):
            return _below_rubric(heading, headings, title)
    left = _without_site(title, outlet)
    if left != title:
        return _without_sections(left)
    return _without_last(_without_first(title))


def _once(title: str) -> str:
    """A title that is said twice, with a mark between, once."""
    for joint in SEPARATOR.finditer(title):
        said, rest = title[: joint.start()], title[joint.end() :]
        if rest.startswith(said) and (len(rest) == len(said) or SEPARATOR.match(rest, len(said))):
            return rest
    return title


def _below_rubric(rubric: str, headings: Sequence[str], title: str) -> str:
    """The heading that follows another, in the page's title as well, where that is a rubric's word
    or two: "Notices - Water will be cut off on Monday".
    """
    size = _weight(rubric)
    least = max(_HEADLINE_WORDS, 2 * size)
    for heading in headings if size <= _RUBRIC_WORDS else ():
        if _weight(heading) >= least and heading in SEPARATOR.split(title[len(rubric) :]):
            return heading
    return rubric


def _without_site(title: str, outlet: str) -> str:
    """A title without the site's known name at its end or beginning."""
    names = _names_of(outlet)
    for separator in (SEPARATOR, _TIGHT) if names else ():
        parts = separator.split(title)
        if len(parts) > 1 and _letters(parts[-1]) in names:
            return _cut(title, parts, -1)
        if len(parts) > 1 and _letters(parts[0]) in names:
            return _cut(title, parts, 0)
    enclosed = _ENCLOSED.search(title) if names else None
    if enclosed is not None and _letters(enclosed[1]) in names:
        return title[: enclosed.start()]
    for colon in _COLONS if names else ():
        first, found, last = title.partition(colon)
        if found and _letters(first) in names:
            return last.strip()
        first, found, last = title.rpartition(colon)
        if found and _letters(last) in names:
            return first.strip()
    return title


def _without_sections(title: str) -> str:
    """A title that had the site's name, without sections: "World |", "- World news"."""
    while len(parts := SEPARATOR.split(title)) > 1:
        total = _weight(title)
        for position in (-1, 0):
            words = words_of(parts[position])
            size = _weight(parts[position])
            joint = _joint(title, parts, position)
            marked = joint in _MARKS and 0 < size <= _SECTION_WORDS
            named = bool(words) and set(words) <= _SECTIONS
            if (marked or named) and total - size > size:
                title = _cut(title, parts, position)
                break
        else:
            break
    return title


def _without_first(title: str) -> str:
    """A title without what stands before a bar: an unknown site's name, or "Opinion |"; without
    "Home" and the sections that lead from there.
    """
    parts = SEPARATOR.split(title)
    if len(parts) > 1 and _letters(parts[0]) in _SAID_OF_ANY:
        return _without_sections(_cut(title, parts, 0))
    first, rest = _weight(parts[0]), _weight(title) - _weight(parts[0])
    barred = len(parts) == 2 and _joint(title, parts, 0) in "|｜»›"
    if barred and 0 < first <= _SECTION_WORDS and rest > max(first, _LEAST_LEFT):
        return _cut(title, parts, 0)
    return title


def _without_last(title: str) -> str:
    """A title without last parts that are short enough for an unknown site's name or section."""
    while len(parts := SEPARATOR.split(title)) > 1:
        last = _weight(parts[-1])
        rest = sum(_weight(part) for part in parts[:-1])
        joint = _joint(title, parts, -1)
        times = 1 if joint in _MARKS else 2
        fits = 0 < last <= _SITE_WORDS and rest >= times * last
        fits = fits or _letters(parts[-1]) in _SAID_OF_ANY
        if not fits or _is_clause(joint, parts[-1]):
            break
        title = _cut(title, parts, -1)
    return title


def parts_of(title: str) -> list[str]:
    """All runs of neighboring parts of a title, the longest first."""
    spans = [match.span() for match in _JOINT.finditer(title)]
    cuts = [0, *(cut for span in spans for cut in span), len(title)]
    parts = [title[start:end].strip() for start in cuts[::2] for end in cuts[1::2] if end > start]
    return sorted(parts, key=len, reverse=True)


def _weight(text: str) -> int:
    """How many words; in scripts without spaces, as many as two signs make."""
    wide = len(WIDE.findall(text))
    return (wide + 1) // 2 if wide else len(words_of(text))


def _joint(title: str, parts: list[str], position: int) -> str:
    """The mark between the first or the last part and the rest, as its last character."""
    if position == 0:
        return title[len(parts[0]) :].lstrip()[:1]
    joint = title[: title.rindex(parts[-1])].rstrip()
    return "|" if joint.endswith("::") else joint[-1:]


def _cut(title: str, parts: list[str], position: int) -> str:
    """A title without its first or its last part."""
    if position == 0:
        return title[len(parts[0]) :].lstrip(TRIMMED)
    return title[: title.rindex(parts[-1])].rstrip(TRIMMED)


def _is_clause(joint: str, last: str) -> bool:
    """Whether the last part goes on with the sentence: after a colon; small after a dash."""
    return joint == ":" or (joint in "-–—" and (last[:1].islower() or last[:1].isdigit()))


def _names_of(outlet: str) -> set[str]:
    """The letters of a site's name with and without "The", and of its host without its domain."""
    letters = _letters(outlet)
    names = {letters, letters.removeprefix("the"), f"the{letters}"} if letters else set()
    if "." in outlet and " " not in outlet:
        labels = outlet.casefold().removeprefix("www.").split(".")
        names |= {_letters(labels[0]), f"the{_letters(labels[0])}"}
    return names - {""}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
