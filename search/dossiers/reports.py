"""Reports: a dossier as a page to print, a Word document, a table, or for a reference manager.

References are numbered in the order of the dossier, in every form.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape

from corpus import soundness
from corpus.article import Kind
from corpus.dates import PartialDate
from corpus.terminal import counted
from indexer.document import IndexDocument
from search.dossiers.accounts import Account, ItemAccount, NoteAccount, account_of, documents_of
from search.dossiers.changes import Reference
from search.dossiers.replay import Dossier
from search.dossiers.word import word_document
from search.output.exports import REFERENCES
from search.output.formats.csl import csl_item
from search.output.formats.csv import csv_row, harmless
from search.output.reference_notes import notes as copy_notes
from search.serving.open_index import OpenIndex

COLUMNS = (
    "number", "id", "title", "outlet", "published", "collected", "url", "original_sha256",
    "state", "tags", "notes", "passages", "in_index",
)  # fmt: skip
_STYLE = """
body { font: 1rem/1.5 Georgia, serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.2; break-after: avoid; }
li, blockquote, pre { break-inside: avoid; }
blockquote { margin: .5rem 0; padding-left: 1rem; border-left: .2rem solid #767676; }
pre { white-space: pre-wrap; font: inherit; background: #f3f3f0; padding: .5rem; margin: .5rem 0; }
.known { color: #444; }
th { text-align: start; vertical-align: top; padding-inline-end: 1rem; font-weight: normal; }
a { color: #0b4f8a; }
@media print { body { max-width: none; margin: 0; } a { color: inherit; }
  a[href^="http"]::after { content: " (" attr(href) ")"; } }
"""


def report(form: str, dossier: Dossier, index: OpenIndex) -> bytes:
    """A dossier in one of the forms of `REPORTS`."""
    written = REPORTS[form](dossier, index)
    return written if isinstance(written, bytes) else soundness.utf8(soundness.replaced(written))


def _csv(dossier: Dossier, index: OpenIndex) -> str:
    rows = [csv_row(COLUMNS)]
    for item in account_of(dossier, index).items:
        quotes = [f"“{one.exact}” ({one.standing})" for one in item.passages]
        cells = [
            str(item.place), item.id, item.title, item.outlet, item.published, item.collected,
            item.url, item.original_sha256, item.state, "; ".join(item.tags),
            "\n".join(note.text for note in item.notes), "\n".join(quotes),
            "yes" if item.in_index else "no",
        ]  # fmt: skip
        rows.append(csv_row([harmless(cell) for cell in cells]))
    return "".join(rows)


def _references(style: str) -> Callable[[Dossier, OpenIndex], str]:
    def written(dossier: Dossier, index: OpenIndex) -> str:
        return "\n".join(REFERENCES[style](one) for one in _documents(dossier, index))

    return written


def _documents(dossier: Dossier, index: OpenIndex) -> list[IndexDocument]:
    """Its articles in their order; of one that is not in the index, what the dossier knows."""
    found = documents_of(dossier, index)
    return [
        found.get(item.article_id) or _remembered(item.reference) for item in dossier.items.values()
    ]


def _remembered(reference: Reference) -> IndexDocument:
    return IndexDocument(
        article_id=reference.id,
        version=reference.version,
        title=reference.title,
        text="",
        kind=Kind.ARTICLE,
        url=reference.url or None,
        outlet=reference.outlet,
        published=PartialDate(reference.published, "dossier") if reference.published else None,
        collected=PartialDate(reference.collected, "dossier"),
        family_id=reference.id,
        original_sha256=reference.original_sha256,
    )


def _csl(dossier: Dossier, index: OpenIndex) -> str:
    """CSL-JSON, as citeproc and Zotero read it."""
    records = []
    for document, item in zip(_documents(dossier, index), dossier.items.values(), strict=True):
        said = [note.text for note in dossier.notes(item.article_id)]
        record = csl_item(document) | {
            "keyword": ", ".join(item.tags),
            "note": "\n".join([*copy_notes(document), *said]),
        }
        records.append({name: value for name, value in record.items() if value})
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def _html(dossier: Dossier, index: OpenIndex) -> str:
    account = account_of(dossier, index)
    return page(account.name, sheet(account, generation=index.generation.name))


def page(title: str, inside: str) -> str:
    """A page that needs no other file; `inside` is markup, the title is not."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{inside}\n</body>\n</html>\n"
    )


def sheet(account: Account, *, generation: str, links: Mapping[str, str] | None = None) -> str:
    """The markup of a report: passages and notes by article, and the numbered references.

    Args:
        links: where an article's own page is, by id; without, titles lead to their addresses.
    """
    known = " · ".join(
        part
        for part in (
            counted(account.size, "article"),
            f"dossier {account.id}, {account.status}" if account.id else "",
            f"begun {account.when[:10]} by {account.who}",
            f"changed {account.changed[:10]}",
            f"generation {generation}",
        )
        if part
    )
    head = [
        "<main>",
        f"<h1>{escape(account.name)}</h1>",
        f'<p class="known">{escape(known)}</p>',
        _tags(account.tags),
        *map(_note, account.notes),
    ]
    talked_of = [item for item in account.items if item.notes or item.passages]
    body = ["<h2>Passages and notes</h2>", *map(_item, talked_of)] if talked_of else []
    references = [
        "<h2>References</h2>",
        "<ol>",
        *(_reference(item, (links or {}).get(item.id, "")) for item in account.items),
        "</ol>",
        "</main>",
    ]
    return "\n".join(filter(None, [*head, *body, *references]))


def _item(item: ItemAccount) -> str:
    title = f'{escape(item.title)} <a href="#r{item.place}">[{item.place}]</a>'
    return f'<h3 dir="auto">{title}</h3>\n{noted(item)}'


def noted(item: ItemAccount) -> str:
    """The markup of an article's notes and passages."""
    parts = [*map(_note, item.notes)]
    for one in item.passages:
        parts.append(f"<blockquote><p>{escape(one.exact)}</p>")
        if one.standing == "lost":
            parts.append(
                f'<p class="known">Lost: not in the text any more (version {one.version})</p>'
            )
        elif one.standing == "edited":
            parts.append(f'<p class="known">Now: {escape(one.now)}</p>')
        parts.append("</blockquote>")
        parts += map(_note, one.notes)
    return "\n".join(parts)


def _note(note: NoteAccount) -> str:
    return (
        f'<pre dir="auto">{escape(note.text)}</pre>'
        f'<p class="known">{escape(note.who)}, {note.when[:10]}</p>'
    )


def _tags(tags: tuple[str, ...]) -> str:
    return f'<p class="known">Tags: {escape(", ".join(tags))}</p>' if tags else ""


def _reference(item: ItemAccount, link: str) -> str:
    target = link or (item.url if item.url.startswith(("http://", "https://")) else "")
    title = escape(item.title or item.id)
    if target:
        title = f'<a href="{escape(target)}">{title}</a>'
    known = [
        escape(item.outlet),
        escape(item.published[:10]) or "undated",
        f"collected {escape(item.collected[:10])}",
        item.state,
        escape(", ".join(item.tags)),
        "" if item.in_index else "not in this index any more",
    ]
    return (
        f'<li id="r{item.place}" dir="auto">{title}<br><span class="known">'
        f"{' · '.join(filter(None, known))}<br>SHA-256 of the copy: {item.original_sha256}"
        "</span></li>"
    )


def _docx(dossier: Dossier, index: OpenIndex) -> bytes:
    return word_document(account_of(dossier, index), generation=index.generation.name)


REPORTS: Mapping[str, Callable[[Dossier, OpenIndex], str | bytes]] = {
    "html": _html,
    "docx": _docx,
    "csv": _csv,
    "bib": _references("bib"),
    "ris": _references("ris"),
    "csl": _csl,
}
"""Every form of a report by its name."""
MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8; header=present",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json",
}
SUFFIXES = {"csl": "json"}
"""How a file of a form ends, where not with its name."""
