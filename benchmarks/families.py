"""Are families of near-identical reports found, and only they?

Real articles are reprinted the way newsrooms do it: with a new lead, cut from the end, words
changed, quotations dropped, spelling turned. Hard negatives stand among them: articles that quote
a paragraph of another one, digests of several articles, and reports on one template with other
facts. Tolls of many days and places are filled into few sentences, and papers have nothing but a
remark for a text: none of them is another's reprint. Prints pairwise precision and recall by kind
of change, and the time.

    python -m benchmarks.families [--articles 2000]
"""

from __future__ import annotations

import argparse
import itertools
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.articles import Piece, pieces
from corpus.demo import load
from indexer.analysis import analyzer
from indexer.families.grouping import group
from indexer.families.shingles import shingles

Random = np.random.Generator
Change = Callable[[list[str], list[str], Random], list[str]]
"""Words of a text, words of another one, random numbers: to the words of the reprint."""
_SPELLINGS = {
    "isation": "ization", "ise ": "ize ", "our ": "or ", "Zelenskyy": "Zelensky", "Kyiv": "Kiev",
    "Soviet Union": "USSR", "United States": "U.S.", "per cent": "percent", "minister": "Minister",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """A text and what it is a version of."""

    article_id: str
    text: str
    source: int
    change: str


def _words_changed(share: float) -> Change:
    def change(words: list[str], donor: list[str], random: Random) -> list[str]:
        for at in np.flatnonzero(random.random(len(words)) < share).tolist():
            words[at] = donor[at % len(donor)] if random.random() < 0.7 else ""
        return words

    return change


def _cut_to(share: float) -> Change:
    return lambda words, _donor, _random: words[: max(30, int(len(words) * share))]


def _new_lead(words: list[str], donor: list[str], _random: Random) -> list[str]:
    return [*donor[:45], *words[30:]]


def _sentences_dropped(words: list[str], _donor: list[str], random: Random) -> list[str]:
    sentences = re.split(r"(?<=[.!?]) +", " ".join(words))
    return [one for one in sentences if random.random() > 0.2] or words


def _respelled(words: list[str], _donor: list[str], _random: Random) -> list[str]:
    text = " ".join(words)
    for old, new in _SPELLINGS.items():
        text = text.replace(old, new)
    return ["(Agency) —", text, "Reporting by our own correspondents. All rights reserved."]


CHANGES: Mapping[str, Change] = {
    "respelled, credit added": _respelled,
    "new lead": _new_lead,
    "a fifth of the sentences dropped": _sentences_dropped,
    "cut to two thirds": _cut_to(0.67),
    "cut to half": _cut_to(0.5),
    "3 % of the words changed": _words_changed(0.03),
    "8 % of the words changed": _words_changed(0.08),
    "15 % of the words changed": _words_changed(0.15),
}
_TEMPLATE = (
    "The General Staff said in its evening report on {0} that over the past day its forces had"
    " repelled {1} attacks near {2}, {3} near {4} and {5} near {6}. The enemy launched {7} air"
    " strikes and {8} rounds from multiple launch rocket systems at positions of the defenders and"
    " at settlements. The report said that civilians were wounded in {2} and that residential"
    " buildings were damaged. Aviation struck {9} areas where personnel and equipment were"
    " concentrated, and missile units hit {10} command posts and {11} ammunition depots. {12}"
)


def copies(originals: list[Piece], random: Random) -> Iterator[Copy]:
    """Every original, two changed copies of each second one, and the hard negatives."""
    for source, piece in enumerate(originals):
        yield Copy(f"original-{source}", piece.text, source, "original")
        if source % 2:
            continue
        for number in random.choice(len(CHANGES), size=2, replace=False).tolist():
            name, change = list(CHANGES.items())[number]
            donor = originals[int(random.integers(len(originals)))].text.split(" ")
            text = " ".join(change(piece.text.split(" "), donor, random))
            yield Copy(f"{source}-{number}", text, source, name)
    fresh = itertools.count(len(originals))
    for one, other in random.integers(len(originals), size=(len(originals) // 10, 2)).tolist():
        quoted = " ".join(originals[one].text.split(" ")[:60])
        yield Copy(
            f"quoting-{one}-{other}", f"{quoted}\n\n{originals[other].text}", other, "new lead"
        )
        chosen = random.integers(len(originals), size=5).tolist()
        parts = [" ".join(originals[at].text.split(" ")[:70]) for at in chosen]
        source = next(fresh)
        yield Copy(f"digest-{source}", "\n\n".join(parts), source, "digest")
    words = [piece.text.split(" ") for piece in originals]
    for source in itertools.islice(fresh, len(originals) // 20):
        filled = [words[int(random.integers(len(words)))][10 + n] for n in range(12)]
        end = " ".join(words[int(random.integers(len(words)))][:60])
        yield Copy(f"template-{source}", _TEMPLATE.format(*filled, end), source, "template")


def bundled() -> Iterator[Copy]:
    """The sample articles: wire reports, and their reprints edited by people."""
    articles = load()
    numbers = {article.slug: number for number, article in enumerate(articles)}
    for article in sorted(articles, key=lambda one: bool(one.reprint_of)):
        change = "reprint" if article.reprint_of else "original"
        source = numbers[article.reprint_of or article.slug]
        yield Copy(article.slug, "\n\n".join(article.paragraphs), source, change)


_TOLLS = """\
{place} reports {dead} deaths and {hurt} new cases in the past {hours} hours, bringing the toll of \
this year to {total}.
At least {dead} people are killed in attacks across the {place} region, including {hurt} near the \
city of {other}.
Air raids on {place} kill {dead} people and wound {hurt}, according to the health authorities in \
{other}, who count {total} dead since the war began.\
""".split("\n")
_PLACES = (
    "Aleppo Bakhmut Cairo Donetsk Gaza Hodeida Idlib Jenin Kherson Khartoum Lviv Mariupol".split()
)
_REMARKS = ("Secret. {0} pp.", "Not printed.", "Text not declassified. {0} p.", "{0}", "")


def tolls(random: Random, count: int) -> Iterator[Copy]:
    """Reports of so many days, papers with hardly a text, and every tenth report once more."""
    for source in range(count):
        place, other = random.choice(_PLACES, size=2, replace=False).tolist()
        dead, hurt, total = (int(random.integers(2, most)) for most in (80, 900, 60_000))
        text = _TOLLS[source % len(_TOLLS)].format(
            place=place, other=other, dead=dead, hurt=hurt, total=f"{total:,}", hours=24
        )
        yield Copy(f"toll-{source}", text, source, "toll")
        if source % 10 == 0:
            yield Copy(f"toll-again-{source}", f"{text} (Agency)", source, "toll, credit added")
        remark = _REMARKS[source % len(_REMARKS)].format(dead % 3)
        yield Copy(f"remark-{source}", remark, count + source, "remark")


def distinct(candidates: list[Piece]) -> list[Piece]:
    """Those that repeat no other: real archives hold drafts and reprints, which nobody labelled."""
    sets = [shingles(analyzer().surfaces(piece.text)) for piece in candidates]
    seen: dict[int, int] = {}
    kept = []
    for number, (piece, found) in enumerate(zip(candidates, sets, strict=True)):
        shared = Counter(seen.setdefault(one, number) for one in found.tolist())
        shared.pop(number, 0)
        if not shared or max(shared.values()) < len(found) / 10:
            kept.append(piece)
    return kept


@dataclass(frozen=True, slots=True)
class Grouping:
    """How well a grouping agrees with the truth.

    Attributes:
        pairs, right: pairs of articles put into one family, and those that belong there.
        wrong: kinds of change of the pairs that do not.
        asked, met: by kind of change, copies that have an original, and those in its family.
    """

    pairs: int
    right: int
    wrong: Counter[str]
    asked: Counter[str]
    met: Counter[str]

    @property
    def precision(self) -> float:
        return self.right / self.pairs

    @property
    def recall(self) -> float:
        return self.met.total() / self.asked.total()


def assess(found: Mapping[str, str], truth: list[Copy]) -> Grouping:
    """Precision over pairs of articles, recall by copy."""
    by_family: dict[str, list[Copy]] = defaultdict(list)
    by_source: dict[int, list[Copy]] = defaultdict(list)
    for copy in truth:
        by_family[found[copy.article_id]].append(copy)
        by_source[copy.source].append(copy)
    joined = [pair for family in by_family.values() for pair in itertools.combinations(family, 2)]
    wrong = Counter(
        " + ".join(sorted((one.change, other.change)))
        for one, other in joined
        if one.source != other.source
    )
    asked, met = Counter[str](), Counter[str]()
    for members in by_source.values():
        for copy in members[1:]:
            asked[copy.change] += 1
            met[copy.change] += found[copy.article_id] == found[members[0].article_id]
    return Grouping(len(joined), len(joined) - wrong.total(), wrong, asked, met)


def report(grouping: Grouping) -> None:
    """Prints a grouping."""
    print(
        f"pairs joined {grouping.pairs}, right {grouping.right}:"
        f" precision {grouping.precision:.4f}; recall {grouping.recall:.4f}"
    )
    for kinds, count in grouping.wrong.most_common(5):
        print(f"    wrong: {count} {kinds}")
    for change, asked in sorted(grouping.asked.items()):
        print(f"    recall {grouping.met[change] / asked:.3f}  {change} ({asked})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2000, help="originals before changes")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random = np.random.Generator(np.random.PCG64(options.seed))
    originals = distinct(list(itertools.islice(pieces(), options.articles)))
    sets = {
        "Bundled articles": bundled(),
        "Changed real articles": copies(originals, random),
        "Tolls and remarks": tolls(random, 1000),
    }
    for name, labeled in sets.items():
        truth = list(labeled)
        started = time.perf_counter()
        found = group((copy.article_id, copy.text) for copy in truth)
        took = time.perf_counter() - started
        print(f"{name}: {len(truth)} grouped, {took / len(truth) * 1e3:.2f} ms each")
        report(assess(found, truth))


if __name__ == "__main__":
    main()
