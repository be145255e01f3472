"""Format of an export: what one form of a whole result is called, and how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from indexer.document import IndexDocument
from indexer.places.place_file import Places
from search.output.answers import Answer
from search.result import Hit


@dataclass(frozen=True, slots=True)
class Origin:
    """What an export answers, written into it.

    Attributes:
        asked: the question as a person can repeat it: an address, or the query text.
        total: how many articles there are to write.
        known: False when the time allowed was not enough to know all of them.
    """

    asked: str
    generation: str
    total: int
    known: bool = True

    def is_complete(self, written: int) -> bool:
        """Whether so many articles are all of them."""
        return self.known and written == self.total

    def closing(self, written: int) -> str:
        """The last line of an export: whether it is complete, and what it answers."""
        state = "complete" if self.is_complete(written) else "INCOMPLETE"
        asked = " ".join(self.asked.split()) or "everything"
        return (
            f"# {state}: {written} of {self.total} articles; query: {asked}; "
            f"generation: {self.generation}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """One form of an export.

    Attributes:
        name: in addresses, in the command line, and the suffix of its files.
        label: as a link calls it.
        summary: what it is, within a sentence.
        suffix: how its files end, where not with its name.
        place: where it stands in lists; smallest first.
        head: what stands before the first article.
        article: one article, written.
        numbered: in place of `article`, where it says what was asked, and its number from 0.
        placed: in place of `article`, where it must be known where places lie.
        tail: what stands after the last; it says whether the export is complete. It is given the
            number of articles written.
        reference: one article for a reference manager, in a form that those read.
        columns: of a table, the names of its columns.
        lines: where each line is an object, the kinds of these; the last line is of the last.
        whole: where the file is one object or list, its kind.
    """

    name: str
    label: str
    summary: str
    media_type: str
    place: int
    suffix: str = ""
    article: Callable[[Hit], str] = lambda _: ""
    tail: Callable[[Origin, int], str]
    head: str = ""
    numbered: Callable[[Hit, Origin, int], str] | None = None
    placed: Callable[[Hit, Places], str] | None = None
    reference: Callable[[IndexDocument], str] | None = None
    columns: tuple[str, ...] = ()
    lines: tuple[type[Answer], ...] = ()
    whole: Any = None
