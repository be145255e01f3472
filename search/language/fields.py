"""Fields: which `name:` may stand in a query, and what does it mean for what follows?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from corpus.errors import QuerySyntaxError
from indexer.schema import DATE_FIELDS, TEXT_FIELDS
from search.language.lexer import Token
from search.request import CHOICES, COUNTED

EXACT = "exact"
DATE = "date"
"""Short for the date of publication."""

QUERY_FIELDS = (
    *(field.name for field in TEXT_FIELDS), EXACT, *CHOICES, DATE, *DATE_FIELDS
)  # fmt: skip

_OTHER_NAMES = {
    **{typed: field.name for field in COUNTED.values() for typed in field.mistaken},
    "body": "text",
    "headline": "title",
    "intitle": "title",
    "intext": "text",
    "when": "date",
    "year": "date",
}
_OPEN_RANGES = {"before": "..2022", "until": "..2022", "after": "2022..", "since": "2022.."}
"""Fields elsewhere that are one open side of a range here."""
_SHORT = 5  # letters from which a name may be two letters off; `re` is two off `org`


@dataclass(frozen=True, slots=True)
class FieldScope:
    """What the fields before a word or group say about it.

    Attributes:
        field: `title` or `text`; None means both.
        exact: compare surfaces.
        facet: the words are names of this facet.
        dates: the words are ranges over this date field.
    """

    field: str | None = None
    exact: bool = False
    facet: str = ""
    dates: str = ""


def is_field(name: str) -> bool:
    """May this name stand before a colon?"""
    return name.casefold() in QUERY_FIELDS


def enter_field(scope: FieldScope, token: Token) -> FieldScope:
    """What holds behind one more field.

    Raises:
        QuerySyntaxError: there is no such field, or it makes no sense inside the ones around it.
    """
    name = token.text.casefold()
    if name not in QUERY_FIELDS:
        raise QuerySyntaxError(
            f"There is no field {token.text}:", position=token.position, advice=_advice(token.text)
        )
    if name == EXACT and not (scope.facet or scope.dates):
        return replace(scope, exact=True)
    if any(name == field.name for field in TEXT_FIELDS) and scope in (
        FieldScope(),
        FieldScope(exact=True),
    ):
        return replace(scope, field=name)
    if scope != FieldScope():
        outer = scope.facet or scope.dates or scope.field or EXACT
        raise QuerySyntaxError(
            f"{name}: cannot stand inside {outer}:",
            position=token.position,
            advice=f"Write {name}: before or after, not inside",
        )
    if name in CHOICES:
        return FieldScope(facet=name)
    return FieldScope(dates=DATE_FIELDS[0] if name == DATE else name)


def _advice(name: str) -> str:
    folded = name.casefold()
    if folded in _OPEN_RANGES:
        return f"Write date:{_OPEN_RANGES[folded]} with your own year, month or day"
    known = _OTHER_NAMES.get(folded)
    if known is None:
        cutoff = 2 if len(folded) >= _SHORT else 1
        found = process.extractOne(
            folded, QUERY_FIELDS, scorer=DamerauLevenshtein.distance, score_cutoff=cutoff
        )
        known = found[0] if found else None
    quoted = f'put "{name}:…" in quotation marks if it is text'
    if known:
        return f"Did you mean {known}:? Otherwise {quoted}"
    return f"Fields are {', '.join(QUERY_FIELDS)}; {quoted}"
