"""Nexis: which stories are in a file that LexisNexis hands out, and what is said of each?

Two forms. The older begins each with "1 of 200 DOCUMENTS" and writes labels in capitals; that of
Nexis Uni and Nexis Advance has a line "Body" before the text and ends each with "End of Document".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.cleaner.dates.reading import parse_date
from corpus.dates import Precision
from corpus.errors import UnsafeInput
from corpus.readers.dumps.lines import blocks_in, paragraphs_in, parts_of

_COUNTED = re.compile(
    r"[\s\ufeff]*(?:(?:document|dokument)\s+\d[\d.,]* (?:of|von|sur|de) \d[\d.,]*"
    r"|\d[\d.,]* (?:of|von|sur|de|di|van) \d[\d.,]*\s+(?:document|dokument)[a-z]{0,3})\s*$",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"^[ \t]*(?:LENGTH|LÄNGE|LONGUEUR): *\d", re.MULTILINE)
END = re.compile(r"\s*(?:End of Document|Ende des Dokuments|Fin du document)\s*$", re.IGNORECASE)
"""How a story begins in the older form, and how one ends in the newer."""

_NEW = re.compile(r"^[ \t]*(?:Length|Länge|Longueur): *\d", re.MULTILINE)
_LOADED = re.compile(r"^[ \t]*(?:Load-Date:|End of Document[ \t]*$)", re.MULTILINE)

_LABEL = re.compile(r"([A-ZÄÖÜÉÈÓa-zäöüéèó][\w -]{2,28}?):(?:\s+|$)(.*)", re.DOTALL)
_TOLD = re.compile(r"[^\W\d_a-zà-þ][^\Wa-zà-þ]+(?:[ -][^\Wa-zà-þ]+){0,3}: ")
_SAID = {
    "byline": "bylines", "autor": "bylines", "auteur": "bylines", "headline": "title",
    "section": "section", "rubrik": "section", "rubrique": "section", "dateline": "dateline",
    "highlight": "highlight", "length": "", "länge": "", "longueur": "", "series": "", "url": "url",
}  # fmt: skip
"""What stands above a text, by its label."""
_BELOW = frozenset(
    "load-date update language sprache langue graphic publication-type document-type journal-code "
    "subject organization person geographic ticker industry company city state country correction "
    "correction-date notes type acc-no distribution issn pub-type doc-id thème type-publ "
    "classification".split()
)
_APART = frozenset(("graphic", "classification", "notes", "correction", "load-date"))
"""What stands in a line of its own behind a text, in the newer form."""
_COPYRIGHT = re.compile(
    r"(?:copyright\b|©|\(c\)|all rights reserved|alle rechte|tous droits)", re.I
)
_LONGEST_DATE = 60
_MOST_HEAD = 24  # lines above a text that say something
_MOST_ABOVE = 20  # empty lines before the first that is not
_WORDS = 5  # of a date: a month, a day of the week, half a day, a zone, and one more


def is_such(text: str) -> bool:
    """Whether a text that begins so is one of these files."""
    first = next(filter(str.strip, text.split("\n", _MOST_ABOVE)), "")
    if _COUNTED.match(first) and _LENGTH.search(text):
        return True
    newer = _NEW.search(text)
    return newer is not None and _LOADED.search(text, newer.end()) is not None


def parts(lines: Iterable[str], where: str) -> Iterator[tuple[int, list[str] | UnsafeInput]]:
    """The lines of each story."""
    return parts_of(lines, where=where, begin=_COUNTED, end=END)


def story(lines: list[str]) -> dict[str, Any] | None:
    """What is said in the lines of one story; None where they hold none, as the list above them."""
    if _COUNTED.match(next(filter(str.strip, lines), "")):
        return _older(lines)
    return _newer(lines)


def is_told(line: str) -> bool:
    """Whether a line stands by itself: a label and what it labels, or what begins or ends one."""
    stripped = line.strip()
    return (
        bool(_COUNTED.match(line) or END.match(line) or _label(stripped)[0])
        or stripped.lower() in _APART
        or _ends(stripped)
    )


def text_in(lines: list[str]) -> int:
    """Where the text begins in the lines of a story."""
    for at, line in enumerate(lines):
        if line.strip().lower() in ("body", "text"):
            return at + 1
    told = [at for at, line in enumerate(lines) if line.strip()][:_MOST_HEAD]
    labeled = [at for at in told if _label(lines[at].strip())[0] in _SAID]
    return labeled[-1] + 1 if labeled else 0


def _older(lines: list[str]) -> dict[str, Any]:
    parted = map("\n".join, blocks_in(lines))
    blocks = [block for block in parted if not _COUNTED.match(block)]
    dated = next((at for at, block in enumerate(blocks[:8]) if _is_dated(block)), None)
    labels = [_label(block) for block in blocks]
    last = max((at for at, (name, _) in enumerate(labels[:16]) if name in _SAID), default=-1)
    said = {_SAID[name]: text for name, text in labels[: last + 1] if name in _SAID}
    plain = [
        block
        for block, (name, _) in zip(blocks[: last + 1], labels, strict=False)
        if name not in _SAID and not _COPYRIGHT.match(block)
    ]
    day = blocks[dated] if dated is not None else ""
    above = plain[: plain.index(day)] if day in plain else []
    below = plain[len(above) + bool(day) :]
    title = said.pop("title", "") or (below[0] if below else "")
    body = blocks[last + 1 :] if last >= 0 else blocks[(dated or 0) + 2 :]
    while body and (_TOLD.match(body[-1]) or _ends(body[-1])):
        body.pop()
    end = next(
        (at for at, block in enumerate(body) if _label(block)[0] in _BELOW or _ends(block)),
        len(body),
    )
    return _record(said, title=title, day=day, outlet=above[-1] if above else "", body=body[:end])


def _newer(lines: list[str]) -> dict[str, Any] | None:
    told = [line.strip() for line in lines if line.strip()]
    begin = next((at for at, line in enumerate(told) if line.lower() in ("body", "text")), None)
    head = told[: begin if begin is not None else 40]
    labels = [_label(line) for line in head]
    first = next(
        (at for at, (name, _) in enumerate(labels) if name in ("length", "länge", "longueur")), None
    )
    if first is None:
        return None
    days = [at for at, line in enumerate(head[: first + 1]) if _is_dated(line)]
    day = days[-1] if days else first
    said = {_SAID[name]: text for name, text in labels[day:] if name in _SAID}
    body = told[begin + 1 if begin is not None else first + 1 :]
    end = next(
        (
            at
            for at, line in enumerate(body)
            if line.lower() in _APART or _label(line)[0] == "load-date" or END.match(line)
        ),
        len(body),
    )
    above = head[:day]
    return _record(
        said,
        title=above[-2] if len(above) > 1 else "",
        day=head[day] if days else "",
        outlet=above[-1] if above else "",
        body=body[:end],
    )


def _record(
    said: dict[str, str], *, title: str, day: str, outlet: str, body: list[str]
) -> dict[str, Any]:
    said.pop("", None)
    lines = day.split("\n")
    return {
        "title": " ".join(title.split()),
        "text": "\n\n".join(" ".join(block.split()) for block in body),
        "date": lines[0],
        "edition": "; ".join(lines[1:]),
        "outlet": " ".join(outlet.split()),
        **{name: " ".join(text.split()) for name, text in said.items()},
    }


def _label(block: str) -> tuple[str, str]:
    """The label that a block begins with, in small letters, and what it labels."""
    found = _LABEL.match(block)
    name = found[1].lower() if found else ""
    return (name, found[2]) if found and (name in _SAID or name in _BELOW) else ("", "")


def _is_dated(block: str) -> bool:
    first = block.split("\n", maxsplit=1)[0]
    return (
        len(first) <= _LONGEST_DATE
        and _label(block)[0] == ""
        and first[:1].isalnum()
        and ":" not in first.split(" ")[0]
        and not _COPYRIGHT.match(first)
        and (date := parse_date(first, basis="nexis")) is not None
        and date.precision is not Precision.YEAR
        and sum(any(map(str.isalpha, word)) for word in first.split()) <= _WORDS
    )


def _ends(block: str) -> bool:
    return bool(_COPYRIGHT.match(block)) and paragraphs_in([block])[0].count(". ") == 0
