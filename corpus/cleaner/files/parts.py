"""Parts: which XML do files hold that are ZIP archives of it, as books and documents are?"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from html.entities import html5
from typing import Any

from lxml import etree

from corpus.article import RawDocument
from corpus.errors import UnreadableInput, UnsafeInput

_MOST_UNPACKED = 256 << 20
_MOST_RATIO = 200
_FREE = 32 << 20


def refuse_bomb(raw: RawDocument) -> None:
    """Refuses a ZIP archive that says that it unpacks to more than is believable.

    What it says is held to by the library that unpacks it.

    Raises:
        UnsafeInput: it does.
        UnreadableInput: it is no archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw.content)) as archive:
            total = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableInput(f"the file is damaged ({error})", where=raw.locator) from None
    if total > _MOST_UNPACKED or total > max(_FREE, _MOST_RATIO * len(raw.content)):
        raise UnsafeInput(
            f"it unpacks to {total >> 20:,} MB",
            where=raw.locator,
            advice="If you trust it, save its text as a file and add that",
        )


_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31};)")
_OF_XML = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))


def with_characters(content: bytes) -> bytes:
    """XML in which characters that it calls by the names of pages stand as themselves."""
    return _NAMED.sub(_character, content)


def _character(found: re.Match[bytes]) -> bytes:
    """What a character is called in pages, as itself: XML knows but five such names."""
    name = found[1].decode("ascii")
    return found[0] if name in _OF_XML else html5.get(name, found[0].decode()).encode("utf-8")


class Parts:
    """The parts of a file; a context manager."""

    def __init__(self, raw: RawDocument) -> None:
        self.locator = raw.locator
        self._archive = zipfile.ZipFile(io.BytesIO(raw.content))
        self.names = frozenset(self._archive.namelist())

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, *_error: object) -> None:
        self._archive.close()

    def content(self, name: str) -> bytes:
        """The bytes of one part.

        Raises:
            UnreadableInput: it is not there, or locked.
        """
        try:
            return self._archive.read(name)
        except (KeyError, RuntimeError, ValueError, OSError, EOFError) as error:
            raise _damaged(_called(name), error, self.locator) from None
        except (zipfile.BadZipFile, zlib.error) as error:
            raise _damaged(_called(name), error, self.locator) from None

    def xml(self, name: str) -> Any:
        """One part, parsed within bounds.

        Raises:
            UnreadableInput: it is not there, locked, or no XML at all.
        """
        return xml_of(self.content(name), self.locator, _called(name))


def _called(name: str) -> str:
    return name or "its list of parts"


def xml_of(content: bytes, locator: str, name: str) -> Any:
    """A part, parsed within bounds.

    Args:
        name: of it, for a person.

    Raises:
        UnreadableInput: it is no XML at all.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True
    )
    try:
        root = etree.fromstring(with_characters(content), parser)
    except (ValueError, SyntaxError) as error:  # lxml's error for damaged XML is one
        raise _damaged(name, error, locator) from None
    if root is None:
        raise _damaged(name, ValueError("it is empty"), locator)
    return root


def _damaged(name: str, error: Exception, locator: str) -> UnreadableInput:
    return UnreadableInput(f"the file is damaged ({name}: {error})", where=locator)


def local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
