"""Printing: how do hits look in a terminal, and to tools that read a line at a time?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from textwrap import fill

import click

from corpus.terminal import visible
from indexer.document import IndexDocument
from search.help.doubts import doubt, read_with_care
from search.help.translation.lists import LanguageList
from search.output.answers import PLURALS, item, line, plain
from search.output.formats.csv import COLUMNS, csv_cells, csv_row
from search.output.languages import language_name
from search.result import Hit, Related, Snippet

WIDTH = 96
_BREAKS = re.compile(r"[\n\r\t]")
_UNTITLED = "(no title)"
RUN = "dispatches"
"""Name of the run in TREC lines."""

Printer = Callable[[Iterable[Hit], str], Iterator[str]]
"""Hits, and the id of their query (empty outside of a batch), to pieces of text."""


def table(hits: Iterable[Hit], query_id: str) -> Iterator[str]:
    """For a person: title, date, outlet, id, passages with the matches in bold."""
    if query_id:
        yield f"{click.style(query_id, bold=True)}\n"
    for rank, hit in enumerate(hits, start=1):
        document = hit.document
        published = document.published.iso if document.published else "undated"
        about = [published, _on_a_line(document.outlet), document.article_id]
        if hit.family_size > 1:
            about.append(f"{hit.family_size} near-identical reports")
        about.append(read_with_care(document.flags))
        yield f"{rank:>3}. {click.style(_on_a_line(document.title or _UNTITLED), bold=True)}\n"
        yield f"     {' · '.join(part for part in about if part)}\n"
        for snippet in hit.snippets:
            if snippet.field == "text":
                yield f"     {_marked(snippet)}\n"
        yield "\n"


def print_related(
    related: Iterable[Related], what: str = "None of these matches; an encoder takes them"
) -> Iterator[str]:
    """For a person: what is about the same and does not match, under a heading of its own."""
    for number, one in enumerate(related):
        if not number:
            yield click.style("Related by meaning", bold=True) + "\n"
            yield f"{what} to be about the same.\n\n"
        document = one.document
        published = document.published.iso if document.published else "undated"
        about = [published, _on_a_line(document.outlet), document.language, document.article_id]
        yield f"   · {click.style(_on_a_line(document.title or _UNTITLED), bold=True)}\n"
        yield f"     {' · '.join(part for part in about if part)}\n"
        if one.beginning.text:
            yield f"     {_on_a_line(one.beginning.text)}\n"
        yield "\n"


def print_languages(lists: Iterable[LanguageList]) -> Iterator[str]:
    """For a person: what reports in each other language say, below what was looked for there."""
    for found in lists:
        heading = f"{language_name(found.language)}: {found.total:,}"
        yield f"{click.style(heading, bold=True)}\n"
        for name in found.names:
            yield f"     {_on_a_line(name)}: in any spelling\n"
        for word in found.words:
            options = (
                f"{one.text} ({one.articles:,})" if one.used else f"{one.text} (left out)"
                for one in word.options
            )
            yield f"     {_on_a_line(word.typed)}: {_on_a_line(', '.join(options))}\n"
        if found.unknown:
            yield f"     no translation: {_on_a_line(', '.join(found.unknown))}\n"
        yield "\n"
        yield from table(found.hits, "")
        yield from print_related(found.related, "Found by no word; an encoder takes them")


def jsonl(hits: Iterable[Hit], query_id: str) -> Iterator[str]:
    """One JSON object a hit; with `query` in a batch."""
    for hit in hits:
        found = item(hit)
        yield line({"query": query_id, **plain(found)} if query_id else found)


def csv_rows(hits: Iterable[Hit], query_id: str) -> Iterator[str]:
    """CSV with a header; with a column `query` in a batch."""
    lead = ("query",) if query_id else ()
    yield csv_row((*lead, *COLUMNS))
    for hit in hits:
        yield csv_row((*((query_id,) if query_id else ()), *csv_cells(hit)))


def trec(hits: Iterable[Hit], query_id: str) -> Iterator[str]:
    """A TREC run: query, `Q0`, article, rank, score, name of the run."""
    for rank, hit in enumerate(hits, start=1):
        document = hit.document.article_id
        yield f"{query_id or '1'} Q0 {document} {rank} {hit.score:.6f} {RUN}\n"


PRINTERS: dict[str, Printer] = {"table": table, "jsonl": jsonl, "csv": csv_rows, "trec": trec}


def print_article(document: IndexDocument) -> str:
    """One article for a person: what is known of it, who is in it, and its text."""
    published = document.published
    when = f"{published.iso} ({published.basis})" if published else "undated"
    facts = [
        ("id", document.article_id),
        ("outlet", document.outlet),
        ("by", "; ".join(document.bylines)),
        ("agencies", "; ".join(document.agencies)),
        ("published", when),
        ("collected", document.collected.iso),
        ("language", document.language),
        ("address", document.url or ""),
        ("SHA-256", document.original_sha256),
        *(
            (plural, "; ".join(one.label for one in document.entities if one.kind == kind))
            for kind, plural in PLURALS.items()
        ),
        ("doubts", "; ".join(map(doubt, document.flags))),
    ]
    lines = [click.style(_on_a_line(document.title or _UNTITLED), bold=True), ""]
    lines += [f"{name:>10}  {_on_a_line(value)}" for name, value in facts if value]
    paragraphs = [fill(_on_a_line(part), WIDTH) for part in document.text.split("\n\n")]
    return "\n".join([*lines, "", *("\n\n".join(paragraphs)).splitlines()]) + "\n"


def _on_a_line(text: str) -> str:
    """Text of an article as a terminal may show it, line breaks as spaces."""
    return visible(" ".join(_BREAKS.split(text)))


def _marked(snippet: Snippet) -> str:
    parts = []
    at = 0
    for start, end in snippet.spans:
        parts.append(_on_a_line(snippet.text[at:start]))
        parts.append(click.style(_on_a_line(snippet.text[start:end]), bold=True))
        at = end
    return "".join([*parts, _on_a_line(snippet.text[at:])])
