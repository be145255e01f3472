"""Are reports of one happening put together, and daily tolls not?

Happenings of made-up names are told by two to four outlets within two days, each in a sentence of
its own with a toll of its own, some of their words changed. Beside them stand daily tolls of the
same places, and happenings of the same kind elsewhere on the same day. Prints precision over pairs,
recall by report, and the time.

    python -m benchmarks.events [--happenings 500]
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from benchmarks.event_finder import EventFinder
from corpus.dates import PartialDate
from indexer.document import IndexDocument
from indexer.entities.types import ArticleEntity, EntityKind

_TOLD = """\
A {weapon} struck a {target} of {town} {when}, killing at least {dead} people, said governor {who}.
At least {dead} people are dead after a {weapon} hit the {target} in {town}; {who} calls it a crime.
Governor {who} of {town} puts the toll of the {weapon} attack on the {target} at {dead}.
{town} mourns: {dead} were killed when the {target} was hit by a {weapon}; {who} will rebuild it.\
""".split("\n")
_TOLL = "The health ministry reports {dead} deaths in {town} over the past day, and {hurt} wounded."
_WEAPONS = "drone|missile|shell|car bomb|mortar round|rocket|glide bomb|mine".split("|")
_TARGETS = (
    "market|hospital|school|bakery|power plant|bus station|grain terminal|church|hotel|bridge"
    "|water tower|police post|kindergarten|fuel depot|railway station|library"
).split("|")
_WHEN = "at dawn|on Monday evening|before noon|overnight".split("|")
_SYLLABLES = (
    "ba be bor dra ek el gor ha il ka kor li lo mar na no ol pa ra ri sa so ta tu ve vo".split()
)

Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Told:
    """A report, and of which happening it tells; each toll is its own."""

    document: IndexDocument
    happening: int


def reports(happenings: int, random: Random) -> Iterator[Told]:
    """Happenings by several outlets, elsewhere of the same kind, and tolls of each day."""
    numbers = itertools.count()
    towns = [_name(random) for _ in range(max(2, happenings // 10))]
    for happening in range(happenings):
        day = int(random.integers(0, happenings))
        said = {
            "town": str(random.choice(towns)),
            "who": f"{_name(random)} {_name(random)}",
            "weapon": str(random.choice(_WEAPONS)),
            "target": str(random.choice(_TARGETS)),
            "when": str(random.choice(_WHEN)),
        }
        outlets = int(random.integers(2, 5))
        for outlet, form in enumerate(random.permutation(len(_TOLD))[:outlets].tolist()):
            later = day + min(outlet, 2) * int(random.integers(0, 2))
            text = _TOLD[form].format(**said, dead=int(random.integers(2, 90)))
            made = _document(next(numbers), text, said["town"], later, f"Outlet {outlet}")
            yield Told(made, happening)
    for toll in range(happenings):
        town = towns[toll % len(towns)]
        dead, hurt = random.integers(2, 900, size=2).tolist()
        text = _TOLL.format(town=town, dead=dead, hurt=hurt)
        made = _document(next(numbers), text, town, toll // len(towns), f"Outlet {toll % 5}")
        yield Told(made, happenings + toll)


def _name(random: Random) -> str:
    return "".join(random.choice(_SYLLABLES, size=3).tolist()).capitalize()


def _document(number: int, text: str, town: str, day: int, outlet: str) -> IndexDocument:
    published = date(2020, 1, 1) + timedelta(days=day)
    return IndexDocument(
        article_id=f"{number:06}",
        title="",
        text=text,
        outlet=outlet,
        published=PartialDate(published.isoformat(), "url"),
        collected=PartialDate("2024-01-01", "collected"),
        entities=(ArticleEntity(town, EntityKind.PLACE, town, 1),),
        family_id=f"{number:06}",
        original_sha256="",
    )


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs put together, and of how many reports with a companion one was found."""

    pairs: int
    right: int
    asked: int
    met: int

    @property
    def precision(self) -> float:
        return self.right / max(self.pairs, 1)

    @property
    def recall(self) -> float:
        return self.met / max(self.asked, 1)


def assess(found: list[list[str]], truth: list[Told]) -> Score:
    """Precision over pairs of reports; recall over reports whose happening has another one."""
    of = {told.document.article_id: told.happening for told in truth}
    joined = [pair for event in found for pair in itertools.combinations(event, 2)]
    right = [(one, other) for one, other in joined if of[one] == of[other]]
    told = list(of.values())
    asked = [one for one, happening in of.items() if told.count(happening) > 1]
    met = {one for pair in right for one in pair}
    return Score(len(joined), len(right), len(asked), len(met.intersection(asked)))


def measure(truth: list[Told]) -> Score:
    """Groups the reports and compares."""
    finder = EventFinder()
    for told in truth:
        finder.add(told.document)
    return assess(finder.events(), truth)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--happenings", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    truth = list(reports(options.happenings, np.random.Generator(np.random.PCG64(options.seed))))
    started = time.process_time()
    score = measure(truth)
    took = (time.process_time() - started) / len(truth) * 1e3
    print(f"{len(truth)} reports, {took:.2f} ms each; pairs {score.pairs}, right {score.right}:")
    print(f"precision {score.precision:.4f}, recall {score.recall:.4f}")


if __name__ == "__main__":
    main()
