"""Keeping: how is a change made to a dossier? Checked against all others and added as a line, one
writer at a time; what is acknowledged was read back from the disk.

The terminal and the browser come here alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from corpus.errors import DossierError, InvalidParameter
from corpus.store import lines
from corpus.store.lines import DamagedLine, Line
from indexer.document import IndexDocument
from search.dossiers.changes import (
    MAX_AT_ONCE,
    Add,
    Change,
    Create,
    Kept,
    Passage,
    Reference,
    Undo,
    body,
    check_form,
    kept,
)
from search.dossiers.hiding import dossiers_without
from search.dossiers.passages import passage_at, place_of
from search.dossiers.replay import Dossiers, later_than, load


def keep(path: Path, who: str, *changes: Change, hidden: Collection[str] = ()) -> list[Kept]:
    """Makes changes, all or none; each gets its writer and its time here.

    Args:
        path: the file of dossiers; made if need be.
        who: whose changes they are.
        hidden: articles that they may not see; to them, nothing about these can be changed.

    Raises:
        DossierError, DossierNotFound: one of them cannot be made. Nothing was written.
        StorageError: they could not be written. None of them counts.
    """
    if not who.strip():
        raise InvalidParameter("nobody is named", where="who", advice="Say who changes it")
    with lines.alone(path):
        dossiers = load(path)
        signed: list[Kept] = []
        for change in changes:
            if signed:  # each is checked as the one before left them
                dossiers = Dossiers((*dossiers.log, signed[-1]))
            named = _by_id(change, dossiers)
            check_form(named)
            if hidden:
                dossiers_without(dossiers, hidden).refuse(named)
            dossiers.refuse(named)
            when = later_than(dossiers.log[-1].change.when if dossiers.log else "")
            made = msgspec.structs.replace(named, who=who.strip(), when=when)
            signed.append(kept(Line(0, body(made))))
        lines.add(path, [one.line.body for one in signed])
        return signed


def _by_id(change: Change, dossiers: Dossiers) -> Change:
    """The change with the id of its dossier, where it has its name."""
    if isinstance(change, Create):
        return change
    if isinstance(change, Undo):
        undone = [one for one in dossiers.log if one.id == change.change]
        of = undone[0].change.dossier or undone[0].id if undone else ""
        return msgspec.structs.replace(change, dossier=of)
    return msgspec.structs.replace(change, dossier=dossiers.dossier(change.dossier).dossier_id)


def adding(dossier: str, references: Sequence[Reference]) -> list[Add]:
    """The changes that put articles into a dossier, however many."""
    return [
        Add(dossier=dossier, articles=tuple(references[start : start + MAX_AT_ONCE]))
        for start in range(0, len(references), MAX_AT_ONCE)
    ]


def reference_to(document: IndexDocument) -> Reference:
    """What a dossier keeps of an article, beside its id."""
    return Reference(
        id=document.article_id,
        version=document.version,
        original_sha256=document.original_sha256,
        title=document.title,
        outlet=document.outlet,
        url=document.url or "",
        published=document.published.iso if document.published else "",
        collected=document.collected.iso,
    )


def passage_in(
    document: IndexDocument, *, words: str = "", span: tuple[int, int] | None = None
) -> Passage:
    """A passage of an article's text, by its words or its offsets.

    Raises:
        DossierError: it is not there, or the words stand there more than once.
    """
    start, end = span or place_of(words, document.text)
    return passage_at(
        document.text,
        start,
        end,
        article=document.article_id,
        version=document.version,
        original_sha256=document.original_sha256,
    )


def taken_out(dossiers: Dossiers, dossier_id: str) -> str:
    """All changes of a dossier as lines, for another collection."""
    return "".join(f"{one.line.text}\n" for one in dossiers.of(dossier_id))


def bring_in(path: Path, content: bytes) -> lines.BroughtIn:
    """Adds the changes of another file that are not here yet; a bad line costs itself.

    Raises:
        StorageError: they could not be written.
    """
    found, damaged = lines.sorted_out(content)
    refused = [*damaged]
    changes: list[Line] = []
    latest = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="microseconds")
    for line in found:
        try:
            when = kept(line).change.when
        except DossierError as error:
            refused.append(DamagedLine.of(line, error.what))
            continue
        if when > latest:  # every change to come would have to be later still
            refused.append(DamagedLine.of(line, "is from the future"))
        else:
            changes.append(line)
    with lines.alone(path):
        here = {one.line.body for one in load(path).log}
        new = [line.body for line in changes if line.body not in here]
        if new:
            lines.add(path, new)
    refused.sort(key=lambda one: one.number)
    return lines.BroughtIn(len(new), len(changes) - len(new), tuple(refused))
