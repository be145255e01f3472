"""No damage makes a reader crash, hang or eat memory: it gives documents and errors, and ends.

Mutations of one good file of each format. A few run always; `-m slow` runs twenty thousand.
"""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import RawDocument
from corpus.errors import InputError
from corpus.readers import read
from corpus.readers.reading import READER_FAULT
from tests.corpus.readers.crawls import as_one_block, crawl
from tests.corpus.readers.test_readers import FEED, PAGE, tarred, zipped

SEVERAL = [(f"https://h.example/{number}", f"Page {number}") for number in range(4)]
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>H</title><entry><title type="html">
&lt;b>T&lt;/b></title><link href="https://h.example/1"/><updated>2026-03-01T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Words</div></content></entry></feed>
"""
BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">
<!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;">]>
<rss><channel><item><title>&g;</title><description>&g;</description></item></channel></rss>"""
HANGS = 60
"""Seconds of processor time for what takes hundredths: no measure, but an end of waiting."""
MEMORY, MORE = 1 << 20, 1 << 16
"""What a process may hold, and what one file may add where tests before held more; KiB."""

SEEDS = {
    "warc": crawl(*SEVERAL, {"url": SEVERAL[0][0], "title": "Page 0", "kind": "revisit"}),
    "plain warc": crawl(*SEVERAL, packed=False),
    "one block": as_one_block(crawl(*SEVERAL)),
    "rss": FEED,
    "atom": ATOM,
    "bomb": BOMB,
    "jsonl": b'{"text": "one", "title": "T"}\n{"html": "<p>two</p>", "url": "https://h/"}\n' * 3,
    "csv": b'title,text\n"A ""quoted"" one","Several\nlines"\nB,Words\n',
    "zip": zipped({"a.html": PAGE, "b.jsonl": b'{"text": "x"}'}),
    "tar": tarred({"a.html": PAGE, "b.jsonl": b'{"text": "x"}'}),
    "mhtml": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n"
    b"--B\r\nContent-Type: text/html\r\n\r\n" + PAGE + b"\r\n--B--\r\n",
}
_TELLING = (
    b"\x00",
    b"\xff\xfe",
    b"<",
    b"&",
    b"]]>",
    b"\r\n\r\n",
    b"WARC/1.0\r\n",
    b"\x1f\x8b\x08",
    b'"',
)

cut = st.tuples(st.just("cut"), st.floats(0, 1), st.floats(0, 1), st.just(b""))
overwrite = st.tuples(st.just("overwrite"), st.floats(0, 1), st.just(0.0), st.binary(max_size=12))
insert = st.tuples(
    st.just("insert"),
    st.floats(0, 1),
    st.just(0.0),
    st.one_of(st.sampled_from(_TELLING), st.binary(max_size=40)),
)
repeat = st.tuples(st.just("repeat"), st.floats(0, 1), st.floats(0, 1), st.just(b""))
mutations = st.lists(st.one_of(cut, overwrite, insert, repeat), min_size=1, max_size=4)
Mutations = list[tuple[str, float, float, bytes]]


def mutated(content: bytes, changes: Mutations) -> bytes:
    for kind, first, second, new in changes:
        start, end = sorted((int(first * len(content)), int(second * len(content))))
        if kind == "cut":
            content = content[:start] + content[end:]
        elif kind == "repeat":
            content = content[:end] + content[start:]
        else:
            start = int(first * len(content))
            end = start + len(new) if kind == "overwrite" else start
            content = content[:start] + new + content[end:]
    return content


def check(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    began = time.process_time()
    for number, item in enumerate(read(path)):
        assert isinstance(item, RawDocument | InputError)
        if isinstance(item, InputError):
            assert item.where
            assert READER_FAULT not in item.what
        assert number < 10_000
    assert time.process_time() - began < HANGS


@pytest.mark.parametrize("seed", SEEDS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=mutations)
def test_damaged_files_are_read_to_their_end(seed: str, changes: Mutations, tmp_path: Path) -> None:
    check(tmp_path / "file", mutated(SEEDS[seed], changes))


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@settings(
    max_examples=2000,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=mutations)
def test_many_damaged_files_are_read_to_their_end(
    seed: str, changes: Mutations, tmp_path: Path
) -> None:
    before = _most_memory()
    check(tmp_path / "file", mutated(SEEDS[seed], changes))
    # What tests before this one took in the same process is no fault of a reader.
    assert _most_memory() < max(MEMORY, before + MORE)


def _most_memory() -> int:
    """The most that this process ever held, in KiB on Linux."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
