"""Languages: in which one is a page read, and what is a sentence called in it?

Sentences are written in English where they are used and marked there: `_("Search")` in templates,
`sentence("Search")` in Python, `marked("Search")` where a table holds them. English needs nothing
else; the others have a catalogue each, which is read when somebody first asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from webui.locale.catalogues import Catalogue, catalogue
from webui.locale.region import Region, region

_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Language:
    """A language that pages are read in.

    Attributes:
        code: ISO 639-1, as `lang` has it.
        name: what it calls itself.
        direction: `ltr` or `rtl`.
    """

    code: str
    name: str
    direction: str = "ltr"


ENGLISH = Language("en", "English")
LANGUAGES = {
    one.code: one
    for one in (
        ENGLISH,
        Language("uk", "Українська"),
        Language("ru", "Русский"),
        Language("ar", "العربية", "rtl"),
        Language("fr", "Français"),
        Language("es", "Español"),
    )
}
"""By code; all but English have a catalogue."""
_CURRENT: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def current() -> Language:
    """The language of the page that is being made."""
    return _CURRENT.get()


def begin(language: Language) -> None:
    """Has this thread speak a language until it is told another."""
    _CURRENT.set(language)


@contextmanager
def using(language: Language) -> Iterator[None]:
    """Speaks a language for a while."""
    token = _CURRENT.set(language)
    try:
        yield
    finally:
        _CURRENT.reset(token)


@lru_cache(256)
def preferred(header: str) -> Language:
    """The language that `Accept-Language` likes best of those there are; else English."""
    for name, quality in parse_accept_header(header, LanguageAccept):
        found = LANGUAGES.get(name.lower().replace("_", "-").partition("-")[0])
        if found is not None and quality > 0:
            return found
    return ENGLISH


def _catalogue() -> Catalogue | None:
    language = _CURRENT.get()
    return None if language is ENGLISH else catalogue(language.code)


def _region() -> Region | None:
    language = _CURRENT.get()
    return None if language is ENGLISH else region(language.code)


def marked(text: str) -> str:
    """The text as it is, marked to be translated where it is shown."""
    return text


def sentence(text: str, /, **values: object) -> str:
    """A sentence in the language of the page, with values put in: whole numbers as it writes them.

    Args:
        text: in English, with places for values: `%(name)s`.
    """
    found = _text(_CURRENT.get().code, text)
    if values:
        return found % _apart(_shown(values))
    return found.replace("%%", "%") if "%" in found else found


def plural(one: str, many: str, number: int, /, **values: object) -> str:
    """A sentence about a number, in the form that the language has for it; `%(num)s` is it.

    Args:
        one, many: in English.
    """
    return _form(one, many, number) % _apart(_shown({**values, "num": number}))


def told(text: str) -> str:
    """A sentence that another room made: as it is in the catalogue, or like one that is.

    What rooms without pages say is English: an error, a warning. Where values stand in it, the
    catalogue has a pattern, `no article has the id %(1)s`.
    """
    known = _catalogue()
    return known.told(text) if known else text


@lru_cache(_REMEMBERED)
def _text(language: str, text: str) -> str:
    return text if language == ENGLISH.code else catalogue(language).text(text)


@lru_cache(_REMEMBERED)
def _marked_up(language: str, text: str) -> Markup:
    found = _text(language, text)
    return Markup(found.replace("%%", "%"))  # noqa: S704  # constants of templates, and catalogues


def markup(text: str, /, **values: object) -> Markup:
    """The same for templates: the text may hold elements, what is put in is escaped.

    Args:
        text: a constant of a template, never what an article or a reader says.
    """
    if not values:
        return _marked_up(_CURRENT.get().code, text)
    return _filled(_text(_CURRENT.get().code, text), values)


def _filled(text: str, values: dict[str, Any]) -> Markup:
    """What `Markup(text) % values` is, in half of the time: a page of facets has a hundred."""
    return Markup(text % {name: escape(value) for name, value in _shown(values).items()})  # noqa: S704  # as above


def plural_markup(one: str, many: str, count: int, /, **values: object) -> Markup:
    """The same for templates, about a number."""
    form = _form(one, many, count)
    if not values:  # most of them, and a page has dozens: nothing in them needs to be escaped
        return Markup(form.replace("%(num)s", number(count)).replace("%%", "%"))  # noqa: S704  # as above
    return _filled(form, {**values, "num": count})


def _form(one: str, many: str, number: int) -> str:
    known = _catalogue()
    return known.plural(one, many, number) if known else one if number == 1 else many


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    ways = _region()
    written = ways.number if ways else "{:,}".format
    return {name: written(value) if type(value) is int else value for name, value in values.items()}


def _apart(values: dict[str, Any]) -> dict[str, Any]:
    """Values for a sentence that runs from the right, where letters that run from the left are a
    run of their own: else the last sign of `person:"Kagame"` moves to the other end.
    """
    if _CURRENT.get().direction == "ltr":
        return values
    return {
        name: f"\u2068{value}\u2069" if isinstance(value, str) and _LATIN.search(value) else value
        for name, value in values.items()
    }


_LATIN = re.compile("[A-Za-z]")


def number(value: int) -> str:
    """A whole number: `1,234`, `1 234`, `1.234`."""
    known = _region()
    return known.number(value) if known else f"{value:,}"


def decimal(value: float, places: int) -> str:
    """A number with places behind the point: `1,234.5`, `1 234,5`."""
    known = _region()
    return known.decimal(value, places) if known else f"{value:,.{places}f}"


def written() -> Region | None:
    """How the language of the page writes dates; None for English, see `webui.view.wording`."""
    return _region()
