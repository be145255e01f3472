"""Reference in a page: what does Zotero read of an article's page?

A ContextObject in a span (COinS, NISO Z39.88) in Dublin Core. The address is the one that the
article was collected from, never ours: who cites the page cites the article. Written as Zotero
reads it: it takes `+` and `%2B` for a space, and parts a name at its comma, or at a space.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from indexer.document import IndexDocument
from search.output.authors import author
from search.output.reference_notes import notes, one_line
from webui.view import wording

_UNSAFE = re.compile(r"[^A-Za-z0-9_.~%-]+")
_BEGIN = (
    "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc&rft.type=newspaperArticle"
)


def coins(document: IndexDocument) -> str:
    """What the span's `title` says; the page escapes it."""
    address = document.url or ""
    published = document.published
    pairs = [
        ("rft.title", one_line(document.title or wording.UNTITLED)),
        ("rft.source", one_line(document.outlet)),
        ("rft.date", published.iso[:10] if published and published.iso[0] != "-" else ""),
        ("rft.language", document.language if document.language != "und" else ""),
        ("rft.identifier", _address(address) if wording.is_on_the_web(address) else ""),
        ("rft.description", "\n".join(notes(document))),
        *(_author(name, document.language) for name in document.bylines),
    ]
    return "&".join([_BEGIN, *[f"{name}={_quoted(text)}" for name, text in pairs if text]])


def _quoted(text: str) -> str:
    plain = text.replace("%", "%25").replace(" ", "%20")  # a page has hundreds of spaces
    return _UNSAFE.sub(lambda run: _escaped(run[0]), plain)


@lru_cache(4096)
def _escaped(run: str) -> str:
    """Nearly always of one sign: a page quotes a hundred texts, which takes long in whole."""
    return quote(run, safe="", errors="replace")


def _author(name: str, language: str) -> tuple[str, str]:
    """Turned round where it is known how; else as one name, which Zotero leaves whole."""
    one = author(name, language)
    if one.family and one.given:
        return "rft.au", one_line(one.turned)
    return "rft.aucorp", one_line(one.whole)


def _address(url: str) -> str:
    """The same address without a plus sign, which Zotero would lose."""
    path, mark, query = url.partition("?")
    return path.replace("+", "%2B") + mark + query.replace("+", "%20")
