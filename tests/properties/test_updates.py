"""A rebuild that takes over what is the same gives the answers of one that writes everything."""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from corpus.article import Article, Kind, RawDocument, article_id_for
from corpus.dates import PartialDate
from corpus.errors import DecisionError
from corpus.home import Home
from corpus.store import Catalogue
from indexer.entities import open_directory
from indexer.entities.authority.deciding import decide
from indexer.entities.authority.decisions import Action
from indexer.entities.authority.record import Authority
from indexer.families import updating
from indexer.generations.publishing import ENTITIES, Generations
from indexer.pipeline import RebuildReport, rebuild
from search.help.suggestions import suggest
from search.request import FacetRequest, Interval, SearchRequest, Sort
from search.result import Hit
from search.service import search
from search.serving.open_index import OpenIndex
from search.serving.serving import serving
from tests.indexer.entities.articles import content_of

_WIRE = (
    "Shelling hit the harbor of Odesa before dawn, the regional governor said on 12 March 2022. Two"
    " ships burned, and the port stayed closed for the fourth day in a row while crews searched."
)
_SENTENCES = (
    "António Guterres of the United Nations spoke to Volodymyr Zelensky by telephone.",
    "Guterres chaired the talks in Geneva, which broke off in April 2022.",
    "Mr. Zelenskyy asked the United Nations for drones and for patience.",
    "Anton Guterres, a farmer near Kherson, saw the bridge fall.",
    "The governor, Maksym Marchenko, spoke of shelling and of drone strikes.",
    "UN drones filmed Kherson and Kharkiv.",
    "О переговорах рассказал Максим Марченко, с ним был и Антон Гутерреш.",
    "Le secrétaire général Guterres est arrivé à Genève.",
    "Kherson, a colonel, heard the Senate of Ukraine, and the Ukrainian Senate heard him.",
    "VOLODYMYR ZELENSKY and Wolodymyr Selenskyj were in Kherson.",
)
_LANGUAGES = {6: "ru", 7: "fr"}
"""Of an article by its last sentence; else English."""
_TITLES = (
    "Report",
    "Guterres meets Volodymyr Zelensky",
    "Talks with Marchenko and Anton Guterres break down in Kherson",
    "SECRETARY GUTERRES HEARS THE SENATE",
    "Envoy Selenskyj of the United Nations leaves Kharkiv",
)
"""Of an article by its number, and by how often it came: what they name depends on the texts."""
_OUTLETS = ("The Ledger", "Courier", "")
_DAYS = ("2022-03-12", "2022-03", "2021", "")
_QUESTIONS = (
    "",
    "Guterres",
    "shelling OR talks OR drones",
    '"regional governor"',
    '"governor talks"~9',
    "drone*",
    "odessa~1",
    "-drones kherson",
    "person:Guterres",
    "title:report exact:drones",
    "shelllings",
)
_FACETS = tuple(
    FacetRequest(facet, 100) for facet in ("person", "org", "place", "outlet", "language")
)

_numbers = st.integers(0, 11)
_texts = st.tuples(
    st.booleans(), st.lists(st.sampled_from(range(len(_SENTENCES))), max_size=4, unique=True)
).map(lambda drawn: " ".join([_WIRE] * drawn[0] + [_SENTENCES[number] for number in drawn[1]]))
_articles = st.tuples(
    st.just("article"), _numbers, _texts, st.sampled_from(_OUTLETS), st.sampled_from(_DAYS)
)
_steps = st.lists(
    st.one_of(
        _articles,
        _articles,
        _articles,
        st.tuples(st.just("gone"), _numbers),
        st.tuples(
            st.just("decision"),
            st.sampled_from(["merge", "rename", "hide", "alias", "split", "part", "kind", "undo"]),
        ),
        st.tuples(st.just("kept"), st.sampled_from(["gone", "older", "flipped", "cut"])),
    ),
    min_size=1,
    max_size=4,
)


class Collection:
    """A home folder to which things happen."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._clock = datetime(2022, 4, 1, tzinfo=UTC)
        self._older = b""

    def happen(self, step: tuple[Any, ...]) -> None:
        """An article comes or changes, is one no more, a person decides, or what is kept for the
        next update is lost, damaged, or restored as it was before the last one.
        """
        match step:
            case "article", number, text, outlet, day:
                self._take_in(number, text, outlet=outlet, day=day)
            case "gone", number:
                self._take_in(number, "09:00 Sirens.", kind=Kind.LIVE_BLOG)
            case "decision", action:
                with suppress(DecisionError):  # it contradicts another: nothing was decided
                    self._decide(action)
            case "kept", harm:
                self._harm(harm)

    def remember(self) -> None:
        """Remembers what is kept for the next update, as a backup would."""
        kept = self.home.sheets
        self._older = kept.read_bytes() if kept.exists() else b""

    def _harm(self, harm: str) -> None:
        kept = self.home.sheets
        content = kept.read_bytes() if kept.exists() else b""
        match harm:
            case "gone":
                kept.unlink(missing_ok=True)
            case "older" if self._older:
                kept.write_bytes(self._older)
            case "cut":
                kept.write_bytes(content[: len(content) // 3])
            case "flipped" if content:
                at = int(self._clock.timestamp()) * 7919 % len(content)
                kept.write_bytes(content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :])

    def _take_in(
        self,
        number: int,
        text: str,
        *,
        kind: Kind = Kind.ARTICLE,
        outlet: str = "",
        day: str = "",
    ) -> None:
        self._clock += timedelta(hours=1)
        url = f"https://example.org/{number}"
        raw = RawDocument(
            content=f"{kind} {number} {text} {outlet} {day}".encode(),
            media_type="text/plain",
            locator=f"{number}.txt",
            url=url,
            collected=self._clock,
            reader="text/1",
        )
        article = Article(
            article_id=article_id_for(url=url, text=""),
            kind=kind,
            title=f"{_TITLES[(number + self._clock.hour) % len(_TITLES)]} {number}",
            text=text,
            url=url,
            outlet=outlet,
            language=next(
                (lang for at, lang in _LANGUAGES.items() if text.endswith(_SENTENCES[at])), "en"
            ),
            published=PartialDate(day, "url") if day else None,
            cleaner="text/1",
        )
        with Catalogue.open(self.home.catalogue) as catalogue:
            catalogue.put(raw, article)

    def _decide(self, action: str) -> None:
        generation = Generations(self.home.index).current()
        directory = open_directory(generation.path / ENTITIES)
        found = (one for name in ("Guterres", "Zelensky") for one in directory.resolve(name))
        known = list({one.entity_id: one for one in found}.values())
        directory.close()
        path, by = self.home.decisions, {"who": "reader", "why": "a test"}
        if action == "undo":
            for decision in Authority.load(path).standing[:1] if path.exists() else ():
                decide(path, Action.UNDO, [], value=decision.decision_id, **by)
        elif action == "merge" and len(known) > 1:
            decide(path, Action.MERGE, [known[0], known[-1]], **by)
        elif action == "split" and known:
            articles = [
                article_id_for(url=f"https://example.org/{number}", text="") for number in (0, 1, 2)
            ]
            decide(path, Action.SPLIT, known[:1], articles=articles, value="Another", **by)
        elif action == "part" and known:
            decide(path, Action.SPLIT, known[:1], names=["Zelenskyy", "Guterres"], **by)
        elif action == "rename" and known:
            decide(path, Action.RENAME, known[:1], value="The Secretary", **by)
        elif action == "alias" and known:
            decide(path, Action.ALIAS, known[:1], value="Гутерреш", **by)
        elif action == "hide" and known:
            decide(path, Action.HIDE, known[:1], **by)
        elif action == "kind" and known:
            decide(path, Action.KIND, known[:1], value="norp", **by)


@contextmanager
def _opened(home: Home) -> Iterator[OpenIndex]:
    served = serving(home)
    with served.index() as index:
        yield index
    served.close()


def _answers(home: Home) -> dict[Any, Any]:
    """All that can be asked, without the order of hits of the same rank."""
    found: dict[Any, Any] = {}
    with _opened(home) as index:
        found["words"] = index.engine.words("", limit=1000)
        found["suggested"] = [suggest(typed, index, limit=50) for typed in "gzumokdrs"]
        for text in _QUESTIONS:
            for sort in (Sort.RELEVANCE, Sort.OLDEST):
                request = SearchRequest(
                    text=text, facets=_FACETS, histogram=Interval.MONTH, sort=sort, limit=100
                )
                result = search(request, index)
                ranked = [_rank(hit, sort) for hit in result.hits]
                hits = {
                    hit.document.article_id: replace(hit, score=round(hit.score, 4))
                    for hit in result.hits
                }
                found[text, sort] = ranked, hits, _without_accidents(result)
                families = search(replace(request, collapse=True), index)
                found[text, sort, "families"] = (
                    sorted((hit.document.family_id, hit.family_matches) for hit in families.hits),
                    _without_accidents(families),
                )
    return found


def _rank(hit: Hit, sort: Sort) -> float:
    """What decides the order; hits that have it in common may change places."""
    if sort is Sort.RELEVANCE:
        return round(hit.score, 4)
    published = hit.document.published
    return published.earliest.toordinal() if published else math.inf


def _without_accidents(result: Any) -> Any:
    """What neither the time nor the name of the generation decides."""
    return replace(result, hits=(), took_ms=0.0, generation="", built_at="", next_cursor="")


def _both(collection: Collection, folder: Path) -> RebuildReport:
    """Updates the collection, and compares with a copy of which everything was written anew."""
    shutil.copytree(collection.home.path, folder)
    whole = rebuild(Home(folder), processes=1, anew=True)
    before = Generations(collection.home.index).names()
    collection.remember()
    updated = rebuild(collection.home, processes=1, trusting=True)
    assert updated.generation.manifest.counts == whole.generation.manifest.counts
    assert content_of(updated.generation.path / ENTITIES) == content_of(
        whole.generation.path / ENTITIES
    )
    assert _answers(collection.home) == _answers(Home(folder))
    for name in before[-2:]:
        assert Generations(collection.home.index).verify(name) == [], "an older one was changed"
    assert Generations(collection.home.index).verify(updated.generation.name) == []
    return updated


def _updates_equal_rebuilds(
    first: list[tuple[Any, ...]], rebuilds: list[list[tuple[Any, ...]]]
) -> None:
    # However much changed: families are grouped whole in what updates are held against.
    with (
        patch.object(updating, "_FEW", math.inf),
        tempfile.TemporaryDirectory() as temporary,
    ):
        folder = Path(temporary)
        collection = Collection(Home(folder / "collection"))
        for number, step in enumerate(first):
            collection.happen((step[0], number, *step[2:]))
        rebuild(collection.home, processes=1)
        for number, steps in enumerate(rebuilds):
            for step in steps:
                collection.happen(step)
            _both(collection, folder / f"copy-{number}")


def test_a_decision_on_a_name_of_many_articles_reads_none_of_them(tmp_path: Path) -> None:
    """Renamed, merged, split, hidden and taken back: each segment stays, and its names are written
    anew.
    """
    collection = Collection(Home(tmp_path / "collection"))
    for number in range(80):
        named = " ".join(_SENTENCES[one] for one in (number % 6, (number // 6 + 1) % 6))
        collection.happen(("article", number, named, _OUTLETS[number % 3], _DAYS[number % 4]))
    made = rebuild(collection.home, processes=1)
    segment = (made.generation.path / "whoosh" / "segment-0000.dsp").stat().st_ino
    written = []
    decided = ("rename", "merge", "part", "undo", "split", "undo", "hide", "undo", "kind")
    for number, action in enumerate(decided):
        collection.happen(("decision", action))
        updated = _both(collection, tmp_path / f"copy-{number}")
        files = updated.generation.path / "whoosh"
        assert (files / "segment-0000.dsp").stat().st_ino == segment, action
        assert (files / "segment-0000.patch.dsp").exists()
        written.append(updated.written)
    assert written[0] > 20
    assert written[1] > 20
    assert all(written), written


_first = st.lists(_articles, min_size=6, max_size=12)
_hurry = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # what fails here is not made smaller by waiting
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(_hurry, max_examples=3)
@given(_first, st.lists(_steps, min_size=1, max_size=3))
def test_updates_answer_as_rebuilds_do(
    first: list[tuple[Any, ...]], rebuilds: list[list[tuple[Any, ...]]]
) -> None:
    _updates_equal_rebuilds(first, rebuilds)


@pytest.mark.slow
@settings(_hurry, max_examples=40)
@given(_first, st.lists(_steps, min_size=1, max_size=12))
def test_many_updates_answer_as_rebuilds_do(
    first: list[tuple[Any, ...]], rebuilds: list[list[tuple[Any, ...]]]
) -> None:
    _updates_equal_rebuilds(first, rebuilds)
