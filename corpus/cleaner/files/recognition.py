"""Recognition: which text stands in the picture of one page? Asked of tesseract, if it is here.

It is a program of its own, within limits of time and memory. What it says of each word is kept: how
sure it is, and which block, paragraph and line the word belongs to.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from corpus.cleaner.files.gaps import Box
from corpus.cleaner.tree.lines import paragraphs_of
from corpus.errors import MachineTrouble, machine_trouble, underway

try:
    import resource
except ImportError:  # not on this system
    resource = None  # type: ignore[assignment]

PATIENCE = 45.0
"""Seconds for one page: dense ones of newspapers take about ten."""

_MEMORY = 2 << 30
_NOISE = 0.4
"""Less sure than that of a whole paragraph, and it is a picture, a stamp or a stain."""

_SURE = 0.95
"""Less sure than that of a page, and it is read a second time."""

_NEAR_INK = ("-c", "thresholding_method=2")  # of Sauvola; older tesseracts pass over the setting
_STRAY = 0.6
_IN_SENTENCES = frozenset("—–-«»…")
_MOST_LANGUAGES = 3  # each takes its time, and makes mistakes of its own
_FROM_THE_RIGHT = frozenset(("ara", "fas", "heb", "pus", "syr", "uig", "urd", "yid"))
_RIGHT_LETTERS = re.compile(r"[\u05d0-\u07bf\ufb1d-\ufdff\ufe70-\ufefc]")
_MOST = 0.5  # of the letters on a page
_NO_LANGUAGES = frozenset(("osd", "equ", "snum"))
_CODES = {
    "am": "amh", "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos",
    "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa",
    "et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hi": "hin", "hr": "hrv",
    "hu": "hun", "hy": "hye", "id": "ind", "it": "ita", "ja": "jpn", "ka": "kat", "kk": "kaz",
    "ko": "kor", "ku": "kmr", "lt": "lit", "lv": "lav", "mk": "mkd", "my": "mya", "nl": "nld",
    "no": "nor", "pl": "pol", "ps": "pus", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk",
    "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "sw": "swa", "th": "tha", "ti": "tir",
    "tr": "tur", "uk": "ukr", "ur": "urd", "uz": "uzb", "vi": "vie", "yi": "yid", "zh": "chi_sim",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recognized:
    """The text of one page.

    Attributes:
        paragraphs: in the order of reading; columns one after the other.
        confidence: how sure of a sign tesseract is on average, in [0, 1].
        left_out: what it took for text, and hardly can be.
        boxes: where words stand, and what tesseract took for a picture.
    """

    paragraphs: tuple[str, ...] = ()
    confidence: float = 0.0
    left_out: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()

    @property
    def signs(self) -> int:
        return sum(map(len, self.paragraphs))


class NotRecognized(Exception):
    """A page that could not be read; the message says why."""


@cache
def installed() -> tuple[str, ...]:
    """The languages that tesseract has data for, and what else it has; empty where it is absent."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    with suppress(OSError, subprocess.SubprocessError):
        listed = subprocess.run(  # noqa: S603 - found in PATH, nothing of a document in it
            [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=True
        )
        return tuple(listed.stdout.split("\n", 1)[-1].split())
    return ()


def languages() -> tuple[str, ...]:
    """The languages that can be read; empty where tesseract is absent."""
    return tuple(name for name in installed() if name not in _NO_LANGUAGES)


def codes_of(told: Sequence[str]) -> str:
    """Languages as tesseract calls them, joined by `+`; those that it has no data for left out.

    Args:
        told: ISO 639-1.
    """
    if not told:
        return ""
    known = languages()
    codes = [code for language in told if (code := _CODES.get(language)) in known]
    return "+".join(codes[:_MOST_LANGUAGES])


def recognize(
    picture: bytes, *, language: str, page: int = 0, dots: int | None = None
) -> Recognized:
    """Reads one page; in languages of one direction alone, where it turns out to have but one:
    together they cost letters, and the order of columns that run from the right.

    Args:
        picture: PNG, JPEG, TIFF, WebP or PNM.
        language: as tesseract calls them, joined by `+`.
        page: of a TIFF with several.
        dots: to an inch, where that is known.

    Raises:
        NotRecognized: tesseract failed on it, or took too long.
    """
    read = _best(picture, language=language, page=page, dots=dots)
    named = language.split("+")
    right = [one for one in named if one in _FROM_THE_RIGHT]
    if not right or len(right) == len(named):
        return read
    text = "".join(read.paragraphs)
    letters = sum(map(str.isalpha, text))
    if len(_RIGHT_LETTERS.findall(text)) <= _MOST * letters:
        return read
    underway()
    return _best(picture, language="+".join(right), page=page, dots=dots)


def _best(picture: bytes, *, language: str, page: int, dots: int | None) -> Recognized:
    """A page, read a second time where the first was not sure: ink told from paper by what is near
    it. On stained and noisy pages that is all the difference, on others it loses letters.
    """
    read = _read(picture, language=language, page=page, dots=dots)
    if read.confidence >= _SURE:
        return read
    underway()
    try:
        again = _read(picture, language=language, page=page, dots=dots, ink=_NEAR_INK)
    except NotRecognized:
        return read
    return max(read, again, key=lambda one: one.confidence * one.signs)


def _read(
    picture: bytes, *, language: str, page: int, dots: int | None, ink: Sequence[str] = ()
) -> Recognized:
    # With its data, how a page lies is told as well: scans stand on their heads.
    turned = "1" if "osd" in installed() else "3"
    asked = [shutil.which("tesseract") or "tesseract", "stdin", "stdout", "-l", language]
    asked += ["--psm", turned, "-c", f"tessedit_page_number={page}"]
    asked += [*ink, *(["--dpi", str(dots)] if dots else [])]
    with _started([*asked, "tsv"]) as program:
        _limit(program.pid)
        try:
            told, trouble = program.communicate(picture, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise NotRecognized(f"it took more than {PATIENCE:g} s") from None
        finally:
            program.kill()
    if program.returncode:
        said = trouble.decode("utf-8", "replace").strip().splitlines()
        raise NotRecognized(said[-1] if said else f"tesseract ended with {program.returncode}")
    return _page_of(told.decode("utf-8", "replace"))


def _started(asked: list[str]) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    # As many run at once as documents are cleaned; each with one thread is the faster way.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        return subprocess.Popen(  # noqa: S603 - a list, and `language` one of those installed
            asked, stdin=pipe, stdout=pipe, stderr=pipe, env=environment
        )
    except OSError as error:
        raise machine_trouble(error) or MachineTrouble(
            f"tesseract cannot be run ({error.strerror})", advice="See that it can, and try again"
        ) from error


def _limit(process: int) -> None:
    """So much time and memory, also if this process ends before it."""
    if resource is None or not hasattr(resource, "prlimit"):
        return
    with suppress(OSError, ValueError):  # it has ended, or may have less than that already
        seconds = int(PATIENCE) + 1
        resource.prlimit(process, resource.RLIMIT_CPU, (seconds, seconds))
        resource.prlimit(process, resource.RLIMIT_AS, (_MEMORY, _MEMORY))


_DAY = re.compile(
    r"(?<!\w)(?:[0-3ОЗIl][\dОЗIl]|[ЗIl])"
    r"(?= (?:січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\b)"
)
_DIGITS = str.maketrans("ОЗIl", "0311")
_ARABIC = re.compile(r"(?<=[\u0620-\u064a]),")


def _is_word(row: dict[str, str]) -> bool:
    """Whether there is anything, and not only the line between two columns, or a stain."""
    text = (row["text"] or "").strip(" |¦")
    if not text or any(map(str.isalnum, text)):
        return bool(text)
    return float(row["conf"]) >= 100 * (_STRAY if text not in _IN_SENTENCES else _NOISE)


def _said(word: str) -> str:
    """A word with the signs that it has in print: they are taken for others that look alike."""
    return "—" if word == "--" else _ARABIC.sub("،", word)


def _with_numbers(line: str) -> str:
    """A line with the days of its dates: before a month, З is a 3, О a 0 and l a 1."""
    return _DAY.sub(lambda day: day.group().translate(_DIGITS), line)


def _page_of(told: str) -> Recognized:
    """The page that a table of tesseract tells of."""
    table = csv.DictReader(told.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    rows = [row for row in table if row["level"] == "5"]
    boxes = tuple(map(_box, rows))
    words = list(filter(_is_word, rows))
    paragraphs: list[str] = []
    left_out: list[str] = []
    sure: list[tuple[float, int]] = []
    for _, inside in groupby(words, lambda row: (int(row["block_num"]), int(row["par_num"]))):
        paragraph = list(inside)
        weights = [len(row["text"]) for row in paragraph]
        certain = [max(0.0, float(row["conf"])) / 100 for row in paragraph]
        confidence = statistics.fmean(certain, weights=weights)
        lines = [
            _with_numbers(" ".join(_said(row["text"]) for row in line))
            for _, line in groupby(paragraph, lambda row: row["line_num"])
        ]
        if confidence < _NOISE or not any(map(str.isalnum, "".join(lines))):
            left_out.append(" ".join(lines))
            continue
        sure.append((confidence, sum(weights)))
        paragraphs += paragraphs_of(lines)
    signs = sum(weight for _, weight in sure)
    confidence = sum(one * weight for one, weight in sure) / signs if signs else 0.0
    return Recognized(tuple(paragraphs), confidence, tuple(left_out), boxes)


def _box(row: dict[str, str]) -> Box:
    return int(row["left"]), int(row["top"]), int(row["width"]), int(row["height"])
