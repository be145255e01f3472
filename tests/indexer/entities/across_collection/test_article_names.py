"""Names kept as arrays come to what all articles come to, one after the other."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.entities import ArticleName, Authority, Canonicaliser, Recognition
from indexer.entities.across_collection import merging
from indexer.entities.across_collection.article_names import ArticleNames
from indexer.entities.across_collection.collection_names import entity_id_for, id_of_number
from indexer.entities.across_collection.headlines import words_of
from indexer.entities.across_collection.meanings import Meanings
from indexer.entities.across_collection.whose_bodies import owners_named
from indexer.entities.authority.decisions import Action, Decision
from indexer.entities.directory.writer import NamedEntity
from indexer.entities.kept import names as kept_names
from indexer.entities.kept.settled import Settled
from indexer.entities.types import EntityKind

PERSON, ORG, PLACE, NORP = EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE, EntityKind.NORP
_NAMES: tuple[tuple[EntityKind, tuple[str, ...]], ...] = (
    (PERSON, ("Anatoly Zelenko", "Zelenko")),
    (PERSON, ("ANATOLY ZELENKO",)),
    (PERSON, ("Anton Zelenko", "Zelenko")),
    (PERSON, ("Zelenko",)),
    (PERSON, ("Gunnar Jarring", "Jarring")),
    (PERSON, ("Jarring",)),
    (PERSON, ("Volodymyr Zelensky", "Zelensky")),
    (PERSON, ("Wolodymyr Selenskyj",)),
    (PERSON, ("Wołodymyrem Zełenskim",)),
    (PERSON, ("Gunnarem Jarringiem",)),
    (PERSON, ("Antonem Zelenkiem",)),
    (PERSON, ("Ben-Gurion",)),
    (PERSON, ("Kovrin",)),
    (PLACE, ("Kovrin",)),
    (ORG, ("Kovrin",)),
    (PLACE, ("Kharkiv",)),
    (PLACE, ("Ukraine",)),
    (PLACE, ("Russia",)),
    (NORP, ("Russian",)),
    (ORG, ("Senate",)),
    (ORG, ("U.S. Senate", "Senate")),
    (ORG, ("Russian Senate",)),
    (ORG, ("Red Crescent Society", "RCS")),
    (ORG, ("RCS",)),
    (ORG, ("Rural Students Federation", "Federation")),
    (PLACE, ("United States", "U.S.")),
)
_TITLES = (
    "",
    "Anatoly Zelenko meets Gunnar Jarring",
    "Envoy Jarring, Zelenko and Kovrin speak of Kharkiv",
    "Talks with Ben-Gurion and Zelenko break down in Kovrin",
    "Senate of Ukraine hears Kovrin on the Rural Students Federation",
    "Secretary Zelensky asks the Russian Senate",
    "RCS AND RED CRESCENT SOCIETY LEAVE KHARKIV",
)
_ROMANIZED: tuple[tuple[EntityKind, tuple[str, ...]], ...] = tuple(
    (PERSON, (name,))
    for name in (
        "Ahmed Hussein", "Ahmad Husain", "Ahmet Hüseyin", "Ahmed Hassan", "Hussein",
        "Walid Moallem", "Walid Moualem", "Walid Mualim", "Moualem", "Walid Ali Moallem",
        "James Brown", "James Byrnes", "Byrnes",
        "Gennadi Gagulia", "Gennady Gagulya", "Геннадий Гагулия", "Gennadij Gaguliya",
        "Kyrylo Budanow", "Kyryłem Budanowem", "Kirill Budanov", "Кирилла Буданова", "Budanov",
        "أحمد حسين", "Salem Karim", "Salim Kareem", "Salema Karima",
    )
)  # fmt: skip
"""Of one given name and of surnames with the same bones, of which some are one."""


def _names_of(
    known: Sequence[tuple[EntityKind, tuple[str, ...]]],
) -> st.SearchStrategy[ArticleName]:
    return st.builds(
        lambda drawn, counts, in_title, is_whole: ArticleName(
            drawn[0],
            tuple(zip(drawn[1][: None if is_whole else 1], counts, strict=False)),
            in_title=in_title,
        ),
        st.sampled_from(known),
        st.tuples(st.integers(0, 3), st.integers(1, 2)),
        st.integers(0, 1),
        st.booleans(),
    )


@dataclass(frozen=True)
class Article:
    """One article, as far as names go."""

    article_id: str
    names: tuple[ArticleName, ...]
    title: str
    language: str = "en"

    @property
    def owners(self) -> dict[str, int]:
        """Countries that it names."""
        return dict(owners_named(self.names))


def _unique(names: Sequence[ArticleName]) -> tuple[ArticleName, ...]:
    """No article has one name twice."""
    return tuple({(one.kind, one.full): one for one in names}.values())


def _articles_with(
    known: Sequence[tuple[EntityKind, tuple[str, ...]]],
) -> st.SearchStrategy[Article]:
    return st.builds(
        Article,
        st.sampled_from("abcdefghijkl"),
        st.lists(_names_of(known), max_size=5).map(_unique),
        st.sampled_from(_TITLES),
    )


_articles = _articles_with(_NAMES)
_ids = st.sampled_from([entity_id_for(kind, forms[0]) for kind, forms in _NAMES])
_pairs = st.lists(_ids, min_size=2, max_size=2, unique=True).map(tuple)


def _decisions(action: Action, ids: Any, **values: Any) -> st.SearchStrategy[Decision]:
    return st.builds(
        Decision,
        action=st.just(action),
        entities=ids,
        who=st.just("a reader"),
        when=st.just("2026-01-01T00:00:00+00:00"),
        **values,
    )


_one = _ids.map(lambda entity_id: (entity_id,))
_decided = st.one_of(
    _decisions(Action.MERGE, _pairs),
    _decisions(Action.DISTINCT, _pairs),
    _decisions(Action.HIDE, _one),
    _decisions(Action.RENAME, _one, value=st.just("The Envoy")),
    _decisions(Action.KIND, _one, value=st.sampled_from([PERSON, PLACE])),
    _decisions(Action.ALIAS, _one, value=st.sampled_from(["Jarring", "Kovrin Group"])),
    _decisions(Action.SPLIT, _one, names=st.just(("Zelenko", "Jarring", "Senate"))),
    _decisions(
        Action.SPLIT, _one, articles=st.just(("a", "c", "e", "z")), value=st.just("Another")
    ),
)


def _rounds_of(
    articles: st.SearchStrategy[Article], decided: st.SearchStrategy[Decision]
) -> st.SearchStrategy[list[tuple[set[str], list[Article], list[Decision]]]]:
    return st.lists(
        st.tuples(
            st.sets(st.sampled_from("abcdefghijkl"), max_size=4),
            st.lists(articles, max_size=6),
            st.lists(decided, max_size=3),
        ),
        min_size=1,
        max_size=4,
    )


def _known(entities: Iterable[NamedEntity]) -> list[Any]:
    """The directory, as it would be written."""
    return [(one, list(one.forms.items())) for one in entities]


class _Previous:
    """The directory of the generation before, as far as it is asked."""

    def __init__(self, counts: dict[str, int]) -> None:
        self._counts = counts

    def articles(self, entity_ids: Sequence[str]) -> dict[str, int]:
        return {one: self._counts[one] for one in entity_ids if one in self._counts}


def _redirects(meanings: Meanings) -> Iterator[tuple[str, str]]:
    for old, new in meanings.redirects().tolist():
        yield id_of_number(old), id_of_number(new)


def _told(meanings: Meanings, count: int) -> list[list[int]]:
    """Which articles are told the same."""
    told = meanings.all_told().tolist()
    assert len(told) == count
    return [[place for place, one in enumerate(told) if one == mine] for mine in told]


def _entities(meanings: Meanings, place: int) -> list[Settled]:
    """The entities of an article, most mentioned first."""
    starts, numbers, entities = meanings.named()
    return [entities[number] for number in numbers[starts[place] : starts[place + 1]].tolist()]


def _settled(
    names: ArticleNames,
    articles: dict[str, Article],
    authority: Authority,
    previous: Any = None,
) -> tuple[Canonicaliser, Meanings]:
    new = names.sort()
    assert names.ids == sorted(articles)
    canonicaliser = Canonicaliser(authority, previous=previous)
    canonicaliser.know(names)
    canonicaliser.settle()
    meanings = canonicaliser.meanings(names, new, _by_id(articles))
    return canonicaliser, meanings


def _by_id(articles: dict[str, Article]) -> Callable[[Sequence[str]], list[Article]]:
    return lambda ids: [articles[one] for one in ids]


_OF_ZELENKO = entity_id_for(PERSON, "Anatoly Zelenko")
_IN_FULL = (
    ArticleName(PERSON, (("Anatoly Zelenko", 1),)),
    ArticleName(PERSON, (("Gunnar Jarring", 1),)),
)
_CALLED_JARRING = Decision(
    action=Action.ALIAS, entities=(_OF_ZELENKO,), value="Jarring", who="a reader", when="2026"
)


_OF_HUSSEIN = entity_id_for(PERSON, "Ahmed Hussein")
_ALSO_HUSAIN = Decision(
    action=Action.ALIAS, entities=(_OF_HUSSEIN,), value="Ahmad Husain", who="a reader", when="2026"
)


@settings(max_examples=150, deadline=None)
@given(_rounds_of(_articles, _decided))
@example([(set(), [Article("a", _IN_FULL, "")], []), (set(), [], [_CALLED_JARRING])])
def test_arrays_come_to_what_articles_come_to_one_by_one(
    rounds: list[tuple[set[str], list[Article], list[Decision]]],
) -> None:
    _come_to_what_articles_come_to(rounds)


def _named(article_id: str, *names: str) -> Article:
    return Article(article_id, tuple(ArticleName(PERSON, ((one, 1),)) for one in names), "")


@settings(max_examples=150, deadline=None)
@given(_rounds_of(_articles_with(_ROMANIZED), st.just(_ALSO_HUSAIN)))
@example([(set(), [_named("a", "Walid Moallem")], []), (set(), [_named("b", "Walid Moualem")], [])])
@example([(set(), [_named("b", "Walid Moualem")], []), (set(), [_named("a", "Walid Moallem")], [])])
@example(
    [
        (set(), [_named("a", "Walid Moallem"), _named("b", "Walid Moualem")], []),
        ({"a"}, [], []),
        (set(), [_named("c", "Walid Moallem")], []),
    ]
)
def test_romanized_names_come_to_the_same(
    rounds: list[tuple[set[str], list[Article], list[Decision]]],
) -> None:
    _come_to_what_articles_come_to(rounds)


def _come_to_what_articles_come_to(
    rounds: list[tuple[set[str], list[Article], list[Decision]]],
) -> None:
    articles: dict[str, Article] = {}
    kept: dict[str, bytes] | None = None
    previous = _Previous({})
    for gone, come, decisions in rounds:
        names = ArticleNames(kept)
        new = {one.article_id: one for one in come}
        changed = (gone & articles.keys()) | new.keys()
        articles = {key: one for key, one in articles.items() if key not in changed} | new
        names.drop(changed)
        for one in new.values() if names.is_kept else articles.values():
            names.put(one)
        authority = Authority(decisions)
        meanings = _settled(names, articles, authority, previous)[1]
        meanings.count()
        kept = {name: bytes(one) for name, one in names.to_bytes()}

        anew = ArticleNames()
        for one in articles.values():
            anew.put(one)
        all_meanings = _settled(anew, articles, authority, previous)[1]
        all_meanings.count()

        one_by_one = Canonicaliser(authority, previous=cast(Any, previous))
        ordered = [articles[article_id] for article_id in sorted(articles)]
        for one in ordered:
            one_by_one.observe(one.article_id, Recognition(one.names, ()))
        one_by_one.settle()
        for place, one in enumerate(ordered):
            found, _ = one_by_one.resolve(
                one.article_id, Recognition(one.names, ()), title=one.title
            )
            expected = [entity.entity_id for entity in found]
            assert [entity.entity_id for entity in _entities(meanings, place)] == expected
        known = _known(one_by_one._resolved())
        assert _known(meanings.named_entities()) == known
        assert _known(all_meanings.named_entities()) == known
        previous = _Previous({one.entity_id: one.articles for one in one_by_one._resolved()})
        assert set(_redirects(meanings)) == set(one_by_one._redirects().items())
        assert _told(meanings, len(ordered)) == _told(all_meanings, len(ordered))


@given(st.lists(_articles, min_size=2, max_size=8, unique_by=lambda one: one.article_id))
def test_articles_read_in_another_way_are_counted_so(come: list[Article]) -> None:
    articles = {one.article_id: one for one in come}
    names = ArticleNames()
    for one in come:
        names.put(one)
    arrays, meanings = _settled(names, articles, Authority())
    one_by_one = Canonicaliser(Authority())
    for article_id in names.ids:
        one_by_one.observe(article_id, Recognition(articles[article_id].names, ()))
    one_by_one.settle()
    for place, article_id in enumerate(names.ids):
        own = articles[article_id]
        more = ArticleName(PERSON, ((come[0].names[0].full, 2),)) if come[0].names else None
        others = [more] if more and more.kind is come[0].names[0].kind and place % 2 else []
        recognition = Recognition((*own.names, *others), ())
        one_by_one.resolve(article_id, recognition, title=own.title)
        if others:
            found = arrays.read(article_id, recognition, title=own.title)
            meanings.replace(place, found.names, found.meant)
    meanings.count()
    assert _known(meanings.named_entities()) == _known(one_by_one._resolved())


def test_a_headline_asks_for_what_all_its_words_say() -> None:
    assert words_of("Ben-Gurion’s talks, NATO envoy") == {"ben", "gurion", "talks", "nato", "envoy"}


def test_names_with_half_a_character_are_kept_as_others_are() -> None:
    broken = Article("a", (ArticleName(PERSON, (("Anna \ud83d Petrosyan", 1),)),), "Talks \ud83d")
    whole = Article("b", (ArticleName(ORG, (("Red Crescent Society", 1),)),), "")
    names = ArticleNames()
    names.put(broken)
    names.put(whole)
    articles = {one.article_id: one for one in (broken, whole)}
    meanings = _settled(names, articles, Authority())[1]
    again = ArticleNames({name: bytes(one) for name, one in names.to_bytes()})
    others = _settled(again, articles, Authority())[1]
    meanings.count()
    others.count()
    known = _known(meanings.named_entities())
    assert _known(others.named_entities()) == known != []


def test_what_letters_say_of_a_name_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article("a", (ArticleName(PERSON, (("Gunnar Jarring", 1),)),), "")
    names = ArticleNames()
    names.put(article)
    first, _ = _settled(names, {"a": article}, Authority())

    def refuse(*_: object) -> None:
        raise AssertionError("it was asked again")

    monkeypatch.setattr(kept_names, "facts_of", refuse)
    again = ArticleNames({name: bytes(one) for name, one in names.to_bytes()})
    second, _ = _settled(again, {"a": article}, Authority())
    assert (
        [one.label for one in first._settled.entities]
        == [one.label for one in second._settled.entities]
        != []
    )


def _of(article_id: str, *names: str, kind: EntityKind = PERSON) -> Article:
    return Article(article_id, tuple(ArticleName(kind, ((name, 1),)) for name in names), "")


@pytest.mark.parametrize(
    ("come", "again"),
    [
        (_of("z", "Kharkiv", kind=PLACE), {"kharkiv"}),
        (_of("z", "Jaʿār", kind=PLACE), {"jaʿar"}),
        (_of("z", "Гарер", kind=PLACE), {"гарер", "harer"}),
        (_of("z", "Anna Jarring"), {"anna jarring", "gunnar jarring", "jarring"}),
        (_of("z", "Red Cross", kind=ORG), {"red cross"}),
        (_of("z", "Wolodymyr Tymoschtschuk"), {"wolodymyr tymoschtschuk", "volodymyr tymoshchuk"}),
        (_of("z", "Володимир Тимощук"), {"володимир тимощук", "volodymyr tymoshchuk"}),
        (_of("z", "Kyryłem Budanowem"), {"kyrylem budanowem", "kyrylo budanow"}),
        (_of("z", "Joachim Bardem"), {"joachim bardem"}),  # nobody is called Joach
        (_of("z", "Petrosyan"), {"petrosyan", "anna petrosyan", "boris petrosian"}),
        (_of("z", "Walid Moualem"), {"walid moualem", "walid moallem"}),
        (_of("z", "James Byrnes"), {"james byrnes"}),  # not James Brown, whose bones are the same
    ],
)
def test_only_names_that_hang_together_with_what_comes_are_settled_again(
    come: Article, again: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = {
        one.article_id: one
        for one in (
            _of("a", "Gunnar Jarring", "Volodymyr Tymoshchuk", "Kyryło Budanow", "Anna Bard"),
            _of("b", "Jarring", "Anna Petrosyan", "Boris Petrosian"),
            _of("c", "Red Crescent Society", kind=ORG),
            _of("d", "Harer", kind=PLACE),
            _of("e", "Walid Moallem", "James Brown"),
        )
    }
    names = ArticleNames()
    for one in articles.values():
        names.put(one)
    _settled(names, articles, Authority(), _Previous({}))[1].count()
    names = ArticleNames({name: bytes(one) for name, one in names.to_bytes()})
    names.put(come)
    settled: list[str] = []
    monkeypatch.setattr(
        merging, "merge", lambda corpus, *_: settled.extend(one.key for one in corpus.names)
    )
    _settled(names, {**articles, "z": come}, Authority(), _Previous({}))
    assert set(settled) == again


def test_an_alias_stays_where_a_later_decision_gives_the_entity_its_id() -> None:
    seldom, often = (entity_id_for(PERSON, one) for one in ("Gunnar Jarring", "Anatoly Zelenko"))
    articles = {
        one.article_id: one
        for one in (
            _of("a", "Gunnar Jarring"),
            *(_of(article_id, "Anatoly Zelenko") for article_id in "bcd"),
        )
    }
    alias = Decision(
        action=Action.ALIAS, entities=(seldom,), value="The Envoy", who="a reader", when="2026"
    )
    merged = Decision(action=Action.MERGE, entities=(seldom, often), who="a reader", when="2027")
    names = ArticleNames()
    for one in articles.values():
        names.put(one)
    meanings = _settled(names, articles, Authority([alias, merged]))[1]
    (entity,) = _entities(meanings, 0)
    assert entity.entity_id == seldom
    assert entity.aliases == ("The Envoy",)


def test_names_are_freed_as_soon_as_nobody_holds_them() -> None:
    """As an update does not have Python look for what holds itself."""
    names = ArticleNames()
    names.put(Article("a", (ArticleName(PERSON, (("Anatoly Zelenko", 2),)),), _TITLES[1]))
    canonicaliser = Canonicaliser(Authority())
    canonicaliser.know(names)
    canonicaliser.settle()
    assert canonicaliser.with_headline((), _TITLES[1], language="en")
    held = weakref.ref(names)
    gc.collect()
    gc.disable()
    try:
        del names, canonicaliser
        assert held() is None
    finally:
        gc.enable()
