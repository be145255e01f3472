"""Word: how is a dossier written as a document for word processors (Office Open XML, ECMA-376)?

The same as the page to print: notes, passages, and references numbered in the dossier's order, to
which the passages lead by their numbers. Written by hand: it is text in a few styles.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from corpus import soundness
from corpus.terminal import counted
from search.dossiers.accounts import Account, ItemAccount, NoteAccount
from search.output.office import HEAD, PACKAGE, part, related_to_one

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STYLES = (
    ("Normal", "Normal", "", '<w:sz w:val="22"/>'),
    ("Title", "Title", "", '<w:b/><w:sz w:val="40"/>'),
    ("Heading1", "heading 1", '<w:keepNext/><w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="30"/>'),
    ("Heading2", "heading 2", '<w:keepNext/><w:outlineLvl w:val="1"/>', '<w:b/><w:sz w:val="24"/>'),
    ("Quote", "Quote", '<w:ind w:left="567"/>', "<w:i/>"),
    ("Bibliography", "Bibliography", '<w:ind w:left="567" w:hanging="567"/>', ""),
    ("Known", "Known", "", '<w:color w:val="444444"/><w:sz w:val="18"/>'),
)
"""Id, name, and what a paragraph and its letters look like."""


def word_document(account: Account, *, generation: str) -> bytes:
    """A dossier as a .docx file."""
    paragraphs = "".join(_paragraphs(account, generation))
    main = (
        f'<w:document xmlns:w="{_MAIN}"><w:body>{paragraphs}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"'
        ' w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in (*_frame(), ("word/document.xml", main)):
            opened.writestr(part(name), HEAD + content)
    return written.getvalue()


def _paragraphs(account: Account, generation: str) -> Iterator[str]:
    yield _paragraph("Title", account.name)
    known = (
        counted(account.size, "article"),
        f"dossier {account.id}, {account.status}",
        f"begun {account.when[:10]} by {account.who}",
        f"changed {account.changed[:10]}",
        f"generation {generation}",
    )
    yield _paragraph("Known", " · ".join(known))
    if account.tags:
        yield _paragraph("Known", f"Tags: {', '.join(account.tags)}")
    yield from _notes(account.notes)
    talked_of = [item for item in account.items if item.notes or item.passages]
    if talked_of:
        yield _paragraph("Heading1", "Passages and notes")
    for item in talked_of:
        yield _paragraph("Heading2", f"{item.title or item.id} [{item.place}]")
        yield from _noted(item)
    yield _paragraph("Heading1", "References")
    for item in account.items:
        yield _paragraph("Bibliography", _reference(item))


def _noted(item: ItemAccount) -> Iterator[str]:
    yield from _notes(item.notes)
    for one in item.passages:
        yield _paragraph("Quote", f"“{one.exact}” [{item.place}]")
        if one.standing == "lost":
            yield _paragraph("Known", f"Lost: not in the text any more (version {one.version})")
        elif one.standing == "edited":
            yield _paragraph("Known", f"Now: {one.now}")
        yield from _notes(one.notes)


def _notes(notes: tuple[NoteAccount, ...]) -> Iterator[str]:
    for note in notes:
        yield _paragraph("Normal", note.text)
        yield _paragraph("Known", f"{note.who}, {note.when[:10]}")


def _reference(item: ItemAccount) -> str:
    told = (
        item.outlet,
        item.published[:10] or "undated",
        item.url,
        f"collected {item.collected[:10]}",
        item.state,
        ", ".join(item.tags),
        "" if item.in_index else "not in this index any more",
        f"id {item.id}",
        f"SHA-256 of the copy: {item.original_sha256}",
    )
    about = " · ".join(filter(None, told))
    return f"[{item.place}]\t{item.title or item.id}\n{about}"


def _paragraph(style: str, text: str) -> str:
    """A paragraph; line breaks and tabs of its text are kept."""
    sound = soundness.in_xml(text)
    pieces = re.split(r"(\t|\r\n|\n|\r)", sound)
    runs = "".join(
        "<w:tab/>" if one == "\t" else "<w:br/>" if one in {"\r\n", "\n", "\r"} else _text(one)
        for one in pieces
        if one
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{runs}</w:r></w:p>'


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _frame() -> Iterator[tuple[str, str]]:
    """The parts that say what the others are, and what paragraphs look like."""
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/></Types>'
    )
    yield "[Content_Types].xml", types
    yield "_rels/.rels", related_to_one("officeDocument", "word/document.xml")
    yield "word/_rels/document.xml.rels", related_to_one("styles", "styles.xml")
    styles = "".join(
        f'<w:style w:type="paragraph"{" w:default=" + chr(34) + "1" + chr(34) if not at else ""}'
        f' w:styleId="{name}"><w:name w:val="{called}"/><w:pPr>{paragraph}'
        f"</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        for at, (name, called, paragraph, letters) in enumerate(_STYLES)
    )
    yield "word/styles.xml", f'<w:styles xmlns:w="{_MAIN}">{styles}</w:styles>'
