"""Reports of one happening by different outlets are an event; tolls of other days are none."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.event_finder import EventFinder
from corpus.dates import PartialDate
from corpus.errors import IndexCorrupt
from indexer.document import IndexDocument
from indexer.entities.types import ArticleEntity, EntityKind
from indexer.families.event_file import NoEvents, open_events, write_events
from indexer.families.events import DAYS, lead
from tests.contract.made_up import document

STRIKE = (
    "A drone struck the grain terminal of Verbovets at dawn, killing {} dockers, the mayor said."
)
AGAIN = "The mayor of Verbovets says {} dockers died when a drone struck its grain terminal."


def report(
    name: str, text: str, day: int = 1, *, outlet: str = "", place: str = "verbovets"
) -> IndexDocument:
    return replace(
        document("From our correspondents", text),
        article_id=name,
        family_id=name,
        outlet=outlet or f"Outlet of {name}",
        published=PartialDate(f"2024-05-{day:02}", "url"),
        entities=(ArticleEntity(f"place.{place}", EntityKind.PLACE, place, 1),) if place else (),
    )


def others(count: int = 40) -> list[IndexDocument]:
    """Reports of other things, so that words have something to be rare in."""
    source = random.Random(8)
    letters = "abcdefghijklmnop"
    words = ["".join(source.choices(letters, k=6)) for _ in range(300)]
    return [
        report(f"other{at}", " ".join(source.choices(words, k=40)), 1 + at % 20, place=f"p{at % 7}")
        for at in range(count)
    ]


def events_of(*reports: IndexDocument) -> list[list[str]]:
    finder = EventFinder()
    for one in (*others(), *reports):
        finder.add(one)
    return finder.events()


def test_reports_of_one_happening_are_an_event_earliest_first() -> None:
    late, early = report("late", AGAIN.format(9), 2), report("early", STRIKE.format(7), 1)
    assert events_of(late, early) == [["early", "late"]]


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (report("b", AGAIN.format(9), 1 + DAYS), True),
        (report("b", AGAIN.format(9), 2 + DAYS), False),
        (report("b", AGAIN.format(9), place="ostrava"), False),
        (report("b", AGAIN.format(9), place=""), False),
        (report("b", AGAIN.format(9), outlet="OUTLET of a"), False),
        (replace(report("b", STRIKE.format(7)), family_id="a"), False),
        (replace(report("b", AGAIN.format(9)), published=PartialDate("2024-05", "url")), False),
        (replace(report("b", AGAIN.format(9)), published=None), False),
        (
            report("b", "Schools of Verbovets open again after the holidays, a council told us."),
            False,
        ),
    ],
)
def test_what_makes_an_event(other: IndexDocument, *, together: bool) -> None:
    assert events_of(report("a", STRIKE.format(7)), other) == ([["a", "b"]] if together else [])


def test_daily_tolls_are_events_of_their_own_days() -> None:
    """They share their sentence every day; two outlets tell of each."""
    toll = "The ministry in Verbovets reports {} deaths in raids over the past day, and {} wounded."
    tolls = [
        report(f"{day:02}{outlet}", toll.format(40 + day, 90 - day), day, outlet=outlet)
        for day in range(1, 16)
        for outlet in ("Ledger", "Courier")
    ]
    assert events_of(*tolls) == [[f"{day:02}Ledger", f"{day:02}Courier"] for day in range(1, 16)]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Drone struck grain terminal, Mayor of Verbovets on dockers", False),
        ("Grain terminal of Verbovets–Ostrava, Dockers killed by drone", False),
        ("Drone struck grain terminal, Mayor of Verbovets mourns dockers.", True),
        ("Drone struck grain terminal, killing dockers, mayor of Verbovets said", True),
        ("Drone struck grain terminal of Verbovets at dawn killing dockers", True),
    ],
)
def test_a_row_of_topics_is_no_report(text: str, *, together: bool) -> None:
    found = events_of(report("a", STRIKE.format(7)), report("b", text))
    assert found == ([["a", "b"]] if together else [])


def test_no_war_becomes_one_event() -> None:
    days = [report(f"{day:02}", STRIKE.format(day), day) for day in range(1, 8)]
    for members in events_of(*days):
        assert int(members[-1]) - int(members[0]) <= DAYS


@given(st.permutations(range(6)))
def test_the_order_of_taking_in_changes_nothing(order: list[int]) -> None:
    reports = [
        *(report(f"s{at}", STRIKE.format(at + 3), at + 1) for at in range(3)),
        *(report(f"t{at}", AGAIN.format(at + 3), at + 1) for at in range(3)),
    ]
    found = {frozenset(one) for one in events_of(*(reports[at] for at in order))}
    assert found == {frozenset(one) for one in events_of(*reports)}
    members = [one for event in found for one in event]
    assert len(members) == len(set(members))


def test_of_words_as_long_the_first_ones_count() -> None:
    """And not those that a process happens to come upon first."""
    words = [f"{one}{other}zorq" for one in "bcdfghjk" for other in "bcdfghjk"]
    text = f"They said {' '.join(words)}."
    assert lead("", text).words == lead("", f"They said {' '.join(sorted(words)[:48])}.").words
    assert len(lead("", text).words) == 48


def test_nothing_added_is_no_event() -> None:
    assert EventFinder().events() == []


def test_events_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "events.sqlite"
    write_events(path, [["b", "a"], ["c", "d", "e"]])
    events = open_events(path)
    assert events.of("a") == events.of("b") == ("b", "a")
    assert events.of("d") == ("c", "d", "e")
    assert events.of("z") == ()
    events.close()
    assert isinstance(open_events(tmp_path / "none"), NoEvents)
    path.write_bytes(b"no database" * 200)
    with pytest.raises(IndexCorrupt, match="rebuild"):
        open_events(path).of("a")


@pytest.mark.parametrize("counting", ["in the past 24 hours", "over the last day", "за сутки"])
def test_what_counts_by_days_is_an_event_of_its_day_only(counting: str) -> None:
    one = report("a", f"{STRIKE.format(7)} {counting}")
    assert events_of(one, report("b", f"{AGAIN.format(9)} {counting}", 1)) == [["a", "b"]]
    assert events_of(one, report("b", f"{AGAIN.format(9)} {counting}", 2)) == []
