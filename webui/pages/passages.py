"""Passages: how does what is shown of an article stand on a page? Cut where it is marked."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.document import IndexDocument
from search.result import Hit, Related, Snippet
from webui.view import marks
from webui.view.links import View

_SENTENCE_ENDS = (*".!?…。؟:\n", *(end + close for end in ".!?" for close in '"”’»)'))


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a text, cut at its highlights.

    Attributes:
        opens, closes: it begins or ends where a sentence or the text does, so that no dots are
            needed.
    """

    runs: tuple[marks.Run, ...]
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class RelatedView:
    """One article that does not match and is about the same, prepared."""

    document: IndexDocument
    url: str
    beginning: Passage


def title_of(hit: Hit) -> tuple[marks.Run, ...]:
    """The title of a hit, cut at its highlights."""
    titles = [snippet for snippet in hit.snippets if snippet.field == "title"]
    if not titles:
        return (marks.Run(hit.document.title),)
    return marks.runs(titles[0].text, titles[0].spans)


def passages_of(hit: Hit) -> tuple[Passage, ...]:
    """The passages of a hit, prepared."""
    text = hit.document.text
    return tuple(passage(snippet, text) for snippet in hit.snippets if snippet.field == "text")


def passage(snippet: Snippet, text: str) -> Passage:
    """A passage of a text, prepared."""
    before = text[: snippet.offset].rstrip(" ")
    is_end = snippet.offset + len(snippet.text) >= len(text.rstrip())
    return Passage(
        marks.runs(snippet.text, snippet.spans),
        opens=not before or before.endswith(_SENTENCE_ENDS),
        closes=is_end or snippet.text.rstrip().endswith(_SENTENCE_ENDS),
    )


def related_view(one: Related, view: View) -> RelatedView:
    """An article that is about the same, with the beginning of its text."""
    document = one.document
    url = str(view.at(f"/articles/{document.article_id}"))
    return RelatedView(document, url, passage(one.beginning, document.text))
