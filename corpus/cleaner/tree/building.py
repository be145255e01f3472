"""Building: how do lxml's events become BeautifulSoup's tree in a third of the usual time?

BeautifulSoup's own builder asks of each tag what only few need: namespaces, attributes that are
lists, links to be mended. Of HTML, which is read once from its beginning to its end, each object is
linked to the one before it as it is made. The tree is the same, object by object; a test compares
the two.
"""

from __future__ import annotations

import gc
import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bs4.builder import ParserRejectedMarkup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import Comment, Doctype, NavigableString, ProcessingInstruction, Tag
from lxml import etree

_ASCII_SPACES = "\x20\x0a\x09\x0c\x0d"


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keeps Python from looking for garbage: a fifth of a page's time, as its tree is none yet."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def let_go(soup: Any) -> None:
    """Takes a tree apart that nobody needs any more, so that Python need not find out: its parts
    lead to each other in circles, which to look for takes as long as reading a small page.
    """
    left = [soup]
    while left:
        parts = vars(left.pop())
        left += parts.get("contents", ())
        parts.clear()


class TreeBuilder(LXMLTreeBuilder):
    """A builder for BeautifulSoup, which reads characters (not bytes) of HTML."""

    def feed(self, markup: Any) -> None:
        """Builds the tree of a page in the soup that this builder was given to.

        Raises:
            ParserRejectedMarkup: lxml does not read it.
        """
        target: Any = _Target(self)
        parser = etree.HTMLParser(target=target)
        try:
            parser.feed(markup)
            parser.close()
        except (UnicodeDecodeError, LookupError, etree.ParserError) as error:
            raise ParserRejectedMarkup(error) from None


_new = object.__new__
_OWN = frozenset(("name", "attrs", "contents", "parent", "previous_element"))
"""What each element has of its own."""
_classes: list[tuple[dict[str, Any], type[Tag]]] = []


def _class_of(one: Tag) -> type[Tag]:
    """The class of the elements of a page, which have in common what most elements are: kept with
    each of them, twenty values take longer to write and to let go than all that is its own.
    """
    shared = {name: value for name, value in vars(one).items() if name not in _OWN}
    for known, made in _classes:
        if known == shared:
            return made
    made = type("PageTag", (Tag,), dict(shared))
    _classes.append((shared, made))
    return made


class _Target:
    """What lxml tells of a page, as objects of BeautifulSoup: the methods that it calls."""

    def __init__(self, builder: TreeBuilder) -> None:
        soup: Any = builder.soup
        self._builder = builder
        self._last: Any = soup._most_recent_element
        self._open: list[Any] = [soup]
        self._text: list[str] = []
        self._kept_spaces = 0
        self._containers: list[Any] = []
        self._plain: set[str] = set()  # names of tags with which nothing is special
        namespaces = builder.active_namespace_prefixes[-1]
        self._class = _class_of(Tag(soup, builder, "p", attrs={}, namespaces=namespaces))

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._text:
            self._end_text()
        parent, last, builder = self._open[-1], self._last, self._builder
        tag: Any = _new(self._class)
        siblings = parent.contents
        tag.name = name
        tag.attrs = builder.attribute_dict_class(attributes)
        tag.contents = []
        tag.parent = parent
        tag.previous_element = last
        if siblings:
            before = tag.previous_sibling = siblings[-1]
            before.next_sibling = tag
        if last is not None:
            last.next_element = tag
        siblings.append(tag)
        self._last = tag
        self._open.append(tag)
        if name in self._plain:
            return
        if is_empty := builder.can_be_empty_element(name):
            tag.can_be_empty_element = True
        if name in builder.preserve_whitespace_tags:
            self._kept_spaces += 1
        elif name in builder.string_containers:
            container = builder.string_containers[name]
            self._containers.append(container)
            tag.interesting_string_types = {container}
        elif name == "meta":
            builder.set_up_substitutions(tag)
        elif not is_empty:
            self._plain.add(name)

    def end(self, name: str) -> None:
        if self._text:
            self._end_text()
        if name in self._plain and self._open[-1].name == name:
            self._open.pop()
        elif any(tag.name == name for tag in self._open[:0:-1]):
            while self._close().name != name:
                pass

    def data(self, text: str) -> None:
        self._text.append(text)

    def comment(self, text: str) -> None:
        self._add(text, Comment)

    def pi(self, target: str, data: str) -> None:
        self._add(f"{target} {data}", ProcessingInstruction)

    def doctype(self, name: str, public: str, system: str) -> None:
        self._add(Doctype._string_for_name_and_ids(name, public, system), Doctype)

    def close(self) -> None:
        if self._text:
            self._end_text()
        while len(self._open) > 1:
            self._close()
        self._open[0]._most_recent_element = self._last

    def _close(self) -> Any:
        tag = self._open.pop()
        if tag.name in self._builder.preserve_whitespace_tags:
            self._kept_spaces -= 1
        if tag.name in self._builder.string_containers:
            self._containers.pop()
        return tag

    def _end_text(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        self._link(text, self._containers[-1] if self._containers else NavigableString)

    def _add(self, text: str, kind: type[NavigableString]) -> None:
        if self._text:
            self._end_text()
        self._link(text, kind)

    def _link(self, text: str, kind: type[NavigableString]) -> None:
        if not self._kept_spaces and not text.strip(_ASCII_SPACES):
            text = "\n" if "\n" in text else " "
        parent, last = self._open[-1], self._last
        siblings = parent.contents
        before = siblings[-1] if siblings else None
        string: Any = str.__new__(kind, text)
        string.hidden = False
        string.parent = parent
        string.previous_element = last
        string.next_element = string.next_sibling = None
        string.previous_sibling = before
        if before is not None:
            before.next_sibling = string
        if last is not None:
            last.next_element = string
        siblings.append(string)
        self._last = string


# lxml asks of each page's target how many arguments it takes: a hundredth of a small page's time.
_Target.start.__signature__ = inspect.signature(_Target.start)  # type: ignore[attr-defined]
