"""Terms: which other words of war reporting say nearly the same as one of a question?

A short list (`terms.txt`) offers them; a reader who wants one of them takes it. Nothing is looked
for that was not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from indexer.analysis import analyzer
from search.engine import MatchRequest
from search.language.query import And, Or, Phrase, Query, Term
from search.language.render import render
from search.result import Also
from search.serving.open_index import OpenIndex

_MOST_WORDS = 3  # in a term
_MOST_TERMS = 6  # that are offered for one question

_Stems = tuple[str, ...]
_Rebuild = Callable[[Query], Query]
"""The whole question with something else in one place of it."""


def also(parsed: Query, asked: MatchRequest, index: OpenIndex) -> tuple[Also, ...]:
    """What reports also say for words of a question, as far as articles do.

    Args:
        asked: what the engine was asked; its filters and dates hold for the counts.
    """
    if not any(_begins_one(word) for word in _all_words(parsed)):
        return ()
    found: list[Also] = []
    places = list(_places(parsed, lambda query: query))
    said = {stems for _, _, stems, _ in places}
    for clause, typed, stems, rebuild in places:
        for term in _groups().get(stems, ()):
            offered = _query(term)
            if stems_of(term) in said or any(one.term == term for one in found):
                continue
            if articles := index.total(offered, asked):
                both = render(rebuild(Or((clause, offered))))
                found.append(Also(typed, term, articles, both))
    return tuple(found[:_MOST_TERMS])


def _all_words(query: Query) -> Iterator[str]:
    match query:
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _all_words(clause)
        case Term(word, None, False):
            yield word
        case Phrase(words, None, False):
            yield from words


@lru_cache(maxsize=1 << 12)  # words of questions: most have none, and are told at once
def _begins_one(word: str) -> bool:
    return stems_of(word)[:1] in _beginnings()


@cache
def _beginnings() -> frozenset[_Stems]:
    return frozenset(stems[:1] for stems in _groups())


def _places(query: Query, rebuild: _Rebuild) -> Iterator[tuple[Query, str, _Stems, _Rebuild]]:
    """Every word and every row of words that may be a term, and how to put another beside it."""
    match query:
        case And(clauses):
            at = 0
            while at < len(clauses):
                run = next(
                    (
                        clauses[at : at + count]
                        for count in range(_MOST_WORDS, 1, -1)
                        if stems_of(_words(clauses[at : at + count])) in _groups()
                    ),
                    clauses[at : at + 1],
                )
                whole = run[0] if len(run) == 1 else And(run)
                yield from _places_in(whole, run, _placed(clauses, at, len(run), rebuild))
                at += len(run)
        case Or(clauses):
            for at, clause in enumerate(clauses):
                yield from _places(clause, _within(clauses, at, rebuild))
        case _:
            yield from _places_in(query, (query,), rebuild)


def _places_in(
    whole: Query, run: tuple[Query, ...], rebuild: _Rebuild
) -> Iterator[tuple[Query, str, _Stems, _Rebuild]]:
    if isinstance(whole, Or):
        yield from _places(whole, rebuild)
    elif words := _words(run):
        yield whole, words, stems_of(words), rebuild


def _placed(clauses: tuple[Query, ...], at: int, count: int, rebuild: _Rebuild) -> _Rebuild:
    def build(other: Query) -> Query:
        return rebuild(And((*clauses[:at], other, *clauses[at + count :])))

    return build


def _within(clauses: tuple[Query, ...], at: int, rebuild: _Rebuild) -> _Rebuild:
    def build(other: Query) -> Query:
        own = other.clauses if isinstance(other, Or) else (other,)
        return rebuild(Or((*clauses[:at], *own, *clauses[at + 1 :])))

    return build


def _words(run: tuple[Query, ...]) -> str:
    """What plain words say together; empty where one of them is something else."""
    words: list[str] = []
    for clause in run:
        match clause:
            case Term(word, None, False):
                words.append(word)
            case Phrase(parts, None, False) if len(run) == 1:
                words += parts
            case _:
                return ""
    return " ".join(words)


def _query(term: str) -> Query:
    words = tuple(term.split())
    return Term(term) if len(words) == 1 else Phrase(words)


def stems_of(words: str) -> _Stems:
    """The stems of a row of words, by which lists of terms and translations know it."""
    return tuple(token.stem for token in analyzer().tokens(words))


@cache
def _groups() -> Mapping[_Stems, tuple[str, ...]]:
    """By the stems of a term, the others of its groups."""
    found: dict[_Stems, dict[str, None]] = {}
    text = files(__package__).joinpath("terms.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            terms = [term.strip() for term in line.replace("|", ",").split(",") if term.strip()]
            for term in terms:
                others = found.setdefault(stems_of(term), {})
                others.update(dict.fromkeys(one for one in terms if one != term))
    return {stems: tuple(others) for stems, others in found.items()}
