"""Cleaner: what did a page say? `clean(raw)` makes an `Article` of a document, or says why not.

Pure: bytes in, value out. `html` holds the order of the stages; each stage is a file of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from corpus.article import IS_PART, Article, RawDocument, Removed, article_id_for
from corpus.errors import NoArticleFound, UnsupportedFormat
from corpus.fingerprint import HOUSE, fingerprint
from corpus.soundness import ADDRESS, CUT_OFF, flags_of, sound, web_address

_APART = ("corpus.cleaner.cli",)
_LIBRARIES = (
    "beautifulsoup4",
    "charset-normalizer",
    "ftfy",
    "lxml",
    "py3langid",
    "webencodings",
)


@cache
def _cleaners() -> dict[str, Callable[[RawDocument], Article]]:
    """Media type → what reads it. Loaded for the first document: to know agencies, as every search
    does, no page need be read, and the parsers took a third of a second of each process.
    """
    from corpus.cleaner import html, records  # noqa: PLC0415
    from corpus.cleaner.files import books, papers, rtf, scans  # noqa: PLC0415

    office = "application/vnd.openxmlformats-officedocument"
    return {
        "text/html": html.clean_html,
        "application/xhtml+xml": html.clean_html,
        "application/json": records.clean_record,
        "text/plain": records.clean_text,
        "text/markdown": records.clean_markdown,
        "application/xml": records.clean_feed_item,
        "image/png": scans.clean_picture,
        "image/jpeg": scans.clean_picture,
        "image/tiff": scans.clean_picture,
        "image/webp": scans.clean_picture,
        "application/pdf": papers.clean_pdf,
        f"{office}.wordprocessingml.document": papers.clean_docx,
        "application/epub+zip": books.clean_epub,
        "application/vnd.oasis.opendocument.text": books.clean_odt,
        "application/rtf": rtf.clean_rtf,
    }


def clean(raw: RawDocument) -> Article:
    """Reads one document.

    Raises:
        UnsupportedFormat: no cleaner takes its media type.
        NoArticleFound: it was read, but holds no article text.
        InvalidRecord: a record without text or markup.
    """
    media_type = raw.media_type.partition(";")[0].strip().lower()
    cleaner = _cleaners().get(media_type)
    if cleaner is None:
        raise UnsupportedFormat(
            f"no cleaner takes {media_type or 'an empty media type'}",
            where=raw.locator,
            advice=f"Known are {', '.join(_cleaners())}",
        )
    return _made_sound(cleaner(raw), raw)


_TEXTS = ("title", "text", "standfirst", "outlet", "section", "description", "declared_language")
_LISTS = ("bylines", "keywords", "captions")
_CREDITS = frozenset(("author_bio", "disclaimer", "promo"))
"""Rules that take credits out, among other things."""


def _made_sound(article: Article, raw: RawDocument) -> Article:
    """The article with sound texts, and a flag for what was not.

    Every article goes through here, whatever escapes its document hid characters in.
    """
    flags = set(article.quality.flags)
    flags.update(*(flags_of(text) for text in (article.title, article.text, article.standfirst)))
    flags |= {CUT_OFF} if IS_PART in raw.declared else set()
    declared = raw.declared.get("url", "").strip()
    if declared and web_address(declared) is None:
        flags.add(ADDRESS)
    text = _shown(article.text)
    if article.text and not text:
        raise NoArticleFound("there is nothing but control characters in it", where=raw.locator)
    if not article.url and text != article.text:
        article = replace(article, article_id=article_id_for(url=None, text=text))
    made: dict[str, Any] = {name: _shown(getattr(article, name)) for name in _TEXTS}
    made |= {name: tuple(map(sound, getattr(article, name))) for name in _LISTS}
    removed = tuple(Removed(one.rule, sound(one.text)) for one in article.removed)
    return replace(
        article,
        **made,
        agencies=_credited(article, (made["standfirst"], text), removed),
        removed=removed,
        quality=replace(article.quality, flags=tuple(sorted(flags))),
    )


def _credited(
    article: Article, texts: Iterable[str], removed: Iterable[Removed]
) -> tuple[str, ...]:
    """The agencies that an article credits: above it, in its text, and in what was taken out of it
    as a credit.
    """
    # Imported here: an update, which asks for calendars alone, need not make the patterns of names.
    from corpus.cleaner.declared.agencies import agencies_in  # noqa: PLC0415

    credits_ = (one.text for one in removed if one.rule in _CREDITS)
    signed = (one.text for one in removed if one.rule == "byline")
    found = agencies_in(text="\n".join((*texts, *credits_)), bylines=signed)
    return tuple(dict.fromkeys((*article.agencies, *found)))


def _shown(text: str) -> str:
    """A sound text, without the blanks at its ends that only what was unsound kept from them."""
    made = sound(text)
    return text if made == text else made.strip()


def version(*, house: Path = HOUSE) -> str:
    """Changes when the same bytes may give another article; what was read or failed is kept by it.

    A fingerprint of the sources and data that `clean` depends on, and of the libraries that parse
    and tell languages; the optional ones that open papers are left out, as most have none.
    """
    return fingerprint(__name__, libraries=_LIBRARIES, apart=_APART, house=house)


__all__ = ["clean", "version"]
