"""Endless: which parts of a page that never ends are other articles below its own?

Told before anything is weighed: by headlines of the page's rank in what is called an article, by
names of what is loaded later, and by like-built parts that begin as stories do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from corpus.cleaner.dates.reading import parse_date
from corpus.cleaner.declared.signatures import signed_names
from corpus.cleaner.same_words import words_of
from corpus.cleaner.tree.blocks import HEADINGS, Block, add_up, kind_of, unnumbered
from corpus.dates import Precision

_ARTICLE = re.compile(
    r"(?:^| )(?:[\w-]+-)?(?:h?entry|(?:news|blog)?(?:article|story|post)|news|news-item|artikel|"
    r"beitrag|meldung|nachricht|art[ií]culo|articolo|artigo|artyku[lł]|noticia|notizia|nota|materia|"
    r"publication|statya|stattya|haber|makale)"
    r"(?:-(?:item|block|body|wrap|wrapper|container|page|section|card|\d+))*-?(?= |$)"
)
_TELLS_WHICH = re.compile(
    r"data-(?:(?:article|story|post|news|content|page|history|next|node|entry|item)-?)?"
    r"(?:url|uri|href|permalink|slug|path|(?:article|story|post|news|content|entry)-?id)"
)
"""Attributes with which endless pages say whose address the reader's browser is to show."""
_ADDED = re.compile(
    r"(?:^| )(?:[\w-]+-)?(?:infinite(?:-?scroll)?|jscroll|auto-?load(?:ed|er)?|load(?:ed)?-more|"
    r"endless|ajax-load|next-?(?:post|article|story|page)s?|up-?next|nachgeladen|siguiente|suivant)"
    r"(?:-\w+)*(?= |$)"
)
"""What endless pages call that into which they load."""
_LEAST_STORY = 200  # characters of prose below a headline, with which it is an article
_HEADED = 5  # runs of an article, among which its headline is
_RANKS = ("h1", "h2")  # of a page's headline
_LINKED = 0.8  # of a headline: one that leads to the story is not above it
_MOST_SHOWN = 20  # times that a page shows its headline
_MOST_OTHERS = 200  # headings of the headline's rank that are looked at
_PAGES = frozenset(("html", "body", "main"))  # and not one article of several
_SHARED = 0.5  # of the headline's words
_FOLLOWING = ("h1", "h2", "h3")  # ranks of the headlines that follow
_SIGNED = 4  # lines between a headline and its story, one of which says who or when
_MAX_SIGNED = 60  # characters of a line that is a date
_PARAGRAPHS = 2  # of a story that another one follows; with one only it may be a standfirst


def _is_called_article(block: Block) -> bool:
    return (
        block.tag == "article"
        or bool(_ARTICLE.search(block.marks))
        or block.attributes.get("itemtype", "").rstrip("/").endswith(("Article", "BlogPosting"))
        or any(map(_TELLS_WHICH.fullmatch, block.attributes))
    )


def drop_other_articles(top: Block, *, title: str) -> None:
    """Drops what a page that never ends shows after its article: other articles.

    Each of them has a headline of the same rank as the article's own, wherever it hangs, and both
    stand in blocks that the page calls articles; or it is called what is loaded later; or it is
    built as the article's own block is and begins as a story does, with who or when.
    """
    shown = list(top.runs())
    headlines = _headlines(shown, words_of(title))
    if not headlines:
        return
    around = {id(block) for run in headlines for block in run.ancestors()}
    told = ((run, next(filter(_is_story, run.ancestors()), None)) for run in headlines)
    headline, story = max(told, key=lambda pair: pair[1].prose if pair[1] is not None else 0)
    rank = kind_of(headline)
    runs = iter(shown)
    for run in runs:
        if run is headline:
            break
    following = [run for run in runs if kind_of(run) in _FOLLOWING][:_MOST_OTHERS]
    found = list(_called_so(following, story, around, rank))
    for run in following:
        other = _outermost(run, around)
        if other is not None and other not in found and _follows(other, run, around, rank):
            found.append(other)
    for other in found:
        other.dropped = "other_article"
    if found:
        add_up(top)


def _called_so(
    following: list[Block], story: Block | None, around: set[int], rank: str
) -> Iterator[Block]:
    """The other articles below a headline of its rank that the page calls articles."""
    for run in following:
        other = _called_article(run, around) if kind_of(run) == rank else None
        if other is None or not any(one is run for one in islice(other.runs(), _HEADED)):
            continue
        if _is_apart(other, story, rank):
            yield other


def _is_apart(other: Block, story: Block | None, rank: str) -> bool:
    """Whether another article is no part of the story, around which the page may put both."""
    if story is None:
        return bool(_ADDED.search(other.marks))
    if all(block is not story for block in other.ancestors()):
        return True
    alone = rank == "h1" and other.tag == "article"
    return alone and story.prose - other.prose >= _LEAST_STORY


def _outermost(run: Block, around: set[int]) -> Block | None:
    """The outermost block around a run that does not hold the page's headline."""
    found = None
    for block in run.ancestors():
        if id(block) in around:
            break
        found = block
    return None if found is None or found.tag in HEADINGS else found


def _follows(other: Block, run: Block, around: set[int], rank: str) -> bool:
    """Whether a block beside the one with the headline is the next story, whatever it is called.

    Args:
        other: the block; `run` is its headline, `around` are the blocks around the page's own.
    """
    beside = other.parent
    if beside is None or other.prose < _LEAST_STORY or beside.prose - other.prose < _LEAST_STORY:
        return False
    if not any(one is run for one in islice(other.runs(), _HEADED)):
        return False
    if _ADDED.search(other.marks):
        return True
    own = next((child for child in beside.children if id(child) in around), None)
    if own is None or (own.tag, unnumbered(own.marks)) != (other.tag, unnumbered(other.marks)):
        return False
    told = sum(one.prose > 0 for one in own.runs())
    if told < _PARAGRAPHS or own.prose < _LEAST_STORY:
        return False
    is_main = other.tag == "main" or other.attributes.get("role") == "main"
    return (is_main and kind_of(run) == rank) or _is_signed(other, run)


def _is_signed(other: Block, headline: Block) -> bool:
    """Whether a line between a headline and its story says who wrote it, or when."""
    runs = iter(list(islice(other.runs(), _HEADED + _SIGNED)))
    for run in runs:
        if run is headline:
            break
    for run in runs:
        if run.prose or kind_of(run) in HEADINGS:
            return False
        if signed_names(run.text):
            return True
        if run.size <= _MAX_SIGNED and any(map(str.isdigit, run.text)):
            date = parse_date(run.text, basis="text")
            if date is not None and date.precision in (Precision.DAY, Precision.MINUTE):
                return True
    return False


def _headlines(runs: Sequence[Block], folded: tuple[str, ...]) -> list[Block]:
    """Where a page shows its headline; else its first of rank one that says most of it."""
    said = set(folded)
    found: list[Block] = []
    near = None
    for run in runs if said else ():
        if kind_of(run) not in _RANKS or run.link_density > _LINKED:
            continue
        words = words_of(run.text)
        if words == folded and len(found) < _MOST_SHOWN:
            found.append(run)
        elif near is None and kind_of(run) == "h1":
            near = run if len(said.intersection(words)) > _SHARED * len(said) else None
    return found or ([near] if near is not None else [])


def _is_story(block: Block) -> bool:
    return block.tag not in _PAGES and block.prose >= _LEAST_STORY and _is_called_article(block)


def _called_article(run: Block, around: set[int]) -> Block | None:
    """The outermost block around a run, inside those around the headline, that is an article.

    Args:
        around: the blocks around the page's headline, by identity.
    """
    found = None
    for block in run.ancestors():
        if id(block) in around or block.tag in _PAGES:
            break
        if _is_called_article(block) or _ADDED.search(block.marks):
            found = block
    return found
