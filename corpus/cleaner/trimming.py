"""Which blocks inside the story's region are not the story?

Works on runs in reading order: what a label, a link or a place gives away. Every run that goes is
marked with the rule that took it, so that the page can be audited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cleaner.blocks import RUN, Block
from corpus.cleaner.phrases import (
    AUTHOR_BIO,
    LINK_LABEL,
    MASTHEAD_LINE,
    PROMO,
    RELATED_HEADING,
    RELATED_LABEL,
)
from corpus.cleaner.picture_text import drop_picture_text

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LIST_TAGS = frozenset(("ul", "ol", "dl"))
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
_WORDS = re.compile(r"\w+")
_SHORT = 220  # characters: a promo or label line
_LINKED = 0.6
_BAR = re.compile(r"[|·•]")  # between the links of a line of tools
_BETWEEN = re.compile(r"[\W_]")
_LABEL, _LABELS = 25, 5  # characters of a chart's label; how many in a row make a chart
_BY = re.compile(r"\W*(?:by|von|par|por|автор:?)\s+", re.IGNORECASE)
_BIO_WORDS = re.compile(
    r"\b(?:is|was|covers|writes|works|reports|joined|edits|leads|ist|arbeitet|est|es|"
    r"has been)\b|@"
)
_BIO_WITHIN = 3  # runs from the end


def trim(body: Block, *, title: str, bylines: Sequence[str] = ()) -> None:
    """Marks the runs inside `body` that are not the story."""
    _drop_link_lists(body)
    _drop_related_sections(body)
    _drop_by_phrase(body)
    _drop_linked_lines(body)
    drop_picture_text(body)
    _drop_graphics(body)
    _drop_opening(body, title, bylines)
    _drop_bios(body, bylines)
    _drop_repeats(body)
    _drop_dangling_headings(body)


def kind_of(run: Block) -> str:
    """The tag of the nearest ancestor that says what a run is: `h2`, `li`, `td`, `p`, …"""
    for block in run.ancestors():
        if block.tag in HEADINGS or block.tag in ("li", "blockquote", "td", "th", "p", "pre", "dt"):
            return block.tag
        if block.tag in ("div", "section", "article", "body"):
            return "p"
    return "p"


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded for comparison."""
    return tuple(_WORDS.findall(text.casefold()))


def _drop_link_lists(body: Block) -> None:
    for block in body.walk():
        if block is body or block.tag == RUN or not block.size:
            continue
        listing = block.tag in _LIST_TAGS or block.tag in ("table", "div", "section")
        if not listing or block.link_density < _LINKED or block.prose:
            continue
        runs = list(block.runs())
        linked = [run for run in runs if run.link_density > 0.8]
        if len(linked) >= 2 and len(linked) >= 0.5 * len(runs):
            block.dropped = "link_list"


def _drop_related_sections(body: Block) -> None:
    """A "related" heading takes its own block with it: the list or links right after, no more."""
    for run in list(body.runs()):
        if run.size > 90 or run.dropped or not RELATED_HEADING.fullmatch(run.text):
            continue
        holder = _holder(run, body)
        if holder is None:
            continue
        heading_like = (
            kind_of(run) in HEADINGS or run.emphasised > 0.8 * run.size or run.text.endswith(":")
        )
        if not heading_like and holder.size > run.size + 20:
            continue
        holder.dropped = "related"
        siblings = holder.parent.children if holder.parent else []
        for sibling in siblings[_place(holder, siblings) + 1 :]:
            if sibling.dropped:
                continue
            if _is_teaser(sibling):
                sibling.dropped = "related"
            else:
                break


def _place(block: Block, siblings: Sequence[Block]) -> int:
    return next(index for index, sibling in enumerate(siblings) if sibling is block)


def _holder(run: Block, body: Block) -> Block | None:
    """The largest block that holds little more than this run."""
    holder = run
    for block in run.ancestors():
        if block is body or block.size > run.size * 1.2 + 10:
            break
        holder = block
    return holder


def _is_teaser(block: Block) -> bool:
    return block.link_density > 0.5 and block.prose == 0


def _drop_by_phrase(body: Block) -> None:
    for run in list(body.runs()):
        if run.size <= _SHORT and (_is_labelled(run) or _is_promo(run)):
            run.dropped = "promo"


def _is_labelled(run: Block) -> bool:
    if RELATED_LABEL.match(run.text):
        return _is_label(run)
    return run.link_density > _LINKED and bool(LINK_LABEL.match(run.text))


def _is_promo(run: Block) -> bool:
    return bool(PROMO.match(run.text)) and (run.size < 120 or run.link_density > 0.2)


def _is_label(run: Block) -> bool:
    """Whether a line that starts like a label is one: linked, shouted, or without a sentence."""
    return (
        run.link_density > 0.3
        or run.emphasised > 0.8 * run.size
        or not _SENTENCE_END.search(run.text)
    )


def _drop_linked_lines(body: Block) -> None:
    """A line that is one link, with no full stop, leads away from the story."""
    for run in list(body.runs()):
        kind = kind_of(run)
        if run.size <= 200 and _is_link_bar(run):
            run.dropped = "linked_line"
        if kind in ("td", "th") or run.link_density < 0.9 or run.size > 200:
            continue
        if kind in HEADINGS or not _SENTENCE_END.search(run.text):
            run.dropped = "linked_line"


def _is_link_bar(run: Block) -> bool:
    """Whether a line is links side by side, with nothing but marks between them."""
    between = len(_BETWEEN.findall(run.text))
    return len(_BAR.findall(run.text)) >= 2 and run.size - run.linked <= between


def _drop_opening(body: Block, title: str, bylines: Sequence[str]) -> None:
    """The headline again, and the lines between it and the first paragraph."""
    folded = words_of(title)
    for count, run in enumerate(list(body.runs())):
        if count > 12:
            break
        words = words_of(run.text)
        if (folded and words == folded) or (kind_of(run) == "h1" and len(words) < 40 and count < 4):
            run.dropped = "title_repeated"
        elif _is_masthead_line(run) or _is_signature(run, bylines):
            run.dropped = "byline"
        elif run.prose:
            break


def _drop_bios(body: Block, bylines: Sequence[str]) -> None:
    runs = list(body.runs())
    for run in runs[-_BIO_WITHIN:]:
        signed = run.text.startswith(tuple(bylines)) and bool(_BIO_WORDS.search(run.text))
        if run.size < 600 and len(runs) > 4 and (signed or AUTHOR_BIO.match(run.text)):
            run.dropped = "author_bio"
        elif _is_masthead_line(run):
            run.dropped = "byline"


def _is_signature(run: Block, bylines: Sequence[str]) -> bool:
    """Whether a line says who wrote: "By A. Person, a reporter who has covered …"."""
    opening = _BY.match(run.text)
    return bool(opening) and run.text[opening.end() if opening else 0 :].startswith(tuple(bylines))


def _drop_graphics(body: Block) -> None:
    """The labels of a chart: a row of very short lines without a sentence."""
    row: list[Block] = []
    for run in [*body.runs(), None]:
        if run is not None and run.size <= _LABEL and _is_label_like(run):
            row.append(run)
            continue
        if len(row) >= _LABELS:
            for label in row:
                label.dropped = "graphic"
        row = []


def _is_label_like(run: Block) -> bool:
    return kind_of(run) == "p" and not _SENTENCE_END.search(run.text)


def _is_masthead_line(run: Block) -> bool:
    if run.size > 120 or kind_of(run) in ("td", "th", "li"):
        return False
    return bool(MASTHEAD_LINE.fullmatch(run.text))


def _drop_repeats(body: Block) -> None:
    """A pull quote says again what a paragraph says; the paragraph stays."""
    runs = list(body.runs())
    seen: set[tuple[str, ...]] = set()
    whole = "\n".join(" ".join(words_of(run.text)) for run in runs)
    for run in runs:
        words = words_of(run.text)
        if len(words) < 5:
            continue
        if words in seen:
            run.dropped = "repeated"
            continue
        seen.add(words)
        quoted = kind_of(run) in ("blockquote", *HEADINGS) or run.emphasised > 0.9 * run.size
        if quoted and run.size < 400 and whole.count(" ".join(words)) > 1:
            run.dropped = "pull_quote"


def _drop_dangling_headings(body: Block) -> None:
    """A heading that nothing follows before the next of its rank, or the end."""
    runs = list(body.runs())
    following_rank = 1
    for run in reversed(runs):
        kind = kind_of(run)
        if kind not in HEADINGS:
            following_rank = 9
            continue
        rank = int(kind[1])
        if following_rank <= rank:
            run.dropped = "empty_heading"
        else:
            following_rank = rank
