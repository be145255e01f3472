"""HTML: how does a page become an article? The order of the stages, and nothing else.

decode → parse → read what it declares → outline → prune furniture → choose the body → trim it →
assemble the text → judge it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bs4 import Tag

from corpus.article import Article, Kind, RawDocument, Removed, article_id_for
from corpus.cleaner import language
from corpus.cleaner.body.assembly import assemble, captions_in, removals
from corpus.cleaner.body.comments import drop_listed_comments
from corpus.cleaner.body.furniture import prune
from corpus.cleaner.body.region import find_seed, grow
from corpus.cleaner.body.standfirst import take_standfirst
from corpus.cleaner.body.teasers import drop_cards, drop_other_articles
from corpus.cleaner.body.trimming import trim
from corpus.cleaner.dates.datelines import opening_lines, short_lines
from corpus.cleaner.dates.publication import read_dates
from corpus.cleaner.declared.bylines import read_bylines
from corpus.cleaner.declared.metadata import read_metadata
from corpus.cleaner.declared.structured import Declared, read_declared, text_of
from corpus.cleaner.declared.titles import read_title, site_in_title
from corpus.cleaner.kinds import kind_of_page
from corpus.cleaner.quality import judge
from corpus.cleaner.same_words import words_of
from corpus.cleaner.tree.blocks import Block
from corpus.cleaner.tree.decoding import decode, looks_binary
from corpus.cleaner.tree.markup import Page, parse
from corpus.cleaner.tree.outlining import outline
from corpus.cleaner.walls import wall
from corpus.errors import NoArticleFound, UnreadableInput

VERSION = "html/4"

_NOSCRIPT = re.compile(r"</?noscript\b[^>]{0,200}>", re.IGNORECASE)
_SHELL = 200  # characters of prose; fewer, and the page may be one that scripts fill
_MOST_SHELL = 2_000_000  # characters of markup that are worth a second reading
_FALLBACK_SHARE = 0.5  # a JSON-LD body twice as long as what was found means scripts show the text
_FALLBACK_LEAST = 400
_FALLBACK_TOLD = 0.2  # of the JSON-LD body's phrases; fewer, and another story was found
_PHRASE = 4  # words


@dataclass(slots=True)
class Extraction:
    """The body of one page.

    Attributes:
        top: the outline, with what was dropped marked by its rule.
        basis: `blocks`, or `json-ld:articleBody` when the page itself shows no text; of an article,
            also `noscript`, when it shows text only where scripts do not run.
    """

    top: Block
    body: Block
    text: str
    standfirst: str = ""
    basis: str = "blocks"
    captions: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    flags: list[str] = field(default_factory=list)


def clean_html(raw: RawDocument) -> Article:
    """Reads one HTML page.

    Raises:
        UnreadableInput: the bytes are no text in any encoding.
        NoArticleFound: the page holds no text that could be an article.
    """
    if looks_binary(raw.content):
        raise UnreadableInput("the bytes are no text", where=raw.locator)
    decoded = decode(raw.content, media_type=raw.media_type, headers=raw.headers)
    return clean_markup(raw, decoded.text, flags=decoded.flags)


def clean_markup(raw: RawDocument, markup: str, *, flags: tuple[str, ...] = ()) -> Article:
    """Reads one page that is already decoded; see `clean_html`."""
    page = parse(markup)
    top = outlined(page)
    shown = _shown_without_scripts(markup) if top.prose < _SHELL else None
    if shown is not None:
        page, top = shown
    declared = read_declared(page)
    address = page.held or raw.url
    metadata = read_metadata(page.soup, declared, url=address)
    title = read_title(page.soup, declared, short_lines(top), outlet=metadata.outlet)
    headline = title.text if title else raw.declared.get("title", "").strip()
    drop_other_articles(top, title=headline)
    drop_listed_comments(top)
    seed = find_seed(top, title=headline)
    if not metadata.outlet and (site := site_in_title(page.soup, headline)):
        metadata = replace(metadata, outlet=site, basis=metadata.basis | {"outlet": "title"})
    bylines, byline_basis = read_bylines(
        declared,
        opening_lines(top, seed, title=headline),
        outlet=metadata.outlet,
    )
    dates = read_dates(
        declared,
        top,
        seed,
        title=headline,
        url=metadata.url or address,
        collected=raw.collected,
        saved=raw.collected if raw.is_moment_known else None,
        language=metadata.declared_language
        or language.detect(f"{headline} {metadata.description}"),
    )
    found = extract(
        top, seed, declared, title=headline, description=metadata.description, bylines=bylines
    )
    titles = (headline, page.soup.title.get_text() if page.soup.title else "")
    if stands_for := wall(page.soup, found.top, declared, titles=titles, text=found.text):
        raise NoArticleFound(
            stands_for,
            where=raw.locator,
            advice="Open it in a browser, and save what it shows then",
        )
    kind = kind_of_page(found.top, declared, url=metadata.url, title=headline, text=found.text)
    if not found.text and (kind is Kind.ARTICLE or not headline):
        raise NoArticleFound(
            "the page holds no article text",
            where=raw.locator,
            advice="Open it in a browser: its text may be loaded by scripts, or it may be a list",
        )
    told = language.detect(f"{headline}\n{found.text}" if len(found.text) < 400 else found.text)
    said = "noscript" if shown is not None and found.basis == "blocks" else found.basis
    basis = dict(metadata.basis) | {"text": said}
    if headline:
        basis["title"] = title.basis if title else "container:title"
    if bylines:
        basis["bylines"] = byline_basis
    return Article(
        article_id=article_id_for(url=metadata.url, text=found.text),
        kind=kind,
        title=headline,
        text=found.text,
        standfirst=found.standfirst,
        bylines=bylines,
        outlet=metadata.outlet,
        section=metadata.section,
        description=metadata.description,
        keywords=metadata.keywords,
        language=told,
        declared_language=metadata.declared_language,
        url=metadata.shown_url,
        published=dates.published,
        modified=dates.modified,
        captions=found.captions,
        removed=found.removed,
        quality=judge(
            top=found.top,
            text=found.text,
            title=headline,
            language=told,
            declared_language=metadata.declared_language,
            flags=(*flags, *page.flags, *metadata.flags, *dates.flags, *found.flags),
        ),
        basis=basis,
        cleaner=VERSION,
    )


def _shown_without_scripts(markup: str) -> tuple[Page, Block] | None:
    """The page as browsers show it that run no scripts, when it tells a story only there."""
    plain = _NOSCRIPT.sub(" ", markup) if len(markup) <= _MOST_SHELL else markup
    if len(plain) == len(markup):
        return None
    page = parse(plain)
    top = outlined(page)
    return (page, top) if top.prose >= _FALLBACK_LEAST else None


def outlined(page: Page) -> Block:
    """The outline of a page's body, its lists of teasers dropped."""
    root = page.soup.body or page.soup.find(True)
    top = outline(root) if isinstance(root, Tag) else Block("body", None)
    drop_cards(top)
    return top


def extract(
    top: Block,
    seed: Block,
    declared: Declared,
    *,
    title: str,
    description: str = "",
    bylines: tuple[str, ...] = (),
) -> Extraction:
    """Finds the body of a page and lists what was taken out."""
    prune(top, seed)
    body = grow(seed, title=title)
    standfirst = take_standfirst(top, seed, title=title, description=description)
    trim(body, title=title, bylines=bylines)
    found = Extraction(top, body, assemble(body), standfirst)
    found.captions = captions_in(body)
    found.removed = removals(top, body)
    declared_body = _declared_body(declared)
    if len(declared_body) > _FALLBACK_LEAST and (
        len(found.text) < _FALLBACK_SHARE * len(declared_body)
        or _share_told(declared_body, found.text) < _FALLBACK_TOLD
    ):
        found.text, found.basis = declared_body, "json-ld:articleBody"
    return found


def _share_told(declared: str, found: str) -> float:
    """How much of the body that a page declares is in what was found."""
    said, told = _phrases(declared), _phrases(found)
    return len(said & told) / len(said) if said else 1.0


def _phrases(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return set(zip(*(words[start:] for start in range(_PHRASE)), strict=False))


def _declared_body(declared: Declared) -> str:
    body = declared.article.get("articleBody")
    if not isinstance(body, str):
        return ""
    if "<p" in body or "<br" in body:
        return assemble(outline(parse(body).soup))
    lines = [" ".join(line.split()) for line in body.splitlines()]
    return "\n\n".join(line for line in lines if line) or text_of(body)
