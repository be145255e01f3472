"""Furniture: which regions of a page are furniture, by what the page calls them?

Rules are data: a name, the words in an element's marks (classes, id, role) or its tag, and how
large a share of the page's prose it may hold and still go. That share matters most: pages put
`no-share`, `nav-open` or `elementor-widget` on the wrapper of the article itself, and without the
guard body F1 on held-out news pages fell from .966 to .893.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import cast

from bs4 import Tag

from corpus.cleaner.body.furniture_rules import RULES, Rule
from corpus.cleaner.body.offers import ASKS, offers
from corpus.cleaner.body.phrases import PROMO
from corpus.cleaner.tree.blocks import Block, add_up, unnumbered

_JOINTS = re.compile(r"_+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[a-z][A-Z])(?=[A-Z][a-z])")
_STATE = re.compile(
    r"(?:js-)?(?:no|not|has|have|is|with|without|hide|show|enable|disable|tag|category|cat|format|"
    r"type|status|postid|parent|page-template|theme|section|channel|topic|lazy|elementor|wp-block|"
    r"vc|et-pb|fl|col|row|grid|span|size|align|content-type)-"
)
_KEPT_STATE = re.compile(r"(?:hide|show|tag|category|section)-(?:list|cloud|links|nav)")
_MARKING = ("class", "id", "role", "data-component", "data-testid", "data-gu-name")


_TRUSTED_SEED = 0.25
_SURE = frozenset(("comments", "gallery"))  # may be far longer than the story
_ENOUGH = 800  # characters of prose left without them
_WORDLESS = frozenset(("navigation", "tools", "tags", "share", "masthead", "byline"))
_TOLD, _TOLD_LINKED = 500, 0.25  # prose no menu has, and links that a menu has
_LEAST_LEFT = 0.3  # of the story's prose stays, whatever its parts are called
_AMBIGUOUS = frozenset(
    ("aside", "navigation", "tools", "share", "related", "popup", "masthead", "tags", "byline")
)
"""Rules whose words (widget, tab, slider, teaser, panel) name parts of any kind."""
_NAMES_ALONE = _AMBIGUOUS | {"advertisement"}
"""Rules whose words say nothing against a paragraph of plain prose among others."""
_PARAGRAPHS = frozenset(("p", "div"))
_PARAGRAPH = 80  # characters of prose that a paragraph has
_PLAIN, _ASKED = 0.6, 0.3  # of a block is prose; of a withheld one asks readers for something
_WITHHELD = re.compile(
    r"paywall|regwall|premium|subscri|member|meter|gated|locked|restricted|abo-?only|abonn|"
    r"suscript|exclusiv|full-?(?:text|article|story|content)|rest-of|remaining|hidden-(?:text|content)|"
    r"more-?(?:text|content)|collaps|truncat|expand"
)
_NEVER_TOLD = re.compile(
    r"visually-?hidden|sr-only|screen-?reader|assistive|modal|popup|tooltip|cookie|consent"
)
_QUOTABLE = frozenset(("share", "byline"))  # a quoted post is part of the story
_ELSEWHERE = frozenset(
    ("comments", "related", "aside", "footer", "navigation", "masthead", "advertisement")
)
_NEVER = frozenset(("html", "body", "main", "#run"))
_STORY_PART = re.compile(  # who may read it says nothing against it
    r"(?:^| )(?:\w+-)?(?:teaser-(?:content|body)|(?:subscribers?|subscription|premium|paywall|"
    r"members?|metered|gated|locked)-(?:only-)?(?:content|body|text|article|story))(?= |$)"
)
_POST = re.compile(r"(?:^| )(?:\w+-)*(?:message|post|entry|hentry|tweet|toot)(?= |$)")
_MESSAGE = re.compile(r"(?:^| )(?:(?:\w+-)*widget-message|widget blog)(?= |$)")
"""Of a channel, shown elsewhere; all posts of Blogger stand in one."""
_BY_TAG = {tag: rule for rule in RULES for tag in rule.tags}
_EXACT = tuple(
    (rule, re.compile(rf"(?:^| )(?:(?:\w+-){{0,3}})(?:{rule.marks})(?:-\w+)?(?= |$)"))
    for rule in RULES
    if rule.marks
)
_NO_RULE = len(_EXACT)

_ANY = re.compile(
    r"(?:^| )(?:\w+-){0,3}"
    rf"(?:{'|'.join(rule.marks for rule in RULES if rule.marks)})(?:-\w+)?(?= |$)"
)
"""Matches where one of `_EXACT` does: most marks fall under none of them."""


def marks_of(attributes: Mapping[str, str]) -> str:
    """An element's marks as words: lower case, hyphens for camel case and underscores, no states.

    States (`has-sidebar`, `no-share`, `tag-war`, `elementor-widget`) say something about a page
    or a toolkit, nothing about what the element is.
    """
    marks = attributes.get("class", "")
    if len(attributes) > 1 or not marks:
        marks = " ".join([value for name in _MARKING if (value := attributes.get(name))])
    return _normalised(marks) if marks else ""


@lru_cache(maxsize=16384)
def _normalised(raw: str) -> str:
    return " ".join(filter(None, map(_word_of, raw[:400].split())))


@lru_cache(maxsize=16384)
def _word_of(raw: str) -> str:
    """One word of an element's marks; "" for a state. Few words make up the marks of all pages."""
    word = _JOINTS.sub("-", _CAMEL.sub("-", raw).lower())
    return "" if _STATE.match(word) and not _KEPT_STATE.match(word) else word


@lru_cache(maxsize=16384)
def rule_for(tag: str, marks: str) -> Rule | None:
    """The first rule that an element falls under, by its marks, then by its tag."""
    if tag in _NEVER:
        return None
    place = min(map(_rank_of, marks.split(" "))) if marks else _NO_RULE
    if 0 <= place < _NO_RULE:
        rule = _EXACT[place][0]
        return None if tag == "blockquote" and rule.name in _QUOTABLE else rule
    return _BY_TAG.get(tag)


@lru_cache(maxsize=16384)
def _rank_of(word: str) -> int:
    """The place of the first rule that a word of an element's marks falls under, or `_NO_RULE`;
    -1 for what names a part of the story, whatever other words stand beside it.
    """
    if _STORY_PART.search(word):
        return -1
    if not _ANY.search(word):
        return _NO_RULE
    ranks = (rank for rank, (_, pattern) in enumerate(_EXACT) if pattern.search(word))
    return next(ranks, _NO_RULE)


def inline_rule(tag: Tag) -> str:
    """The rule that takes an inline element out of a paragraph, or ""."""
    marks = marks_of(attributes_of(tag))
    rule = rule_for(tag.name, marks) if marks else None
    return rule.name if rule is not None and rule.inline else ""


def attributes_of(tag: Tag) -> dict[str, str]:
    """An element's attributes: texts, as pages are parsed without making lists of them."""
    return cast(dict[str, str], tag.attrs)


def is_elsewhere(tag: Tag) -> bool:
    """Whether an element stands in a region about other articles, or about the site.

    An article may have a foot of its own.
    """
    foot = False
    for count, parent in enumerate(tag.parents):
        if count > 12 or parent.name in ("article", "main", "body"):
            return foot and parent.name != "article"
        marks = marks_of(attributes_of(parent))
        rule = rule_for(parent.name, marks)
        foot = foot and not _POST.search(marks)  # whose own foot it is
        if rule is not None and rule.name == "footer":
            foot = True
        elif rule is not None and rule.name in _ELSEWHERE and not _MESSAGE.search(marks):
            return True
    return foot


def is_hidden(block: Block) -> bool:
    """Whether the page itself says that nobody sees this block."""
    return says_hidden(block.attributes)


_FAR_OFF = re.compile(r"(?:^|;)(?:left|top|text-indent|margin-left):-\d{4}")
"""Where nobody sees it: what robots are to copy, and what is read to those who cannot see."""


def says_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element's attributes hide it."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style", "")
    if not style:
        return False
    squeezed = style.replace(" ", "").lower()
    return (
        "display:none" in squeezed
        or "visibility:hidden" in squeezed
        or bool(_FAR_OFF.search(squeezed))
    )


def prune(top: Block, seed: Block) -> None:
    """Drops the regions that are furniture by name.

    A region around the seed stays whatever it is called; one inside it goes unless it, or all
    paragraphs named like it, hold too much of the seed's prose; one elsewhere goes, if the seed is
    worth it. Comments go first, so that they count for nothing when the rest is judged.

    Args:
        seed: the block where most of the story's prose was found (`body.find_seed`).
    """
    around = {id(block) for block in seed.ancestors()} | {id(seed)}
    for sure in (True, False):
        _drop_named(top, seed, around, sure=sure)
        add_up(top)


def _drop_named(top: Block, seed: Block, around: set[int], *, sure: bool) -> None:
    named = list(_named(top, around, sure=sure))
    if not named:
        return
    inside = {id(block) for block in seed.walk()}
    alike = _said_alike(seed)
    trusted = seed.prose >= _TRUSTED_SEED * top.prose
    total, left = seed.prose, seed.prose
    for block, rule, concealed in named:
        if (concealed or rule.name == "paywall_notice") and _is_withheld(block, inside, around):
            continue
        said = block.prose
        if rule.name in _NAMES_ALONE and _is_paragraph_among_others(block, concealed):
            continue
        if block.tag == "p" or (rule.name in _AMBIGUOUS and not block.linked):
            said = max(said, alike[_built(block)], alike[_placed(block, rule)])
        if id(block) not in inside:
            if trusted or block.prose <= rule.share * top.prose:
                block.dropped = rule.name
        elif (
            (rule.name in _SURE and total - block.prose >= _ENOUGH)
            or (rule is HIDDEN and block.tag == "p")
            or (not block.prose and (block.linked or said <= rule.share * total))
            or (
                block.prose
                and said <= rule.share * total
                and left - block.prose >= _LEAST_LEFT * total
                and not _is_told(block, rule)
            )
        ):
            block.dropped = rule.name
            left -= block.prose


def _named(top: Block, around: set[int], *, sure: bool) -> Iterator[tuple[Block, Rule, bool]]:
    """The blocks that fall under a rule, and whether the page hides them."""
    for block in top.walk():
        if not (block.attributes or block.tag in _BY_TAG) or id(block) in around:
            continue
        concealed = is_hidden(block)
        rule = HIDDEN if concealed else rule_for(block.tag, block.marks)
        if rule is not None and block.tag == "figure" and not concealed and _is_of_a_table(block):
            continue
        if rule is not None and (rule.name in _SURE) is sure:
            yield block, rule, concealed


def _is_of_a_table(figure: Block) -> bool:
    """Whether a figure is a table of numbers or words, and no picture."""
    return not figure.pictures and any(part.tag == "table" for part in figure.children)


def _is_paragraph_among_others(block: Block, concealed: bool) -> bool:
    """Whether a block is a paragraph of plain prose between such that no rule takes: a class name
    alone makes no furniture of it.
    """
    if concealed or block.tag not in _PARAGRAPHS or block.linked or block.parent is None:
        return False
    if not _is_plain(block) or block.prose < _PARAGRAPH:
        return False
    if any(offers(run) or ASKS.search(run.text) or PROMO.match(run.text) for run in block.runs()):
        return False
    siblings = block.parent.children
    place = next(index for index, sibling in enumerate(siblings) if sibling is block)
    before, after = siblings[:place][::-1], siblings[place + 1 :]
    return _told_beside(before, block.tag) and _told_beside(after, block.tag)


def _told_beside(siblings: Sequence[Block], tag: str) -> bool:
    """Whether the first paragraph of some is prose that no rule takes; a box among boxes is one
    only where the nearest are such.
    """
    told = [sibling for sibling in siblings if sibling.tag == tag and sibling.prose]
    if tag != "p":
        near = told[:1]
        return bool(near) and near[0].prose >= _PARAGRAPH and _is_plain(near[0])
    first = next((one for one in told if rule_for(one.tag, one.marks) is None), None)
    return first is not None and first.prose >= _PARAGRAPH


def _said_alike(seed: Block) -> Counter[tuple[str, str] | tuple[int, str]]:
    """The prose in the parts of a story that are built alike, and that stand side by side and
    would go by the same rule: names of a builder's parts say nothing of what is in them.
    """
    alike: Counter[tuple[str, str] | tuple[int, str]] = Counter()
    for block in seed.walk():
        if block.tag == "p" or (
            block.marks and block.tag not in _BY_TAG and _is_plain(block) and not block.linked
        ):
            alike[_built(block)] += block.prose
            rule = rule_for(block.tag, block.marks)
            if rule is not None and rule.name in _AMBIGUOUS:
                alike[_placed(block, rule)] += block.prose
    return alike


def _built(block: Block) -> tuple[str, str]:
    return block.tag, unnumbered(block.marks)


def _placed(block: Block, rule: Rule) -> tuple[int, str]:
    return id(block.parent), rule.name


def _is_plain(block: Block) -> bool:
    """Whether a block is prose and little else."""
    return block.prose >= _PLAIN * block.size > 0


def rest_is_there(top: Block, text: str, *, least: int) -> bool:
    """Whether paragraphs that a page keeps from readers who have not paid are in what was found."""
    kept = [
        block for block in top.walk() if block.prose and (block.marks or block.attributes)
        and (_WITHHELD.search(block.marks) or is_hidden(block))
    ]  # fmt: skip
    return any(
        sum(1 for run in block.runs() if run.prose and run.text in text) >= least for block in kept
    )


def _is_withheld(block: Block, inside: set[int], around: set[int]) -> bool:
    """Whether a block that is not shown, or only to some, is a part of the story all the same: it
    stands in it, or beside it where the page keeps it from readers, and is prose that asks nothing.
    """
    if id(block) not in inside and (
        id(block.parent) not in around or not _WITHHELD.search(block.marks)
    ):
        return False
    if not _is_plain(block) or _NEVER_TOLD.search(block.marks):
        return False
    asked = sum(run.size for run in block.runs() if offers(run) or ASKS.search(run.text))
    if asked > _ASKED * block.size:
        return False
    if not is_hidden(block) or block.attributes.get("aria-hidden"):
        return True  # which hides a part from those who listen, and mostly until they pay
    return any(_WITHHELD.search(part.marks) for part in block.root().everything())


def _is_told(block: Block, rule: Rule) -> bool:
    """Whether a region inside the story tells it, though it is called a menu or a button."""
    return rule.name in _WORDLESS and block.prose >= _TOLD and block.link_density < _TOLD_LINKED


HIDDEN = RULES[0]
