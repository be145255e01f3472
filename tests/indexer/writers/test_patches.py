"""Patches: an index in which names came to mean something else is one that was written so."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.dates import PartialDate
from corpus.errors import IndexCorrupt
from indexer.analysis import analyzer
from indexer.articles.quotes.types import Quote, SpokenBy
from indexer.articles.roles.types import HeldBy
from indexer.document import (
    ArticleEntity,
    IndexDocument,
    Meaning,
    MentionSpan,
    NamesIn,
    Renamed,
)
from indexer.entities.types import EntityKind
from indexer.schema import FACETS
from indexer.writers.whoosh import WhooshUpdater, WhooshWriter, verify
from indexer.writers.whoosh.codec.index import ArrayIndex
from search.engine import FacetCounting, MatchRequest
from search.engines.whoosh import WhooshEngine
from search.language.query import Term

_ENTITIES = tuple(
    Meaning(f"{letter}-{kind.value}", kind.value, label)
    for kind in (EntityKind.PERSON, EntityKind.ORG, EntityKind.PLACE)
    for letter, label in (("a", "Ana Reza"), ("b", "Меран"), ("c", "half \ud800 of it"))
)
_NAMES = 14
"""Over the whole collection; each means one of these entities, and another or none later."""
_NOTHING = -1


class _Article(NamedTuple):
    """What is in an article whatever names mean.

    Attributes:
        names: places among all names; it names each so often.
        mentions, roles, quotes: which of its own names stand one behind the other.
        title: what changes where more of an article does.
    """

    number: int
    names: tuple[int, ...]
    times: tuple[int, ...]
    mentions: tuple[int, ...]
    roles: tuple[int, ...]
    quotes: tuple[int, ...]
    title: str = "Report"


def _articles(chance: random.Random, count: int) -> list[_Article]:
    found = []
    for number in range(count):
        own = chance.sample(range(_NAMES), chance.randrange(6))
        places = range(len(own))
        mentions = tuple(chance.choices(places, k=chance.randrange(5)) if own else ())
        found.append(
            _Article(
                number,
                tuple(own),
                tuple(chance.randint(1, 3) for _ in own),
                mentions,
                tuple(chance.choices(mentions, k=2) if mentions else ()),
                tuple(chance.choices(range(-1, len(mentions)), k=3)),
            )
        )
    return found


def _entities(article: _Article, means: tuple[int, ...]) -> list[tuple[int, int]]:
    """Entities and how often each is named, most often first, of as many the one named first."""
    counts: Counter[int] = Counter()
    for name, times in zip(article.names, article.times, strict=True):
        if means[name] != _NOTHING:
            counts[means[name]] += times
    return counts.most_common()


def _document(article: _Article, means: tuple[int, ...]) -> tuple[IndexDocument, NamesIn]:
    """An article as it is written where each name means an entity, or nothing that is shown."""
    own = [
        "" if means[name] == _NOTHING else _ENTITIES[means[name]].entity_id
        for name in article.names
    ]
    names = NamesIn(
        tuple((10 * at, 10 * at + 5, name) for at, name in enumerate(article.mentions)),
        tuple(-1 if at < 0 else article.mentions[at] for at in article.quotes),
        tuple((10 * at, 10 * at + 3, name) for at, name in enumerate(article.roles)),
    )
    quotes = tuple(
        SpokenBy(
            Quote(10 * at, 10 * at + 4, 0, 3, 5, 8, -1 if place < 0 else 10 * place, True),
            "" if name < 0 else own[name],
        )
        for at, (place, name) in enumerate(zip(article.quotes, names.quotes, strict=True))
    )
    document = IndexDocument(
        article_id=f"article-{article.number:03d}",
        title=article.title,
        text="words " * 20 + str(article.number),
        outlet=f"Outlet {article.number % 3}",
        collected=PartialDate("2024-06-01T12:00Z", "made-up"),
        published=PartialDate(f"2024-05-{article.number % 28 + 1:02d}", "made-up"),
        entities=tuple(
            ArticleEntity(
                _ENTITIES[number].entity_id,
                EntityKind(_ENTITIES[number].kind),
                _ENTITIES[number].label,
                count,
            )
            for number, count in _entities(article, means)
        ),
        mentions=tuple(
            MentionSpan(start, end, own[name]) for start, end, name in names.mentions if own[name]
        ),
        quotes=quotes,
        roles=tuple(HeldBy(start, end, own[name]) for start, end, name in names.roles if own[name]),
        family_id=f"article-{article.number // 3 * 3:03d}",
        original_sha256="0" * 64,
    )
    return document, names


def _renamed(articles: list[_Article], means: tuple[int, ...]) -> Renamed:
    entities = [_entities(article, means) for article in articles]
    starts = np.cumsum([0, *map(len, entities)])
    flat = [one for several in entities for one in several]
    return Renamed(
        [f"article-{article.number:03d}" for article in articles],
        _ENTITIES,
        starts,
        np.array([number for number, _ in flat], np.int64),
        np.array([count for _, count in flat], np.int64),
        np.cumsum([0, *(len(article.names) for article in articles)]),
        np.array([means[name] for article in articles for name in article.names], np.int64),
    )


def _written(folder: Path, articles: list[_Article], means: tuple[int, ...]) -> Path:
    writer = WhooshWriter(folder, analyzer())
    for article in articles:
        writer.add(*_document(article, means))
    writer.commit()
    return folder


def _updated(
    folder: Path,
    base: Path,
    articles: list[_Article],
    before: dict[int, _Article],
    meant: tuple[int, ...],
    means: tuple[int, ...],
) -> int:
    """Has names in an index mean something else; returns how many articles were kept renamed."""
    updater = WhooshUpdater(folder, analyzer(), base=base)
    with ExitStack() as cancelled:
        cancelled.callback(updater.cancel)
        kept = _told(updater, articles, before, meant, means)
        updater.commit()
        cancelled.pop_all()
    verify(folder)
    return kept


def _told(
    updater: WhooshUpdater,
    articles: list[_Article],
    before: dict[int, _Article],
    meant: tuple[int, ...],
    means: tuple[int, ...],
) -> int:
    stays = [one for one in articles if before.get(one.number) == one]
    changed = [one for one in stays if _document(one, meant) != _document(one, means)]
    kept = updater.keep_renamed(_renamed(changed, means)) if changed else ()
    for article in articles:
        document, names = _document(article, means)
        if document.article_id not in kept:
            updater.add(document, names)
    return len(kept)


def _answers(folder: Path) -> tuple[list[Any], Any, list[Any]]:
    """All documents by id, all counts, and which articles stock Whoosh finds by each value."""
    engine = WhooshEngine(folder, "g")
    ids = sorted(f"article-{number:03d}" for number in range(100))
    there = [place for one in ids if (place := engine.doc_number(one)) is not None]
    matches = engine.match(
        MatchRequest(query=Term("word"), facets=tuple(FacetCounting(one, 99) for one in FACETS))
    )
    counts = {facet: dict(found.values) for facet, found in matches.facets.items()}
    with ArrayIndex(folder, analyzer()).searcher() as searcher:
        reader = searcher.reader()
        has = [
            (field, text, reader.stored_fields(doc)["article_id"])
            for field, text in reader.all_terms()
            if field in FACETS
            for doc in reader.postings(field, text).all_ids()
            if not reader.is_deleted(doc)
        ]
    return engine.fetch(there), (matches.total, counts), sorted(has)


_means = st.lists(st.integers(_NOTHING, len(_ENTITIES) - 1), min_size=_NAMES, max_size=_NAMES).map(
    tuple
)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.lists(_means, min_size=2, max_size=4), st.integers(0, 12))
def test_names_that_mean_something_else_are_as_if_written_so(
    tmp_path_factory: pytest.TempPathFactory,
    seed: int,
    decided: list[tuple[int, ...]],
    more: int,
) -> None:
    """Again and again, while articles change, go, and segments are written anew."""
    tmp_path = tmp_path_factory.mktemp("patches")
    chance = random.Random(seed)
    articles = _articles(chance, 30)
    base, meant = _written(tmp_path / "first", articles, decided[0]), decided[0]
    for number, means in enumerate(decided[1:]):
        before = {one.number: one for one in articles}
        for place in chance.sample(range(len(articles)), min(more, len(articles))):
            articles[place] = articles[place]._replace(title=f"Changed {number}")
        del articles[: chance.randrange(3)]
        folder = tmp_path / f"updated-{number}"
        _updated(folder, base, articles, before, meant, means)
        anew = _written(tmp_path / f"anew-{number}", articles, means)
        assert _answers(folder) == _answers(anew)
        base, meant = folder, means


def _both_meant() -> tuple[list[_Article], tuple[int, ...], tuple[int, ...]]:
    """Forty articles, two thirds of which say a name that meant another entity before."""
    articles = [
        _Article(number, (0, number % 3 + 1), (1, 2), (0, 1), (1,), (1,)) for number in range(40)
    ]
    return articles, (0, 1, 2, 3, *([0] * 10)), (0, 4, 5, 3, *([0] * 10))


def test_only_a_patch_is_written(tmp_path: Path) -> None:
    articles, meant, means = _both_meant()
    base = _written(tmp_path / "base", articles, meant)
    before = {one.number: one for one in articles}

    assert _updated(tmp_path / "next", base, articles, before, meant, means) == 27
    names = sorted(path.name for path in (tmp_path / "next").iterdir())
    assert names == ["dictionary.dsp", "segment-0000.dsp", "segment-0000.patch.dsp"]
    assert (tmp_path / "next" / names[1]).samefile(base / names[1])
    _updated(tmp_path / "kept", tmp_path / "next", articles, before, means, means)
    assert (tmp_path / "kept" / names[2]).samefile(tmp_path / "next" / names[2])
    assert _answers(tmp_path / "kept") == _answers(tmp_path / "next")
    assert _answers(base) == _answers(_written(tmp_path / "again", articles, meant))


def test_few_are_not_worth_a_patch(tmp_path: Path) -> None:
    articles = [_Article(number, (1 - bool(number),), (1,), (0,), (), ()) for number in range(300)]
    meant = (0, 1, *([0] * 12))
    means = (0, 2, *([0] * 12))
    base = _written(tmp_path / "base", articles, meant)
    before = {one.number: one for one in articles}

    assert _updated(tmp_path / "next", base, articles, before, meant, means) == 0


def test_a_patch_that_is_damaged_missing_or_of_another_segment_is_not_believed(
    tmp_path: Path,
) -> None:
    articles, meant, means = _both_meant()
    before = {one.number: one for one in articles}
    base = _written(tmp_path / "base", articles, meant)
    folder = tmp_path / "next"
    _updated(folder, base, articles, before, meant, means)
    fewer = _written(tmp_path / "fewer", articles[:30], meant)
    _updated(tmp_path / "other", fewer, articles[:30], before, meant, means)
    path = folder / "segment-0000.patch.dsp"
    intact = path.read_bytes()
    truth = _answers(folder)
    for place in range(0, len(intact), 97):
        damaged = bytearray(intact)
        damaged[place] ^= 0x10
        path.write_bytes(damaged)
        with pytest.raises(IndexCorrupt):
            verify(folder)
        try:
            found = _answers(folder)
        except IndexCorrupt:
            continue
        assert found == truth, place
    path.write_bytes((tmp_path / "other" / path.name).read_bytes())
    with pytest.raises(IndexCorrupt, match="another segment"):
        WhooshEngine(folder, "g")
    path.unlink()
    with pytest.raises(IndexCorrupt):
        WhooshEngine(folder, "g")


def test_names_that_nobody_knows_are_not_changed(tmp_path: Path) -> None:
    articles, meant, means = _both_meant()
    writer = WhooshWriter(tmp_path / "base", analyzer())
    for article in articles:
        writer.add(_document(article, meant)[0])
    writer.commit()
    before = {one.number: one for one in articles}

    with pytest.raises(ValueError, match="are not known"):
        _updated(tmp_path / "next", tmp_path / "base", articles, before, meant, means)


def test_what_is_hidden_is_a_patch_and_comes_back(tmp_path: Path) -> None:
    articles, meant, _ = _both_meant()
    none = (0, _NOTHING, *meant[2:])
    before = {one.number: one for one in articles}
    base = _written(tmp_path / "base", articles, meant)

    assert _updated(tmp_path / "hidden", base, articles, before, meant, none) == 14
    assert (tmp_path / "hidden" / "segment-0000.dsp").samefile(base / "segment-0000.dsp")
    assert _answers(tmp_path / "hidden") == _answers(_written(tmp_path / "anew", articles, none))
    assert _updated(tmp_path / "shown", tmp_path / "hidden", articles, before, none, meant) == 14
    assert _answers(tmp_path / "shown") == _answers(base)


def test_one_name_means_one_entity(tmp_path: Path) -> None:
    articles, meant, _ = _both_meant()
    document, names = _document(articles[0], meant)
    (start, end, first), (other, other_end, _) = names.mentions
    writer = WhooshWriter(tmp_path / "index", analyzer())
    for wrong in (
        names._replace(mentions=((start, end, first), (other, other_end, first))),
        names._replace(mentions=names.mentions[:1]),
        names._replace(quotes=(0,)),
        names._replace(roles=()),
    ):
        with pytest.raises(ValueError, match="means two entities"):
            writer.add(document, wrong)
    writer.cancel()
