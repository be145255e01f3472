"""How long does a question take that was made to take long?

    python -m benchmarks.bombs [--articles 300000] [--words 100] [--folder DIR] [--each 3]

Builds an index of that many articles (shortened to some words, so that a million can be built), or
takes the one that lies in the folder already, and asks the application whatever the limits of the
language let through: 64 clauses of the most frequent words, wildcards, phrases, spellings, ranges
and filters, of search and of every analysis. The fastest of some tries counts, in CPU time: the
machine may have other work. Says the worst of all.
"""

from __future__ import annotations

import argparse
import string
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from flask.testing import FlaskClient

from benchmarks import machine
from benchmarks.articles import documents
from benchmarks.peers import BUILDERS
from corpus.home import Home
from corpus.store import Catalogue
from indexer.document import IndexDocument
from indexer.generations.publishing import Generations
from webui.app import create_app
from webui.collection import open_collection

_CLAUSES, _LENGTH = 64, 2000
_READERS = ("concordance", "timeline", "together", "map", "coverage", "quotes")
_EVERY_FACET = ",".join(
    "person org place outlet date:day language medium agency flag said_by".split()
)


def _shortened(document: IndexDocument, words: int) -> IndexDocument:
    """Its first words, with the entities that it had: what a text names is not looked at here."""
    return replace(document, text=" ".join(document.text.split()[:words]))


def _most_frequent(number: int) -> list[str]:
    counted = Counter(
        word
        for document in islice(documents(2000), 2000)
        for word in document.text.lower().split()
        if word.isalpha()
    )
    return [word for word, _ in counted.most_common(number)]


def _joined(words: list[str], by: str) -> str:
    """As many of them as the language takes."""
    text = ""
    for word in words[:_CLAUSES]:
        longer = f"{text}{by}{word}" if text else word
        if len(longer) > _LENGTH:
            break
        text = longer
    return text


def questions() -> Iterator[tuple[str, str]]:
    """Names of bombs, and what is asked."""
    words = _most_frequent(400)
    letters = list(string.ascii_lowercase)
    long = [word for word in words if len(word) > 5]
    yield "nothing", ""
    yield "one frequent word", words[0]
    yield "64 frequent words, OR", _joined(words, " OR ")
    yield "64 frequent words, AND", _joined(words, " ")
    yield "64 frequent words, none wanted", _joined([f"-{word}" for word in words], " ")
    yield "a letter and a star", "a*"
    yield "26 letters and stars", _joined([f"{one}*" for one in letters], " OR ")
    yield (
        "64 beginnings of two letters",
        _joined([f"{one}{two}*" for one in "scptma" for two in "aeioutrhlpn"], " OR "),
    )
    yield "64 beginnings of frequent words", _joined([f"{word[:4]}*" for word in long], " OR ")
    yield "26 stars, AND", _joined([f"{one}*" for one in letters], " ")
    yield "64 spellings two letters off", _joined([f"{one}~2" for one in long], " OR ")
    yield "short words two letters off", _joined([f"{one}~2" for one in words[:_CLAUSES]], " OR ")
    yield "a phrase of frequent words", f'"{_joined(words[:40], " ")}"'
    yield "a phrase of one word", f'"{" ".join([words[0]] * 60)}"'
    yield (
        "30 phrases",
        _joined([f'"{one} {two}"' for one in words[:6] for two in words[:6]][:30], " OR "),
    )
    yield (
        "30 phrases with gaps",
        _joined([f'"{one} {two}"~100' for one in words[:6] for two in words[:6]][:30], " OR "),
    )
    yield (
        "frequent words within a hundred",
        f'"{_joined(words[:20], " ")}"~100',
    )
    yield "20 brackets", "(" * 19 + f"{words[0]} OR {words[1]}" + ")" * 19
    yield "NOT in NOT", " ".join(["NOT ("] * 15) + words[0] + ")" * 15
    yield (
        "64 ranges",
        _joined(
            [f"date:20{year:02}-0{month}..2024" for year in range(2, 24) for month in (1, 4, 7)],
            " OR ",
        ),
    )
    yield "a range of everything", "date:1900..2100"
    yield "persons by a star", _joined([f"person:{one}*" for one in letters], " OR ")
    yield "all outlets", _joined([f'outlet:"Outlet {one}"' for one in range(60)], " OR ")
    yield "a regular expression", "/(a+)+$/ [a-z]{1,99} (.*)*"
    yield "a title of stars", _joined([f"title:{one}*" for one in letters], " OR ")
    yield "64 words that nobody wrote", _joined([f"{word[::-1]}x" for word in long], " ")
    names = [one.label for document in islice(documents(300), 300) for one in document.entities]
    distinct = list(dict.fromkeys(names))
    yield "names without quotation marks", _joined(distinct[:25], " ")
    yield "names in quotation marks, OR", _joined([f'"{name}"' for name in distinct], " OR ")
    yield "64 frequent words twice over", _joined([f"{one} {one}*" for one in words[:32]], " OR ")


def addresses() -> Iterator[tuple[str, str]]:
    """What is asked of the application: names and addresses."""
    for name, text in questions():
        asked = {"q": text}
        facets = {"facet": _EVERY_FACET, "facet_size": "100"}
        yield name, f"/api/v1/search?{urlencode(asked)}"
        yield f"{name}; every facet", f"/api/v1/search?{urlencode(asked | facets)}"
        yield f"{name}; the page", f"/search?{urlencode(asked)}"
        yield (
            f"{name}; collapsed, oldest, 100 hits",
            "/api/v1/search?"
            + urlencode(asked | {"collapse": "family", "sort": "oldest", "limit": "100"}),
        )
        for reader in _READERS:
            yield f"{name}; {reader}", f"/{reader}?{urlencode(asked)}"
        by = " OR " if " OR " in text else " "
        parts = text.split(by)
        five = [("q", by.join(parts[:at] + parts[at + 1 :]) or text) for at in range(5)]
        yield f"{name}; timeline of five", f"/api/v1/timeline?{urlencode(five)}"
        yield f"{name}; as an export begins", f"/api/v1/export.csv?{urlencode(asked)}"
    for beginning in ("a", "s", "th", "per"):
        yield f"suggestions for {beginning}", f"/api/v1/suggest?q={beginning}"
    for facet in ("person", "org", "place"):
        yield f"all of {facet}", f"/facets/{facet}?limit=100"


def measure(client: FlaskClient, each: int) -> list[tuple[float, float, int, str]]:
    """CPU time, time, status and name of each, the longest first."""
    found = []
    for name, address in addresses():
        tries = []
        for _ in range(each):
            started, cpu = time.perf_counter(), time.process_time()
            with client.get(address, buffered=False) as answer:  # an export is read no further
                status = answer.status_code
            tries.append((time.process_time() - cpu, time.perf_counter() - started))
            if tries[-1][0] > 10:
                break
        best = min(tries)
        found.append((*best, status, name))
    return sorted(found, reverse=True)


def deep(client: FlaskClient, pages: int) -> float:
    """CPU time of the dearest page, when a result of everything is leafed through."""
    worst, cursor = 0.0, ""
    for _ in range(pages):
        started = time.process_time()
        answer = client.get(f"/api/v1/search?q=&limit=100{cursor}").json
        worst = max(worst, time.process_time() - started)
        assert answer is not None
        cursor = f"&cursor={answer['next_cursor']}"
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=300_000)
    parser.add_argument("--words", type=int, help="of each article, at most")
    parser.add_argument("--folder", type=Path, help="where an index lies, or is kept")
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--worst", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(options.folder or Path(folder))
        Catalogue.open(home.catalogue).close()
        if not Generations(home.index).names():
            made = documents(options.articles)
            if options.words:
                made = (_shortened(document, options.words) for document in made)
            BUILDERS["dispatches"]().build(home.index, made)
        articles = Generations(home.index).current().manifest.counts["articles"]
        client = create_app(open_collection(home)).test_client()
        print(f"{articles:,} articles\n{machine.describe()}\n")
        print("| asked | status | s of CPU time | s |\n|---|---|---|---|")
        client.get("/search?q=the")
        found = measure(client, options.each)
        for cpu, wall, status, name in found[: options.worst]:
            print(f"| {name} | {status} | {cpu:.2f} | {wall:.2f} |")
        over = sum(cpu > 1 for cpu, *_ in found)
        print(f"\n{len(found)} questions; {over} took more than 1 s. The dearest of 200 pages of a")
        print(f"result of everything took {deep(client, 200) * 1000:.0f} ms.")


if __name__ == "__main__":
    main()
