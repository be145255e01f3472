"""Soundness: which characters may a text of ours hold, and what is an address?

Dumps hold halves of surrogate pairs, pages hold control characters, and addresses are whatever
somebody typed. All of it is made sound once, when a document is made of what a reader read and when
an article is made of a document, so that nothing later can fail on it.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

_LONE = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1f\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff]")
_UNSOUND = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\ud800-\udfff\ufffe\uffff]")
_BROKEN = re.compile(r"\s*[\n\r\t]\s*")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEMES = ("http", "https")
_HOST = re.compile(r"[^\W_](?:[\w.~-]*\w)?\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)

LONE_SURROGATES = "surrogates_replaced"
CONTROLS = "controls_removed"
CUT_OFF = "cut_off"
"""Flag: the file ends in its middle, as a download does that broke off."""
ADDRESS = "address_unread"
"""Flags: what of a document was made sound, or could not be."""


def sound(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, and without control characters.

    Those that break lines or pages become spaces; tabs and line breaks stay.
    """
    if not _UNSOUND.search(text):
        return text
    return _CONTROLS.sub("", _BREAKS.sub(" ", _LONE.sub("\ufffd", text)))


def flags_of(text: str) -> set[str]:
    """What `sound` would mend in a text."""
    found = set()
    if _UNSOUND.search(text):
        if _LONE.search(text):
            found.add(LONE_SURROGATES)
        if _CONTROLS.search(text):
            found.add(CONTROLS)
    return found


def sound_value(value: Any) -> Any:
    """The same for all texts in a value of JSON, names of keys included."""
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, list):
        return [sound_value(item) for item in value]
    if isinstance(value, dict):
        return {sound(str(name)): sound_value(item) for name, item in value.items()}
    return value


def replaced(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, one for one, so that offsets hold.

    For what goes out: articles that were taken in before texts were made sound may hold them.
    """
    try:
        text.encode()  # much quicker than to look
    except UnicodeEncodeError:
        return _LONE.sub("\ufffd", text)
    return text


def in_xml(text: str, *, instead: str = "\ufffd") -> str:
    """The text with something else for each character that no XML may hold (XML 1.0, 2.2)."""
    return _NO_XML.sub(instead, text)


def utf8(text: str) -> bytes:
    """The text in UTF-8."""
    return replaced(text).encode()


def web_address(text: str) -> str | None:
    """The address as browsers read it, without line breaks, and with other white space escaped;
    None for what no browser would open.

    Only addresses of the web with a host are addresses: `mailto:`, `file:` and `http://[` are not.
    """
    bare = "%20".join(_BROKEN.sub("", sound(text)).split())
    try:
        parts = urlsplit(bare)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    named = f"[{host}]" if ":" in host else host
    if parts.scheme.lower() not in _SCHEMES or not _HOST.fullmatch(named):
        return None
    return bare
