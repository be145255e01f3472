"""Page of the documents: which blocks stand in it, and what is each for?

A block is fenced and says what it is:

- `sh`: commands, one a line (a `\\` at its end goes on), with `#` before what is only said. Each
  is run and succeeds.
- `console`: commands behind `$ `, each with what it prints.
- `python`: run in order, with one set of names a page: `home` is the folder of the page's
  collection, a copy of the bundled one; `address` is that of a server of it.
- `output`: what the block before it prints. `…` stands for whatever may differ.
- `http`: addresses, `GET /path` each. Each is asked and answers with 200.
- `json NAME`, and any other language with a name: the content of a file.
- `text`: a drawing, a form, a machine; nothing that could be run.

A line before a block changes that: `<!-- not run: REASON -->`, where our commands and their options
must still be there; or `<!-- with: ID="a name" -->`,
which says what words in its commands stand for; `$(…)` there is asked of the shell when needed.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from click.testing import CliRunner

from tests.conftest import ROOT
from webui.cli import main

_BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>not run|with): *(?P<note>.*?) *-->\n)?"
    r"^```(?P<language>\w*)(?: (?P<name>\S+))?\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_INDENTED = re.compile(r"\n\n    \S")
_MARK = re.compile(r"^<!-- (?:not run|with):", re.MULTILINE)
_RUNNABLE = re.compile(
    r"^(\$ |dispatches |make |pip |python |curl |GET /|import |from \w+ import )", re.M
)
COMMANDS = {"sh", "console"}
LANGUAGES = {*COMMANDS, "python", "output", "http", "text"}


@dataclass(frozen=True, slots=True)
class Block:
    """One block.

    Attributes:
        where: page and line, for whoever mends it.
        language: what its fence says.
        name: the file that it is the content of.
        not_run: the reason why not.
        given: what stands for the words in capitals.
    """

    where: str
    language: str
    name: str
    text: str
    not_run: str
    given: dict[str, str]

    def commands(self) -> Iterator[tuple[str, str]]:
        """Each command with what it is said to print; of `sh` nothing is said."""
        if self.language == "console":
            for part in re.split(r"^\$ ", self.text, flags=re.MULTILINE)[1:]:
                command, _, printed = part.partition("\n")
                yield command, printed
        else:
            joined = self.text.replace("\\\n", " ")
            yield from (
                (line, "") for line in joined.splitlines() if line.partition("#")[0].strip()
            )


def blocks(page: Path) -> list[Block]:
    """All blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in _BLOCK.finditer(text):
        line = text.count("\n", 0, match.start("text"))
        note = match["note"] or ""
        given = shlex.split(note) if match["mark"] == "with" else ()
        found.append(
            Block(
                where=f"{page.name}:{line}",
                language=match["language"],
                name=match["name"] or "",
                text=match["text"],
                not_run=note if match["mark"] == "not run" else "",
                given=dict(pair.split("=", 1) for pair in given),
            )
        )
    return found


def faults(page: Path) -> list[str]:
    """What keeps a page from being run: blocks that do not say what they are."""
    text = page.read_text(encoding="utf-8")
    found = blocks(page)
    outside = _BLOCK.sub("", text)
    faults = [
        f"{block.where}: say what the block is, one of {sorted(LANGUAGES)}"
        for block in found
        if block.language not in LANGUAGES and not block.name
    ]
    faults += [
        f"{block.where}: a block of text with what could be run"
        for block in found
        if block.language == "text" and _RUNNABLE.search(block.text)
    ]
    faults += [
        f"{found_before.where}: `output` follows a block that is run"
        for before, found_before in zip([None, *found], found, strict=False)
        if found_before.language == "output"
        and (before is None or before.not_run or before.language not in {"sh", "python"})
    ]
    if _INDENTED.search(outside):
        faults.append(f"{page.name}: a block that is indented says not what it is: fence it")
    if _MARK.search(outside) or "<!-- not run: -->" in text:
        faults.append(f"{page.name}: a mark stands on the line before a block and has a reason")
    if "```" in outside:
        faults.append(f"{page.name}: a fence begins a line and is closed")
    return faults


def _typed(command: str) -> list[str]:
    """The words of a command, without what the shell or `sudo` does around it."""
    words = shlex.split(command, comments=True)
    ends = next((at for at, word in enumerate(words) if word in {"|", "&&", ">", "<"}), len(words))
    words = words[:ends]
    if words[:1] == ["sudo"]:
        words = words[words.index("--") + 1 :]
    return [word for at, word in enumerate(words) if at or not re.match(r"\w+=", word)]


def not_there(command: str) -> str:
    """What is wrong with a command that is not run: no such command, option, target or module."""
    match _typed(command):
        case ["dispatches", *arguments]:
            result = CliRunner().invoke(main, [*arguments, "--help"])
            return "" if result.exit_code == 0 else result.output
        case ["make", target]:
            rules = (ROOT / "Makefile").read_text(encoding="utf-8")
            return "" if re.search(rf"^{target}:", rules, re.MULTILINE) else f"no target {target}"
        case ["python", "-m", module, *_]:
            return "" if find_spec(module) else f"no module {module}"
    return ""
