"""Trimming: which blocks inside the story's region are not the story?

Works on runs in reading order: what a label, a link or a place gives away. Every run that goes is
marked with the rule that took it, so that the page can be audited.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from corpus.cleaner.body.comments import drop_comments, holder_of
from corpus.cleaner.body.ends import drop_ending, drop_opening
from corpus.cleaner.body.offers import drop_gate, drop_offers, drop_pleas
from corpus.cleaner.body.phrases import (
    CONSENT,
    CREDIT,
    LINK_LABEL,
    NOTICE,
    PLEA_WITHIN,
    PROMO,
    RELATED_HEADING,
    RELATED_LABEL,
)
from corpus.cleaner.same_words import SENTENCE_END, words_of
from corpus.cleaner.tree.blocks import HEADINGS, RUN, Block, kind_of

# Which words belong to a picture on pages without an element for captions?

_MOST = 220  # characters beside a picture that may still be its caption
_UNENDED = 25  # the same where only the missing full stop tells: with 160, F1 fell by .0008
_COUNTED = re.compile(  # "Picture 3 of 6", which needs no more than that
    r"\W*(?:(?:picture|photo|image|slide|foto|bild|imagen|фото|снимок|світлина|صورة|תמונה)\s*)?"
    r"\d{1,3}\s?(?:/|of|von|de|sur|di|из|з|من|מתוך)\s?\d{1,3}\b",
    re.IGNORECASE,
)
_CREDITED, _CREDIT = 300, 140  # characters of a caption that names its source, and of its end


def drop_picture_text(body: Block) -> None:
    """Marks captions as `caption`, so that they are listed as such and leave the text.

    A small floating table, a picture and words in italics, or a picture and a line that is neither
    a sentence nor a heading; wherever it stands, a line that ends with whose picture it is.
    """
    for block in body.walk():
        if block.tag == RUN and block.size <= _CREDITED and CREDIT.search(block.text[-_CREDIT:]):
            block.dropped = "caption"
        if block is body or not 0 < block.size <= _MOST:
            continue
        floats = block.tag == "table" and block.attributes.get("align") in ("left", "right")
        slanted = block.slanted > 0.5 * block.size
        if floats or (block.pictures and block.tag != "li" and (slanted or _may_be_caption(block))):
            block.dropped = "caption"


def _may_be_caption(block: Block) -> bool:
    if block.size <= _MOST and any(_COUNTED.match(run.text) for run in islice(block.runs(), 1)):
        return True
    return block.size <= _UNENDED and not any(
        kind_of(run) in HEADINGS or SENTENCE_END.search(run.text) for run in block.runs()
    )


# What does a page say twice, and which of the two is the story's?

_ENTRIES = frozenset(("td", "th", "li", "dt"))
_SHOWN_AGAIN = 0.9  # of a region's prose was read before


def drop_repeats(body: Block) -> None:
    """What is said twice stays once: pull quotes, lines, and regions shown again whole.

    A paragraph that comes again among others that are new was written so: a refrain, an oath.
    """
    runs = list(body.runs())
    seen: set[tuple[str, ...]] = set()
    again: defaultdict[int, list[Block]] = defaultdict(list)
    said = [words_of(run.text) for run in runs]
    whole = "\n".join(map(" ".join, said))
    for run, words in zip(runs, said, strict=True):
        if len(words) < 5:
            continue
        if words in seen:
            again[id(_region(run))].append(run)
            continue
        seen.add(words)
        quoted = kind_of(run) in ("blockquote", *HEADINGS) or run.emphasised > 0.9 * run.size
        if quoted and run.size < 400 and whole.count(" ".join(words)) > 1:
            run.dropped = "pull_quote"
    for repeats in again.values():
        prose = sum(run.prose for run in repeats)
        shown_again = 0 < prose >= _SHOWN_AGAIN * _region(repeats[0]).prose
        for run in repeats:
            if shown_again or not (run.prose or kind_of(run) in _ENTRIES):
                run.dropped = "repeated"


def _region(run: Block) -> Block:
    """The nearest block around a run that holds more than it."""
    return next((block for block in run.ancestors() if block.size > run.size), run)


_LIST_TAGS = frozenset(("ul", "ol", "dl"))
_MOST_HEADINGS = 200  # of furniture in one page: each looks at its siblings
_LEAST_REVIEWED, _REVIEWED = 12, 0.6  # linked lines with words of their own, and their share
_MOST_FORMS, _MOST_BESIDE = 200, 100  # fields in one page, and siblings, that are looked at
_FORM, _ASKED = 500, 200  # characters in a box with a field, and of prose among them
_HEADING = 120  # characters of prose, beyond which a heading is a paragraph set large
_CONSENT = 600  # characters of a notice
_SHORT = 220  # characters: a promo or label line
_LINKED = 0.6
_PROMO, _LED = 120, 0.2  # characters of a promo that leads nowhere; how far a longer one is a link
_HEADS, _TOLD_RUNS, _TOLD_TEASER, _WHOLLY = 40, 4, 400, 0.8
"""Characters of a label; lines and characters of a teaser below it, how far its first is a link."""
_CHOICES = re.compile(r"\s*[|·•]\s*|\s/\s")
_BARS = re.compile(r"[|·•]")
_LEAST_CHOICES, _CHOICE = 3, 34
_CELL = 100  # characters of a cell in a table of figures, not of layout
_LABEL, _LABELS = 25, 5  # characters of a chart's label; how many in a row make a chart


def trim(body: Block, *, title: str, bylines: Sequence[str] = ()) -> None:
    """Marks the runs inside `body` that are not the story."""
    drop_picture_text(body)
    _drop_forms(body)
    _drop_link_lists(body)
    drop_comments(body)
    drop_offers(body)
    _drop_related_sections(body)
    _drop_by_phrase(body)
    _drop_linked_lines(body)
    drop_gate(body)
    drop_pleas(body)
    _drop_graphics(body)
    drop_opening(body, title=title, bylines=bylines)
    drop_ending(body, bylines=bylines)
    drop_repeats(body)
    _drop_dangling_headings(body)


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


def _drop_forms(body: Block) -> None:
    """A few lines and a field to write in: a newsletter's box, a search, a poll."""
    asking = [block for block in _walked(body) if block.fields]
    around = {id(outer) for block in asking[:_MOST_FORMS] for outer in (block, *block.ancestors())}
    for block in asking[:_MOST_FORMS]:
        form = None
        for outer in (block, *block.ancestors()):
            if (
                outer is body
                or outer.size > _FORM
                or outer.prose > _ASKED
                or _is_one_of(outer, around)
            ):
                break
            form = outer
        if form is not None:
            form.dropped = form.dropped or "form"


def _walked(body: Block) -> Iterator[Block]:
    """What was not dropped, in order, and forms: what asks to fill one in stands beside it."""
    stack = [body]
    while stack:
        block = stack.pop()
        if not block.dropped or block.dropped == "form":
            yield block
            stack += block.children[::-1]


def _is_one_of(block: Block, around: set[int]) -> bool:
    """Whether a block with a field is built like one beside it that tells something without."""
    return block.parent is not None and any(
        (other.tag, other.marks) == (block.tag, block.marks)
        and other.prose
        and id(other) not in around
        for other in islice(block.parent.children, _MOST_BESIDE)
    )


def _drop_related_sections(body: Block) -> None:
    """A "related" heading takes its own block with it: the list or links right after, no more."""
    headings = (
        run
        for run in list(body.runs())
        if run.size <= 90 and not run.dropped and _heads_others(run)
    )
    for run in islice(headings, _MOST_HEADINGS):
        holder = holder_of(run, body)
        if holder is None:
            continue
        heading_like = (
            kind_of(run) in HEADINGS or run.emphasised > 0.8 * run.size or run.text.endswith(":")
        )
        if not heading_like and holder.size > run.size + 20:
            continue
        holder.dropped = "related"
        for sibling in holder.following():
            if sibling.dropped:
                continue
            if _is_teaser(sibling) or _is_told_teaser(sibling):
                sibling.dropped = "related"
            else:
                break


def _heads_others(run: Block) -> bool:
    """Whether a line is what stands above other stories, and nothing else."""
    if RELATED_HEADING.fullmatch(run.text):
        return True
    label = RELATED_LABEL.match(run.text) if run.size <= _HEADS else None
    return label is not None and not run.text[label.end() :].strip(" :.…→>»")


def _is_teaser(block: Block) -> bool:
    return block.link_density > 0.5 and block.prose == 0


def _is_told_teaser(block: Block) -> bool:
    """Whether a small box begins with a line that is one link, and says what that leads to."""
    runs = list(islice(block.runs(), _TOLD_RUNS + 1))
    if block.tag == RUN or not 1 < len(runs) <= _TOLD_RUNS or block.size > _TOLD_TEASER:
        return False
    first, *rest = runs
    return first.link_density > _WHOLLY and all(run.size <= _SHORT for run in rest)


def _is_list_in_a_run(run: Block) -> bool:
    """Whether a line heads other stories, and links to them follow after breaks alone."""
    first, broken, _ = run.text.partition("\n")
    return bool(broken) and run.link_density > 0.5 and bool(RELATED_HEADING.fullmatch(first))


def _drop_by_phrase(body: Block) -> None:
    for run in list(body.runs()):
        if _is_list_in_a_run(run):
            run.dropped = "related"
            continue
        if run.size <= _SHORT and (_is_labelled(run) or _is_promo(run)):
            run.dropped = "promo"
        elif run.size <= _CONSENT and CONSENT.match(run.text):
            run.dropped = "consent"
        elif run.size <= _CONSENT and NOTICE.match(run.text):
            run.dropped = "disclaimer"


def _is_labelled(run: Block) -> bool:
    if RELATED_LABEL.match(run.text):
        return _is_label(run)
    return run.link_density > _LINKED and bool(LINK_LABEL.match(run.text))


def _is_menu(run: Block) -> bool:
    """Whether a line is a row of short choices: "Print | Send | Back to top"."""
    parts = _CHOICES.split(run.text)
    return (
        len(parts) >= _LEAST_CHOICES
        and (
            run.link_density > 0.3
            or (bool(_BARS.search(run.text)) and kind_of(run) not in ("td", "th", "li", "pre"))
        )
        and all(len(part) <= _CHOICE for part in parts)
    )


def _is_promo(run: Block) -> bool:
    if _is_menu(run):
        return True
    if run.size >= _PROMO and run.link_density <= _LED:
        return False
    return bool(PROMO.match(run.text) or (run.linked and PLEA_WITHIN.search(run.text)))


def _is_label(run: Block) -> bool:
    """Whether a line that starts like a label is one: linked, shouted, or without a sentence."""
    return (
        run.link_density > 0.3
        or run.emphasised > 0.8 * run.size
        or not SENTENCE_END.search(run.text)
    )


def _drop_linked_lines(body: Block) -> None:
    """A line that is one link, with no full stop, leads away from the story.

    Unless it is one of many that each say something of their own below: a review of links.
    """
    runs = list(body.runs())
    linked = [_is_linked_line(run) for run in runs]
    told = sum(line and not after for line, after in pairwise([*linked, True]))
    if told >= _LEAST_REVIEWED and told > _REVIEWED * sum(linked):
        return
    for run, line in zip(runs, linked, strict=True):
        if line:
            run.dropped = "linked_line"


def _is_linked_line(run: Block) -> bool:
    return (
        run.link_density >= 0.9
        and run.size <= 200
        and not _is_entry(run)
        and (kind_of(run) in HEADINGS or not SENTENCE_END.search(run.text))
    )


def _is_entry(run: Block) -> bool:
    """Whether a line is a cell, or an item of a list whose other items are no links."""
    for count, block in enumerate(run.ancestors()):
        if block.tag in ("td", "th"):
            return count == 0 or (block.parent is not None and block.parent.size > 2 * block.size)
        if block.tag == "li":
            return block.parent is not None and block.parent.link_density < 0.5
        if count > 3:
            break
    return False


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
    near = islice(run.ancestors(), 4)
    cell = any(block.tag in ("td", "th") and block.size <= _CELL for block in near)
    return not cell and kind_of(run) == "p" and not SENTENCE_END.search(run.text)


def _drop_dangling_headings(body: Block) -> None:
    """A heading that nothing follows before the next of its rank, or the end."""
    runs = list(body.runs())
    following_rank = 1
    for run in reversed(runs):
        kind = kind_of(run)
        if kind not in HEADINGS or run.prose > _HEADING:
            following_rank = 9
            continue
        rank = int(kind[1])
        if following_rank <= rank:
            run.dropped = "empty_heading"
        else:
            following_rank = rank
