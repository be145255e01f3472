"""Finds what a template says to a reader without marking it to be translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

_SAID_BY = ("aria-label", "aria-description", "placeholder", "title", "alt")
_NO_WORDS = frozenset({"code", "pre", "script", "style", "kbd"})
_HOLE = "\ufffc"
_KIND = re.compile(r"\{% block kind %\}.*?\{% endblock %\}")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_SAME_EVERYWHERE = re.compile(
    r"Dispatches|SHA-256|GeoJSON|JSON Lines|JSON|FollowTheMoney|CSV|BibTeX|RIS|CSL-JSON|UTC|G²|px"
)
_MARKS = frozenset({"_", "gettext", "ngettext"})


class _Reader(HTMLParser):
    """Collects text and attributes that people see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NO_WORDS:
            self._inside.append(tag)
        self.said += [text or "" for name, text in attrs if name in _SAID_BY]

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.said.append(data)


def environment() -> Environment:
    """As the application has it, for reading alone."""
    made = Environment(extensions=["jinja2.ext.i18n"], autoescape=True, trim_blocks=True)
    made.newstyle_gettext = True  # type: ignore[attr-defined]  # of the extension
    return made


def unmarked(source: str) -> Iterator[str]:
    """Words of a template that stand outside of every mark."""
    tree = environment().parse(_KIND.sub("", source))
    page = ""
    for output in tree.find_all(nodes.Output):
        for one in output.nodes:
            if isinstance(one, nodes.TemplateData):
                page += one.data
            else:
                page += _HOLE.join(["", *_constants(one), ""])
    reader = _Reader()
    reader.feed(page)
    reader.close()
    yield from (" ".join(text.split()) for text in reader.said if _is_said(text))


def _is_said(text: str) -> bool:
    return _LETTERS.search(_SAME_EVERYWHERE.sub("", text)) is not None


def _constants(node: nodes.Expr) -> Iterator[str]:
    """Texts that an expression may write."""
    match node:
        case nodes.Const(value=str() as text):
            yield text
        case nodes.CondExpr():
            yield from _constants(node.expr1)
            if node.expr2 is not None:
                yield from _constants(node.expr2)
        case nodes.Concat():
            for part in node.nodes:
                yield from _constants(part)
        case nodes.Filter(node=nodes.Expr() as filtered):
            yield from _constants(filtered)
        case nodes.Getitem(node=nodes.Dict(items=pairs)):
            for pair in pairs:
                yield from _constants(pair.value)
        case _:
            return


def dynamic(source: str) -> Iterator[str]:
    """Calls of a mark with anything but a constant: no catalogue could have it."""
    for call in environment().parse(source).find_all(nodes.Call):
        name = getattr(call.node, "name", "")
        if name in _MARKS and call.args and not isinstance(call.args[0], nodes.Const):
            yield name


class _Told(HTMLParser):
    """Collects what a page says itself: not what articles, people and machines say."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_theirs = (
            tag in _NO_WORDS | {"bdi", "text", "blockquote"}
            or (tag != "html" and given.get("dir") in {"auto", "ltr"})
            or (tag != "html" and "lang" in given)
            or not _OURS.isdisjoint((given.get("class") or "").split())
        )
        if not is_theirs and not self._is_theirs():
            self.said += [text or "" for name, text in attrs if name in _SAID_BY]
        if tag not in _VOID:
            self._open.append((tag, is_theirs))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_theirs():
            self.said.append(data)

    def _is_theirs(self) -> bool:
        return any(theirs for _, theirs in self._open)


_VOID = frozenset({"input", "meta", "link", "br"})
_OURS = frozenset({"Z3988", "citations", "node", "world", "tie"})


def untold(page: str, *theirs: str) -> list[str]:
    """What a page says that went through no catalogue, where a catalogue sets all in ⟦brackets⟧.

    Args:
        theirs: words of the reader or of an article that it repeats.
    """
    reader = _Told()
    reader.feed(page)
    reader.close()
    left = "\n".join(" ".join(text.split()) for text in reader.said)
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", left)) != left:
        left = shorter
    for words in theirs:
        left = left.replace(words, "")
    return [text.strip() for text in left.split("\n") if _is_said(text)]
