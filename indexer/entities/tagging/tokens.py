"""Tokens: where are the words and sentences in which names are sought?

Finer than the words that are searched for: hyphens, possessives and brackets are tokens of their
own, so that `U.S.-led`, `Putin's` and `(IAEA)` show the names inside them. And some texts are
printed in tokens already: `U . S .`, `Kenya ’ s` and `D ’ Silva` are one token each, without the
blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

Token: TypeAlias = tuple[int, int, str]
"""(start, end, the token as written, without blanks)."""

_ABBREVIATIONS = """
    Mr Mrs Ms Dr St Gen Lt Col Maj Capt Sgt Cpl Brig Adm Cmdr Gov Sen Rep Prof Rev Hon Jr Sr Pvt
    Supt Insp Messrs Mme No Inc Corp Ltd Co vs Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec
    """.split()

_TOKEN = re.compile(
    r"\b[A-Z](?: \. [A-Z])+ \.(?!\S)"  # printed apart: U . S .
    r"|(?<= )['’] [sS]\b(?!['’.])"
    r"|\b[DLNO] ['’] [A-Z]\w+"
    r"|[^\W\d_](?:\.[^\W\d_])+\.?"  # U.S., J.F.
    rf"|\b(?:{'|'.join(_ABBREVIATIONS)})\."
    r"|\b[A-Z]\.(?=\s)"  # the initial in a name
    r"|['’][sS]\b"
    r"|\d+(?:[.,:]\d+)*"
    r"|[^\W_]+(?:['’](?![sS]\b)[^\W_]+)*"
    r"|[^\w\s]"
)
_SENTENCE_END = frozenset(".!?")
_CLOSING = frozenset("\"'”’)]»")
_INITIALS = frozenset("ABCDEFGHJKLMNOPQRSTUVWXYZ")  # Kathryn E . Stoner; `I` ends sentences


def sentences(text: str) -> Iterator[list[Token]]:
    """The tokens of `text`, sentence by sentence; no sentence reaches over a line break."""
    sentence: list[Token] = []
    previous_end = 0
    previous = ""
    ended = False
    for match in _TOKEN.finditer(text):
        word = match.group().replace(" ", "")
        start = match.start()
        broken = start > previous_end + 1 and "\n" in text[previous_end:start]
        broken = broken or text[previous_end:start] == "\n"
        if sentence and (broken or (ended and word not in _CLOSING)):
            yield sentence
            sentence = []
            ended = False
        initial = word == "." and previous in _INITIALS and start > previous_end
        sentence.append((start, match.end(), word))
        previous = word
        ended = (word in _SENTENCE_END and not initial) or (ended and word in _CLOSING)
        previous_end = match.end()
    if sentence:
        yield sentence
