"""Factiva: which stories are in a file of Dow Jones's database, and what is said of each?

As shown, with lines of length, day and source between headline and text; or with a field's code
before each part. Both end with a line "Document" and the story's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from corpus.cleaner.declared.byline_names import people
from corpus.cleaner.declared.given_names import GIVEN_NAMES
from corpus.errors import UnsafeInput
from corpus.readers.dumps.lines import paragraphs_in, parts_of

END = re.compile(r"[ \t]*Document [A-Za-z]{1,12}\d[A-Za-z0-9]{0,40}[ \t]*$")
_LENGTH = re.compile(
    r"[ \t]*\d[\d.,\u202f\u00a0 ]{0,12}"
    r"(?:words?|wörter|mots|palabras|parole|palavras|woorden|słów|слов\w*|字|語)[ \t]*$",
    re.IGNORECASE,
)
_CODES = frozenset(
    "HD BY CR WC PD ET SN SC ED PG VOL LA CY LP TD CO IN NS RE IPD IPC PUB AN CLM SE CX RF ART "
    "DLN".split()
)
_CODE = re.compile(r"\s*([A-Z]{2,3})(?:\s{2,}|\t\s*|\s*$)(.*)")
CODED = re.compile(rf"^[ \t]*({'|'.join(sorted(_CODES))})(?:[ \t]+|$)", re.MULTILINE)
_HEADLINE, _WORDS = (
    re.compile(rf"^[ \t]*{code}(?:\n|[ \t]{{2}}|\t)", re.M) for code in ("HD", "WC")
)
_ENDED = re.compile(rf"^{END.pattern}", re.MULTILINE)
_COUNTED = re.compile(rf"^{_LENGTH.pattern}", re.MULTILINE | re.IGNORECASE)
_LANGUAGES = frozenset(
    "english german french spanish italian portuguese russian ukrainian arabic dutch polish "
    "turkish hebrew japanese chinese swedish danish norwegian finnish deutsch français español "
    "italiano português русский".split()
)
_COPYRIGHT = re.compile(r"\(?\s*(?:copyright\b|©|\(c\)|\(copyright)", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?:\s*[ap]m)?(?:\s+\w+)?$", re.IGNORECASE)
_BY = re.compile(r"(?:by|von|par|por)\s+", re.IGNORECASE)
_MOST_ABOVE = 5  # lines of section, headline and names above the length
_MOST_BELOW = 12  # lines of day, source and edition below it
_LAST = 2  # the number of the last of them where none names a language
_LONGEST_NAME = 5  # words


def is_such(text: str) -> bool:
    """Whether a text that begins so is one of these files."""
    headline = _HEADLINE.search(text)
    if headline and _WORDS.search(text, headline.end()):
        return True
    return bool(_ENDED.search(text) and _COUNTED.search(text))


def parts(lines: Iterable[str], where: str) -> Iterator[tuple[int, list[str] | UnsafeInput]]:
    """The lines of each story."""
    return parts_of(lines, where=where, end=END)


def story(lines: list[str]) -> dict[str, Any] | None:
    """What is said in the lines of one story; None where they hold none."""
    number = next((line.split()[-1] for line in lines if END.match(line)), "")
    told = _fields(lines) or _shown([line for line in lines if not END.match(line)])
    return told | {"id": number} if told is not None else None


def is_coded(text: str) -> bool:
    """Whether lines begin with the codes of fields, whatever room is behind these."""
    return {"HD", "WC"} <= {found[1] for found in CODED.finditer(text)}


def is_told(line: str) -> bool:
    """Whether a line stands by itself: what ends a story, its length, and who has rights in it."""
    return bool(END.match(line) or _LENGTH.match(line) or _COPYRIGHT.match(line))


def text_in(lines: list[str]) -> int:
    """Where the text begins in the lines of a story as it is shown."""
    head = _head(lines)
    return head.end if head else 0


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands between the length of a story and its text.

    Attributes:
        above: the last lines above the length.
        said: the lines between: day, perhaps a time, source, perhaps an edition, language.
        tongue: which of them is the language; None where none is.
        rights: who has the rights, where that is said.
        end: the line in which the text begins.
    """

    above: list[str]
    said: list[str]
    tongue: int | None
    rights: str
    end: int


def _head(lines: list[str]) -> _Head | None:
    """The head of a story as it is shown; None where no line tells a length."""
    told = [(at, " ".join(line.split())) for at, line in enumerate(lines) if line.strip()]
    first = next((n for n, (_, line) in enumerate(told) if _LENGTH.match(line)), None)
    if first is None:
        return None
    below = told[first + 1 : first + 1 + _MOST_BELOW]
    tongue = next((n for n, (_, line) in enumerate(below) if line.lower() in _LANGUAGES), None)
    count = 1 + (_LAST if tongue is None else tongue)
    rights = list(takewhile(_COPYRIGHT.match, (line for _, line in below[count:])))
    end = count + len(rights)
    return _Head(
        above=[line for _, line in told[:first]][-_MOST_ABOVE:],
        said=[line for _, line in below[:count]],
        tongue=tongue,
        rights=rights[-1] if rights else "",
        end=below[end - 1][0] + 1 if end <= len(below) else len(lines),
    )


def _fields(lines: list[str]) -> dict[str, Any] | None:
    """The parts of a story that a code stands before."""
    found: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        coded = _CODE.match(line)
        if coded and coded[1] in _CODES:
            code = coded[1]
            found[code] = [coded[2]] if coded[2] else []
        elif code:
            found[code].append(line)
    if not {"HD", "WC"} <= set(found) and not {"HD", "AN"} <= set(found):
        return None
    said = {code: " ".join(" ".join(part).split()) for code, part in found.items()}
    body = [*paragraphs_in(found.get("LP", ())), *paragraphs_in(found.get("TD", ()))]
    return {
        "title": said["HD"],
        "text": "\n\n".join(body),
        "date": f"{said.get('PD', '')} {said.get('ET', '')}".strip(),
        "bylines": _BY.sub("", said.get("BY", "")),
        "outlet": said.get("SN", ""),
        "language": said.get("LA", ""),
        "section": said.get("SE", ""),
        "print_page": said.get("PG", ""),
        "copyright": said.get("CY", ""),
        "subjects": said.get("NS", ""),
        "regions": said.get("RE", ""),
    }


def _shown(lines: list[str]) -> dict[str, Any] | None:
    head = _head(lines)
    if head is None or not head.said or not head.above:
        return None
    said, above = head.said, head.above
    clock = said[1] if len(said) > 1 and _CLOCK.match(said[1]) else ""
    rest = said[2 if clock else 1 : head.tongue]
    author = _author(above)
    named = above[:-1] if author and len(above) > 1 else above
    body = paragraphs_in(lines[head.end :])
    return {
        "title": named[-1],
        "section": named[-2] if len(named) > 1 else "",
        "text": "\n\n".join(body),
        "date": f"{said[0]} {clock}".strip(),
        "bylines": author,
        "outlet": rest[0] if rest else "",
        "print_page": rest[2] if len(rest) > 2 else "",
        "language": said[head.tongue] if head.tongue is not None else "",
        "copyright": head.rights,
    }


def _author(above: list[str]) -> str:
    """Who is named in the last line above a text, where that says or looks so."""
    last = above[-1]
    if by := _BY.match(last):
        return last[by.end() :]
    words = last.split()
    is_name = 1 < len(words) <= _LONGEST_NAME and words[0].lower() in GIVEN_NAMES
    return last if len(above) > 1 and is_name and people([last]) else ""
