"""Real text: a few hundred real articles, as a historian's collection for the browser.

Wikinews, one-paragraph events and diplomatic papers of `../shared/data`, of which nothing is copied
here: what is chosen, is chosen by words and dates.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def write_pile(data: Path, folder: Path) -> None:
    """Writes what is chosen of each set as JSON lines that `dispatches add` reads."""
    folder.mkdir(parents=True)
    for name, records in (
        ("wikinews", _wikinews(data)),
        ("events", _events(data)),
        ("linked", _linked(data)),
        ("papers", _papers(data)),
    ):
        kept = ("id", "title", "date", "url", "source", "text")
        lines = [{key: one[key] for key in kept if one.get(key)} for one in records]
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


def _wikinews(data: Path) -> Iterator[Record]:
    """News of a page each, with people who speak."""
    found = _told(data, "wikinews", r"killed|attack|military|minister|hospital")
    for one in islice(found, 110):
        yield {**one, "source": "Wikinews"}


def _events(data: Path) -> Iterator[Record]:
    """One paragraph a day and outlet: hospitals in Gaza, a war's president, a spring of 2019."""
    for start, end, words in (
        ("2019-03-18", "2019-03-26", r"kill|dead|explosion"),
        ("2023-10-07", "2024-01-31", r"[Hh]ospital.*Gaza|Gaza.*[Hh]ospital|Zelensky"),
        ("2025-01-01", "2025-01-20", r"Gaza|Ukrain|Israel"),
    ):
        yield from islice(_told(data, "world_events", words, _between(start, end)), 70)


def _linked(data: Path) -> Iterator[Record]:
    """The same spring of a later year as its outlets are credited elsewhere."""
    fits = _between("2025-01-01", "2025-01-20")
    yield from islice(_told(data, "world_events_linked", r"Gaza|Ukrain|Israel", fits), 50)


def _papers(data: Path) -> Iterator[Record]:
    """Letters and memoranda of a Secretary of State, some of them without a date."""
    found = list(_told(data, "diplomatic_documents", r"Secretary (?:of State )?Rusk", _is_short))
    undated = [one for one in found if not one.get("date")]
    for one in (*found[::30][:40], *undated[:4]):
        yield {**one, "source": "Foreign Relations"}


def _is_short(one: Record) -> bool:
    return 600 < len(one["text"]) < 6000


def _between(start: str, end: str) -> Callable[[Record], bool]:
    return lambda one: start <= one.get("date", "") <= end


def _told(
    data: Path, name: str, words: str, fits: Callable[[Record], bool] = lambda _: True
) -> Iterator[Record]:
    """The records of a set that say something."""
    with gzip.open(data / "articles" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            one: Record = json.loads(line)
            if fits(one) and re.search(words, one["text"]):
                yield one
