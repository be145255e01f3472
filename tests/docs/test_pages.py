"""Pages of the documents keep their word: what they say to do is done, what they show compared.

A new page is covered as it is written: see `tests/docs/pages.py` for what a block may be.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.error import HTTPError

import pytest

from corpus.home import Home
from tests.conftest import ROOT
from tests.docs.pages import COMMANDS, blocks, faults, not_there
from tests.docs.reader import Reader, printed_as

_COSTLY = re.compile(r"\b(?:serve|demo|granian|add|rebuild|update|restore)\b")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("corpus/**/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_says_what_it_is(page: Path) -> None:
    assert not faults(page)


def _cost(page: Path) -> tuple[pytest.MarkDecorator, ...]:
    """A page that starts servers or takes articles in takes seconds; the first page does both."""
    runs = [block for block in blocks(page) if not block.not_run]
    is_long = any(_COSTLY.search(block.text) for block in runs if block.language in COMMANDS)
    return (pytest.mark.slow,) if is_long and page.name != "README.md" else ()


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=_cost(page), id=str(page.relative_to(ROOT)))
        for page in PAGES
        if blocks(page)
    ],
)
def test_what_a_page_says_is_so(
    page: Path, demo_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Reader(tmp_path, demo_home, monkeypatch) as reader:
        reader.follows(blocks(page))


NOT_RUN = [
    pytest.param(command, id=f"{block.where}: {command}")
    for page in PAGES
    for block in blocks(page)
    if block.not_run and block.language in COMMANDS
    for command, _ in block.commands()
]


@pytest.mark.parametrize("command", NOT_RUN)
def test_what_is_not_run_is_there_to_be_run(command: str) -> None:
    assert not not_there(command)


@pytest.mark.parametrize(
    "command",
    [
        "dispatches nosuch",
        "A=b dispatches add pages --nosuch  # take it in",
        "sudo -u dispatches -- dispatches people nosuch 'A B'",
        "make nosuch",
        "python -m tests.nosuch --list",
    ],
)
def test_what_is_not_there_is_noticed_without_being_run(command: str) -> None:
    assert not_there(command)


WRONG = {
    "a command that fails": "```sh\ndispatches show nosuch\n```\n",
    "a command of the shell that fails": "```sh\ncat nosuch | sort\n```\n",
    "a command that prints something else": "```console\n$ dispatches failures\nnone\n```\n",
    "code that fails": "```python\nassert home.name == 'x'\n```\n",
    "code that prints something else": "```python\nprint(1)\n```\n\n```output\n2\n```\n",
    "an address that is none": "```http\nGET /nowhere\n```\n",
    "a server that does not start": "```sh\ndispatches serve --home nowhere\n```\n",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_not_so_is_noticed(
    text: str, demo_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# A page\n\n{text}", encoding="utf-8")
    assert not faults(page)
    folder = tmp_path / "reader"
    folder.mkdir()
    with (
        Reader(folder, demo_home, monkeypatch) as reader,
        pytest.raises((AssertionError, HTTPError)),
    ):
        reader.follows(blocks(page))


UNMARKED = {
    "no language": "```\ndispatches status\n```\n",
    "a language that is not run": "```ruby\nputs 1\n```\n",
    "text that could be run": "```text\ndispatches status\n```\n",
    "indented": "So:\n\n    dispatches status\n",
    "no reason": "<!-- not run: -->\n```sh\ndispatches status\n```\n",
    "a mark of nothing": "<!-- not run: needs the network -->\n\n```sh\ndispatches status\n```\n",
    "output of nothing": "```output\n1\n```\n",
    "a fence that is never closed": "```sh\ndispatches status\n",
}


@pytest.mark.parametrize("text", UNMARKED.values(), ids=UNMARKED)
def test_a_block_that_would_not_be_run_is_noticed(text: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# A page\n\n{text}", encoding="utf-8")
    assert faults(page)


def test_the_pages_are_read_at_all() -> None:
    found = Counter(block.language for page in PAGES for block in blocks(page) if not block.not_run)
    assert found["sh"] > 5
    assert found["python"] > 8
    assert found["http"] > 4
    assert found["console"] > 3


def test_what_may_differ_is_left_open() -> None:
    assert printed_as("3 of … articles\n", "3 of 157 articles\n")
    assert not printed_as("3 of … articles\n", "4 of 157 articles\n")
    assert printed_as("first\n…\nlast", "first\nsecond\nthird\nlast\n")
