"""Items: which values does a long JSON text hold, one after the other, and what of it is broken?

Read through a window, so that an export of any length takes the memory of its longest item.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from corpus.errors import InputError, InvalidRecord, UnsafeInput
from corpus.readers.records import Record
from corpus.readers.source import MAX_DOCUMENT, some_of

_AT_ONCE = 1 << 18
_GAP = re.compile(r"[\s,\0\ufeff]*")
_NEXT = re.compile(r"(?<=[}\]])\s{0,200},?\s{0,200}(?=\{)|\n[ \t]{0,200}(?=\{)")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LONGEST_LEAD = 500
_LONGEST_WORD = 12  # of JSON: a number or `false` may be cut at the end of the window
_decoder = json.JSONDecoder()


def items(
    stream: BinaryIO,
    *,
    where: str,
    opening: re.Pattern[str] | None = None,
    several: bool = False,
) -> Iterator[Record]:
    """The items of a JSON list, or values that follow each other; a broken one costs itself.

    Args:
        stream: at its beginning, in UTF-8, or UTF-16 with its mark.
        where: what the locators of errors begin with.
        opening: what stands before the first item; None for values without a list around them.
        several: other such lists may follow the first, as where files were put together.
    """
    window = _Window(stream)
    if opening is None or window.skip_past(opening) is not None:
        given = yield from _items(window, where, in_list=opening is not None)
        while several and window.is_at_list():
            given = yield from _items(window, where, in_list=True, before=given)


def lists(
    stream: BinaryIO, *, where: str, opening: re.Pattern[str]
) -> Iterator[tuple[str, Iterator[Record]]]:
    """Every list that `opening` begins: what stands before it, as far as it is near, and its items.

    The items of one list are to be taken before the next list.
    """
    window = _Window(stream)
    number = 0

    def counted() -> Iterator[Record]:
        nonlocal number
        for record in _items(window, where, in_list=True):
            number += 1
            yield replace(record, number=number, where=f"{where}!{number}")

    while (before := window.skip_past(opening)) is not None:
        yield before, counted()


def _items(
    window: _Window, where: str, *, in_list: bool, before: int = 0
) -> Generator[Record, None, int]:
    number = before
    value: Any = None
    while not window.at_end(in_list=in_list):
        number += 1
        place = f"{where}!{number}"
        start = window.position
        value = window.value(place)
        if isinstance(value, InputError):
            yield Record(number, value, where=place)
            window.go_on()
            continue
        content = window.text[start : window.position]
        try:
            yield Record(number, value, content.encode("utf-8"), where=place)
        except UnicodeEncodeError:
            advice = "Convert the file to UTF-8"
            yield Record(number, InvalidRecord("not UTF-8", where=place, advice=advice))
    if in_list and window.is_read and not isinstance(value, InputError):
        place = f"{where}!{number + 1}"
        error = InvalidRecord("the list has no end: the file was cut off", where=place)
        yield Record(number + 1, error, where=place)
    return number


class _Window:
    """The part of a text that is looked at."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self._begun = self._ended = False
        self._lead = ""  # white space before the items of a list that is written over lines
        self.text = ""
        self.position = 0

    def skip_past(self, opening: re.Pattern[str]) -> str | None:
        """Goes behind the next match, and gives what stands before it; None where there is none."""
        while not (found := opening.search(self.text, self.position)):
            kept = max(len(self.text) - _AT_ONCE, self.position)
            self.text, self.position = self.text[kept:], 0
            if not self._more():
                return None
        before, self.position = self.text[: found.start()], found.end()
        return before

    def at_end(self, *, in_list: bool) -> bool:
        """Whether no item follows. Goes to its beginning, and drops what is behind."""
        self.text, self.position = self.text[self.position :], 0
        while True:
            gap = _GAP.match(self.text)
            end = gap.end() if gap else 0
            if end < len(self.text) or not self._more():
                break
        lead = self.text[:end].rpartition("\n")
        if lead[1] and not self._lead and in_list:
            self._lead = f"\n{lead[2]}"
        self.position = end
        return end >= len(self.text) or (in_list and self.text[end] == "]")

    def is_at_list(self) -> bool:
        """Whether another list follows the one that ends here. Goes into it."""
        if self.text[self.position : self.position + 1] != "]":
            return False
        self.position += 1
        if self.at_end(in_list=False) or self.text[self.position] != "[":
            return False
        self.position += 1
        self._lead = ""
        return True

    @property
    def is_read(self) -> bool:
        """Whether nothing is left of it."""
        return self.position >= len(self.text) and not self._more()

    def value(self, where: str) -> Any | InputError:
        """The value that begins here, behind which the window goes, or what is wrong with it."""
        wanted = _AT_ONCE
        while True:
            try:
                value, end = _decoder.raw_decode(self.text, self.position)
            except json.JSONDecodeError as error:
                if not self._may_be_cut(error):
                    return InvalidRecord(f"not JSON: {self._said(error)}", where=where)
                if self._ended:
                    return InvalidRecord("not JSON: the file ends within it", where=where)
            except RecursionError:
                return InvalidRecord("the record is nested too deeply", where=where)
            else:
                if end < len(self.text) or self._ended:
                    self.position = end
                    return value
            if len(self.text) - self.position > MAX_DOCUMENT:
                return UnsafeInput(
                    f"the record is longer than {MAX_DOCUMENT >> 20} MB", where=where
                )
            wanted *= 2  # a value of any length is tried few times
            while len(self.text) - self.position < wanted and self._more():
                pass

    def go_on(self) -> None:
        """Goes to where the next item seems to begin."""
        start = re.compile(re.escape(self._lead) + r"(?=\{)") if self._lead else _NEXT
        at = self.position + 1
        while not (found := start.search(self.text, at)):
            kept = max(len(self.text) - _LONGEST_LEAD, at)
            self.text, at = self.text[kept:], 0
            if not self._more():
                self.position = len(self.text)
                return
        self.position = found.end()

    def _said(self, error: json.JSONDecodeError) -> str:
        """What is wrong, and where in the value: lines are those of the window, and say nothing."""
        return f"{error.msg.removesuffix(' at')} at character {error.pos - self.position + 1} of it"

    def _may_be_cut(self, error: json.JSONDecodeError) -> bool:
        """Whether what follows the window may make it right."""
        near_end = error.pos >= len(self.text) - _LONGEST_WORD
        return near_end or error.msg.startswith("Unterminated string")

    def _more(self) -> bool:
        """Takes more into the window; whether there was more."""
        if self._ended:
            return False
        content = some_of(self._stream, _AT_ONCE)
        self._ended = not content
        if content.startswith(_UTF_16) and not self._begun:
            self._decode = codecs.getincrementaldecoder("utf-16")("replace").decode
        self._begun = True
        self.text += self._decode(content, self._ended)
        return not self._ended
