"""Properties: which title and author of a document did a program fill in, and nobody say?"""

from __future__ import annotations

import re

_TITLES = re.compile(
    r"(?:microsoft (?:office )?(?:word|powerpoint|publisher)\s+-\s.*"
    r"|(?:microsoft )?word[ -]document\d*|powerpoint[ -]presentation"
    r"|(?:presentation|document|dokument|документ|slide|layout) ?\d*"
    r"|(?:untitled|unbenannt|sans titre|sin t[ií]tulo|без (?:названия|имени|назви))"
    r"(?:[ -]?document)?[ -]?\d*"
    r"|\S.*\.(?:docx?|odt|rtf|indd|qxd|pdf|pages|pub|pmd|p65|tex|dvi|tiff?|html?|wpd|cdr))",
    re.IGNORECASE,
)
_AUTHORS = re.compile(
    r"(?:(?:local)?admin(?:istrator)?|owner|author|user\d*|guest|unknown|anonymous|root|ubuntu"
    r"|(?:microsoft|ms|windows) (?:office )?user|microsoft|hp|dell|asus|acer|lenovo|toshiba|pc\d*"
    r"|python-docx|apache poi|n/?a|benutzer"
    r"|(?:пользователь|користувач|utilisateur|usuario(?: de)?)(?: windows)?|админ(?:истратор)?)",
    re.IGNORECASE,
)


def said_title(title: str | None) -> str:
    """A title that somebody gave; empty for the name of a file or of a program."""
    told = " ".join((title or "").split())
    return "" if _TITLES.fullmatch(told) else told


def said_author(author: str | None) -> str:
    """An author whom somebody named; empty for the name of an account or a machine."""
    told = " ".join((author or "").split())
    return "" if _AUTHORS.fullmatch(told) else told
