"""Parser: what does a query text ask? Text to tree, by recursive descent over the tokens of
`lexer`.

The grammar, loosest first (`docs/query-language.md` tells it for people)::

    any   = all (OR all)*
    all   = one (AND? one)*
    one   = (NOT | -) one | FIELD* atom
    atom  = ( any ) | "quoted" | "quoted"~N | word | word* | word~N | *

Nothing here knows the index: words stay as typed, names stay names. `search.language.render` is
the way back, and `parse(render(tree)) == tree`.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import QuerySyntaxError, QueryTooComplex
from search.language.atoms import refuse_spaced_range, refuse_wildcards, single_word, typed_date
from search.language.fields import FieldScope, enter_field
from search.language.lexer import Token, TokenKind, tokens
from search.language.query import And, Everything, Name, Near, Not, Or, Phrase, Query

MAX_LENGTH = 2_000
MAX_CLAUSES = 64
MAX_DEPTH = 20
MAX_NEAR = 100

_OPERATORS = (TokenKind.AND, TokenKind.OR)
_PLAIN = FieldScope()


def parse(text: str) -> Query:
    """Reads a query text.

    Args:
        text: anything; empty asks for everything.

    Raises:
        QuerySyntaxError: it cannot be read; carries the position and an advice.
        QueryTooComplex: longer, wider or deeper than `MAX_LENGTH`, `MAX_CLAUSES`, `MAX_DEPTH`.
    """
    if len(text) > MAX_LENGTH:
        raise QueryTooComplex(
            f"The query has {len(text):,} characters, the limit is {MAX_LENGTH:,}",
            where="q",
            advice="Ask in several queries, or filter by facets instead",
        )
    return _Parser(list(tokens(text))).everything()


@dataclass(slots=True)
class _Parser:
    pieces: list[Token]
    at: int = 0
    clauses: int = 0
    depth: int = 0

    def look(self) -> Token:
        """The token that is read next."""
        return self.pieces[self.at]

    def everything(self) -> Query:
        if self.look().kind is TokenKind.END:
            return Everything()
        query = self.any_of(_PLAIN)
        if self.look().kind is TokenKind.SHUT:
            raise QuerySyntaxError(
                "This closing parenthesis has no opening one",
                position=self.look().position,
                advice="Take it away, or open a parenthesis before it",
            )
        return query

    def any_of(self, scope: FieldScope) -> Query:
        clauses = [self.all_of(scope)]
        while self.look().kind is TokenKind.OR:
            self.at += 1
            clauses.append(self.all_of(scope))
        return clauses[0] if len(clauses) == 1 else Or(_flat(clauses, Or))

    def all_of(self, scope: FieldScope) -> Query:
        clauses = [self.one(scope)]
        while self.look().kind not in (TokenKind.END, TokenKind.OR, TokenKind.SHUT):
            if self.look().kind is TokenKind.AND:
                self.at += 1
            clauses.append(self.one(scope))
        return clauses[0] if len(clauses) == 1 else And(_flat(clauses, And))

    def one(self, scope: FieldScope) -> Query:
        if self.look().kind is TokenKind.NOT:
            operator = self.look()
            self.at += 1
            if self.look().kind in (TokenKind.END, TokenKind.SHUT):
                raise _misplaced(operator)
            self.descend()
            clause = Not(self.one(scope))
            self.depth -= 1
            return clause
        while self.look().kind is TokenKind.FIELD:
            field = self.look()
            self.at += 1
            scope = enter_field(scope, field)
            if self.look().kind not in (TokenKind.FIELD, *_ATOMS):
                raise QuerySyntaxError(
                    f"Nothing to look for follows {field.text}:",
                    position=field.position,
                    advice=f'Write a word, a "phrase" or a (group) directly after {field.text}:',
                )
        return self.atom(scope)

    def atom(self, scope: FieldScope) -> Query:
        token = self.look()
        if token.kind not in _ATOMS:
            raise _misplaced(self.pieces[self.at - 1] if self._dangling() else token)
        self.at += 1
        if token.kind is TokenKind.OPEN:
            return self.group(token, scope)
        self.clauses += 1
        if self.clauses > MAX_CLAUSES:
            raise QueryTooComplex(
                f"The query has more than {MAX_CLAUSES} words, phrases and names",
                where="q",
                advice="Ask in several queries, or put words that belong together in a phrase",
            )
        leaf = _leaf(token, scope)
        if scope.dates:
            refuse_spaced_range(token, self.pieces[self.at :], scope)
        return leaf

    def _dangling(self) -> bool:
        """Does an operator before the end, or before `)`, lack its right side?"""
        return (
            self.at > 0
            and self.look().kind in (TokenKind.END, TokenKind.SHUT)
            and self.pieces[self.at - 1].kind in _OPERATORS
        )

    def group(self, opening: Token, scope: FieldScope) -> Query:
        if self.look().kind is TokenKind.SHUT:
            raise QuerySyntaxError(
                "These parentheses are empty",
                position=opening.position,
                advice="Put a word in, or take them away",
            )
        self.descend()
        query = self.any_of(scope) if self.look().kind is not TokenKind.END else None
        if query is None or self.look().kind is not TokenKind.SHUT:
            raise QuerySyntaxError(
                "This parenthesis is never closed",
                position=opening.position,
                advice="Put a ) where the group ends, or take this one away",
            )
        self.at += 1
        self.depth -= 1
        return query

    def descend(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryTooComplex(
                f"The query nests parentheses and NOT more than {MAX_DEPTH} deep",
                where="q",
                advice="Take away parentheses that are not needed",
            )


_ATOMS = (TokenKind.OPEN, TokenKind.QUOTED, TokenKind.WORD)


def _flat(clauses: list[Query], kind: type[And] | type[Or]) -> tuple[Query, ...]:
    """Clauses of a clause of the same kind are clauses: `a (b c)` asks what `a b c` asks."""
    flat: list[Query] = []
    for clause in clauses:
        if isinstance(clause, And | Or) and isinstance(clause, kind):
            flat.extend(clause.clauses)
        else:
            flat.append(clause)
    return tuple(flat)


def _misplaced(operator: Token) -> QuerySyntaxError:
    if operator.kind is TokenKind.NOT:
        what = "Nothing follows this NOT" if operator.text == "NOT" else "Nothing follows this -"
        return QuerySyntaxError(
            what,
            position=operator.position,
            advice="Write what is to be excluded after it",
        )
    return QuerySyntaxError(
        f"{operator.text} stands between two words or groups",
        position=operator.position,
        advice="Write something on both sides of it; in small letters it is a word like any other",
    )


def _leaf(token: Token, scope: FieldScope) -> Query:
    if scope.dates:
        return typed_date(token, scope)
    if scope.facet:
        return _name(token, scope)
    if token.kind is TokenKind.WORD:
        return Everything() if token.text == "*" else single_word(token, scope)
    words = tuple(token.text.split())
    if not words:
        raise QuerySyntaxError(
            "This phrase is empty",
            position=token.position,
            advice="Put a word between the quotation marks, or take them away",
        )
    refuse_wildcards(token)
    if token.near is not None:
        return Near(words, _distance(token), field=scope.field, exact=scope.exact)
    return Phrase(words, field=scope.field, exact=scope.exact)


def _distance(token: Token) -> int:
    digits = token.near or ""
    if not digits or len(digits) > 3 or int(digits) > MAX_NEAR:
        raise QuerySyntaxError(
            f"~ after a phrase needs a number of words from 0 to {MAX_NEAR}",
            position=token.end - len(digits) - 1,
            advice='Write "troops border"~5 for at most five other words between them',
        )
    return int(digits)


def _name(token: Token, scope: FieldScope) -> Name:
    text = " ".join(token.text.split())
    if not text:
        raise QuerySyntaxError(
            "This name is empty",
            position=token.position,
            advice=f'Put a name between the quotation marks of {scope.facet}:""',
        )
    if token.near is not None or (token.kind is TokenKind.WORD and text.endswith("*")):
        raise QuerySyntaxError(
            f"* and ~ do not work in {scope.facet}:",
            position=token.position,
            advice="Write the whole name in any spelling, or look for it as a word",
        )
    return Name(scope.facet, text)
