"""Lists: which articles of each other language report what a question asks?

A name among the words is asked for as a name, in any spelling; each other word as its translations,
which count as one word, as forms do. An article needs one of the words and stands before
others the more it has; names, dates and filters hold for all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.analysis.folding import fold
from indexer.entities import lexicon
from search.analyses import related
from search.engine import MatchRequest, one_analysis
from search.help.named import Run, names_among
from search.help.translation import listed
from search.help.translation.akin import akin
from search.help.translation.asked import may_be_asked_in
from search.help.translation.listed import ENGLISH
from search.help.translation.translator import SISTERS, Translator
from search.language.query import (
    And,
    Everything,
    Keyword,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Term,
    scores,
)
from search.language.resolve import Resolved
from search.request import SearchRequest, Sort
from search.result import Hit, Related
from search.service import as_match, hits, read
from search.serving.open_index import OpenIndex

_UNKNOWN = "und"
_SAY_NOTHING = {
    "ar": frozenset("عند عبر نحو حول ضد دون خلال منذ وسط بدون أمام خلف ثم أيضا لدى سوف".split()),
    "de": frozenset("das dem den der die vom von zu zum zur".split()),
    "es": frozenset("el las lo los".split()),
    "fa": frozenset(
        map(
            fold,
            (
                "از به در با برای که این آن را و یا بر تا هر بی روی زیر پس پیش است شد شده بود"
                " نیز هم هنگام میان بدون علیه کنار ضد پشت درباره خود می های یک"
            ).split(),
        )
    ),
    "fr": frozenset(["un"]),
    "he": frozenset(
        "של על את עם אל מן לא הוא היא הם הן זה זו אלה אשר כי אם או גם כל בין לפני אחרי תחת ללא"
        " בלי ליד מתחת מעל מול נגד אצל תוך בתוך כדי אך אבל רק עוד כמו בזמן במהלך"
        " בגלל היה הייתה היו".split()
    ),
    "pl": frozenset(["się"]),
}
"""What the words of a language that say nothing alone leave out, as it begins names; all of them of
languages for which none are listed there. Folded.
"""
_NONE: frozenset[str] = frozenset()
_NOUNS_HAVE_CAPITALS = frozenset(["de"])
_CAPITALS_TELL = frozenset(["tr"])  # there is no dictionary that tells its words from names
_MOST_WORDS = 3  # of a row that dictionaries have
_MOST_OPTIONS = 8  # of a word


@dataclass(frozen=True, slots=True)
class Option:
    """One translation of a word.

    Attributes:
        articles: how many in its language have it.
        used: was it looked for?
    """

    text: str
    articles: int
    used: bool


@dataclass(frozen=True, slots=True)
class Translated:
    """A word of the question, or a row of them, and what it was looked for as."""

    typed: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class LanguageList:
    """What was found in one language.

    Attributes:
        words: of the question, each with its translations that articles have, or, where no article
            has one, with those that are known.
        unknown: those that nobody translates; they were left out, or looked for as they are.
        names: what was asked for as a name.
        total: how many articles have a word.
        related: others that are about the same as far as vectors tell, where the collection has
            them; apart, as no word says why.
    """

    language: str
    words: tuple[Translated, ...]
    unknown: tuple[str, ...]
    names: tuple[str, ...]
    hits: tuple[Hit, ...]
    total: int
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """What was found, one list a language.

    Attributes:
        asked_in: the code of the language that the question was read in.
        or_in: others that it may be in, the likeliest first.
    """

    asked_in: str
    or_in: tuple[str, ...]
    lists: tuple[LanguageList, ...]


@one_analysis()
def lists(
    request: SearchRequest,
    index: OpenIndex,
    translator: Translator,
    left_out: Collection[str] = (),
    asked_in: str = "",
) -> Lists:
    """One list for each other language of the collection, by its code.

    Args:
        left_out: translations that the reader switched off, as `ru:удар`.
        asked_in: the language of the question; its words tell where this is empty.

    Raises:
        QuerySyntaxError, QueryTooComplex, InvalidParameter: as a search.
    """
    parsed = read(replace(request, names=False), index)
    bare = replace(request, text="", cursor="", facets=(), histogram=None)
    asked = as_match(bare, index)
    told = may_be_asked_in(parsed)
    source = asked_in or told[0]
    spoken = sorted(index.containing("language", "") - {source, _UNKNOWN})
    clauses = parsed.clauses if isinstance(parsed, And) else (parsed,)
    names = {run.start: run for run in names_among(clauses, index)}
    readers = (
        _Reader(source, language, index, translator, names, frozenset(left_out))
        for language in spoken
    )
    read_in = tuple(_list(reader, clauses, asked, request) for reader in readers)
    found = tuple(one for one, _ in read_in)
    if request.related and len(index.vectors) and not related.why_none(index):
        meaning = related.Meaning(parsed, index)
        found = tuple(
            replace(
                one,
                related=meaning.related(
                    held, asked, one.hits, wanted=request.related, language=one.language
                ),
            )
            for one, held in read_in
        )
    return Lists(source, tuple(one for one in told if one != source), found)


def _list(
    reader: _Reader, clauses: tuple[Query, ...], asked: MatchRequest, request: SearchRequest
) -> tuple[LanguageList, Query]:
    """What is found in one language; what must hold there for whatever is shown."""
    worded, others = reader.read(clauses)
    held = And((reader.own, asked.query, *others))
    index = reader.index
    if not worded and all(isinstance(one, Not) for one in others):
        return reader.told((), 0), held
    query = And((*([Or(worded)] if worded else []), *others))
    resolved = Resolved(query, frozenset(reader.surfaces), reader.typed)
    found = index.engine.match(
        replace(
            asked,
            query=And((query, held)),
            sort=Sort.RELEVANCE if scores(query) else Sort.NEWEST,
            collapse=request.collapse,
            limit=request.limit,
        )
    )
    return reader.told(hits(found, resolved, request, index), found.total), held


@dataclass(slots=True)
class _Reader:
    """Reads a question as one of another language.

    Attributes:
        source: the language that it is in.
        names_among: by the number of the clause where it begins, what may be a name.
    """

    source: str
    language: str
    index: OpenIndex
    translator: Translator
    names_among: Mapping[int, Run]
    left_out: frozenset[str]
    words: dict[str, Translated] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    typed: dict[Query, Query] = field(default_factory=dict)
    surfaces: set[str] = field(default_factory=set)

    @property
    def own(self) -> Keyword:
        return Keyword("language", frozenset([self.language]))

    def told(self, found: tuple[Hit, ...], total: int) -> LanguageList:
        words, unknown, names = self.words.values(), tuple(self.unknown), tuple(self.names)
        return LanguageList(self.language, tuple(words), unknown, names, found, total)

    def read(self, clauses: tuple[Query, ...]) -> tuple[tuple[Query, ...], tuple[Query, ...]]:
        """The words of the question, of which one is enough, and all else, which must hold."""
        read = list(self.parts(clauses))
        return (
            tuple(one for one in read if scores(one)),
            tuple(one for one in read if not scores(one)),
        )

    def parts(self, clauses: tuple[Query, ...]) -> Iterator[Query]:
        """Each clause; names of several words, and rows that dictionaries have, as one."""
        at = 0
        while at < len(clauses):
            run = self.names_among.get(at)
            if run is not None and self.is_name(run):
                self.names[run.typed] = None
                yield self.resolved(run.name)
                at = run.end
                continue
            count = next(
                (
                    count
                    for count in range(_MOST_WORDS, 1, -1)
                    if len(plain := _plain(clauses[at : at + count])) == count
                    and self.options(" ".join(plain))
                ),
                1,
            )
            if count > 1:
                found = [self.word(" ".join(plain), None)]
            elif (cut := self.cut(clauses[at])) is not None:
                found = [self.word(one, None) for one in cut]
            else:
                found = [self.clause(clauses[at])]
            yield from (one for one in found if one is not None)
            at += count

    def cut(self, query: Query) -> tuple[str, str] | None:
        """The two words that one is made of which nobody translates whole."""
        if not isinstance(query, Term) or query.exact or query.field or self.options(query.word):
            return None
        return listed.parts(query.word, self.source)

    def is_name(self, run: Run) -> bool:
        """Is what somebody is called meant as a name? Words in small letters that a dictionary has
        are words; of another language than English also others that our list has, where capitals
        do not say more, and those that join others.
        """
        if self.source == ENGLISH:
            return run.typed != run.typed.lower() or not self.options(run.typed)
        surfaces = self.index.analyzer.surfaces
        words = [one for one in run.typed.split() if not self.says_nothing(one, surfaces(one))]
        capitals = self.source not in _NOUNS_HAVE_CAPITALS and (run.start or len(words) > 1)
        if capitals and words and all(one[0].isupper() for one in words):
            return True
        if self.source in _CAPITALS_TELL and run.typed == run.typed.lower():
            return False
        return bool(words) and not any(listed.is_listed(one, self.source) for one in words)

    def clause(self, query: Query) -> Query | None:
        match query:
            case And(clauses) | Or(clauses):
                found = tuple(one for each in clauses if (one := self.clause(each)) is not None)
                return type(query)(found) if found else None
            case Not(clause):
                inner = self.clause(clause)
                return None if inner is None else Not(inner)
            case Term(word, where, False):
                return self.word(word, where)
            case Phrase(words, where, False) | Near(words, _, where, False):
                row = " ".join(words)
                if self.options(row):
                    return self.word(row, where)
                found = tuple(one for each in words if (one := self.word(each, where)) is not None)
                return And(found) if found else None
            case Everything():
                return query
            case _:
                return self.resolved(query)

    def word(self, typed: str, where: str | None) -> Query | None:
        """A word as its translations, or as it is where articles have it so."""
        surfaces = self.index.analyzer.surfaces(typed)
        if not surfaces or self.says_nothing(typed, surfaces):
            return None
        translated: list[tuple[Option, Query]] = []
        for text in self.texts(typed):
            query = self.resolved(_asked(text, where))
            if any(query == other for _, other in translated):
                continue  # another form of the same word
            used = f"{self.language}:{text}" not in self.left_out
            translated.append((Option(text, self.count(query), used), query))
        there = [one for one in translated if one[0].articles][:_MOST_OPTIONS]
        if translated:
            shown = there or translated[:_MOST_OPTIONS]
            self.words[typed] = Translated(typed, tuple(option for option, _ in shown))
        else:
            self.unknown[typed] = None
        if there:
            return self.together(typed, [query for option, query in there if option.used])
        own = self.resolved(Term(typed, where))
        return own if self.count(own) else None

    def options(self, typed: str, language: str = "") -> tuple[str, ...]:
        """What a word is in a language, this one where none is given."""
        return self.translator.options(typed, language or self.language, self.source)

    def says_nothing(self, typed: str, surfaces: Sequence[str]) -> bool:
        """Is a word one that joins others: in its own language, or in any that is read?"""
        word = typed.lower()
        joining = lexicon.function_words(self.source) | _SAY_NOTHING.get(self.source, _NONE)
        return (
            all(self.index.analyzer.is_stop_word(one) or one in joining for one in surfaces)
            or word in joining
        )

    def texts(self, typed: str) -> tuple[str, ...]:
        """What dictionaries say, and of languages that have none, what those of another do."""
        own = self.options(typed)
        sister = SISTERS.get(self.language)
        if own or sister is None:
            return own
        words = self.options(typed, sister) if sister != self.source else (typed,)
        engine, analyzer = self.index.engine, self.index.analyzer
        return tuple(dict.fromkeys(one for word in words for one in akin(word, engine, analyzer)))

    def together(self, typed: str, queries: list[Query]) -> Query | None:
        """Translations as one word: single words as forms of the first."""
        single = [one for one in queries if isinstance(one, Term)]
        others: list[Query] = [one for one in queries if not isinstance(one, Term)]
        if single:
            stems = dict.fromkeys(stem for one in single for stem in one.stems)
            first, *forms = stems
            others.insert(0, replace(single[0], word=first, forms=tuple(forms)))
        for one in others:
            for leaf in one.clauses if isinstance(one, And | Or) else (one,):
                self.typed[leaf] = Term(typed)
        return None if not others else others[0] if len(others) == 1 else Or(tuple(others))

    def resolved(self, query: Query) -> Query:
        index = self.index
        found = index.resolve(query, self.language)
        self.surfaces.update(found.surfaces)
        self.typed.update(found.typed)
        return found.query

    def count(self, query: Query) -> int:
        asked = MatchRequest(query=And((query, self.own)), limit=0)
        return self.index.engine.match(asked).total


def _asked(text: str, where: str | None) -> Query:
    words = tuple(Term(word, where) for word in text.split())
    return words[0] if len(words) == 1 else And(words)


def _plain(clauses: tuple[Query, ...]) -> list[str]:
    """The words of plain clauses, as far as they are such."""
    words = []
    for clause in clauses:
        if not isinstance(clause, Term) or clause.field is not None or clause.exact:
            break
        words.append(clause.word)
    return words
