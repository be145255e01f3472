"""Lexer: what are the pieces of a query text? Characters to tokens, each with its position.

Every text can be cut into pieces, but for quotation marks that are never closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from corpus.errors import QuerySyntaxError
from indexer.analysis.folding import HEBREW

QUOTES = '"“”„‟″«»'
"""All taken for a straight quotation mark: people paste from word processors."""

_DIRECTIONS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNREAD = re.compile(
    rf"[\u00ad\u200b\u2060\ufeff] | (?<!\w)[{_DIRECTIONS}]+ | [{_DIRECTIONS}]+(?!\w)", re.VERBOSE
)
"""What is pasted with words and is no part of them: soft hyphens and the like, which intake takes
out of texts, and marks of direction around words. Inside one such a mark parts it, as in texts.
"""

_WITHIN = rf"(?<=[{HEBREW}])[{QUOTES}](?=[{HEBREW}])"
"""The gershayim of a Hebrew acronym, mostly typed as a quotation mark: part of the word."""

_PIECES = re.compile(
    rf"""
      (?P<space>   \s+ )
    | (?P<quoted>  [{QUOTES}] (?P<content>(?:[^{QUOTES}]|{_WITHIN})*) (?P<close>[{QUOTES}])? )
    | (?P<open>    \( )
    | (?P<shut>    \) )
    | (?P<minus>   -(?=[^\s\-)]) )
    | (?P<field>   [^\W\d]+ : (?=[^\s)]) )
    | (?P<word>    (?:[^\s(){QUOTES}]|{_WITHIN})+ )
    """,
    re.VERBOSE,
)
_KEYWORD = re.compile(rf"(AND|OR|NOT)(?![^\s(){QUOTES}])")
_NEAR = re.compile(r"~(\d*)(?![^\s()])")


class TokenKind(Enum):
    WORD = auto()
    QUOTED = auto()
    FIELD = auto()
    OPEN = auto()
    SHUT = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    END = auto()


class Token(NamedTuple):
    """One piece.

    Attributes:
        text: the word; what stands between quotation marks; the name of a field without its colon.
        position: where it begins in the query text.
        end: where it ends.
        near: what stands behind `~` directly after a quotation: digits, or empty; None without.
    """

    kind: TokenKind
    text: str
    position: int
    end: int
    near: str | None = None


_KINDS = {
    "open": TokenKind.OPEN,
    "shut": TokenKind.SHUT,
    "minus": TokenKind.NOT,
    "word": TokenKind.WORD,
}


def tokens(text: str) -> Iterator[Token]:
    """Cuts a query text into tokens; the last one is always `END`.

    `AND`, `OR` and `NOT` in capitals are operators when they stand alone; a `-` directly before a
    word is `NOT`; `name:` is a field when something follows it directly.

    Raises:
        QuerySyntaxError: a quotation mark is never closed, or has a `*` behind it.
    """
    unread = {place for found in _UNREAD.finditer(text) for place in range(*found.span())}
    if not unread:
        yield from _cut(text)
        return
    places = [place for place in range(len(text) + 1) if place not in unread]
    try:
        for token in _cut("".join([text[place] for place in places[:-1]])):
            yield token._replace(position=places[token.position], end=places[token.end])
    except QuerySyntaxError as error:
        raise QuerySyntaxError(
            error.what, position=places[error.position], advice=error.advice
        ) from None


def _cut(text: str) -> Iterator[Token]:
    """The tokens of a text in which every character can be seen."""
    at = 0
    while at < len(text):
        keyword = _KEYWORD.match(text, at)
        if keyword is not None:
            yield Token(TokenKind[keyword[1]], keyword[1], at, keyword.end())
            at = keyword.end()
            continue
        piece = _PIECES.match(text, at)
        assert piece is not None, "the pieces cover every character"
        at = piece.end()
        kind = piece.lastgroup
        if kind == "quoted":
            token = _quoted(text, piece)
            at = token.end
            yield token
        elif kind == "field":
            yield Token(TokenKind.FIELD, piece[0][:-1], piece.start(), at)
        elif kind != "space":
            yield Token(_KINDS[kind or "word"], piece[0], piece.start(), at)
    yield Token(TokenKind.END, "", len(text), len(text))


def _quoted(text: str, piece: re.Match[str]) -> Token:
    if piece["close"] is None:
        raise QuerySyntaxError(
            "This quotation mark is never closed",
            position=piece.start(),
            advice='Put a " where the phrase ends, or take this one away',
        )
    if text.startswith("*", piece.end()):
        raise QuerySyntaxError(
            "A * belongs to a word, not to a phrase",
            position=piece.end(),
            advice="Take the * away, or look for the word alone: mobili*",
        )
    near = _NEAR.match(text, piece.end())
    return Token(
        TokenKind.QUOTED,
        piece["content"],
        piece.start(),
        near.end() if near else piece.end(),
        near[1] if near else None,
    )
