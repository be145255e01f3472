"""Account of a dossier: what is shown of it, whatever shows it? Its articles as an index has them
now, its passages as they are found in their texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.document import IndexDocument
from search.dossiers.keeping import reference_to
from search.dossiers.passages import Standing, find
from search.dossiers.replay import Dossier, Item, KeptNote, KeptPassage
from search.serving.open_index import OpenIndex


@dataclass(frozen=True, slots=True)
class NoteAccount:
    """One note, as it was typed."""

    id: str
    text: str
    who: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageAccount:
    """One passage.

    Attributes:
        exact: as it was picked. now: what stands there now; empty when it is lost.
        start, end: where it stands now.
    """

    id: str
    exact: str
    prefix: str
    suffix: str
    standing: str
    now: str
    start: int
    end: int
    version: int
    who: str
    when: str
    notes: tuple[NoteAccount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAccount:
    """One article.

    Attributes:
        place: counted from 1.
        in_index: whether it is in this index; what is told is else as it was when put in.
    """

    place: int
    id: str
    title: str
    outlet: str
    url: str
    published: str
    collected: str
    version: int
    original_sha256: str
    state: str
    tags: tuple[str, ...]
    who: str
    when: str
    in_index: bool
    notes: tuple[NoteAccount, ...]
    passages: tuple[PassageAccount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One dossier.

    Attributes:
        size: how many articles it has; `items` may be fewer.
        unread: how many of them nobody has read.
    """

    id: str
    name: str
    status: str
    who: str
    when: str
    changed: str
    tags: tuple[str, ...]
    size: int
    unread: int
    all_tags: tuple[str, ...]
    notes: tuple[NoteAccount, ...]
    items: tuple[ItemAccount, ...] = ()


def account_of(
    dossier: Dossier,
    index: OpenIndex | None = None,
    *,
    words: str = "",
    tag: str = "",
    state: str = "",
) -> Account:
    """What is shown of a dossier; its articles only where an index is given.

    Args:
        words: only articles with all of these, in title, outlet, tags, notes or text.
        tag, state: only articles that have it.
    """
    documents = documents_of(dossier, index) if index is not None else {}
    items = [
        _item(place, item, dossier, documents.get(item.article_id))
        for place, item in enumerate(dossier.items.values(), start=1)
        if index is not None
    ]
    kept = [
        one
        for one in items
        if (not tag or tag.casefold() in map(str.casefold, one.tags))
        and (not state or one.state == state)
        and _has(one, documents.get(one.id), words)
    ]
    return Account(
        id=dossier.dossier_id,
        name=dossier.name,
        status=dossier.status.value,
        who=dossier.who,
        when=dossier.when,
        changed=dossier.changed,
        tags=tuple(dossier.tags),
        size=len(dossier.items),
        unread=sum(item.state == "unread" for item in dossier.items.values()),
        all_tags=tuple(dict.fromkeys(one for item in dossier.items.values() for one in item.tags)),
        notes=_notes(dossier.notes()),
        items=tuple(kept),
    )


def documents_of(dossier: Dossier, index: OpenIndex) -> dict[str, IndexDocument]:
    """Its articles that are in an index, by id."""
    numbers = [index.engine.doc_number(article_id) for article_id in dossier.items]
    found = index.engine.fetch([number for number in numbers if number is not None])
    return {document.article_id: document for document in found}


def _item(place: int, item: Item, dossier: Dossier, document: IndexDocument | None) -> ItemAccount:
    told = item.reference if document is None else reference_to(document)
    return ItemAccount(
        place=place,
        id=item.article_id,
        title=told.title,
        outlet=told.outlet,
        url=told.url,
        published=told.published,
        collected=told.collected,
        version=told.version,
        original_sha256=told.original_sha256,
        state=item.state.value,
        tags=tuple(item.tags),
        who=item.who,
        when=item.when,
        in_index=document is not None,
        notes=_notes(dossier.notes(item.article_id)),
        passages=tuple(_passage(one, dossier, document) for one in item.passages),
    )


def _passage(one: KeptPassage, dossier: Dossier, document: IndexDocument | None) -> PassageAccount:
    text = document.text if document is not None else ""
    found = find(one.passage, text)
    return PassageAccount(
        id=one.passage_id,
        exact=one.passage.exact,
        prefix=one.passage.prefix,
        suffix=one.passage.suffix,
        standing=found.standing.value,
        now=text[found.start : found.end] if found.standing is not Standing.LOST else "",
        start=found.start,
        end=found.end,
        version=one.passage.version,
        who=one.who,
        when=one.when,
        notes=_notes(dossier.notes(one.passage_id)),
    )


def _notes(notes: Iterable[KeptNote]) -> tuple[NoteAccount, ...]:
    return tuple(NoteAccount(one.note_id, one.text, one.who, one.when) for one in notes)


def _has(item: ItemAccount, document: IndexDocument | None, words: str) -> bool:
    if not words.strip():
        return True
    passages = [part for one in item.passages for part in (one.exact, *_texts(one.notes))]
    places = [item.title, item.outlet, *item.tags, *_texts(item.notes), *passages]
    held = "\n".join([*places, document.text if document else ""]).casefold()
    return all(word in held for word in words.casefold().split())


def _texts(notes: Iterable[NoteAccount]) -> list[str]:
    return [note.text for note in notes]
