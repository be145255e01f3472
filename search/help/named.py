"""Named: whom or what may the plain words of a question name, and which articles name it otherwise?

`Kharkiv` finds texts with that word. Articles that write Харьков, Charkow or خاركيف name the same
town, which the directory knows. This says so, and `names=include` asks for them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from corpus.terminal import counted
from indexer.analysis.folding import APOSTROPHES
from indexer.entities.lexicon import ordinary_words
from indexer.entities.names import polish
from indexer.entities.names.attached import ATTACHED
from indexer.entities.names.cyrillic import bases, is_cyrillic
from indexer.entities.names.known import known_as
from indexer.entities.types import Entity, EntityKind
from search.engine import MatchRequest
from search.language.query import And, Name, Not, Or, Phrase, Query, Term
from search.request import facet_of
from search.result import Named
from search.serving.open_index import OpenIndex

BEHIND_APOSTROPHE = re.compile(rf"[{re.escape(APOSTROPHES)}]\w+\Z")
"""Turkish and Polish endings behind a name: `Erdoğan'ın`."""
_LEAST = 4  # letters of a surname that another romanization may spell
_MOST_WORDS = 5  # in a name that is looked for
_MOST_NAMES = 3  # that are told of one question


@dataclass(frozen=True, slots=True)
class Run:
    """Neighboring clauses that are a name together.

    Attributes:
        by_label: the directory does not know whom it means as typed, so its label is asked for.
    """

    start: int
    end: int
    typed: str
    entities: tuple[Entity, ...]
    by_label: bool = False

    @property
    def name(self) -> Name:
        first = self.entities[0]
        return Name(str(first.kind), first.label if self.by_label else self.typed)


def with_names(parsed: Query, index: OpenIndex) -> Query:
    """The question with each name among its words asked for as a name too."""
    clauses = _clauses(parsed)
    made: list[Query] = []
    at = 0
    for run in names_among(clauses, index):
        made += clauses[at : run.start]
        made.append(Or((_together(clauses[run.start : run.end]), run.name)))
        at = run.end
    return _together((*made, *clauses[at:]))


def named(parsed: Query, asked: MatchRequest, index: OpenIndex) -> tuple[Named, ...]:
    """The names among the words of a question that more articles bear than the words find.

    Args:
        asked: what the engine was asked; its filters and dates hold for the counts.
    """
    clauses = _clauses(parsed)
    found = []
    for run in names_among(clauses, index):
        words = _together(clauses[run.start : run.end])
        otherwise = index.total(And((run.name, Not(words))), asked)
        if otherwise:
            ids = tuple(entity.entity_id for entity in run.entities)
            labels = tuple(entity.label for entity in run.entities)
            articles = index.total(run.name, asked)
            facet = facet_of(run.name.facet)
            found.append(Named(run.typed, facet, ids, labels, articles, otherwise))
    return tuple(found[:_MOST_NAMES])


def naming(one: Named) -> str:
    """`31 articles name Volodymyr Zelenskyy, 21 of them in another spelling`, or all of them."""
    who = " or ".join(one.labels[:_MOST_NAMES])
    more = " or others" if len(one.labels) > _MOST_NAMES else ""
    verb = "names" if one.articles == 1 else "name"
    others = f", {one.otherwise:,} of them"
    if one.articles == one.otherwise:
        others = "" if one.articles == 1 else ", all"
    return f"{counted(one.articles, 'article')} {verb} {who}{more}{others} in another spelling"


def _clauses(parsed: Query) -> tuple[Query, ...]:
    return parsed.clauses if isinstance(parsed, And) else (parsed,)


def _together(clauses: tuple[Query, ...]) -> Query:
    return clauses[0] if len(clauses) == 1 else And(clauses)


def names_among(clauses: tuple[Query, ...], index: OpenIndex) -> Iterator[Run]:
    """The names among plain words, the longest first from each word on; none overlaps another."""
    at = 0
    while at < len(clauses):
        words = _words(clauses[at : at + _MOST_WORDS])
        run = next(
            (
                Run(at, at + count, typed, found, by_label)
                for by_label, bearers in _WAYS
                for count in range(len(words), 0, -1)
                if (found := bearers(typed := " ".join(words[:count]), index))
            ),
            None,
        )
        if run is not None:
            yield run
        at = at + 1 if run is None else run.end


def _words(clauses: tuple[Query, ...]) -> list[str]:
    """What the first clauses say, as far as they are plain words or phrases."""
    words = []
    for clause in clauses:
        match clause:
            case Term(word, None, False):
                words.append(word)
            case Phrase(parts, None, False):
                words.append(" ".join(parts))
            case _:
                break
    return words


def _bearers(typed: str, index: OpenIndex) -> tuple[Entity, ...]:
    """Those whom a name may mean: all of one kind, that of the most mentioned."""
    surfaces = index.analyzer.surfaces(typed)
    if not surfaces or all(map(index.analyzer.is_stop_word, surfaces)):
        return ()
    entities = index.directory.resolve(typed)
    return tuple(entity for entity in entities if entity.kind is entities[0].kind)


def _declined(typed: str, index: OpenIndex) -> tuple[Entity, ...]:
    """The most mentioned of those whom one word means in a case, or before an ending."""
    if not _is_name_of_one_word(typed, index):
        return ()
    names = (one for one in _undeclined(typed) if one != typed)
    return _most_mentioned(index.directory.resolve(name) for name in names)


def _bare(typed: str, index: OpenIndex) -> tuple[Entity, ...]:
    """The most mentioned of those whom a name means without the preposition that Arabic and Hebrew
    write together with it.
    """
    found = ATTACHED.match(typed)
    if found is None:
        return ()
    name = typed[found.end() :]
    if found.group().endswith("ل") and name.startswith("ل"):  # with the article: للحديدة
        name = f"ال{name[1:]}"
    return _most_mentioned(map(index.directory.resolve, (name, *sorted(known_as(name)))))


def _respelled(typed: str, index: OpenIndex) -> tuple[Entity, ...]:
    """The most mentioned of those whose surname another romanization spells so, or Polish has so in
    a case; where no article has the word, as nearly every word spells some surname.
    """
    if not _is_name_of_one_word(typed, index):
        return ()
    (surface,) = index.analyzer.surfaces(typed)
    names = _undeclined(typed)
    if len(surface) < _LEAST or index.engine.expand(Term(surface, exact=True)):
        return ()
    if names[0] == typed and index.engine.forms(typed):
        return ()
    resolve = index.directory.resolve
    persons = (resolve(name, kind=EntityKind.PERSON) for name in names)
    return _most_mentioned(chain(persons, map(resolve, _in_polish(names[0]))))


def _is_name_of_one_word(typed: str, index: OpenIndex) -> bool:
    return not typed[:1].islower() and len(index.analyzer.surfaces(typed)) == 1


def _undeclined(word: str) -> tuple[str, ...]:
    """A word without what is behind its apostrophe, and what that may be a case of."""
    bare = BEHIND_APOSTROPHE.sub("", word)
    return tuple(dict.fromkeys((bare, *bases(bare))))


def _most_mentioned(answers: Iterable[Sequence[Entity]]) -> tuple[Entity, ...]:
    """Of the first name that means anybody."""
    return next((tuple(found[:1]) for found in answers if found), ())


def _in_polish(word: str) -> Iterator[str]:
    """What a name in Latin letters may be a Polish case of: *Soleimaniego*, *Mladiciem*."""
    if not is_cyrillic(word):
        both = (*polish.bases(word), *polish.bases(word, is_place=True))
        yield from (one for one in dict.fromkeys(both) if one != word)


def _known(typed: str, index: OpenIndex) -> tuple[Entity, ...]:
    """The most mentioned of those whom our lists call so: in another language, or by a surname."""
    if typed[0].islower() or typed in ordinary_words("en"):
        return ()
    resolve = index.directory.resolve
    found = [one for label in known_as(typed) for one in resolve(label)]
    return tuple(sorted(found, key=lambda one: (-one.articles, one.entity_id))[:1])


_WAYS = (
    (False, _bearers),
    (True, _known),
    (True, _declined),
    (True, _bare),
    (True, _respelled),
)
"""How the bearers of a name are sought, one way after the other, and whether by label alone."""
