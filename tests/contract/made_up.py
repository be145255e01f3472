"""A small made-up index for tests: documents, their entities, and the index over both.

The nine articles are about nothing that happened. `made_up_index()` is what most tests of search
and of the pages want; `document()` makes one more article where a test needs its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.article import article_id_for
from corpus.dates import PartialDate
from indexer.analysis import analyzer
from indexer.document import ArticleEntity, IndexDocument, MentionSpan
from indexer.entities.types import Entity, EntityKind
from indexer.generations.manifest import Manifest
from indexer.generations.publishing import Generation
from search.request import SearchRequest
from search.service import OpenIndex, search
from tests.contract.memory_directory import MemoryDirectory
from tests.contract.memory_engine import MemoryEngine

ENTITIES = (
    Entity("per-oduya", EntityKind.PERSON, "Amara Oduya", ("Oduya", "President Oduya"), 3, 5),
    Entity("per-brandt-k", EntityKind.PERSON, "Karl Brandt", ("Brandt", "Gen. Brandt"), 3, 4),
    Entity("per-brandt-l", EntityKind.PERSON, "Lena Brandt", ("Brandt", "Ms. Brandt"), 1, 1),
    Entity("org-relief", EntityKind.ORG, "River Relief", ("RR", "River Relief Fund"), 3, 4),
    Entity("org-council", EntityKind.ORG, "Northern Council", ("the Council",), 2, 3),
    Entity("pla-meran", EntityKind.PLACE, "Meran", ("Méran", "Меран"), 5, 9),
    Entity("pla-sel", EntityKind.PLACE, "Port Sel", ("Sel",), 3, 3),
)

_Row = tuple[str, str, str, str, str | None, tuple[str, ...], str]

_ROWS: tuple[_Row, ...] = (
    (
        "Ceasefire talks open in Meran",
        (
            "Delegates met in Meran on Monday for ceasefire talks. President Oduya said the "
            "guns must fall silent.\n\nGen. Brandt, who commands the northern troops, did "
            "not attend the talks."
        ),
        "The Harbour Post",
        "en",
        "2022-02-24",
        ("per-oduya", "per-brandt-k", "pla-meran"),
        "f1",
    ),
    (
        "Ceasefire talks open in Meran",
        (
            "Delegates met in Meran on Monday for ceasefire talks. President Oduya said that "
            "the guns must fall silent.\n\nGen. Brandt, who commands the northern troops, "
            "stayed away."
        ),
        "Valley Courier",
        "en",
        "2022-02-25",
        ("per-oduya", "per-brandt-k", "pla-meran"),
        "f1",
    ),
    (
        "Drone strikes hit the bridge at Port Sel",
        (
            "Two drone strikes hit the bridge at Port Sel before dawn. River Relief said "
            "that artillery fire followed; the drone was shot down.\n\nTroops at the border "
            "mobilised."
        ),
        "The Harbour Post",
        "en",
        "2022-03-01",
        ("org-relief", "pla-sel"),
        "f2",
    ),
    (
        "Council orders mobilization",
        (
            "The Northern Council ordered a mobilization of reserves. Troops near the "
            "southern border were told to mobilise within days. The Council gave no reason."
        ),
        "Valley Courier",
        "en",
        "2022-03",
        ("org-council", "pla-meran"),
        "f3",
    ),
    (
        "Aid reaches Meran",
        (
            "A convoy of River Relief reached Meran with food and medicine. Lena Brandt, who "
            "led it, said the road was open. Drones circled above the town all day."
        ),
        "Lantern Weekly",
        "en",
        "2022-11-07T09:30+02:00",
        ("org-relief", "per-brandt-l", "pla-meran"),
        "f4",
    ),
    (
        "Sanctions widen",
        (
            "Sanctions against the Northern Council widened. Artillery shells and fuel are "
            "named. Analysts expect shelling to go on."
        ),
        "Lantern Weekly",
        "en",
        "2023",
        ("org-council",),
        "f5",
    ),
    (
        "Переговоры в Меране",
        "Переговоры о перемирии прошли в городе Меран. Президент Одуя говорила о войне.",
        "Северный вестник",
        "ru",
        "2022-02-26",
        ("per-oduya", "pla-meran"),
        "f6",
    ),
    (
        "Undated notes from Port Sel",
        (
            "The harbor of Port Sel stood empty. Karl Brandt's letters describe artillery, "
            "hunger and chemical weapons; the weapons were never found. The chemical smell "
            "stayed."
        ),
        "",
        "en",
        None,
        ("per-brandt-k", "pla-sel"),
        "f7",
    ),
    (
        "Who was there",
        "The who is who of it all: to be or not to be. River Relief and others were at Port Sel.",
        "The Harbour Post",
        "en",
        "2024-01-15",
        ("org-relief", "pla-sel"),
        "f8",
    ),
)


def document(
    title: str,
    text: str,
    *,
    outlet: str = "",
    language: str = "en",
    published: str | None = None,
    entities: Sequence[Entity] = (),
    family: str = "",
    mentioned: Sequence[str] = (),
) -> IndexDocument:
    """One article; its mentions are wherever a name of one of `entities` stands in the text."""
    article_id = article_id_for(url=None, text=f"{outlet}{title}{text}")
    mentions = _mentions(text, entities)
    counts = [sum(span.entity_id == entity.entity_id for span in mentions) for entity in entities]
    return IndexDocument(
        article_id=article_id,
        title=title,
        text=text,
        url=f"https://news.example/{article_id}",
        outlet=outlet,
        language=language,
        published=PartialDate(published, "made-up") if published else None,
        collected=PartialDate("2024-06-01T12:00Z", "made-up"),
        mentioned=tuple(PartialDate(day, "made-up") for day in mentioned),
        entities=tuple(
            ArticleEntity(entity.entity_id, entity.kind, entity.label, max(1, count))
            for entity, count in zip(entities, counts, strict=True)
        ),
        mentions=mentions,
        family_id=family or article_id,
        original_sha256="0" * 64,
    )


def made_up_documents() -> list[IndexDocument]:
    """The nine articles, in order."""
    known = {entity.entity_id: entity for entity in ENTITIES}
    return [
        document(
            title,
            text,
            outlet=outlet,
            language=language,
            published=published,
            entities=[known[entity_id] for entity_id in ids],
            family=family,
            mentioned=("2022-02",) if "Monday" in text else (),
        )
        for title, text, outlet, language, published, ids, family in _ROWS
    ]


def made_up_index(
    documents: Iterable[IndexDocument] | None = None,
    *,
    entities: Iterable[Entity] = ENTITIES,
    generation: str = "20240601T120000Z-00000000",
) -> OpenIndex:
    """An index over the nine articles, or over others, in memory."""
    articles = made_up_documents() if documents is None else list(documents)
    return OpenIndex(
        MemoryEngine(articles, analyzer(), generation=generation),
        MemoryDirectory(entities),
        analyzer(),
        Generation(generation, Path("made-up"), _manifest(generation, articles)),
    )


def _manifest(name: str, articles: Sequence[IndexDocument]) -> Manifest:
    return Manifest(
        name=name,
        built_at="2024-06-01T12:00:00Z",
        counts={"articles": len(articles)},
        versions={"analyzer": analyzer().version},
        catalogue={"articles": len(articles)},
        files={},
    )


def _mentions(text: str, entities: Sequence[Entity]) -> tuple[MentionSpan, ...]:
    names = {
        name: entity.entity_id for entity in entities for name in (entity.label, *entity.aliases)
    }
    if not names:
        return ()
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in longest_first))
    return tuple(
        MentionSpan(found.start(), found.end(), names[found[0]]) for found in pattern.finditer(text)
    )


def texts_found(text: str, texts: Sequence[str], index: OpenIndex) -> set[int]:
    """Which of the texts of an index a question finds, by their places."""
    hits = search(SearchRequest(text=text, limit=50), index).hits
    return {texts.index(hit.document.text) for hit in hits}
