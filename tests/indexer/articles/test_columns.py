"""Columns hold of all articles what their sheets say, however these came and went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.articles import columns as module
from indexer.articles import standing as standing_module
from indexer.articles.analysis import EMPTY
from indexer.articles.assembly import NOT_ANALYZED
from indexer.articles.blocks import Damaged, Piece
from indexer.articles.columns import (
    ANALYZED,
    DIGEST,
    ENGLISH,
    PERIODIC,
    Columns,
)
from indexer.articles.lengths import VERY_SHORT, OutletLengths
from indexer.articles.outlets import OutletNames, OutletSaid
from indexer.articles.sheet import Sheet
from indexer.articles.standing import Standing
from indexer.families.events import Lead
from indexer.families.repeated_text import FLAG, Paragraph, RepeatedText

_outlets = st.builds(
    OutletSaid, st.sampled_from(["a.example", "b.example", ""]),
    st.sampled_from(["Ledger", "The Ledger", "LEDGER", "Courier", ""]), st.booleans(),
)  # fmt: skip
_paragraphs = st.lists(
    st.builds(Paragraph, st.integers(1, 6).map(lambda one: one * 700_000_001), st.integers(20, 90)),
    max_size=4,
).map(tuple)
_sheets = st.builds(
    Sheet,
    article_id=st.sampled_from([f"{number:02}{'aé' * (number % 2)}" for number in range(40)]),
    names=st.just(()),
    owners=st.just({}),
    signature=st.integers(0, 2**32 - 1).map(lambda one: np.full(64, one, np.uint32)),
    reported=st.floats(0, 1e9),
    day=st.one_of(st.none(), st.integers(1, 800_000)),
    lead=st.builds(Lead, st.booleans(), st.lists(st.integers(0, 2**32 - 1), max_size=4).map(tuple)),
    outlet=_outlets,
    paragraphs=_paragraphs,
    cleaner=st.sampled_from(["1", "2"]),
    flags=st.sampled_from([(), (VERY_SHORT,), ("odd", VERY_SHORT)]),
    text_bytes=st.integers(0, 2**33),
    title=st.just(""),
    language=st.sampled_from(["en", "uk"]),
    in_other_letters=st.booleans(),
    is_analyzed=st.booleans(),
)
_coming = st.lists(_sheets, max_size=8, unique_by=lambda sheet: sheet.article_id)
_going = st.lists(st.integers(0, 39), max_size=4)


@dataclass
class _Kept:
    """Blocks as a file would keep them."""

    blocks: dict[int, dict[str, bytes]] = field(default_factory=dict)

    def opened(self) -> Columns:
        return Columns(
            {
                number: {
                    name: Piece(len(content), partial(_fill, content))
                    for name, content in pieces.items()
                }
                for number, pieces in self.blocks.items()
            }
        )

    def keep(self, columns: Columns) -> None:
        for number in self.blocks.keys() - set(columns.numbers):
            del self.blocks[number]
        for number, pieces in columns.changed():
            self.blocks.setdefault(number, {}).update(pieces)


def _fill(content: bytes, buffer: memoryview) -> None:
    buffer[:] = content


def _came(sheet: Sheet) -> bytes:
    return f"{sheet.article_id} {sheet.text_bytes}".encode().ljust(DIGEST)[:DIGEST]


def _hold(columns: Columns, sheets: list[Sheet]) -> None:
    """Asserts that columns hold these sheets, by id."""
    assert columns.ids == [one.article_id for one in sheets]
    rows, signatures = columns.signatures()
    for name, expected in (
        ("reported", [one.reported for one in sheets]),
        ("day", [one.day or 0 for one in sheets]),
        ("bytes", [one.text_bytes for one in sheets]),
    ):
        assert columns.column(name).tolist() == expected
    assert columns.bit(ENGLISH).tolist() == [one.is_english for one in sheets]
    assert columns.bit(ANALYZED).tolist() == [one.is_analyzed for one in sheets]
    assert columns.bit(PERIODIC).tolist() == [one.lead.is_periodic for one in sheets]
    for place, sheet in enumerate(sheets):
        record = columns.records[columns.column("record")[place]]
        assert record == (sheet.outlet, sheet.cleaner, sheet.flags)
        assert (signatures[rows[place]] == sheet.signature).all()
        for name, values in (
            ("lead words", sheet.lead.words),
            ("paragraph keys", tuple(one.key for one in sheet.paragraphs)),
            ("paragraph lengths", tuple(one.length for one in sheet.paragraphs)),
        ):
            starts, all_values = columns.several(name)
            row = rows[place]
            assert tuple(all_values[starts[row] : starts[row + 1]].tolist()) == values


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_coming, _going), min_size=1, max_size=14))
def test_columns_hold_what_sheets_say(updates: list[tuple[list[Sheet], list[int]]]) -> None:
    kept, model, came = _Kept(), dict[str, Sheet](), dict[str, bytes]()
    for coming, going in updates:
        columns = kept.opened()
        ids = sorted(model)
        dropped = {ids[at] for at in going if at < len(ids)} | {one.article_id for one in coming}
        columns.drop(dropped)
        for one in dropped:
            model.pop(one, None)
            came.pop(one, None)
        for sheet in coming:
            columns.put(sheet)
            model[sheet.article_id] = sheet
        columns.sort()
        sheets = [model[one] for one in sorted(model)]
        _hold(columns, sheets)
        before = [came.get(one.article_id, bytes(DIGEST)) for one in sheets]
        assert [one.tobytes() for one in columns.came_to] == before
        now = b"".join(map(_came, sheets))
        columns.came(np.frombuffer(now, np.uint8).reshape(-1, DIGEST))
        came = {one.article_id: _came(one) for one in sheets}
        kept.keep(columns)
        assert len(kept.blocks) <= module._MOST


def test_what_comes_is_written_and_what_was_there_is_not() -> None:
    kept = _Kept()
    columns = kept.opened()
    for number in range(100):
        columns.put(made_up_sheet(f"{number:03}"))
    columns.sort()
    columns.came(np.ones((100, DIGEST), np.uint8))
    kept.keep(columns)
    columns = kept.opened()
    columns.drop({"007"})
    columns.put(made_up_sheet("007"))
    columns.sort()
    columns.came(np.ones((100, DIGEST), np.uint8))
    written = {number: {name for name, _ in pieces} for number, pieces in columns.changed()}
    assert written == {0: {"there", "came to"}, 1: {*kept.blocks[0]}}


def test_what_articles_came_to_is_forgotten() -> None:
    kept = _Kept()
    columns = kept.opened()
    columns.put(made_up_sheet("a"))
    columns.sort()
    columns.came(np.ones((1, DIGEST), np.uint8))
    kept.keep(columns)
    columns = kept.opened()
    columns.forget()
    columns.sort()
    assert not columns.came_to.any()


@pytest.mark.parametrize("name", ["", "signature", "lead words", "there", "came to", "bits"])
@pytest.mark.parametrize("content", [None, b""])
def test_a_block_in_which_something_is_missing_is_damaged(name: str, content: bytes | None) -> None:
    kept = _Kept()
    columns = kept.opened()
    columns.put(made_up_sheet("a"))
    columns.sort()
    kept.keep(columns)
    if content is None:
        del kept.blocks[0][name]
    else:
        kept.blocks[0][name] = content
    with pytest.raises((Damaged, ValueError)):
        kept.opened()


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing_module, "_AT_ONCE", 3)


@pytest.mark.usefixtures("few_at_once")
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(_sheets, min_size=1, max_size=40, unique_by=lambda sheet: sheet.article_id), _going)
def test_standing_is_as_counted_one_by_one(sheets: list[Sheet], going: list[int]) -> None:
    sheets.sort(key=lambda sheet: sheet.article_id)
    kept = _Kept()
    columns = kept.opened()
    for sheet in sheets:
        columns.put(sheet)
    columns.sort()
    kept.keep(columns)
    columns = kept.opened()
    gone = {sheets[at].article_id for at in going if at < len(sheets)}
    columns.drop(gone)
    columns.sort()
    staying = [sheet for sheet in sheets if sheet.article_id not in gone]
    names, lengths, repeated = OutletNames(), OutletLengths(), RepeatedText()
    for sheet in staying:
        names.count(sheet.outlet)
        lengths.count(sheet.outlet.outlet, sheet.flags)
        repeated.count(sheet.paragraphs)
    standing = Standing(columns, OutletNames())
    assert standing.cleaners == {sheet.cleaner for sheet in staying}
    for place, sheet in enumerate(staying):
        assert standing.outlet(place) == names.name(sheet.outlet)
        doubts = Counter(lengths.kept(sheet.outlet.outlet, sheet.flags))
        doubts[FLAG] += repeated.are_repeated(sheet.paragraphs)
        doubts[NOT_ANALYZED] += not sheet.is_analyzed
        assert +doubts == Counter(standing.doubts(place))


def made_up_sheet(article_id: str) -> Sheet:
    """A sheet of which nothing matters but its id."""
    return Sheet(
        article_id=article_id,
        names=(),
        owners={},
        signature=EMPTY.signature,
        reported=0.0,
        day=1,
        lead=Lead(is_periodic=False, words=(1, 2)),
        outlet=OutletSaid("a.example", "Ledger", is_said=True),
        paragraphs=(),
        cleaner="1",
        flags=(),
        text_bytes=1,
        title="",
        language="en",
        in_other_letters=False,
        is_analyzed=True,
    )
