"""What is written otherwise elsewhere? Signs of other search engines that would be taken for text.

`!Israel` would find Israel, and `Gaza w/5 Israel` nothing: the opposite of what was meant, without
a word. What cannot be a word of an article is refused here, with what to write instead.
"""

from __future__ import annotations

import re

from corpus.errors import QuerySyntaxError
from search.lexer import Token

_NEAR = 'Write both words as a phrase with a distance: "troops border"~5'
_FOREIGN: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"!(?P<rest>\w.*)"), "A ! leaves nothing out", "Write -{rest} or NOT {rest}"),
    (re.compile(r"\|\|"), "There is no operator ||", "Write OR between two words or groups"),
    (
        re.compile(r"(?P<rest>[^\W\d_]+)\?[^\W\d_]+"),
        "A ? inside a word stands for no letter",
        "Write {rest}* for every word that begins so, or the words themselves: (one OR other)",
    ),
    (
        re.compile(r"(near|within|w|n|pre|adj)/\d+", re.IGNORECASE),
        "There is no operator {all}",
        _NEAR,
    ),
    (
        re.compile(r"(?P<rest>\w+)\^\d+(\.\d+)?"),
        "A word has no weight of its own",
        "Write {rest} alone; what stands often and crowded together ranks first",
    ),
)
_SIGNS = frozenset("!|?/^")  # one of them is in each


def refuse_foreign(token: Token) -> None:
    """Refuses a word that another search engine would take for an instruction.

    Raises:
        QuerySyntaxError: with what to write instead.
    """
    if _SIGNS.isdisjoint(token.text):
        return
    for pattern, what, advice in _FOREIGN:
        found = pattern.fullmatch(token.text)
        if found is not None:
            told = {"all": token.text, **found.groupdict()}
            raise QuerySyntaxError(
                what.format_map(told), position=token.position, advice=advice.format_map(told)
            )
