"""HTML: how does a page become an article? The order of the stages, and nothing else.

decode → parse → read what it declares → outline → prune furniture → choose the body → trim it →
assemble the text → judge it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from corpus.article import Article, Kind, RawDocument, Removed, article_id_for
from corpus.cleaner import language
from corpus.cleaner.addresses import Copy, copy_of
from corpus.cleaner.body.assembly import assemble, captions_in, removals
from corpus.cleaner.body.comments import drop_listed_comments
from corpus.cleaner.body.elsewhere import (
    declared_instead,
    is_only_described,
    of_app_data,
    outlined,
    shown_otherwise,
)
from corpus.cleaner.body.endless import drop_other_articles
from corpus.cleaner.body.furniture import prune
from corpus.cleaner.body.region import find_seed, grow
from corpus.cleaner.body.standfirst import take_standfirst
from corpus.cleaner.body.trimming import trim
from corpus.cleaner.dates.datelines import closing_lines, opening_lines, short_lines
from corpus.cleaner.dates.publication import read_dates
from corpus.cleaner.declared.bylines import read_agencies, read_bylines, signed
from corpus.cleaner.declared.metadata import read_metadata
from corpus.cleaner.declared.other_stories import without_other_stories
from corpus.cleaner.declared.structured import Declared, read_declared
from corpus.cleaner.declared.titles import read_title, site_in_title
from corpus.cleaner.kinds import kind_of_page
from corpus.cleaner.quality import judge
from corpus.cleaner.tree.blocks import Block
from corpus.cleaner.tree.building import let_go, without_collecting
from corpus.cleaner.tree.decoding import decode, looks_binary
from corpus.cleaner.tree.markup import first_called, is_cut_off, parse
from corpus.cleaner.walls import wall
from corpus.errors import NoArticleFound, UnreadableInput
from corpus.soundness import CUT_OFF

VERSION = "html/4"


@dataclass(slots=True)
class Extraction:
    """The body of one page.

    Attributes:
        top: the outline, with what was dropped marked by its rule.
        basis: `blocks`, or `json-ld:articleBody` when the page itself shows no text; of an article,
            also `noscript`, when it shows text only where scripts do not run, or `app-data`.
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


@without_collecting()
def clean_markup(raw: RawDocument, markup: str, *, flags: tuple[str, ...] = ()) -> Article:
    """Reads one page that is already decoded; see `clean_html`."""
    page = parse(markup)
    flags = (*flags, CUT_OFF) if is_cut_off(markup) else flags
    top = outlined(page)
    page, top, where = shown_otherwise(markup, page, top)
    declared = read_declared(page)
    copy = copy_of(raw.url, raw.headers)
    address = page.held or (copy.address if copy else raw.url)
    metadata = read_metadata(page.soup, declared, url=address)
    title = read_title(page.soup, declared, short_lines(top), outlet=metadata.outlet)
    headline = title.text if title else raw.declared.get("title", "").strip()
    drop_other_articles(top, title=headline)
    drop_listed_comments(top)
    seed = find_seed(top, title=headline)
    declared = without_other_stories(
        declared, seed, title=headline, addresses=(metadata.url, address)
    )
    if not metadata.outlet and (site := site_in_title(page.soup, headline)):
        metadata = replace(metadata, outlet=site, basis=metadata.basis | {"outlet": "title"})
    signatures = signed(declared, *opening_lines(top, seed, title=headline))
    bylines, byline_basis = read_bylines(
        signatures, outlet=metadata.outlet, foot=closing_lines(seed)
    )
    dates = read_dates(
        declared,
        top,
        seed,
        title=headline,
        url=metadata.url or address,
        collected=raw.collected,
        saved=_saved(raw, copy) if copy or not page.held else None,
        language=metadata.declared_language
        or language.detect(f"{headline} {metadata.description}"),
    )
    found = extract(
        top, seed, declared, title=headline, description=metadata.description, bylines=bylines
    )
    named = first_called(page.soup, "title")
    titles = (headline, named.get_text() if named else "")
    if found.basis == "blocks" and is_only_described(found.top, found.text, metadata, declared):
        found.text, found.basis = metadata.description, metadata.basis["description"]
        found.flags.append("described_only")
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
    said = where if found.basis == "blocks" else found.basis
    basis = dict(metadata.basis) | {"text": said}
    if headline:
        basis["title"] = title.basis if title else "container:title"
    if bylines:
        basis["bylines"] = byline_basis
    article = Article(
        article_id=article_id_for(url=metadata.url, text=found.text),
        kind=kind,
        title=headline,
        text=found.text,
        standfirst=found.standfirst,
        bylines=bylines,
        agencies=read_agencies(signatures),
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
    let_go(page.soup)
    top.let_go()
    return of_app_data(article) if page.is_told_by_data else article


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
    if instead := declared_instead(declared, found.text):
        found.text, found.basis = instead, "json-ld:articleBody"
    return found


def _saved(raw: RawDocument, copy: Copy | None) -> datetime | None:
    """When readers saw the page so, as far as is known: of a copy, when that was made."""
    if copy is not None:
        return copy.made
    return raw.collected if raw.is_moment_known else None
